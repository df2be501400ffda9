package io.tributary.emulator.write;

import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Int64Value;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import java.util.Arrays;
import java.util.List;

/** A table of ids, and the streams that a test creates for it. */
record TableStreams(BigQueryUnderTest bigQuery, TableId table) {
  static final Message IDS = Message.ids();
  static final Field ID = Field.of("id", StandardSQLTypeName.INT64);

  static TableStreams ofNewTable(BigQueryUnderTest bigQuery) {
    return new TableStreams(bigQuery, bigQuery.newTable(ID));
  }

  String defaultStream() {
    return BigQueryUnderTest.defaultStream(table);
  }

  /** The name of a new stream. */
  String create(WriteStream.Type type) {
    return describe(type).getName();
  }

  /** A new stream as CreateWriteStream answers it. */
  WriteStream describe(WriteStream.Type type) {
    WriteStream stream = WriteStream.newBuilder().setType(type).build();
    return bigQuery.write().createWriteStream(BigQueryUnderTest.path(table), stream);
  }

  /** Appends through Google's writer. */
  void append(String stream, long offset, Object... ids) throws Exception {
    try (StreamWriter writer = bigQuery.writer(stream, IDS)) {
      writer.append(IDS.rows(ids), offset).get();
    }
  }

  /** The answer to one request over a connection of its own. */
  AppendRowsResponse send(String stream, Object... ids) {
    try (RawConnection connection = bigQuery.connect()) {
      return connection.call(request(stream, IDS, IDS.rows(ids)).build());
    }
  }

  /** A finalized pending stream of these rows. */
  String sealed(Object... ids) {
    String stream = create(WriteStream.Type.PENDING);
    AppendRowsResponse answer = send(stream, ids);
    assertThat(answer.hasAppendResult()).as(answer.toString()).isTrue();
    seal(stream);
    return stream;
  }

  /** The number of rows of the stream that this finalizes. */
  long seal(String stream) {
    return bigQuery.write().finalizeWriteStream(stream).getRowCount();
  }

  /** The offset up to which the stream is flushed now. */
  long flush(String stream, long offset) {
    FlushRowsRequest request =
        FlushRowsRequest.newBuilder()
            .setWriteStream(stream)
            .setOffset(Int64Value.of(offset))
            .build();
    return bigQuery.write().flushRows(request).getOffset();
  }

  BatchCommitWriteStreamsResponse commit(String... streams) {
    return commit(Arrays.asList(streams));
  }

  BatchCommitWriteStreamsResponse commit(List<String> streams) {
    return bigQuery
        .write()
        .batchCommitWriteStreams(
            BatchCommitWriteStreamsRequest.newBuilder()
                .setParent(BigQueryUnderTest.path(table))
                .addAllWriteStreams(streams)
                .build());
  }

  /** The codes of the streams that a commit refused. */
  static List<StorageErrorCode> codes(BatchCommitWriteStreamsResponse response) {
    return response.getStreamErrorsList().stream().map(StorageError::getCode).toList();
  }

  /** The offset of a stored append. */
  static long offset(AppendRowsResponse response) {
    assertThat(response.hasError()).as(response.toString()).isFalse();
    return response.getAppendResult().getOffset().getValue();
  }

  /** The detail that comes with an error. */
  static StorageError detail(AppendRowsResponse response) {
    try {
      return response.getError().getDetails(0).unpack(StorageError.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ids that a query sees, in order. */
  List<String> ids() {
    return bigQuery.firstColumn(table);
  }
}
