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
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Buffered streams, whose rows are seen up to where FlushRows has moved. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class BufferedStreamTest {
  private final BigQueryUnderTest bigQuery;
  private final TableStreams streams;

  BufferedStreamTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.streams = TableStreams.ofNewTable(bigQuery);
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says = "Rows of a BUFFERED stream are invisible until FlushRows reaches them.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.COMMIT,
      says =
          "FlushRows shows the rows of a BUFFERED stream up to and including its "
              + "offset, and answers that offset.",
      source = Sources.GO_TESTS)
  @Behaviour(
      area = Area.COMMIT,
      says = "A BUFFERED stream that was flushed takes further rows.",
      source = Sources.PROTO)
  void flushesBitByBit() throws Exception {
    String stream = streams.create(WriteStream.Type.BUFFERED);
    streams.append(stream, 0, 0L, 1L, 2L);
    streams.append(stream, 3, 3L, 4L);
    assertThat(streams.ids()).isEmpty();
    assertThat(streams.flush(stream, 0)).isZero();
    assertThat(streams.ids()).containsExactly("0");
    assertThat(streams.flush(stream, 3)).isEqualTo(3);
    assertThat(streams.ids()).containsExactly("0", "1", "2", "3");
    streams.append(stream, 5, 5L);
    assertThat(streams.flush(stream, 5)).isEqualTo(5);
    assertThat(streams.ids()).containsExactly("0", "1", "2", "3", "4", "5");
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says =
          "FlushRows at an offset that was flushed before is answered ALREADY_EXISTS "
              + "and shows no row twice.",
      source = Sources.FLINK_GCP)
  void flushingAgainAlreadyExists() throws Exception {
    String stream = streams.create(WriteStream.Type.BUFFERED);
    streams.append(stream, 0, 1L, 2L);
    streams.flush(stream, 1);
    assertThatThrownBy(() -> streams.flush(stream, 1)).isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> streams.flush(stream, 0)).isInstanceOf(AlreadyExistsException.class);
    assertThat(streams.ids()).containsExactly("1", "2");
  }

  /** There is nothing to flush beyond the stream's last row. */
  @Test
  void refusesToFlushRowsThatAreNotThere() throws Exception {
    String stream = streams.create(WriteStream.Type.BUFFERED);
    streams.append(stream, 0, 1L);
    assertThatThrownBy(() -> streams.flush(stream, 1)).isInstanceOf(OutOfRangeException.class);
    assertThat(streams.ids()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = WriteStream.Type.class,
      names = {"COMMITTED", "PENDING"})
  @Behaviour(
      area = Area.COMMIT,
      says = "FlushRows is refused on streams that are not BUFFERED, and on the default stream.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.COMMIT,
      says = "FlushRows on a stream that does not exist is answered NOT_FOUND.",
      source = Sources.PROTO)
  void refusesToFlushOtherStreams(WriteStream.Type type) throws Exception {
    String stream = streams.create(type);
    streams.append(stream, 0, 1L);
    assertThatThrownBy(() -> streams.flush(stream, 0)).isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> streams.flush(streams.defaultStream(), 0))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(
            () -> streams.flush(BigQueryUnderTest.path(streams.table()) + "/streams/none", 0))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says = "Finalizing a BUFFERED stream shows none of its rows.",
      source = Sources.BIGQUERY_RS)
  @Behaviour(
      area = Area.COMMIT,
      says = "FlushRows is refused once the stream is finalized.",
      source = Sources.FLINK_GCP)
  void finalizeLeavesRowsUnseenForGood() throws Exception {
    String stream = streams.create(WriteStream.Type.BUFFERED);
    streams.append(stream, 0, 1L, 2L);
    streams.flush(stream, 0);
    assertThat(streams.seal(stream)).isEqualTo(2);
    assertThatThrownBy(() -> streams.flush(stream, 1)).isInstanceOf(InvalidArgumentException.class);
    assertThat(streams.ids()).containsExactly("1");
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
    streams.flush(stream, 1);
    assertThat(bigQuery.firstColumn(defaults)).containsExactly("0", "-1");
  }
}
