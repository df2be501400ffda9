package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.Any;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Submission;
import io.tributary.bigquery.write.AppendOutcome;
import io.tributary.bigquery.write.CommitOutcome;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Codes and texts after the proto files of the Storage Write API and the "Error messages" page. */
class OutcomesTest {
  private static final String EXTRA =
      "Input schema has more fields than BigQuery schema, extra fields: 'a' Entity: s";

  @ParameterizedTest
  @CsvSource({
    "ALREADY_EXISTS, OFFSET_ALREADY_EXISTS, Accepted",
    "OUT_OF_RANGE, OFFSET_OUT_OF_RANGE, TryAgain",
    "INVALID_ARGUMENT, STREAM_FINALIZED, StreamGone",
    "NOT_FOUND, STREAM_NOT_FOUND, StreamGone",
    "FAILED_PRECONDITION, INVALID_STREAM_STATE, StreamGone",
    "FAILED_PRECONDITION, STREAM_ALREADY_COMMITTED, StreamGone",
    "INVALID_ARGUMENT, SCHEMA_MISMATCH_EXTRA_FIELDS, SchemaBehind",
    "NOT_FOUND, TABLE_NOT_FOUND, Unseen",
    "INTERNAL, KMS_SERVICE_ERROR, TryAgain",
    "INVALID_ARGUMENT, KMS_PERMISSION_DENIED, Refused",
    "INVALID_ARGUMENT, INVALID_STREAM_TYPE, Refused",
    "INVALID_ARGUMENT, CMEK_ENCRYPTION_ERROR, Refused",
    "OUT_OF_RANGE, , TryAgain",
    "UNAVAILABLE, , TryAgain",
    "ABORTED, , TryAgain",
    "INTERNAL, , TryAgain",
    "DEADLINE_EXCEEDED, , TryAgain",
    "CANCELLED, , TryAgain",
    "UNKNOWN, , TryAgain",
    "RESOURCE_EXHAUSTED, , TryAgain",
    "PERMISSION_DENIED, , Unseen",
    "NOT_FOUND, , Unseen",
    "UNAUTHENTICATED, , Refused",
    "INVALID_ARGUMENT, , Refused",
    "FAILED_PRECONDITION, , Refused",
    "UNIMPLEMENTED, , Refused",
  })
  void appendFailures(Status.Code code, StorageErrorCode detail, String outcome) {
    assertThat(Outcomes.append(failure(code, detail, "text")).getClass().getSimpleName())
        .isEqualTo(outcome);
  }

  @Test
  void anUnknownColumnIsKnownByItsTextToo() {
    assertThat(Outcomes.append(failure(Status.Code.INVALID_ARGUMENT, null, EXTRA)))
        .isInstanceOf(AppendOutcome.SchemaBehind.class);
  }

  @Test
  void aDeniedAppendSaysWhatItMayMean() {
    AppendOutcome outcome = Outcomes.append(failure(Status.Code.PERMISSION_DENIED, null, "denied"));

    assertThat(outcome).isInstanceOf(AppendOutcome.Unseen.class);
    assertThat(((AppendOutcome.Unseen) outcome).reason())
        .contains("not known to the write path yet", "bigquery.tables.updateData");
  }

  @ParameterizedTest
  @CsvSource({"PERMISSION_DENIED, PERMISSION_DENIED", "NOT_FOUND, BIGQUERY_UNAVAILABLE"})
  void whatDoesNotComeIntoViewHasACode(Status.Code code, ErrorCode lasting) {
    assertThat(Outcomes.append(failure(code, null, "text")))
        .hasFieldOrPropertyWithValue("lasting", lasting);
    assertThat(Outcomes.answer(RpcFault.of(failure(code, null, "text"))))
        .hasFieldOrPropertyWithValue("lasting", lasting);
    assertThat(Outcomes.commit(RpcFault.of(failure(code, null, "text"))))
        .hasFieldOrPropertyWithValue("lasting", lasting);
  }

  @Test
  void rejectedRowsKeepTheirIndexesAndLoseTheirValues() {
    Map<Integer, String> rows =
        Map.of(
            0, "Field value of id cannot be empty.",
            3, "Value 4711-canary for field born of the destination table p:d.t is outside",
            5, "canary is no date");

    AppendOutcome outcome =
        Outcomes.append(new Exceptions.AppendSerializationError(3, "Errors found", "s", rows));

    assertThat(outcome)
        .isEqualTo(
            new AppendOutcome.RowsRejected(
                Map.of(
                    0, "Field value of id cannot be empty.",
                    3, "BigQuery rejected the value of field born.",
                    5, "BigQuery rejected a value of the row without naming a field.")));
  }

  @Test
  void unforeseenFailuresArePassing() {
    assertThat(Outcomes.append(new IllegalStateException("canary")))
        .isInstanceOf(AppendOutcome.TryAgain.class);
  }

  @ParameterizedTest
  @MethodSource("commits")
  void commits(BatchCommitWriteStreamsResponse response, int streams, String outcome) {
    assertThat(Outcomes.commit(response, streams).getClass().getSimpleName()).isEqualTo(outcome);
  }

  static Stream<Arguments> commits() {
    return Stream.of(
        Arguments.of(
            BatchCommitWriteStreamsResponse.newBuilder()
                .setCommitTime(Timestamp.newBuilder().setSeconds(1))
                .build(),
            1,
            "Committed"),
        Arguments.of(errors(StorageErrorCode.STREAM_ALREADY_COMMITTED), 1, "Committed"),
        Arguments.of(errors(StorageErrorCode.STREAM_ALREADY_COMMITTED), 2, "Refused"),
        Arguments.of(errors(StorageErrorCode.STREAM_NOT_FOUND), 1, "StreamGone"),
        Arguments.of(errors(StorageErrorCode.INVALID_STREAM_STATE), 1, "StreamGone"),
        Arguments.of(errors(StorageErrorCode.INVALID_STREAM_TYPE), 1, "Refused"),
        Arguments.of(errors(StorageErrorCode.KMS_SERVICE_ERROR), 1, "TryAgain"),
        Arguments.of(
            errors(StorageErrorCode.STREAM_ALREADY_COMMITTED, StorageErrorCode.STREAM_NOT_FOUND),
            2,
            "StreamGone"),
        Arguments.of(errors(), 1, "TryAgain"));
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, , TryAgain",
    "DEADLINE_EXCEEDED, , TryAgain",
    "PERMISSION_DENIED, , TryAgain",
    "UNAUTHENTICATED, , Refused",
    "INVALID_ARGUMENT, , Refused",
    "NOT_FOUND, STREAM_NOT_FOUND, StreamGone",
    "FAILED_PRECONDITION, STREAM_ALREADY_COMMITTED, Committed",
  })
  void commitFailures(Status.Code code, StorageErrorCode detail, String outcome) {
    CommitOutcome found = Outcomes.commit(RpcFault.of(failure(code, detail, "text")));

    assertThat(found.getClass().getSimpleName()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "403, rateLimitExceeded, TryAgain, ",
    "503, backendError, TryAgain, ",
    "400, jobRateLimitExceeded, TryAgain, ",
    "400, jobInternalError, TryAgain, ",
    "500, , TryAgain, ",
    "502, , TryAgain, ",
    "429, , TryAgain, ",
    "412, conditionNotMet, TryAgain, ",
    "0, , TryAgain, ",
    "403, quotaExceeded, Refused, WRITE_REFUSED",
    "403, accessDenied, Refused, PERMISSION_DENIED",
    "403, , Refused, PERMISSION_DENIED",
    "401, , Refused, CREDENTIALS_REFUSED",
    "0, noToken, Refused, CREDENTIALS_REFUSED",
    "400, invalid, Refused, WRITE_REFUSED",
    "400, invalidQuery, Refused, WRITE_REFUSED",
    "404, notFound, Refused, WRITE_REFUSED",
    "501, notImplemented, TryAgain, ",
  })
  void restFailures(int status, String reason, String answer, ErrorCode code) {
    Answer<Void> found = Outcomes.answer(new RestFault(status, reason, "text"));

    assertThat(found.getClass().getSimpleName()).isEqualTo(answer);
    if (found instanceof Answer.Refused<Void> refused) {
      assertThat(refused.code()).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "409, duplicate, IdInUse",
    "503, backendError, TryAgain",
    "0, , TryAgain",
    "400, invalidQuery, Refused",
    "403, accessDenied, Refused",
  })
  void submissions(int status, String reason, String outcome) {
    Submission found = Outcomes.submission(new RestFault(status, reason, "text"));

    assertThat(found.getClass().getSimpleName()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "backendError, text, true",
    "jobBackendError, text, true",
    "jobInternalError, text, true",
    "jobRateLimitExceeded, text, true",
    "stopped, text, true",
    "invalidQuery, Could not serialize access to table p:d.t due to concurrent update, true",
    "quotaExceeded, Quota exceeded: Too many DML statements outstanding against table, true",
    "invalidQuery, Unrecognized name: x, false",
    "accessDenied, text, false",
    "resourcesExceeded, text, false",
  })
  void failedJobs(String reason, String message, boolean passing) {
    assertThat(Outcomes.passing(new ErrorProto().setReason(reason).setMessage(message)))
        .isEqualTo(passing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Access Denied: Table p:d.t: User does not have bigquery.tables.updateData permission"
            + " | invalidQuery: Access Denied: Table p:d.t: User does not have bigquery.tables.updateData permission",
        "Unrecognized name: `colour` at [3:7] | invalidQuery: Unrecognized name: `colour` at [3:7]",
        "Could not cast literal \"canary\" to type DATE | invalidQuery: Could not cast literal … to type DATE",
        "Could not read 'canary | invalidQuery: Could not read …",
        "Table p:d.t doesn't exist | invalidQuery: Table p:d.t doesn't exist",
        "Bad int64 value: canary | invalidQuery: Bad int64 value: …",
      })
  void aFailedJobsReasonNamesColumnsButNoValues(String message, String reason) {
    assertThat(Outcomes.reason(new ErrorProto().setReason("invalidQuery").setMessage(message)))
        .isEqualTo(reason);
  }

  @Test
  void aRefusedQuerysReasonNamesNoValues() {
    RestFault fault =
        new RestFault(400, "invalidQuery", "Could not cast literal \"canary\" to type INT64");

    assertThat(Outcomes.answer(fault))
        .isEqualTo(
            new Answer.Refused<>(
                ErrorCode.WRITE_REFUSED,
                "BigQuery answered 400 invalidQuery: Could not cast literal … to type INT64"));
  }

  @Test
  void aFailureWithoutAnAnswerDoesNotQuoteItself() {
    assertThat(RestFault.of(new IOException("canary")).message()).doesNotContain("canary");
  }

  private static StatusRuntimeException failure(
      Status.Code code, StorageErrorCode detail, String message) {
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage(message);
    if (detail != null) {
      status.addDetails(Any.pack(StorageError.newBuilder().setCode(detail).build()));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private static BatchCommitWriteStreamsResponse errors(StorageErrorCode... codes) {
    BatchCommitWriteStreamsResponse.Builder response = BatchCommitWriteStreamsResponse.newBuilder();
    for (StorageErrorCode code : codes) {
      response.addStreamErrors(StorageError.newBuilder().setCode(code));
    }
    return response.build();
  }
}
