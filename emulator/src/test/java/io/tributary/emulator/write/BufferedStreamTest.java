package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.OutOfRangeException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Int64Value;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Buffered streams, whose rows are seen up to where FlushRows has moved. Sources: the comments of
 * storage.proto, https://cloud.google.com/bigquery/docs/write-api, testBufferedStream of
 * googleapis/google-cloud-go, and the notes of github.com/flink-gcp/flink-connector-gcp.
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
class BufferedStreamTest {
  private static final Message IDS = Message.ids();
  private final BigQueryUnderTest bigQuery;
  private final TableId table;

  BufferedStreamTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
  }

  /** Flushing moves on from where it stood, row by row if need be, and answers its offset. */
  @Test
  void flushesBitByBit() throws Exception {
    String stream = create(WriteStream.Type.BUFFERED);
    append(stream, 0, 0L, 1L, 2L);
    append(stream, 3, 3L, 4L);
    assertThat(flush(stream, 0)).isZero();
    assertThat(bigQuery.firstColumn(table)).containsExactly("0");
    assertThat(flush(stream, 3)).isEqualTo(3);
    assertThat(bigQuery.firstColumn(table)).containsExactly("0", "1", "2", "3");
    append(stream, 5, 5L);
    assertThat(flush(stream, 5)).isEqualTo(5);
    assertThat(bigQuery.firstColumn(table)).containsExactly("0", "1", "2", "3", "4", "5");
  }

  /** An offset that was flushed is ALREADY_EXISTS and shows nothing twice (ADR 0022 there). */
  @Test
  void flushingAgainAlreadyExists() throws Exception {
    String stream = create(WriteStream.Type.BUFFERED);
    append(stream, 0, 1L, 2L);
    flush(stream, 1);
    assertThatThrownBy(() -> flush(stream, 1)).isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> flush(stream, 0)).isInstanceOf(AlreadyExistsException.class);
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2");
  }

  /** There is nothing to flush beyond the stream's last row. */
  @Test
  void refusesToFlushRowsThatAreNotThere() throws Exception {
    String stream = create(WriteStream.Type.BUFFERED);
    append(stream, 0, 1L);
    assertThatThrownBy(() -> flush(stream, 1)).isInstanceOf(OutOfRangeException.class);
    assertThat(bigQuery.rows(table)).isEmpty();
  }

  /** "FlushRows only works on BUFFERED streams, not on the default stream" (storage.proto). */
  @ParameterizedTest
  @EnumSource(
      value = WriteStream.Type.class,
      names = {"COMMITTED", "PENDING"})
  void refusesToFlushOtherStreams(WriteStream.Type type) throws Exception {
    String stream = create(type);
    append(stream, 0, 1L);
    assertThatThrownBy(() -> flush(stream, 0)).isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> flush(BigQueryUnderTest.defaultStream(table), 0))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> flush(BigQueryUnderTest.path(table) + "/streams/none", 0))
        .isInstanceOf(NotFoundException.class);
  }

  /** Finalizing does not flush, and afterwards there is no flushing (bigquery-rs, ADR 0022). */
  @Test
  void finalizeLeavesRowsUnseenForGood() throws Exception {
    String stream = create(WriteStream.Type.BUFFERED);
    append(stream, 0, 1L, 2L);
    flush(stream, 0);
    assertThat(bigQuery.write().finalizeWriteStream(stream).getRowCount()).isEqualTo(2);
    assertThatThrownBy(() -> flush(stream, 1)).isInstanceOf(InvalidArgumentException.class);
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  /** Offsets count rows in the order of the request, whatever they leave to their defaults. */
  @Test
  void flushesInOrderWhateverRowsLeaveOut() {
    TableId defaults =
        bigQuery.newTable(
            Field.newBuilder("id", StandardSQLTypeName.INT64)
                .setDefaultValueExpression("-1")
                .build(),
            Field.of("name", StandardSQLTypeName.STRING));
    Message message = Message.of(field("id", TYPE_INT64), field("name", TYPE_STRING));
    String stream =
        bigQuery
            .write()
            .createWriteStream(
                BigQueryUnderTest.path(defaults),
                WriteStream.newBuilder().setType(WriteStream.Type.BUFFERED).build())
            .getName();
    try (RawConnection connection = bigQuery.connect()) {
      ProtoRows rows =
          ProtoRows.newBuilder()
              .addSerializedRows(message.row(0L, "a"))
              .addSerializedRows(message.row(null, "b"))
              .addSerializedRows(message.row(2L, "c"))
              .build();
      connection.call(
          request(stream, message, rows)
              .setDefaultMissingValueInterpretation(MissingValueInterpretation.DEFAULT_VALUE)
              .build());
    }
    flush(stream, 1);
    assertThat(bigQuery.firstColumn(defaults)).containsExactly("0", "-1");
  }

  private String create(WriteStream.Type type) {
    return bigQuery
        .write()
        .createWriteStream(
            BigQueryUnderTest.path(table), WriteStream.newBuilder().setType(type).build())
        .getName();
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
}
