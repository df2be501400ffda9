package io.tributary.emulator.write;

import static io.tributary.emulator.RawConnection.request;
import static io.tributary.emulator.write.TableStreams.IDS;
import static io.tributary.emulator.write.TableStreams.codes;
import static io.tributary.emulator.write.TableStreams.offset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.cloud.bigquery.storage.v1.WriteStreamView;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Streams that an application creates: what they tell of themselves, their end, and the batch
 * commit of pending ones.
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
class PendingStreamTest {
  private final BigQueryUnderTest bigQuery;
  private final TableStreams streams;

  PendingStreamTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.streams = TableStreams.ofNewTable(bigQuery);
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says = "Rows of a PENDING stream are invisible until the stream is finalized and committed.",
      source = Sources.WRITE_API_BATCH)
  void rowsAppearOnCommitAndNotBefore() throws Exception {
    String stream = streams.create(WriteStream.Type.PENDING);
    streams.append(stream, 0, 1L, 2L);
    assertThat(streams.ids()).isEmpty();
    streams.seal(stream);
    assertThat(streams.ids()).isEmpty();
    assertThat(streams.commit(stream).hasCommitTime()).isTrue();
    assertThat(streams.ids()).containsExactly("1", "2");
  }

  /** The commit log and the append log tell what happened, for tests that need to know. */
  @Test
  @EmulatorOnly
  void logsAppendsAndCommits() throws Exception {
    String stream = streams.create(WriteStream.Type.PENDING);
    streams.append(stream, 0, 1L, 2L);
    streams.seal(stream);
    streams.commit(stream);
    assertThat(bigQuery.emulator().appendLog())
        .filteredOn(append -> append.stream().equals(stream))
        .singleElement()
        .satisfies(
            append -> {
              assertThat(append.rows()).isEqualTo(2);
              assertThat(append.offset()).isZero();
              assertThat(append.outcome()).isEqualTo("OK");
            });
    assertThat(bigQuery.emulator().commits())
        .filteredOn(commit -> commit.streams().contains(stream))
        .singleElement()
        .satisfies(commit -> assertThat(commit.rows()).isEqualTo(2));
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says =
          "CreateWriteStream answers the whole stream: its name, type, location, "
              + "creation time and the schema of its table.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.STREAMS,
      says = "The one write mode of a stream is INSERT.",
      source = Sources.PROTO)
  void creationAnswersTheFullView() {
    WriteStream stream = streams.describe(WriteStream.Type.PENDING);
    assertThat(stream.getName()).startsWith(BigQueryUnderTest.path(streams.table()) + "/streams/");
    assertThat(stream.getType()).isEqualTo(WriteStream.Type.PENDING);
    assertThat(stream.getWriteMode()).isEqualTo(WriteStream.WriteMode.INSERT);
    assertThat(stream.getTableSchema().getFields(0).getName()).isEqualTo("id");
    assertThat(stream.getLocation()).isEqualTo("us");
    assertThat(stream.hasCreateTime()).isTrue();
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says = "The commit time of a COMMITTED stream is its creation time.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.STREAMS,
      says = "A PENDING stream has a commit time once it is committed, and none before.",
      source = Sources.PROTO)
  void commitTimesTellWhenRowsCanBeSeen() {
    WriteStream committed = streams.describe(WriteStream.Type.COMMITTED);
    assertThat(committed.getCommitTime()).isEqualTo(committed.getCreateTime());
    String pending = streams.sealed(1L);
    assertThat(bigQuery.write().getWriteStream(pending).hasCommitTime()).isFalse();
    Timestamp when = streams.commit(pending).getCommitTime();
    assertThat(bigQuery.write().getWriteStream(pending).getCommitTime()).isEqualTo(when);
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says =
          "GetWriteStream leaves the schema of the table out unless the FULL view is "
              + "asked for.",
      source = Sources.PROTO)
  void getShowsTheSchemaInTheFullViewOnly() {
    String stream = streams.create(WriteStream.Type.PENDING);
    assertThat(bigQuery.write().getWriteStream(stream).hasTableSchema()).isFalse();
    GetWriteStreamRequest full =
        GetWriteStreamRequest.newBuilder().setName(stream).setView(WriteStreamView.FULL).build();
    assertThat(bigQuery.write().getWriteStream(full).getTableSchema().getFieldsCount()).isOne();
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says = "FinalizeWriteStream answers how many rows the stream has.",
      source = Sources.PROTO)
  void finalizeCountsTheRows() throws Exception {
    String stream = streams.create(WriteStream.Type.PENDING);
    streams.append(stream, 0, 1L, 2L, 3L);
    assertThat(streams.seal(stream)).isEqualTo(3);
    assertThat(streams.seal(stream)).as("a second time").isEqualTo(3);
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says = "The default stream cannot be finalized.",
      source = Sources.PROTO)
  void refusesToFinalizeTheDefaultStream() {
    assertThatThrownBy(() -> bigQuery.write().finalizeWriteStream(streams.defaultStream()))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says =
          "A stream that is committed again is answered STREAM_ALREADY_COMMITTED, "
              + "and its rows stay as they are.",
      source = Sources.WRITE_API_BATCH)
  void refusesASecondCommit() throws Exception {
    String stream = streams.create(WriteStream.Type.PENDING);
    streams.append(stream, 0, 1L);
    streams.seal(stream);
    streams.commit(stream);
    BatchCommitWriteStreamsResponse again = streams.commit(stream);
    assertThat(again.hasCommitTime()).isFalse();
    assertThat(codes(again)).containsExactly(StorageErrorCode.STREAM_ALREADY_COMMITTED);
    assertThat(again.getStreamErrors(0).getEntity()).isEqualTo(stream);
    assertThat(streams.ids()).containsExactly("1");
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says = "If one stream of a batch commit is refused, none is committed.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.COMMIT,
      says =
          "A stream that is not finalized is refused by a batch commit with "
              + "INVALID_STREAM_STATE.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.COMMIT,
      says =
          "A refused batch commit is a call that succeeds: its answer has no commit "
              + "time and lists the streams that failed.",
      source = Sources.WRITE_API_BATCH)
  void commitsAllStreamsOrNone() throws Exception {
    String sealed = streams.create(WriteStream.Type.PENDING);
    String open = streams.create(WriteStream.Type.PENDING);
    streams.append(sealed, 0, 1L);
    streams.append(open, 0, 2L);
    streams.seal(sealed);
    BatchCommitWriteStreamsResponse refused = streams.commit(sealed, open);
    assertThat(refused.hasCommitTime()).isFalse();
    assertThat(codes(refused)).containsExactly(StorageErrorCode.INVALID_STREAM_STATE);
    assertThat(refused.getStreamErrors(0).getEntity()).isEqualTo(open);
    assertThat(streams.ids()).isEmpty();
    streams.seal(open);
    assertThat(streams.commit(sealed, open).hasCommitTime()).isTrue();
    assertThat(streams.ids()).containsExactly("1", "2");
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says =
          "A batch commit of a COMMITTED stream is refused with INVALID_STREAM_TYPE, "
              + "\"Stream must be created in pending mode, actual: WRITE_OPTIMIZED\".",
      source = "https://github.com/googleapis/nodejs-bigquery-storage/issues/413")
  void refusesToCommitAStreamOfAnotherType() {
    String stream = streams.create(WriteStream.Type.COMMITTED);
    streams.seal(stream);
    BatchCommitWriteStreamsResponse refused = streams.commit(stream);
    assertThat(codes(refused)).containsExactly(StorageErrorCode.INVALID_STREAM_TYPE);
    assertThat(refused.getStreamErrors(0).getErrorMessage())
        .isEqualTo("Stream must be created in pending mode, actual: WRITE_OPTIMIZED");
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says = "The streams of a batch commit must belong to the table that it names.",
      source = Sources.PROTO)
  void refusesToCommitAStreamOfAnotherTable() {
    TableStreams other = TableStreams.ofNewTable(bigQuery);
    String stream = streams.create(WriteStream.Type.PENDING);
    streams.seal(stream);
    assertThatThrownBy(() -> other.commit(stream)).isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says = "Rows of a COMMITTED stream are visible when they are acknowledged.",
      source = Sources.WRITE_API_STREAMING)
  void committedRowsAreVisibleAtOnce() throws Exception {
    streams.append(streams.create(WriteStream.Type.COMMITTED), 0, 5L);
    assertThat(streams.ids()).containsExactly("5");
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says = "A created stream has one active connection; a new one takes its place.",
      source = Sources.WRITE_API_BEST_PRACTICES)
  void aNewConnectionEndsTheOneBefore() {
    String stream = streams.create(WriteStream.Type.PENDING);
    try (RawConnection first = bigQuery.connect();
        RawConnection second = bigQuery.connect()) {
      first.call(request(stream, IDS, IDS.rows(1L)).build());
      assertThat(offset(second.call(request(stream, IDS, IDS.rows(2L)).build()))).isEqualTo(1);
      assertThat(first.end().getCode()).isEqualTo(Status.Code.ABORTED);
    }
  }
}
