package io.tributary.bigquery.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.RowError;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import io.grpc.protobuf.StatusProto;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Submission;
import io.tributary.bigquery.write.AppendOutcome;
import io.tributary.bigquery.write.CommitOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What every error of BigQuery means: the only place where that is decided. First the meaning of an
 * error, from its codes; then what the meaning is for each kind of call.
 */
final class Outcomes {
  /** What an error says about the request and the stream. */
  enum Meaning {
    /** The rows are at their offset already. */
    STORED,
    /** The same request may succeed later. */
    PASSING,
    /** Denied or not found: also said for a while of a table just created. */
    UNSEEN,
    /** The write path does not know a column yet. */
    SCHEMA_BEHIND,
    /** The stream takes no rows any more, or is no more. */
    STREAM_GONE,
    /** The stream was committed. */
    COMMITTED,
    /** The thing exists already. */
    DUPLICATE,
    /** The thing does not exist. */
    MISSING,
    /** A permission is missing. */
    DENIED,
    /** The credentials are not accepted. */
    UNKNOWN_CALLER,
    /** Refused for good. */
    LASTING
  }

  private static final Set<String> PASSING_REASONS =
      Set.of(
          "backendError",
          "internalError",
          "jobBackendError",
          "jobInternalError",
          "jobRateLimitExceeded",
          "rateLimitExceeded",
          "tableUnavailable",
          "timeout");
  private static final List<String> PASSING_JOB_MESSAGES =
      List.of(
          "Could not serialize access",
          "Too many DML statements outstanding",
          "aborted due to concurrent update",
          "Exceeded rate limits",
          "Job exceeded rate limits");
  private static final Pattern FIELD =
      Pattern.compile("(?i)\\b(?:field|column)(?: value of)?:? [`'\"]?([A-Za-z_][A-Za-z0-9_.]*)");

  private static final Pattern QUOTED =
      Pattern.compile("\"[^\"]*(\"|$)|(?<![A-Za-z])'[^']*('|$)|(?<=\\bvalue: ).*");

  private Outcomes() {}

  // ---- meanings

  /** An error of the Storage Write API. Its own code tells more than gRPC's. */
  static Meaning meaning(RpcFault fault) {
    return switch (fault.detail()) {
      case OFFSET_ALREADY_EXISTS -> Meaning.STORED;
      case OFFSET_OUT_OF_RANGE, KMS_SERVICE_ERROR -> Meaning.PASSING;
      case STREAM_FINALIZED, STREAM_NOT_FOUND, INVALID_STREAM_STATE -> Meaning.STREAM_GONE;
      case STREAM_ALREADY_COMMITTED -> Meaning.COMMITTED;
      case SCHEMA_MISMATCH_EXTRA_FIELDS -> Meaning.SCHEMA_BEHIND;
      case TABLE_NOT_FOUND -> Meaning.UNSEEN;
      case KMS_PERMISSION_DENIED -> Meaning.DENIED;
      case INVALID_STREAM_TYPE, CMEK_NOT_PROVIDED, INVALID_CMEK_PROVIDED, CMEK_ENCRYPTION_ERROR ->
          Meaning.LASTING;
      case STORAGE_ERROR_CODE_UNSPECIFIED, UNRECOGNIZED -> byStatus(fault);
    };
  }

  private static Meaning byStatus(RpcFault fault) {
    return switch (fault.code()) {
      case ALREADY_EXISTS -> Meaning.STORED;
      case OUT_OF_RANGE,
          UNAVAILABLE,
          ABORTED,
          INTERNAL,
          DEADLINE_EXCEEDED,
          CANCELLED,
          UNKNOWN,
          RESOURCE_EXHAUSTED ->
          Meaning.PASSING;
      case PERMISSION_DENIED, NOT_FOUND -> Meaning.UNSEEN;
      case UNAUTHENTICATED -> Meaning.UNKNOWN_CALLER;
      case INVALID_ARGUMENT, FAILED_PRECONDITION -> byText(fault.message());
      case OK, UNIMPLEMENTED, DATA_LOSS -> Meaning.LASTING;
    };
  }

  /** The client drops the service's own code of some errors inside a response. */
  private static Meaning byText(String message) {
    if (message.contains("Input schema has more fields than BigQuery schema")) {
      return Meaning.SCHEMA_BEHIND;
    }
    if (message.contains("Stream has been finalized")
        || message.contains("STREAM_FINALIZED")
        || message.contains("INVALID_STREAM_STATE")
        || message.contains("STREAM_ALREADY_COMMITTED")) {
      return Meaning.STREAM_GONE;
    }
    return Meaning.LASTING;
  }

  /** An error of a REST call. Google's reason tells more than the HTTP status. */
  static Meaning meaning(RestFault fault) {
    if (PASSING_REASONS.contains(fault.reason())) {
      return Meaning.PASSING;
    }
    return switch (fault.reason()) {
      case RestFault.NO_TOKEN -> Meaning.UNKNOWN_CALLER;
      case "notFound" -> Meaning.MISSING;
      case "duplicate" -> Meaning.DUPLICATE;
      case "accessDenied" -> Meaning.DENIED;
      case "quotaExceeded", "billingNotEnabled", "invalid", "invalidQuery" -> Meaning.LASTING;
      default -> byHttpStatus(fault.status());
    };
  }

  private static Meaning byHttpStatus(int status) {
    return switch (status) {
      case 0, 408, 412, 429 -> Meaning.PASSING;
      case 401 -> Meaning.UNKNOWN_CALLER;
      case 403 -> Meaning.DENIED;
      case 404 -> Meaning.MISSING;
      case 409 -> Meaning.DUPLICATE;
      default -> status >= 500 ? Meaning.PASSING : Meaning.LASTING;
    };
  }

  /** Whether the work of a failed job may succeed in a later job. */
  static boolean passing(ErrorProto error) {
    String reason = error.getReason() == null ? "" : error.getReason();
    String message = error.getMessage() == null ? "" : error.getMessage();
    return PASSING_REASONS.contains(reason)
        || reason.equals("stopped")
        || PASSING_JOB_MESSAGES.stream().anyMatch(message::contains);
  }

  // ---- what they are for each kind of call

  /** An answer that came over a connection of our own. */
  static AppendOutcome append(AppendRowsResponse response) {
    if (!response.hasError()) {
      return new AppendOutcome.Accepted();
    }
    Map<Integer, String> reasons = new TreeMap<>();
    for (RowError row : response.getRowErrorsList()) {
      reasons.put((int) row.getIndex(), row.getMessage());
    }
    return reasons.isEmpty()
        ? append(StatusProto.toStatusRuntimeException(response.getError()))
        : rejected(reasons);
  }

  private static AppendOutcome rejected(Map<Integer, String> messages) {
    Map<Integer, String> reasons = new TreeMap<>();
    messages.forEach((index, message) -> reasons.put(index, withoutValues(message)));
    return new AppendOutcome.RowsRejected(reasons);
  }

  static AppendOutcome append(Throwable failure) {
    if (failure instanceof Exceptions.AppendSerializtionError rows
        && !rows.getRowIndexToErrorMessage().isEmpty()) {
      return rejected(rows.getRowIndexToErrorMessage());
    }
    RpcFault fault = RpcFault.of(failure);
    String reason = reason(fault);
    return switch (meaning(fault)) {
      case STORED -> new AppendOutcome.Accepted();
      case PASSING -> new AppendOutcome.TryAgain(reason, fault.pause());
      case UNSEEN -> new AppendOutcome.Unseen(unseen(reason), lasting(fault));
      case SCHEMA_BEHIND -> new AppendOutcome.SchemaBehind(reason);
      case STREAM_GONE, COMMITTED -> new AppendOutcome.StreamGone(reason);
      case DENIED -> new AppendOutcome.Refused(ErrorCode.PERMISSION_DENIED, reason);
      case UNKNOWN_CALLER -> new AppendOutcome.Refused(ErrorCode.CREDENTIALS_REFUSED, reason);
      case DUPLICATE, MISSING, LASTING ->
          new AppendOutcome.Refused(ErrorCode.WRITE_REFUSED, reason);
    };
  }

  /** A commit is done when it has a time, or when every stream of the set was committed before. */
  static CommitOutcome commit(BatchCommitWriteStreamsResponse response, int streams) {
    if (response.hasCommitTime()) {
      return new CommitOutcome.Committed();
    }
    List<StorageError> errors = response.getStreamErrorsList();
    Set<StorageErrorCode> codes =
        errors.stream().map(StorageError::getCode).collect(Collectors.toSet());
    if (errors.isEmpty()) {
      return new CommitOutcome.TryAgain(
          "The answer holds neither a commit time nor an error.", Duration.ZERO);
    }
    if (codes.equals(Set.of(StorageErrorCode.STREAM_ALREADY_COMMITTED))) {
      return errors.size() >= streams
          ? new CommitOutcome.Committed()
          : new CommitOutcome.Refused(
              ErrorCode.WRITE_REFUSED, "Some streams of the set were committed apart.");
    }
    StorageError first =
        errors.stream()
            .filter(error -> error.getCode() != StorageErrorCode.STREAM_ALREADY_COMMITTED)
            .findFirst()
            .orElseThrow();
    return commit(
        new RpcFault(
            io.grpc.Status.Code.UNKNOWN, first.getCode(), first.getErrorMessage(), Duration.ZERO));
  }

  static CommitOutcome commit(RpcFault fault) {
    String reason = reason(fault);
    return switch (meaning(fault)) {
      case COMMITTED -> new CommitOutcome.Committed();
      case PASSING, SCHEMA_BEHIND -> new CommitOutcome.TryAgain(reason, fault.pause());
      case UNSEEN -> new CommitOutcome.TryAgain(unseen(reason), fault.pause(), lasting(fault));
      case STREAM_GONE -> new CommitOutcome.StreamGone(reason);
      case DENIED -> new CommitOutcome.Refused(ErrorCode.PERMISSION_DENIED, reason);
      case UNKNOWN_CALLER -> new CommitOutcome.Refused(ErrorCode.CREDENTIALS_REFUSED, reason);
      case STORED, DUPLICATE, MISSING, LASTING ->
          new CommitOutcome.Refused(ErrorCode.WRITE_REFUSED, reason);
    };
  }

  static <T> Answer<T> answer(RpcFault fault) {
    String reason = reason(fault);
    return switch (meaning(fault)) {
      case PASSING -> new Answer.TryAgain<>(reason, fault.pause());
      case UNSEEN -> new Answer.TryAgain<>(unseen(reason), fault.pause(), lasting(fault));
      case STREAM_GONE, COMMITTED -> new Answer.Refused<>(ErrorCode.STREAM_LOST, reason);
      case DENIED -> new Answer.Refused<>(ErrorCode.PERMISSION_DENIED, reason);
      case UNKNOWN_CALLER -> new Answer.Refused<>(ErrorCode.CREDENTIALS_REFUSED, reason);
      case STORED, SCHEMA_BEHIND, DUPLICATE, MISSING, LASTING ->
          new Answer.Refused<>(ErrorCode.WRITE_REFUSED, reason);
    };
  }

  static <T> Answer<T> answer(RestFault fault) {
    Meaning meaning = meaning(fault);
    return meaning == Meaning.PASSING
        ? new Answer.TryAgain<>(reason(fault), fault.pause())
        : new Answer.Refused<>(code(meaning), reason(fault));
  }

  static Submission submission(RestFault fault) {
    Meaning meaning = meaning(fault);
    return switch (meaning) {
      case PASSING -> new Submission.TryAgain(reason(fault), fault.pause());
      case DUPLICATE -> new Submission.IdInUse();
      default -> new Submission.Refused(code(meaning), reason(fault));
    };
  }

  /** What an unseen thing is that does not come into view. */
  private static ErrorCode lasting(RpcFault fault) {
    return fault.code() == io.grpc.Status.Code.PERMISSION_DENIED
        ? ErrorCode.PERMISSION_DENIED
        : ErrorCode.BIGQUERY_UNAVAILABLE;
  }

  private static ErrorCode code(Meaning meaning) {
    return switch (meaning) {
      case DENIED -> ErrorCode.PERMISSION_DENIED;
      case UNKNOWN_CALLER -> ErrorCode.CREDENTIALS_REFUSED;
      default -> ErrorCode.WRITE_REFUSED;
    };
  }

  // ---- texts

  private static String reason(RpcFault fault) {
    String detail =
        fault.detail() == StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED
            ? ""
            : "/" + fault.detail();
    return "BigQuery answered " + fault.code() + detail + ": " + fault.message();
  }

  private static String reason(RestFault fault) {
    if (fault.status() == 0) {
      return fault.message();
    }
    String named = fault.reason().isEmpty() ? "" : " " + fault.reason();
    // a query that is refused at once names its literals, such as keys of rows
    String message =
        fault.reason().equals("invalidQuery") ? masked(fault.message()) : fault.message();
    return "BigQuery answered " + fault.status() + named + ": " + message;
  }

  private static String unseen(String reason) {
    return "The table is not known to the write path yet, or bigquery.tables.updateData is missing. "
        + reason;
  }

  /**
   * Why a job failed. BigQuery names tables and columns between backticks or bare, and quotes
   * values, which are left out.
   */
  static String reason(ErrorProto error) {
    String message = error.getMessage() == null ? "" : error.getMessage();
    return error.getReason() + ": " + masked(message).lines().findFirst().orElse("");
  }

  private static String masked(String message) {
    return QUOTED.matcher(message).replaceAll("…");
  }

  /** A row's error may quote the row; only the field's name is passed on. */
  static String withoutValues(String message) {
    if (message.endsWith(" cannot be empty.") && message.startsWith("Field value of ")) {
      return message;
    }
    Matcher field = FIELD.matcher(message);
    return field.find()
        ? "BigQuery rejected the value of field " + field.group(1) + "."
        : "BigQuery rejected a value of the row without naming a field.";
  }
}
