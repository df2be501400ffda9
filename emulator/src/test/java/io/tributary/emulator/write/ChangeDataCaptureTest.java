package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.next;
import static io.tributary.emulator.RawConnection.request;
import static io.tributary.emulator.write.Changes.ID;
import static io.tributary.emulator.write.Changes.MESSAGE;
import static io.tributary.emulator.write.Changes.NAME;
import static io.tributary.emulator.write.Changes.delete;
import static io.tributary.emulator.write.Changes.insert;
import static io.tributary.emulator.write.Changes.rows;
import static io.tributary.emulator.write.Changes.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions.AppendSerializationError;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.TableSchema;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Change data capture: rows that upsert and delete by primary key. Source, where a test names no
 * other: https://cloud.google.com/bigquery/docs/change-data-capture.
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
class ChangeDataCaptureTest {
  private final BigQueryUnderTest bigQuery;
  private final Changes changes;

  ChangeDataCaptureTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.changes = Changes.ofNewTable(bigQuery);
  }

  /** A query sees all changes acknowledged before it, as google-cloud-go's testSimpleCDC does. */
  @Test
  void upsertsAndDeletesByKey() throws Exception {
    try (StreamWriter writer = bigQuery.writer(changes.stream(), MESSAGE)) {
      writer.append(rows(upsert(1, "a", null), upsert(2, "b", null))).get();
      assertThat(changes.read()).containsExactly("1 a", "2 b");
      writer.append(rows(upsert(1, "c", null), delete(2, null))).get();
      assertThat(changes.read()).containsExactly("1 c");
      writer.append(rows(upsert(2, "d", null))).get();
      assertThat(changes.read()).containsExactly("1 c", "2 d");
    }
  }

  /** tabledata.list and the table's row count show merged rows, too. */
  @Test
  void listsMergedRows() {
    changes.store(upsert(1, "a", null), upsert(2, "b", null));
    changes.store(delete(1, null));
    assertThat(bigQuery.firstColumn(changes.table())).containsExactly("2");
    assertThat(bigQuery.rest().getTable(changes.table()).getNumRows()).isEqualTo(1);
  }

  /** JsonStreamWriter needs a schema with the pseudocolumn (java-bigquerystorage#2768, #2135). */
  @Test
  void takesChangesFromTheJsonWriter() throws Exception {
    TableSchema schema =
        TableSchema.newBuilder()
            .addFields(column("id", TableFieldSchema.Type.INT64))
            .addFields(column("name", TableFieldSchema.Type.STRING))
            .addFields(column("_change_type", TableFieldSchema.Type.STRING))
            .build();
    String parent = BigQueryUnderTest.path(changes.table());
    try (JsonStreamWriter writer =
        JsonStreamWriter.newBuilder(parent, schema, bigQuery.write()).build()) {
      writer.append(json(1, "a", "UPSERT")).get();
      writer.append(json(2, "b", "UPSERT")).get();
      writer.append(json(1, "a", "DELETE")).get();
    }
    assertThat(changes.read()).containsExactly("2 b");
    try (JsonStreamWriter writer = JsonStreamWriter.newBuilder(parent, bigQuery.write()).build()) {
      assertThatThrownBy(() -> writer.append(json(3, "c", "UPSERT")).get())
          .isInstanceOf(AppendSerializationError.class);
    }
  }

  /** An UPSERT replaces the whole row: what it leaves out is NULL afterwards. */
  @Test
  void anUpsertReplacesTheWholeRow() {
    changes.store(upsert(1, "a", null));
    changes.store(upsert(1, null, null));
    assertThat(changes.read()).containsExactly("1 NULL");
  }

  /** A column absent from the writer's schema takes its default (docs/default-values). */
  @Test
  void anUpsertTakesDefaultsOfColumnsLeftOut() {
    TableId table =
        bigQuery.newKeyedTable(
            List.of("id"), ID, NAME.toBuilder().setDefaultValueExpression("'none'").build());
    Message message = Message.of(field("id", TYPE_INT64), field("_change_type", TYPE_STRING));
    append(table, message, message.row(1L, "UPSERT"));
    assertThat(new Changes(bigQuery, table).read()).containsExactly("1 none");
  }

  /** Deleting a key that is not there does nothing. */
  @Test
  void aDeleteOfAnAbsentKeyDoesNothing() {
    changes.store(delete(7, null));
    assertThat(changes.read()).isEmpty();
  }

  /** Keys may have several columns, and a delete needs to give no others. */
  @Test
  void mergesByAllColumnsOfTheKey() {
    Field region = Field.of("region", StandardSQLTypeName.STRING);
    TableId table = bigQuery.newKeyedTable(List.of("id", "region"), ID, region, NAME);
    Message message =
        Message.of(
            field("id", TYPE_INT64),
            field("region", TYPE_STRING),
            field("name", TYPE_STRING),
            field("_change_type", TYPE_STRING));
    append(
        table, message, message.row(1L, "eu", "a", "UPSERT"), message.row(1L, "us", "b", "UPSERT"));
    append(table, message, message.row(1L, "eu", null, "DELETE"));
    assertThat(new Changes(bigQuery, table).read()).containsExactly("1 b");
  }

  /** Whether rows that delete may omit REQUIRED columns is a switch; keys alone do by default. */
  @Test
  void aDeleteMayOmitRequiredColumns() {
    TableId table =
        bigQuery.newKeyedTable(
            List.of("id"), ID, NAME.toBuilder().setMode(Field.Mode.REQUIRED).build());
    Changes required = new Changes(bigQuery, table);
    required.store(upsert(1, "a", null));
    required.store(delete(1, null));
    assertThat(required.read()).isEmpty();
    assertThat(required.send(upsert(1, null, null)).getRowErrors(0).getMessage())
        .isEqualTo("Field value of name cannot be empty.");
  }

  /** The greater sequence number wins, whatever comes later; equal ones go by time. */
  @ParameterizedTest
  @CsvSource({
    "1, 2, second",
    "2, 1, first",
    "B, A, first",
    "FFF/B, FFF/ABC, second",
    "BA/FFFFFFFF, ABC, second",
    "FFF/ABC, ABC, first",
    "ABC, FFF/ABC, second",
    "fff, FFE, first",
    "0, 00/0, second",
    "0/0/0/0, FFFFFFFFFFFFFFFF/FFFFFFFFFFFFFFFF/FFFFFFFFFFFFFFFF/FFFFFFFFFFFFFFFF, second",
    "7FFFFFFFFFFFFFFF, 8000000000000000, second",
    "000a, A, second",
    "1/2/3/4, 1/2/3/4, second",
  })
  void sequenceNumbersDecide(String first, String second, String winner) {
    changes.store(upsert(1, "first", first));
    changes.store(upsert(1, "second", second));
    assertThat(changes.read()).containsExactly("1 " + winner);
  }

  /** They decide within a request, and between requests that no read came between, too. */
  @Test
  void sequenceNumbersDecideWithinARequest() {
    changes.store(delete(2, "4"), upsert(1, "b", "2"), upsert(1, "a", "1"), upsert(2, "c", "3"));
    assertThat(changes.read()).containsExactly("1 b");
    changes.store(upsert(2, "late", "3"));
    assertThat(changes.read()).as("the delete is remembered").containsExactly("1 b");
    changes.store(upsert(2, "new", "5"));
    assertThat(changes.read()).containsExactly("1 b", "2 new");
  }

  /** One to four sections of one to sixteen hex digits; anything else is an error of its row. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "G", "1/", "/1", "1//2", "1/2/3/4/5", "-1", "0x1", " 1", "12345678901234567"})
  void refusesMalformedSequenceNumbers(String sequence) {
    AppendRowsResponse answer = changes.send(upsert(1, "a", "1"), upsert(2, "b", sequence));
    assertThat(answer.getError().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
    assertThat(answer.getRowErrorsList())
        .singleElement()
        .satisfies(e -> assertThat(e.getIndex()).isOne());
    assertThat(changes.read()).isEmpty();
  }

  /** Change types are UPSERT and DELETE; INSERT means a plain row, and so does none. */
  @ParameterizedTest
  @ValueSource(strings = {"upsert", "UPDATE", ""})
  void refusesOtherChangeTypes(String type) {
    AppendRowsResponse answer = changes.send(MESSAGE.row(1L, "a", type, null));
    assertThat(answer.getRowErrors(0).getMessage())
        .startsWith("The given value is not a valid CHANGE_TYPE");
    assertThat(changes.read()).isEmpty();
  }

  /** Rows without a change type are inserted, even twice (nodejs-bigquery-storage#470). */
  @Test
  void rowsWithoutChangeTypeAreInserted() {
    changes.store(MESSAGE.row(1L, "a", null, null));
    changes.store(insert(1, "b"));
    assertThat(changes.read()).containsExactly("1 a", "1 b");
  }

  /** Rows inserted over another connection are new rows; a later UPSERT replaces them. */
  @Test
  void insertsAndUpsertsMayUseConnectionsOfTheirOwn() {
    changes.store(upsert(1, "a", null));
    changes.store(insert(1, "b"));
    assertThat(changes.read()).containsExactly("1 a", "1 b");
    changes.store(upsert(1, "c", null));
    assertThat(changes.read()).containsExactly("1 c");
  }

  /** "mixing INSERT with UPSERT or DELETE on one connection" is refused, in both directions. */
  @Test
  void aConnectionEitherInsertsOrChanges() {
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(changes.stream(), MESSAGE, rows(upsert(1, "a", null))).build());
      for (ByteString other : List.of(insert(2, "b"), MESSAGE.row(2L, "b", null, null))) {
        AppendRowsResponse refused = connection.call(next(rows(other)).build());
        assertThat(refused.getRowErrors(0).getMessage())
            .startsWith("The given value is not a valid CHANGE_TYPE");
      }
      assertThat(connection.call(next(rows(delete(1, null))).build()).hasError()).isFalse();
    }
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(changes.stream(), MESSAGE, rows(insert(3, "c"))).build());
      AppendRowsResponse refused = connection.call(next(rows(upsert(3, "d", null))).build());
      assertThat(refused.getRowErrors(0).getMessage())
          .isEqualTo("The given value is not a valid CHANGE_TYPE in insert mode: UPSERT");
    }
    assertThat(changes.read()).containsExactly("3 c");
  }

  /** The same holds for the rows of one request, of which none is stored. */
  @Test
  void aRequestEitherInsertsOrChanges() {
    AppendRowsResponse refused = changes.send(upsert(1, "a", null), insert(2, "b"));
    assertThat(refused.getRowErrorsList())
        .singleElement()
        .satisfies(e -> assertThat(e.getIndex()).isOne());
    assertThat(changes.read()).isEmpty();
  }

  /** Without a primary key nothing can be upserted (apache/beam#27616), but rows go in. */
  @Test
  void refusesChangesOfATableWithoutKey() {
    Changes keyless = new Changes(bigQuery, bigQuery.newTable(ID, NAME));
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(request(keyless.stream(), MESSAGE, rows(upsert(1, "a", null))).build());
      Status end = connection.end();
      assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(end.getDescription())
          .startsWith("The primary keys and clustering keys of the table are required");
    }
    keyless.store(insert(1, "a"));
    assertThat(keyless.read()).containsExactly("1 a");
  }

  /** Created streams only insert (googleapis/google-cloud-dotnet#11527, testSimpleCDC). */
  @ParameterizedTest
  @EnumSource(
      value = WriteStream.Type.class,
      names = {"COMMITTED", "BUFFERED", "PENDING"})
  void createdStreamsRefuseChanges(WriteStream.Type type) {
    String stream =
        bigQuery
            .write()
            .createWriteStream(
                BigQueryUnderTest.path(changes.table()),
                WriteStream.newBuilder().setType(type).build())
            .getName();
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse refused =
          connection.call(
              request(stream, MESSAGE, rows(insert(1, "a"), upsert(2, "b", "1"))).build());
      assertThat(refused.getRowErrorsList())
          .singleElement()
          .satisfies(
              error -> {
                assertThat(error.getIndex()).isOne();
                assertThat(error.getMessage())
                    .isEqualTo("The given value is not a valid CHANGE_TYPE in insert mode: UPSERT");
              });
      AppendRowsResponse stored = connection.call(next(rows(insert(1, "a"))).build());
      assertThat(stored.getAppendResult().getOffset().getValue()).isZero();
    }
  }

  /** UPDATE, DELETE and MERGE are refused on tables "that had UPSERT streams" (artie#1035). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE %s SET name = 'x' WHERE true",
        "DELETE FROM %s WHERE true",
        "MERGE %s t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE"
      })
  void refusesDmlAfterwards(String sql) {
    String statement = sql.formatted(BigQueryUnderTest.sql(changes.table()));
    bigQuery.query(statement);
    changes.store(upsert(1, "a", null));
    assertThatThrownBy(() -> bigQuery.query(statement))
        .isInstanceOfSatisfying(
            BigQueryException.class, e -> assertThat(e.getReason()).isEqualTo("invalid"))
        .hasMessageContaining(
            "DELETE/UPDATE/MERGE DMLs are currently not supported over tables that had UPSERT"
                + " streams.");
    assertThat(changes.read()).containsExactly("1 a");
  }

  /** INSERT is not among the statements refused, and later changes find its rows. */
  @Test
  void insertStatementsRemainPossible() {
    String table = BigQueryUnderTest.sql(changes.table());
    changes.store(upsert(1, "a", null), delete(2, null));
    bigQuery.query("INSERT INTO " + table + " VALUES (2, 'b')");
    assertThat(changes.read()).containsExactly("1 a", "2 b");
    changes.store(upsert(2, "c", null));
    assertThat(changes.read()).containsExactly("1 a", "2 c");
  }

  /** TRUNCATE is not refused here (unverified); it forgets the keys along with the rows. */
  @Test
  void truncateBeginsAnew() {
    changes.store(upsert(1, "a", "5"));
    bigQuery.query("TRUNCATE TABLE " + BigQueryUnderTest.sql(changes.table()));
    assertThat(changes.read()).isEmpty();
    changes.store(upsert(1, "b", "1"));
    assertThat(changes.read()).containsExactly("1 b");
  }

  /** Pseudocolumns are no columns: neither readable nor to be had as columns. */
  @Test
  void pseudocolumnsCannotBeQueried() {
    changes.store(upsert(1, "a", "1"));
    String table = BigQueryUnderTest.sql(changes.table());
    assertThatThrownBy(() -> bigQuery.query("SELECT _CHANGE_TYPE FROM " + table))
        .isInstanceOf(BigQueryException.class);
    assertThat(bigQuery.query("SELECT * FROM " + table)).containsExactly("1 a");
    assertThatThrownBy(
            () -> bigQuery.newTable(Field.of("_change_type", StandardSQLTypeName.STRING)))
        .isInstanceOf(BigQueryException.class);
  }

  /** A column that is added between two changes keeps both. */
  @Test
  void followsAChangeOfTheTablesSchema() {
    changes.store(upsert(1, "a", "2"), upsert(2, "b", "2"));
    String table = BigQueryUnderTest.sql(changes.table());
    bigQuery.query("ALTER TABLE " + table + " ADD COLUMN note STRING");
    Message wider =
        Message.of(
            field("id", TYPE_INT64),
            field("note", TYPE_STRING),
            field("_change_type", TYPE_STRING),
            field("_change_sequence_number", TYPE_STRING));
    append(
        changes.table(),
        wider,
        wider.row(1L, "new", "UPSERT", "3"),
        wider.row(2L, "late", "UPSERT", "1"));
    assertThat(bigQuery.query("SELECT id, name, note FROM " + table + " ORDER BY id"))
        .containsExactly("1 NULL new", "2 b NULL");
  }

  private void append(TableId table, Message message, ByteString... rows) {
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse answer =
          connection.call(
              request(BigQueryUnderTest.defaultStream(table), message, rows(rows)).build());
      assertThat(answer.hasAppendResult()).as(answer.toString()).isTrue();
    }
  }

  private static TableFieldSchema column(String name, TableFieldSchema.Type type) {
    return TableFieldSchema.newBuilder()
        .setName(name)
        .setType(type)
        .setMode(TableFieldSchema.Mode.NULLABLE)
        .build();
  }

  private static JSONArray json(long id, String name, String type) {
    return new JSONArray()
        .put(new JSONObject().put("id", id).put("name", name).put("_change_type", type));
  }
}
