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
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Change data capture: rows that upsert and delete by primary key. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class ChangeDataCaptureTest {
  private final BigQueryUnderTest bigQuery;
  private final Changes changes;

  ChangeDataCaptureTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.changes = Changes.ofNewTable(bigQuery);
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "A row with _CHANGE_TYPE UPSERT takes the place of the row of its primary "
              + "key, or is added.",
      source = Sources.CHANGE_DATA_CAPTURE)
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A row with _CHANGE_TYPE DELETE removes the row of its primary key.",
      source = Sources.CHANGE_DATA_CAPTURE)
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A query sees every change that was acknowledged before it.",
      source = Sources.GO_TESTS)
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

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "tabledata.list and the row count of the table show changed rows.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void listsMergedRows() {
    changes.store(upsert(1, "a", null), upsert(2, "b", null));
    changes.store(delete(1, null));
    assertThat(bigQuery.firstColumn(changes.table())).containsExactly("2");
    assertThat(bigQuery.rest().getTable(changes.table()).getNumRows()).isEqualTo(1);
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "Google's JsonStreamWriter sends changes if its schema names the "
              + "pseudocolumn, in any case of letters.",
      source = "https://github.com/googleapis/java-bigquerystorage/issues/2768")
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

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "UPSERT replaces the whole row: a value that is left out is NULL afterwards.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void anUpsertReplacesTheWholeRow() {
    changes.store(upsert(1, "a", null));
    changes.store(upsert(1, null, null));
    assertThat(changes.read()).containsExactly("1 NULL");
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "UPSERT stores the default of a column that is absent from the schema.",
      source = Sources.DEFAULT_VALUES)
  void anUpsertTakesDefaultsOfColumnsLeftOut() {
    TableId table =
        bigQuery.newKeyedTable(
            List.of("id"), ID, NAME.toBuilder().setDefaultValueExpression("'none'").build());
    Message message = Message.of(field("id", TYPE_INT64), field("_change_type", TYPE_STRING));
    append(table, message, message.row(1L, "UPSERT"));
    assertThat(new Changes(bigQuery, table).read()).containsExactly("1 none");
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "DELETE of a key that is not there changes nothing.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void aDeleteOfAnAbsentKeyDoesNothing() {
    changes.store(delete(7, null));
    assertThat(changes.read()).isEmpty();
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A primary key of several columns identifies rows by all of them.",
      source = Sources.CHANGE_DATA_CAPTURE)
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "DELETE needs the key columns only.",
      source = Sources.CHANGE_DATA_CAPTURE)
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
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "UPSERT must give the REQUIRED columns.",
      source = Sources.CHANGE_DATA_CAPTURE)
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

  @ParameterizedTest
  @ValueSource(strings = {"upsert", "UPDATE", ""})
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "Change types other than UPSERT and DELETE are refused, \"The given value "
              + "is not a valid CHANGE_TYPE\".",
      source = Sources.CHANGE_DATA_CAPTURE)
  void refusesOtherChangeTypes(String type) {
    AppendRowsResponse answer = changes.send(MESSAGE.row(1L, "a", type, null));
    assertThat(answer.getRowErrors(0).getMessage())
        .startsWith("The given value is not a valid CHANGE_TYPE");
    assertThat(changes.read()).isEmpty();
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "Rows without a change type are inserted, even if their key is there.",
      source = "https://github.com/googleapis/nodejs-bigquery-storage/issues/470")
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "The change type INSERT means a plain insert.",
      source = Sources.GO_TESTS)
  void rowsWithoutChangeTypeAreInserted() {
    changes.store(MESSAGE.row(1L, "a", null, null));
    changes.store(insert(1, "b"));
    assertThat(changes.read()).containsExactly("1 a", "1 b");
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "Rows may be inserted over one connection and changed over another.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void insertsAndUpsertsMayUseConnectionsOfTheirOwn() {
    changes.store(upsert(1, "a", null));
    changes.store(insert(1, "b"));
    assertThat(changes.read()).containsExactly("1 a", "1 b");
    changes.store(upsert(1, "c", null));
    assertThat(changes.read()).containsExactly("1 c");
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A connection that changed rows refuses to insert some, and the other way round.",
      source = Sources.CHANGE_DATA_CAPTURE)
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

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A request that mixes inserts with changes is refused whole.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void aRequestEitherInsertsOrChanges() {
    AppendRowsResponse refused = changes.send(upsert(1, "a", null), insert(2, "b"));
    assertThat(refused.getRowErrorsList())
        .singleElement()
        .satisfies(e -> assertThat(e.getIndex()).isOne());
    assertThat(changes.read()).isEmpty();
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "A table without primary key takes no changes: INVALID_ARGUMENT, \"The "
              + "primary keys and clustering keys of the table are required to create an "
              + "upsert stream\".",
      source = "https://github.com/apache/beam/issues/27616")
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

  @ParameterizedTest
  @EnumSource(
      value = WriteStream.Type.class,
      names = {"COMMITTED", "BUFFERED", "PENDING"})
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "Created streams refuse changes as errors of their rows, \"The given value "
              + "is not a valid CHANGE_TYPE in insert mode: UPSERT\".",
      source = "https://github.com/googleapis/google-cloud-dotnet/issues/11527")
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "Created streams of a table that takes changes insert rows.",
      source = Sources.GO_TESTS)
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
