package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.RowError;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Sends values in a wire form to a column {@code c}, beside their number {@code n}. */
record WireForms(BigQueryUnderTest bigQuery) {
  private static final Field NUMBER = Field.of("n", StandardSQLTypeName.INT64);

  /** A value in a wire form, and the text that a query shows of it. */
  record Case(FieldDescriptorProto.Type wire, Object value, String stored) {}

  static Case value(FieldDescriptorProto.Type wire, Object value, String stored) {
    return new Case(wire, value, stored);
  }

  /** All of these are stored. */
  void takes(StandardSQLTypeName type, Case... cases) {
    TableId table = bigQuery.newTable(NUMBER, Field.of("c", type));
    List<String> expected = new ArrayList<>();
    for (Case one : cases) {
      Message message = Message.of(field("n", TYPE_INT64), field("c", one.wire()));
      store(table, message, message.row((long) expected.size(), one.value()));
      expected.add(one.stored());
    }
    // as JSON, timestamps are seconds
    String shown = type == StandardSQLTypeName.TIMESTAMP ? "UNIX_MICROS(c)" : "c";
    assertThat(read(table, shown)).isEqualTo(expected);
  }

  /** All of these are errors of their rows, and the NULL among them is not stored either. */
  void refusesValues(StandardSQLTypeName type, FieldDescriptorProto.Type wire, Object... values) {
    TableId table = bigQuery.newTable(Field.of("c", type));
    Message message = Message.of(field("c", wire));
    ProtoRows.Builder rows = ProtoRows.newBuilder().addSerializedRows(message.row((Object) null));
    for (Object value : values) {
      rows.addSerializedRows(message.row(value));
    }
    AppendRowsResponse answer = send(table, message, rows.build());
    assertThat(answer.getError().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
    assertThat(answer.getRowErrorsList())
        .extracting(RowError::getIndex)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, values.length).boxed().toList());
    assertThat(bigQuery.rows(table)).isEmpty();
  }

  /** Fields of these types do not go with the column. */
  void refusesForms(StandardSQLTypeName type, FieldDescriptorProto.Type... wires) {
    TableId table = bigQuery.newTable(Field.of("c", type));
    for (FieldDescriptorProto.Type wire : wires) {
      try (RawConnection connection = bigQuery.connect()) {
        ProtoRows row = ProtoRows.newBuilder().addSerializedRows(ByteString.EMPTY).build();
        connection.send(
            request(BigQueryUnderTest.defaultStream(table), Message.of(field("c", wire)), row)
                .build());
        Status end = connection.end();
        assertThat(end.getCode())
            .as("%s as %s", type, wire)
            .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(end.getDescription())
            .contains("The proto field mismatched with BigQuery field at Row.c");
      }
    }
  }

  /** Wrapper messages, inlined in the writer's message, carry a value, its zero, or NULL. */
  void takesWrapped(StandardSQLTypeName type, String wrapper, Case one) {
    TableId table = bigQuery.newTable(NUMBER, Field.of("c", type));
    Message message = nested(wrapper, field("value", one.wire()));
    Descriptor inner = message.descriptor().getNestedTypes().get(0);
    store(table, message, message.row(0L, Message.message(inner, one.value())));
    store(table, message, message.row(1L, null), message.row(2L, Message.message(inner)));
    assertThat(read(table, "c").subList(0, 2)).containsExactly(one.stored(), "NULL");
    assertThat(read(table, "c IS NULL")).containsExactly("false", "true", "false");
  }

  /** A message of the number and a nested message of these fields. */
  static Message nested(String name, FieldDescriptorProto... fields) {
    DescriptorProto inner = Message.of(fields).proto().toBuilder().setName(name).build();
    return Message.of(field("n", TYPE_INT64), Message.nested("c", "Row." + name)).with(inner);
  }

  /** A table of the number and this column. */
  TableId table(Field column) {
    return bigQuery.newTable(NUMBER, column);
  }

  void store(TableId table, Message message, ByteString... rows) {
    AppendRowsResponse answer = send(table, message, rows(rows));
    assertThat(answer.hasAppendResult()).as(answer.toString()).isTrue();
  }

  AppendRowsResponse send(TableId table, Message message, ProtoRows rows) {
    try (RawConnection connection = bigQuery.connect()) {
      return connection.call(
          request(BigQueryUnderTest.defaultStream(table), message, rows).build());
    }
  }

  static ProtoRows rows(ByteString... rows) {
    return ProtoRows.newBuilder().addAllSerializedRows(List.of(rows)).build();
  }

  /** What a query shows of the rows, in the order of their numbers. */
  List<String> read(TableId table, String items) {
    return bigQuery.query(
        "SELECT " + items + " FROM " + BigQueryUnderTest.sql(table) + " ORDER BY n");
  }
}
