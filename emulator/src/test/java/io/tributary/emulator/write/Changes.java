package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.protobuf.ByteString;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import java.util.List;

/** A keyed table of ids and names, and changes of its rows. */
record Changes(BigQueryUnderTest bigQuery, TableId table) {
  static final Field ID = Field.of("id", StandardSQLTypeName.INT64);
  static final Field NAME = Field.of("name", StandardSQLTypeName.STRING);
  static final Message MESSAGE =
      Message.of(
          field("id", TYPE_INT64),
          field("name", TYPE_STRING),
          field("_CHANGE_TYPE", TYPE_STRING),
          field("_CHANGE_SEQUENCE_NUMBER", TYPE_STRING));

  static Changes ofNewTable(BigQueryUnderTest bigQuery) {
    return new Changes(bigQuery, bigQuery.newKeyedTable(List.of("id"), ID, NAME));
  }

  String stream() {
    return BigQueryUnderTest.defaultStream(table);
  }

  static ByteString upsert(long id, String name, String sequence) {
    return MESSAGE.row(id, name, "UPSERT", sequence);
  }

  static ByteString delete(long id, String sequence) {
    return MESSAGE.row(id, null, "DELETE", sequence);
  }

  static ByteString insert(long id, String name) {
    return MESSAGE.row(id, name, "INSERT", null);
  }

  static ProtoRows rows(ByteString... rows) {
    return ProtoRows.newBuilder().addAllSerializedRows(List.of(rows)).build();
  }

  /** Sends one request over a connection of its own. */
  AppendRowsResponse send(ByteString... rows) {
    try (RawConnection connection = bigQuery.connect()) {
      return connection.call(request(stream(), MESSAGE, rows(rows)).build());
    }
  }

  void store(ByteString... rows) {
    AppendRowsResponse answer = send(rows);
    assertThat(answer.hasAppendResult()).as(answer.toString()).isTrue();
  }

  /** The table's rows in order. */
  List<String> read() {
    return bigQuery.query(
        "SELECT id, name FROM " + BigQueryUnderTest.sql(table) + " ORDER BY 1, 2");
  }
}
