package io.tributary.emulator.write;

import static io.tributary.emulator.RawConnection.at;
import static io.tributary.emulator.RawConnection.next;
import static io.tributary.emulator.RawConnection.request;
import static io.tributary.emulator.write.TableStreams.IDS;
import static io.tributary.emulator.write.TableStreams.detail;
import static io.tributary.emulator.write.TableStreams.offset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.rpc.Code;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Offsets of streams that an application creates: each row is stored exactly once by them. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class StreamOffsetTest {
  private final BigQueryUnderTest bigQuery;
  private final TableStreams streams;

  StreamOffsetTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.streams = TableStreams.ofNewTable(bigQuery);
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says =
          "An append to a created stream is answered with the offset of its first "
              + "row; offsets count rows from 0.",
      source = Sources.CLIENT_TESTS)
  void answersTheOffsetOfTheFirstRow() {
    String stream = streams.create(WriteStream.Type.PENDING);
    try (RawConnection connection = bigQuery.connect()) {
      assertThat(offset(connection.call(request(stream, IDS, IDS.rows(1L)).build()))).isZero();
      assertThat(offset(connection.call(next(IDS.rows(2L, 3L)).build()))).isEqualTo(1);
      assertThat(offset(connection.call(next(IDS.rows(4L)).build()))).isEqualTo(3);
    }
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says =
          "An append at an offset that the stream has is refused with ALREADY_EXISTS "
              + "and stores nothing.",
      source = Sources.CLIENT_TESTS)
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says =
          "Google's Java client takes the expected and the received offset from the "
              + "text of the error.",
      source = Sources.CLIENT_CODE)
  void refusesAnOffsetThatIsTaken() throws Exception {
    String stream = streams.create(WriteStream.Type.COMMITTED);
    streams.append(stream, 0, 1L, 2L);
    try (StreamWriter writer = bigQuery.writer(stream, IDS)) {
      assertThatThrownBy(() -> writer.append(IDS.rows(9L), 1).get())
          .cause()
          .isInstanceOfSatisfying(
              Exceptions.OffsetAlreadyExists.class,
              e -> {
                assertThat(e.getExpectedOffset()).isEqualTo(2);
                assertThat(e.getActualOffset()).isEqualTo(1);
              })
          .hasMessageContaining("ALREADY_EXISTS");
    }
    assertThat(streams.ids()).containsExactly("1", "2");
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says = "An append at an offset beyond the end of the stream is refused with OUT_OF_RANGE.",
      source = Sources.CLIENT_TESTS)
  @Behaviour(
      area = Area.APPEND,
      says = "After a refused offset the connection takes the right one.",
      source = Sources.CLIENT_TESTS)
  void refusesAnOffsetBeyondTheEndAndGoesOn() throws Exception {
    String stream = streams.create(WriteStream.Type.COMMITTED);
    try (StreamWriter writer = bigQuery.writer(stream, IDS)) {
      assertThatThrownBy(() -> writer.append(IDS.rows(9L), 5).get())
          .cause()
          .isInstanceOf(Exceptions.OffsetOutOfRange.class)
          .hasMessageContaining("OUT_OF_RANGE");
      assertThat(writer.append(IDS.rows(1L), 0).get().getAppendResult().getOffset().getValue())
          .isZero();
    }
    assertThat(streams.ids()).containsExactly("1");
  }

  @Test
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says =
          "Beyond the end the detail is StorageError OFFSET_OUT_OF_RANGE, \"The "
              + "offset is beyond stream, expected offset E, received R\".",
      source = Sources.CLIENT_TESTS)
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says =
          "Before the end the detail is StorageError OFFSET_ALREADY_EXISTS, \"The "
              + "offset is within stream, expected offset E, received R\".",
      source = Sources.CLIENT_TESTS)
  void namesExpectedAndReceivedOffset() {
    String stream = streams.create(WriteStream.Type.PENDING);
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse beyond = connection.call(at(7, request(stream, IDS, IDS.rows(1L))));
      assertThat(beyond.getError().getCode()).isEqualTo(Code.OUT_OF_RANGE_VALUE);
      assertThat(detail(beyond).getCode()).isEqualTo(StorageErrorCode.OFFSET_OUT_OF_RANGE);
      assertThat(detail(beyond).getErrorMessage())
          .isEqualTo("The offset is beyond stream, expected offset 0, received 7");
      connection.call(at(0, next(IDS.rows(1L, 2L))));
      AppendRowsResponse within = connection.call(at(1, next(IDS.rows(2L))));
      assertThat(within.getError().getCode()).isEqualTo(Code.ALREADY_EXISTS_VALUE);
      assertThat(detail(within).getCode()).isEqualTo(StorageErrorCode.OFFSET_ALREADY_EXISTS);
      assertThat(detail(within).getErrorMessage())
          .isEqualTo("The offset is within stream, expected offset 2, received 1");
      assertThat(detail(within).getEntity()).isEqualTo(stream);
    }
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says =
          "An append to a finalized stream is refused with INVALID_ARGUMENT and "
              + "StorageError STREAM_FINALIZED.",
      source = Sources.CLIENT_TESTS)
  void refusesAnAppendAfterFinalize() {
    String stream = streams.create(WriteStream.Type.PENDING);
    streams.seal(stream);
    assertThatThrownBy(() -> streams.append(stream, 0, 1L))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(Exceptions.StreamFinalizedException.class)
        .hasMessageContaining("Stream has been finalized")
        .hasMessageContaining("INVALID_ARGUMENT");
  }
}
