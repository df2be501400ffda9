package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.next;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.core.ApiFuture;
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
import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What Google's Java writers need of the service: JsonStreamWriter, connections shared by several
 * tables, and schemas that change under an open writer. Sources: SchemaAwareStreamWriter.java,
 * StreamWriter.java and ConnectionWorker.java of googleapis/java-bigquerystorage, and
 * https://cloud.google.com/bigquery/docs/write-api-best-practices.
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

  /** JsonStreamWriter asks for the schema under the short name, and lower-cases all columns. */
  @Test
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

  /** On updated_schema, or on a field it does not know, JsonStreamWriter rebuilds itself. */
  @Test
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

  /** StreamWriter keeps its schema and shows the newer one. */
  @Test
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

  /** updated_schema may come with an error, and does not break the connection (storage.proto). */
  @Test
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

  /** An open connection may go on with a wider schema of the writer. */
  @Test
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

  /** After DROP COLUMN the connection fails as for an extra field (bigquery-rs). */
  @Test
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

  /** Writers of a connection pool share connections: each request names its table. */
  @Test
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

  /** All tables of one connection must be in one location (storage.proto). */
  @Test
  void refusesTablesOfTwoLocations() {
    bigQuery.rest().create(DatasetInfo.newBuilder("shop_eu").setLocation("EU").build());
    TableId home = bigQuery.newTable(ID);
    TableId abroad = TableId.of(BigQueryUnderTest.PROJECT, "shop_eu", "t");
    bigQuery.rest().create(TableInfo.of(abroad, StandardTableDefinition.of(Schema.of(ID))));
    assertThat(defaultStream(abroad).getLocation()).isEqualTo("eu");
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(BigQueryUnderTest.defaultStream(home), IDS, IDS.rows(1L)).build());
      connection.send(request(BigQueryUnderTest.defaultStream(abroad), IDS, IDS.rows(1L)).build());
      assertThat(connection.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  /** A connection of a created stream cannot move to another stream (storage.proto). */
  @Test
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

  /** The default stream is as old as its table and inserts; both forms of its name work. */
  @Test
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
