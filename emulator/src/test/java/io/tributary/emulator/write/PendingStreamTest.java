package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.RawConnection.at;
import static io.tributary.emulator.RawConnection.next;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.cloud.bigquery.storage.v1.WriteStreamView;
import com.google.protobuf.Any;
import com.google.protobuf.Int64Value;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Streams that an application creates: their offsets, their end, and the commit of pending ones.
 * Sources: https://cloud.google.com/bigquery/docs/write-api,
 * https://cloud.google.com/bigquery/docs/write-api-batch, the comments of
 * google/cloud/bigquery/storage/v1/storage.proto, and the integration tests of
 * googleapis/java-bigquerystorage.
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
class PendingStreamTest {
  private static final Message IDS = Message.ids();
  private final BigQueryUnderTest bigQuery;
  private final TableId table;

  PendingStreamTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says = "Rows of a PENDING stream are invisible until the stream is finalized and committed.",
      source = Sources.WRITE_API_BATCH)
  void rowsAppearOnCommitAndNotBefore() throws Exception {
    String stream = create(WriteStream.Type.PENDING).getName();
    append(stream, 0, 1L, 2L);
    assertThat(bigQuery.rows(table)).isEmpty();
    bigQuery.write().finalizeWriteStream(stream);
    assertThat(bigQuery.rows(table)).isEmpty();
    assertThat(commit(stream).hasCommitTime()).isTrue();
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2");
  }

  /** The commit log and the append log tell what happened, for tests that need to know. */
  @Test
  @EmulatorOnly
  void logsAppendsAndCommits() throws Exception {
    String stream = create(WriteStream.Type.PENDING).getName();
    append(stream, 0, 1L, 2L);
    bigQuery.write().finalizeWriteStream(stream);
    commit(stream);
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

  /**
   * CreateWriteStream answers the full view (storage.proto); a pending stream has no commit time.
   */
  @Test
  void creationAnswersTheFullView() {
    WriteStream stream = create(WriteStream.Type.PENDING);
    assertThat(stream.getName()).startsWith(BigQueryUnderTest.path(table) + "/streams/");
    assertThat(stream.getTableSchema().getFields(0).getName()).isEqualTo("id");
    assertThat(stream.getLocation()).isEqualTo("us");
    assertThat(stream.hasCreateTime()).isTrue();
    assertThat(stream.hasCommitTime()).isFalse();
    assertThat(create(WriteStream.Type.COMMITTED).hasCommitTime()).isTrue();
  }

  /** GetWriteStream shows the schema in the FULL view only (storage.proto, WriteStreamView). */
  @Test
  void getShowsTheSchemaInTheFullViewOnly() {
    String stream = create(WriteStream.Type.PENDING).getName();
    assertThat(bigQuery.write().getWriteStream(stream).hasTableSchema()).isFalse();
    GetWriteStreamRequest full =
        GetWriteStreamRequest.newBuilder().setName(stream).setView(WriteStreamView.FULL).build();
    assertThat(bigQuery.write().getWriteStream(full).getTableSchema().getFieldsCount()).isOne();
  }

  /**
   * Appends of 1, 2 and 1 rows are answered with offsets 0, 1 and 3 (ITBigQueryWriteClientTest).
   */
  @Test
  void answersTheOffsetOfTheFirstRow() {
    String stream = create(WriteStream.Type.PENDING).getName();
    try (RawConnection connection = bigQuery.connect()) {
      assertThat(offset(connection.call(request(stream, IDS, IDS.rows(1L)).build()))).isZero();
      assertThat(offset(connection.call(next(IDS.rows(2L, 3L)).build()))).isEqualTo(1);
      assertThat(offset(connection.call(next(IDS.rows(4L)).build()))).isEqualTo(3);
    }
  }

  /** An offset before the end is ALREADY_EXISTS and the client's typed exception knows both. */
  @Test
  void refusesAnOffsetThatIsTaken() throws Exception {
    String stream = create(WriteStream.Type.COMMITTED).getName();
    append(stream, 0, 1L, 2L);
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
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2");
  }

  /** An offset after the end is OUT_OF_RANGE; the connection stays usable (testStreamError). */
  @Test
  void refusesAnOffsetBeyondTheEndAndGoesOn() throws Exception {
    String stream = create(WriteStream.Type.COMMITTED).getName();
    try (StreamWriter writer = bigQuery.writer(stream, IDS)) {
      assertThatThrownBy(() -> writer.append(IDS.rows(9L), 5).get())
          .cause()
          .isInstanceOf(Exceptions.OffsetOutOfRange.class)
          .hasMessageContaining("OUT_OF_RANGE");
      assertThat(writer.append(IDS.rows(1L), 0).get().getAppendResult().getOffset().getValue())
          .isZero();
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  /** The text that the Java client parses: "expected offset E, received R" (Exceptions.java). */
  @Test
  void namesExpectedAndReceivedOffset() throws Exception {
    String stream = create(WriteStream.Type.PENDING).getName();
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse answer = connection.call(at(7, request(stream, IDS, IDS.rows(1L))));
      assertThat(answer.getError().getCode()).isEqualTo(Code.OUT_OF_RANGE_VALUE);
      StorageError detail = detail(answer);
      assertThat(detail.getCode()).isEqualTo(StorageErrorCode.OFFSET_OUT_OF_RANGE);
      assertThat(detail.getErrorMessage())
          .isEqualTo("The offset is beyond stream, expected offset 0, received 7");
    }
  }

  /** FinalizeWriteStream answers the number of rows; asking twice changes nothing. */
  @Test
  void finalizeCountsTheRows() throws Exception {
    String stream = create(WriteStream.Type.PENDING).getName();
    append(stream, 0, 1L, 2L, 3L);
    assertThat(bigQuery.write().finalizeWriteStream(stream).getRowCount()).isEqualTo(3);
    assertThat(bigQuery.write().finalizeWriteStream(stream).getRowCount()).isEqualTo(3);
  }

  /** "Stream has been finalized" (testStreamFinalizedError). */
  @Test
  void refusesAnAppendAfterFinalize() {
    String stream = create(WriteStream.Type.PENDING).getName();
    bigQuery.write().finalizeWriteStream(stream);
    assertThatThrownBy(() -> append(stream, 0, 1L))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(Exceptions.StreamFinalizedException.class)
        .hasMessageContaining("Stream has been finalized")
        .hasMessageContaining("INVALID_ARGUMENT");
  }

  /** "FinalizeWriteStream is not supported on the '_default' stream" (storage.proto). */
  @Test
  void refusesToFinalizeTheDefaultStream() {
    assertThatThrownBy(
            () -> bigQuery.write().finalizeWriteStream(BigQueryUnderTest.defaultStream(table)))
        .isInstanceOf(InvalidArgumentException.class);
  }

  /**
   * Committing twice commits once: STREAM_ALREADY_COMMITTED and no commit time (write-api-batch).
   */
  @Test
  void refusesASecondCommit() throws Exception {
    String stream = create(WriteStream.Type.PENDING).getName();
    append(stream, 0, 1L);
    bigQuery.write().finalizeWriteStream(stream);
    commit(stream);
    BatchCommitWriteStreamsResponse again = commit(stream);
    assertThat(again.hasCommitTime()).isFalse();
    assertThat(codes(again)).containsExactly(StorageErrorCode.STREAM_ALREADY_COMMITTED);
    assertThat(again.getStreamErrors(0).getEntity()).isEqualTo(stream);
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  /** "If any stream fails, no data is committed" (storage.proto, BatchCommitWriteStreams). */
  @Test
  void commitsAllStreamsOrNone() throws Exception {
    String sealed = create(WriteStream.Type.PENDING).getName();
    String open = create(WriteStream.Type.PENDING).getName();
    append(sealed, 0, 1L);
    append(open, 0, 2L);
    bigQuery.write().finalizeWriteStream(sealed);
    BatchCommitWriteStreamsResponse refused = commit(sealed, open);
    assertThat(codes(refused)).containsExactly(StorageErrorCode.INVALID_STREAM_STATE);
    assertThat(bigQuery.rows(table)).isEmpty();
    bigQuery.write().finalizeWriteStream(open);
    assertThat(commit(sealed, open).hasCommitTime()).isTrue();
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2");
  }

  /** A committed stream cannot be batch-committed (googleapis/nodejs-bigquery-storage#413). */
  @Test
  void refusesToCommitAStreamOfAnotherType() {
    String stream = create(WriteStream.Type.COMMITTED).getName();
    bigQuery.write().finalizeWriteStream(stream);
    BatchCommitWriteStreamsResponse refused = commit(stream);
    assertThat(codes(refused)).containsExactly(StorageErrorCode.INVALID_STREAM_TYPE);
    assertThat(refused.getStreamErrors(0).getErrorMessage())
        .isEqualTo("Stream must be created in pending mode, actual: WRITE_OPTIMIZED");
  }

  /** All streams of a batch commit must belong to its parent (storage.proto). */
  @Test
  void refusesToCommitAStreamOfAnotherTable() {
    TableId other = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    String stream = create(WriteStream.Type.PENDING).getName();
    bigQuery.write().finalizeWriteStream(stream);
    assertThatThrownBy(() -> commitTo(other, stream)).isInstanceOf(InvalidArgumentException.class);
  }

  /** A committed stream's rows are visible on acknowledgement (write-api, committed type). */
  @Test
  void committedRowsAreVisibleAtOnce() throws Exception {
    append(create(WriteStream.Type.COMMITTED).getName(), 0, 5L);
    assertThat(bigQuery.firstColumn(table)).containsExactly("5");
  }

  /** Upserts need the default stream (googleapis/google-cloud-dotnet#11527). */
  @Test
  void refusesUpserts() {
    Message changes =
        Message.of(Message.field("id", TYPE_INT64), Message.field("_CHANGE_TYPE", TYPE_STRING));
    String stream = create(WriteStream.Type.PENDING).getName();
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse answer =
          connection.call(
              request(
                      stream,
                      changes,
                      ProtoRows.newBuilder().addSerializedRows(changes.row(1L, "UPSERT")).build())
                  .build());
      assertThat(answer.getRowErrors(0).getMessage())
          .isEqualTo("The given value is not a valid CHANGE_TYPE in insert mode: UPSERT");
    }
  }

  /** FlushRows makes rows up to and including the offset visible; buffered streams only. */
  @Test
  void flushShowsBufferedRowsUpToTheOffset() throws Exception {
    String stream = create(WriteStream.Type.BUFFERED).getName();
    append(stream, 0, 1L, 2L, 3L);
    assertThat(bigQuery.rows(table)).isEmpty();
    assertThat(flush(stream, 1)).isEqualTo(1);
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2");
    assertThat(flush(stream, 2)).isEqualTo(2);
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2", "3");
    assertThatThrownBy(() -> flush(create(WriteStream.Type.PENDING).getName(), 0))
        .isInstanceOf(InvalidArgumentException.class);
  }

  /** Application-created streams allow a single active connection (write-api-best-practices). */
  @Test
  void aNewConnectionEndsTheOneBefore() {
    String stream = create(WriteStream.Type.PENDING).getName();
    try (RawConnection first = bigQuery.connect();
        RawConnection second = bigQuery.connect()) {
      first.call(request(stream, IDS, IDS.rows(1L)).build());
      assertThat(offset(second.call(request(stream, IDS, IDS.rows(2L)).build()))).isEqualTo(1);
      assertThat(first.end().getCode()).isEqualTo(Status.Code.ABORTED);
    }
  }

  private WriteStream create(WriteStream.Type type) {
    return bigQuery
        .write()
        .createWriteStream(
            BigQueryUnderTest.path(table), WriteStream.newBuilder().setType(type).build());
  }

  private void append(String stream, long offset, Object... ids) throws Exception {
    try (StreamWriter writer = bigQuery.writer(stream, IDS)) {
      writer.append(IDS.rows(ids), offset).get();
    }
  }

  private long flush(String stream, long offset) {
    return bigQuery
        .write()
        .flushRows(
            FlushRowsRequest.newBuilder()
                .setWriteStream(stream)
                .setOffset(Int64Value.of(offset))
                .build())
        .getOffset();
  }

  private BatchCommitWriteStreamsResponse commit(String... streams) {
    return commitTo(table, streams);
  }

  private BatchCommitWriteStreamsResponse commitTo(TableId parent, String... streams) {
    return bigQuery
        .write()
        .batchCommitWriteStreams(
            BatchCommitWriteStreamsRequest.newBuilder()
                .setParent(BigQueryUnderTest.path(parent))
                .addAllWriteStreams(List.of(streams))
                .build());
  }

  private static List<StorageErrorCode> codes(BatchCommitWriteStreamsResponse response) {
    return response.getStreamErrorsList().stream().map(StorageError::getCode).toList();
  }

  private static long offset(AppendRowsResponse response) {
    assertThat(response.hasError()).as(response.toString()).isFalse();
    return response.getAppendResult().getOffset().getValue();
  }

  private static StorageError detail(AppendRowsResponse response)
      throws InvalidProtocolBufferException {
    Any detail = response.getError().getDetails(0);
    return detail.unpack(StorageError.class);
  }
}
