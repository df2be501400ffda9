package io.tributary.emulator.write;

import static io.tributary.emulator.RawConnection.next;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.junit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the Storage Write API does after a time, by the emulator's clock. Sources:
 * https://cloud.google.com/bigquery/docs/write-api-streaming,
 * https://cloud.google.com/bigquery/docs/write-api-batch.
 */
@EmulatorOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WriteClockTest {
  private static final Message IDS = Message.ids();
  private final MovableClock clock = MovableClock.at(Instant.parse("2026-03-01T00:00:00Z"));
  private final BigQueryUnderTest bigQuery =
      BigQueryUnderTest.start(EmulatorOptions.builder().clock(clock));
  private final TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));

  @AfterAll
  void close() {
    bigQuery.close();
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says =
          "A connection is closed with ABORTED, \"Closing the stream because it has "
              + "been inactive for 600 seconds.\", after that time and no earlier.",
      source = Sources.WRITE_API)
  void closesAConnectionThatWasSilentForTenMinutes() {
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(BigQueryUnderTest.defaultStream(table), IDS, IDS.rows(1L)).build());
      clock.advance(Duration.ofSeconds(599));
      assertThat(connection.call(next(IDS.rows(2L)).build()).hasError()).isFalse();
      clock.advance(Duration.ofSeconds(599));
      assertThat(connection.call(next(IDS.rows(2L)).build()).hasError()).isFalse();
      clock.advance(Duration.ofMinutes(10));
      Status end = connection.end();
      assertThat(end.getCode()).isEqualTo(Status.Code.ABORTED);
      assertThat(end.getDescription())
          .isEqualTo(
              "Closing the stream because it has been inactive for 600 seconds. Entity: "
                  + BigQueryUnderTest.defaultStream(table));
    }
  }

  @ParameterizedTest
  @CsvSource({"COMMITTED, 3", "BUFFERED, 7"})
  @Behaviour(
      area = Area.STREAMS,
      says = "A COMMITTED stream is gone after 3 days without traffic, a BUFFERED one after 7.",
      source = Sources.WRITE_API_STREAMING)
  void streamsVanishWithoutTraffic(WriteStream.Type type, int days) {
    String stream = create(type);
    clock.advance(Duration.ofDays(days).minusSeconds(1));
    append(stream);
    clock.advance(Duration.ofDays(days).minusSeconds(1));
    append(stream);
    clock.advance(Duration.ofDays(days));
    assertThatThrownBy(() -> bigQuery.write().getWriteStream(stream))
        .isInstanceOf(NotFoundException.class);
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(request(stream, IDS, IDS.rows(1L)).build());
      assertThat(connection.end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says = "A PENDING stream must be committed within 24 hours.",
      source = Sources.WRITE_API_BATCH)
  void pendingStreamsMustBeCommittedWithinADay() {
    String early = create(WriteStream.Type.PENDING);
    String late = create(WriteStream.Type.PENDING);
    append(early);
    append(late);
    bigQuery.write().finalizeWriteStream(early);
    bigQuery.write().finalizeWriteStream(late);
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(commit(early).hasCommitTime()).isTrue();
    clock.advance(Duration.ofSeconds(1));
    BatchCommitWriteStreamsResponse refused = commit(late);
    assertThat(refused.hasCommitTime()).isFalse();
    assertThat(refused.getStreamErrors(0).getCode()).isEqualTo(StorageErrorCode.STREAM_NOT_FOUND);
  }

  private String create(WriteStream.Type type) {
    return bigQuery
        .write()
        .createWriteStream(
            BigQueryUnderTest.path(table), WriteStream.newBuilder().setType(type).build())
        .getName();
  }

  private void append(String stream) {
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse answer = connection.call(request(stream, IDS, IDS.rows(1L)).build());
      assertThat(answer.hasAppendResult()).as(answer.toString()).isTrue();
    }
  }

  private BatchCommitWriteStreamsResponse commit(String stream) {
    return bigQuery
        .write()
        .batchCommitWriteStreams(
            BatchCommitWriteStreamsRequest.newBuilder()
                .setParent(BigQueryUnderTest.path(table))
                .addWriteStreams(stream)
                .build());
  }
}
