package io.tributary.emulator.write;

import static io.tributary.emulator.RawConnection.request;
import static io.tributary.emulator.write.TableStreams.IDS;
import static io.tributary.emulator.write.TableStreams.codes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Refused calls about streams, and the StorageError that says why. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class ErrorDetailsTest {
  private final BigQueryUnderTest bigQuery;
  private final TableStreams streams;

  ErrorDetailsTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.streams = TableStreams.ofNewTable(bigQuery);
  }

  @Test
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says =
          "GetWriteStream, FinalizeWriteStream and FlushRows for a stream that does not exist are"
              + " answered NOT_FOUND with StorageError STREAM_NOT_FOUND.",
      source = Sources.PROTO)
  void aStreamThatIsNotThere() throws Exception {
    String absent = BigQueryUnderTest.path(streams.table()) + "/streams/none";
    List<ThrowingCallable> calls =
        List.of(
            () -> bigQuery.write().getWriteStream(absent),
            () -> streams.seal(absent),
            () -> streams.flush(absent, 0));
    for (ThrowingCallable call : calls) {
      assertRefused(call, Code.NOT_FOUND, StorageErrorCode.STREAM_NOT_FOUND);
    }
  }

  @Test
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says =
          "An append to a stream that does not exist ends with NOT_FOUND, which Google's Java client"
              + " knows as StreamNotFound.",
      source = Sources.CLIENT_CODE)
  void anAppendToAStreamThatIsNotThere() {
    String absent = BigQueryUnderTest.path(streams.table()) + "/streams/none";
    try (StreamWriter writer = bigQuery.writer(absent, IDS)) {
      assertThatThrownBy(() -> writer.append(IDS.rows(1L)).get())
          .cause()
          .isInstanceOf(Exceptions.StreamNotFound.class);
    }
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says = "A batch commit names a stream that does not exist with STREAM_NOT_FOUND.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.COMMIT,
      says = "A batch commit names the default stream with INVALID_STREAM_TYPE.",
      source = Sources.PROTO)
  void streamsThatCannotBeCommitted() {
    String absent = BigQueryUnderTest.path(streams.table()) + "/streams/none";
    BatchCommitWriteStreamsResponse refused = streams.commit(absent, streams.defaultStream());
    assertThat(codes(refused))
        .containsExactly(StorageErrorCode.STREAM_NOT_FOUND, StorageErrorCode.INVALID_STREAM_TYPE);
    assertThat(refused.getStreamErrorsList())
        .extracting(StorageError::getEntity)
        .containsExactly(absent, streams.defaultStream());
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says =
          "A batch commit of streams of which some are committed already names these and commits"
              + " none of the others.",
      source = Sources.PROTO)
  void aCommitOfCommittedAndOtherStreams() {
    String committed = streams.sealed(1L);
    streams.commit(committed);
    String sealed = streams.sealed(2L);
    BatchCommitWriteStreamsResponse refused = streams.commit(committed, sealed);
    assertThat(codes(refused)).containsExactly(StorageErrorCode.STREAM_ALREADY_COMMITTED);
    assertThat(streams.ids()).containsExactly("1");
    assertThat(streams.commit(sealed).hasCommitTime()).isTrue();
    assertThat(streams.ids()).containsExactly("1", "2");
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says = "A batch commit takes at most 10,000 streams.",
      source = Sources.QUOTAS)
  void aCommitOfTooManyStreams() {
    String stream = BigQueryUnderTest.path(streams.table()) + "/streams/s";
    List<String> names = IntStream.rangeClosed(1, 10_001).mapToObj(i -> stream + i).toList();
    assertThatThrownBy(() -> streams.commit(names)).isInstanceOf(InvalidArgumentException.class);
    assertThat(codes(streams.commit(names.subList(0, 10_000)))).hasSize(10_000);
    assertThatThrownBy(() -> streams.commit(List.of()))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says = "FlushRows on a stream of another type carries StorageError INVALID_STREAM_TYPE.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says = "FlushRows on a finalized stream carries StorageError STREAM_FINALIZED.",
      source = Sources.PROTO)
  void flushesThatAreRefused() throws Exception {
    String pending = streams.create(WriteStream.Type.PENDING);
    assertRefused(
        () -> streams.flush(pending, 0),
        Code.INVALID_ARGUMENT,
        StorageErrorCode.INVALID_STREAM_TYPE);
    String sealed = streams.create(WriteStream.Type.BUFFERED);
    streams.append(sealed, 0, 1L);
    streams.seal(sealed);
    assertRefused(
        () -> streams.flush(sealed, 0), Code.INVALID_ARGUMENT, StorageErrorCode.STREAM_FINALIZED);
  }

  @Test
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says = "A text that is no name of a stream or a table is refused with INVALID_ARGUMENT.",
      source = Sources.PROTO)
  void namesThatAreNone() {
    List<ThrowingCallable> calls =
        List.of(
            () -> bigQuery.write().getWriteStream("streams/s"),
            () -> bigQuery.write().createWriteStream("tables/t", WriteStream.getDefaultInstance()),
            () -> streams.seal("projects/p/datasets/d/tables/t"),
            () -> streams.flush("", 0),
            () -> streams.commit("streams/s"),
            () ->
                bigQuery
                    .write()
                    .batchCommitWriteStreams(
                        BatchCommitWriteStreamsRequest.newBuilder()
                            .setParent("tables/t")
                            .addWriteStreams(streams.defaultStream())
                            .build()));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class);
    }
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(request("streams/s", IDS, IDS.rows(1L)).build());
      assertThat(connection.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  /** Not documented, and seen accepted as well: a stream without a type. */
  @Test
  void aStreamNeedsAType() {
    assertThatThrownBy(() -> streams.create(WriteStream.Type.TYPE_UNSPECIFIED))
        .isInstanceOf(InvalidArgumentException.class);
  }

  private static void assertRefused(
      ThrowingCallable call, Code code, StorageErrorCode storageErrorCode)
      throws InvalidProtocolBufferException {
    com.google.rpc.Status status = StatusProto.fromThrowable(catchThrowable(call));
    assertThat(status.getCode()).isEqualTo(code.getNumber());
    assertThat(status.getDetails(0).unpack(StorageError.class).getCode())
        .isEqualTo(storageErrorCode);
  }
}
