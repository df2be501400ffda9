package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.next;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.core.ApiFuture;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What Google's Java writers need of the service: JsonStreamWriter, connections shared by several
 * tables, and schemas that change under an open writer.
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
class ClientLibraryTest {
  private static final Message IDS = Message.ids();
  private static final Field ID = Field.of("id", StandardSQLTypeName.INT64);
  private static final Field NAME = Field.of("name", StandardSQLTypeName.STRING);
  private final BigQueryUnderTest bigQuery;

  ClientLibraryTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says =
          "Google's JsonStreamWriter needs the name of the table only: "
              + "GetWriteStream under the short name gives it the schema.",
      source = Sources.CLIENT_CODE)
  void theJsonWriterNeedsATableNameOnly() throws Exception {
    TableId table =
        bigQuery.newTable(
            Field.of("Id", StandardSQLTypeName.INT64),
            Field.of("When", StandardSQLTypeName.TIMESTAMP),
            Field.of("naïve-col", StandardSQLTypeName.STRING),
            Field.of("price", StandardSQLTypeName.NUMERIC),
            Field.of("At", StandardSQLTypeName.DATETIME),
            Field.newBuilder("tags", StandardSQLTypeName.STRING)
                .setMode(Field.Mode.REPEATED)
                .build());
    JSONObject row =
        new JSONObject()
            .put("Id", 1)
            .put("When", "2026-01-02T03:04:05Z")
            .put("naïve-col", "x")
            .put("price", "1.25")
            .put("At", "2026-01-02T03:04:05.5")
            .put("tags", new JSONArray(List.of("a", "b")));
    try (JsonStreamWriter writer =
        JsonStreamWriter.newBuilder(BigQueryUnderTest.path(table), bigQuery.write()).build()) {
      writer.append(new JSONArray().put(row)).get();
    }
    assertThat(
            bigQuery.query(
                "SELECT id, FORMAT_TIMESTAMP('%FT%TZ', `when`), `naïve-col`, price,"
                    + " CAST(`at` AS STRING), ARRAY_LENGTH(tags) FROM "
                    + BigQueryUnderTest.sql(table)))
        .containsExactly("1 2026-01-02T03:04:05Z x 1.25 2026-01-02 03:04:05.500 2");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.PROPAGATION,
      says = "Google's JsonStreamWriter takes up a column that is added while it is open.",
      source = Sources.CLIENT_CODE)
  void theJsonWriterFollowsANewColumn() throws Exception {
    TableId table = bigQuery.newTable(ID);
    try (JsonStreamWriter writer =
        JsonStreamWriter.newBuilder(BigQueryUnderTest.path(table), bigQuery.write()).build()) {
      writer.append(new JSONArray().put(new JSONObject().put("id", 1))).get();
      addName(table);
      writer.append(new JSONArray().put(new JSONObject().put("id", 2).put("name", "b"))).get();
    }
    assertThat(
            bigQuery.query("SELECT id, name FROM " + BigQueryUnderTest.sql(table) + " ORDER BY id"))
        .containsExactly("1 NULL", "2 b");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.PROPAGATION,
      says = "A writer that is open when a column is added goes on, and is shown the new schema.",
      source = Sources.WRITE_API_BEST_PRACTICES)
  void theStreamWriterShowsTheUpdatedSchema() throws Exception {
    TableId table = bigQuery.newTable(ID);
    try (StreamWriter writer = bigQuery.writer(BigQueryUnderTest.defaultStream(table), IDS)) {
      writer.append(IDS.rows(1L)).get();
      assertThat(writer.getUpdatedSchema()).isNull();
      addName(table);
      writer.append(IDS.rows(2L)).get();
      assertThat(writer.getUpdatedSchema().getFieldsCount()).isEqualTo(2);
      writer.append(IDS.rows(3L)).get();
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2", "3");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.PROPAGATION,
      says = "updated_schema may come with an error as well as with a stored append.",
      source = Sources.PROTO)
  void anErrorMayCarryTheUpdatedSchema() {
    TableId table = bigQuery.newTable(ID);
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(BigQueryUnderTest.defaultStream(table), IDS, IDS.rows(1L)).build());
      addName(table);
      AppendRowsResponse refused = connection.call(next(IDS.rows()).build());
      assertThat(refused.hasError()).isTrue();
      assertThat(refused.getUpdatedSchema().getFieldsCount()).isEqualTo(2);
      assertThat(connection.call(next(IDS.rows(2L)).build()).hasUpdatedSchema()).isFalse();
    }
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says =
          "A later request of a connection may bring a wider schema, which holds "
              + "from then on.",
      source = Sources.PROTO)
  void aLaterRequestMayBringAWiderSchema() {
    TableId table = bigQuery.newTable(ID);
    Message wide = Message.of(field("id", TYPE_INT64), field("name", TYPE_STRING));
    String stream = BigQueryUnderTest.defaultStream(table);
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(stream, IDS, IDS.rows(1L)).build());
      addName(table);
      connection.call(
          request(
                  stream,
                  wide,
                  wide.rows().toBuilder().addSerializedRows(wide.row(2L, "b")).build())
              .build());
      connection.call(
          next(wide.rows().toBuilder().addSerializedRows(wide.row(3L, "c")).build()).build());
    }
    assertThat(
            bigQuery.query("SELECT id, name FROM " + BigQueryUnderTest.sql(table) + " ORDER BY id"))
        .containsExactly("1 NULL", "2 b", "3 c");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.PROPAGATION,
      says =
          "After DROP COLUMN a connection whose schema has the column ends as one "
              + "with an extra field.",
      source = Sources.BIGQUERY_RS)
  void aDroppedColumnEndsTheConnection() {
    TableId table = bigQuery.newTable(ID, NAME);
    Message wide = Message.of(field("id", TYPE_INT64), field("name", TYPE_STRING));
    try (StreamWriter writer = bigQuery.writer(BigQueryUnderTest.defaultStream(table), wide)) {
      assertThat(writer.append(wide.rows(1L)).get().hasError()).isFalse();
      bigQuery.query("ALTER TABLE " + BigQueryUnderTest.sql(table) + " DROP COLUMN name");
      assertThatThrownBy(() -> writer.append(wide.rows(2L)).get())
          .cause()
          .isInstanceOf(Exceptions.SchemaMismatchedException.class)
          .hasMessageContaining("extra fields: 'name'");
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says =
          "Writers of Google's connection pool write to several tables over shared "
              + "connections.",
      source = Sources.CLIENT_CODE)
  void aPoolOfConnectionsServesSeveralTables() throws Exception {
    List<TableId> tables = List.of(bigQuery.newTable(ID), bigQuery.newTable(ID));
    List<StreamWriter> writers = new ArrayList<>();
    List<ApiFuture<AppendRowsResponse>> answers = new ArrayList<>();
    for (TableId table : tables) {
      writers.add(
          StreamWriter.newBuilder(BigQueryUnderTest.defaultStream(table), bigQuery.write())
              .setWriterSchema(IDS.schema())
              .setEnableConnectionPool(true)
              .build());
    }
    for (long i = 0; i < 20; i++) {
      answers.add(writers.get((int) (i % 2)).append(IDS.rows(i)));
    }
    for (ApiFuture<AppendRowsResponse> answer : answers) {
      assertThat(answer.get().hasError()).isFalse();
    }
    writers.forEach(StreamWriter::close);
    assertThat(bigQuery.rows(tables.get(0))).hasSize(10);
    assertThat(bigQuery.rows(tables.get(1))).hasSize(10);
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says =
          "A connection that moves to a table of another location is refused with "
              + "INVALID_ARGUMENT.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.STREAMS,
      says = "A stream's location is that of the dataset, in lower case.",
      source = Sources.CLIENT_CODE)
  void refusesTablesOfTwoLocations() {
    String europe = BigQueryUnderTest.DATASET + "_eu";
    bigQuery.rest().create(DatasetInfo.newBuilder(europe).setLocation("EU").build());
    TableId home = bigQuery.newTable(ID);
    TableId abroad = TableId.of(BigQueryUnderTest.PROJECT, europe, "t");
    bigQuery.rest().create(TableInfo.of(abroad, StandardTableDefinition.of(Schema.of(ID))));
    assertThat(defaultStream(abroad).getLocation()).isEqualTo("eu");
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(BigQueryUnderTest.defaultStream(home), IDS, IDS.rows(1L)).build());
      connection.send(request(BigQueryUnderTest.defaultStream(abroad), IDS, IDS.rows(1L)).build());
      assertThat(connection.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    bigQuery.rest().delete(europe, BigQuery.DatasetDeleteOption.deleteContents());
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says = "A connection that writes to a created stream cannot move to another stream.",
      source = Sources.PROTO)
  void refusesToMoveFromACreatedStream() {
    TableId table = bigQuery.newTable(ID);
    String stream =
        bigQuery
            .write()
            .createWriteStream(
                BigQueryUnderTest.path(table),
                WriteStream.newBuilder().setType(WriteStream.Type.COMMITTED).build())
            .getName();
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(stream, IDS, IDS.rows(1L)).build());
      connection.send(request(BigQueryUnderTest.defaultStream(table), IDS, IDS.rows(2L)).build());
      assertThat(connection.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says = "The creation time of the default stream is that of its table.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.STREAMS,
      says = "GetWriteStream takes both names of the default stream and answers the long one.",
      source = Sources.CLIENT_CODE)
  void describesTheDefaultStreamUnderBothNames() {
    TableId table = bigQuery.newTable(ID);
    WriteStream stream = defaultStream(table);
    assertThat(stream.getName()).isEqualTo(BigQueryUnderTest.defaultStream(table));
    assertThat(stream.getWriteMode()).isEqualTo(WriteStream.WriteMode.INSERT);
    assertThat(stream.getCreateTime().getSeconds())
        .isEqualTo(bigQuery.rest().getTable(table).getCreationTime() / 1000);
    assertThat(bigQuery.write().getWriteStream(BigQueryUnderTest.defaultStream(table)))
        .isEqualTo(stream);
  }

  private WriteStream defaultStream(TableId table) {
    return bigQuery
        .write()
        .getWriteStream(
            GetWriteStreamRequest.newBuilder()
                .setName(BigQueryUnderTest.path(table) + "/_default")
                .build());
  }

  private void addName(TableId table) {
    bigQuery.rest().update(TableInfo.of(table, StandardTableDefinition.of(Schema.of(ID, NAME))));
  }
}
