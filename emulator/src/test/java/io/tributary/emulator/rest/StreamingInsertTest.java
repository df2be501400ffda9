package io.tributary.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.InsertAllResponse;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** tabledata.insertAll: which rows it takes, and what it says of the others. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class StreamingInsertTest {
  private final BigQueryUnderTest bigQuery;
  private final TableId table;

  StreamingInsertTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.table =
        bigQuery.newTable(
            Field.newBuilder("id", StandardSQLTypeName.INT64).setMode(Field.Mode.REQUIRED).build(),
            Field.of("name", StandardSQLTypeName.STRING));
  }

  private InsertAllResponse insert(InsertAllRequest.Builder request) {
    return bigQuery.rest().insertAll(request.build());
  }

  private InsertAllRequest.Builder rows() {
    return InsertAllRequest.newBuilder(table);
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says = "Rows that tabledata.insertAll takes are there when it answers, without a job.",
      source = Sources.REST_TABLEDATA_INSERT)
  void rowsAreThereAtOnce() {
    InsertAllResponse response =
        insert(rows().addRow(Map.of("id", 1, "name", "x")).addRow(Map.of("id", 2)));
    assertThat(response.hasErrors()).isFalse();
    assertThat(
            bigQuery.query(
                "SELECT id, name FROM %s ORDER BY id".formatted(BigQueryUnderTest.sql(table))))
        .containsExactly("1 x", "2 NULL");
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says =
          "One bad row keeps all rows of its request out: it is named with its index, reason"
              + " invalid and location, and the good ones with reason stopped.",
      source = Sources.ERROR_MESSAGES)
  void oneBadRowStopsAll() {
    InsertAllResponse response =
        insert(rows().addRow(Map.of("id", 1)).addRow(Map.of("id", "one")).addRow(Map.of("id", 3)));
    assertThat(response.getInsertErrors().keySet()).containsExactlyInAnyOrder(0L, 1L, 2L);
    assertThat(response.getErrorsFor(0).get(0).getReason()).isEqualTo("stopped");
    assertThat(response.getErrorsFor(1).get(0).getReason()).isEqualTo("invalid");
    assertThat(response.getErrorsFor(1).get(0).getLocation()).isEqualTo("id");
    assertThat(response.getErrorsFor(1).get(0).getMessage())
        .isEqualTo("Cannot convert value to integer (bad value): one");
    assertThat(bigQuery.firstColumn(table)).isEmpty();
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says = "With skipInvalidRows the good rows are inserted and only the bad ones named.",
      source = Sources.REST_TABLEDATA_INSERT)
  void badRowsMayBeSkipped() {
    InsertAllResponse response =
        insert(rows().addRow(Map.of("id", 1)).addRow(Map.of("id", "one")).setSkipInvalidRows(true));
    assertThat(response.getInsertErrors().keySet()).containsExactly(1L);
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says = "A member that is no column makes its row bad: no such field.",
      source = Sources.REST_TABLEDATA_INSERT)
  @Behaviour(
      area = Area.STREAMING,
      says = "With ignoreUnknownValues members that are no columns are dropped.",
      source = Sources.REST_TABLEDATA_INSERT)
  void unknownMembers() {
    Map<String, Object> row = Map.of("id", 1, "extra", true);
    InsertAllResponse refused = insert(rows().addRow(row));
    assertThat(refused.getErrorsFor(0).get(0).getMessage()).isEqualTo("no such field: extra.");
    assertThat(refused.getErrorsFor(0).get(0).getLocation()).isEqualTo("extra");
    assertThat(insert(rows().addRow(row).setIgnoreUnknownValues(true)).hasErrors()).isFalse();
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says = "A row without a value for a REQUIRED column is bad.",
      source = Sources.REST_TABLEDATA_INSERT)
  void requiredColumns() {
    InsertAllResponse refused = insert(rows().addRow(Map.of("name", "x")));
    assertThat(refused.getErrorsFor(0).get(0).getReason()).isEqualTo("invalid");
    assertThat(refused.getErrorsFor(0).get(0).getMessage())
        .isEqualTo("Missing required field: id.");
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says = "A row whose insertId came within the last minute is dropped, without a word.",
      source = Sources.REST_TABLEDATA_INSERT)
  void insertIdsDropRepeatedRows() {
    String id = UUID.randomUUID().toString();
    insert(rows().addRow(id, Map.of("id", 1)));
    assertThat(insert(rows().addRow(id, Map.of("id", 1))).hasErrors()).isFalse();
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
    insert(rows().addRow(id + "-2", Map.of("id", 1)));
    insert(rows().addRow(Map.of("id", 1)));
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "1", "1");
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says =
          "With a templateSuffix the rows go to the table whose name ends in it, which is made"
              + " like the one named.",
      source = Sources.REST_TABLEDATA_INSERT)
  void templatesMakeTables() {
    insert(rows().addRow(Map.of("id", 1)).setTemplateSuffix("_2026"));
    insert(rows().addRow(Map.of("id", 2)).setTemplateSuffix("_2026"));
    TableId made = TableId.of(table.getDataset(), table.getTable() + "_2026");
    assertThat(bigQuery.firstColumn(made)).containsExactly("1", "2");
    assertThat(bigQuery.rest().getTable(made).getDefinition().getSchema())
        .isEqualTo(bigQuery.rest().getTable(table).getDefinition().getSchema());
    assertThat(bigQuery.firstColumn(table)).isEmpty();
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says = "Rows for a table that does not exist are refused with 404 notFound.",
      source = Sources.ERROR_MESSAGES)
  @Behaviour(
      area = Area.STREAMING,
      says = "A request without rows is refused with 400.",
      source = Sources.REST_TABLEDATA_INSERT)
  void absentTablesAndNoRows() {
    InsertAllRequest lost =
        InsertAllRequest.newBuilder(bigQuery.newName()).addRow(Map.of("id", 1)).build();
    assertThat(Refusal.of(() -> bigQuery.rest().insertAll(lost)).reason()).isEqualTo("notFound");
    RawRest.Reply none =
        new RawRest(bigQuery).post(RawRest.path(table) + "/insertAll", "{\"rows\":[]}");
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.message()).isEqualTo("No rows present in the request.");
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says = "A tabledata.insertAll request has at most 50,000 rows and 10 MB.",
      source = Sources.QUOTAS)
  void requestsHaveALimit() {
    RawRest raw = new RawRest(bigQuery);
    String path = RawRest.path(table) + "/insertAll";
    String row = "{\"json\":{\"id\":1}}";
    String many = "{\"rows\":[" + (row + ",").repeat(50_000) + row + "]}";
    RawRest.Reply tooMany = raw.post(path, many);
    assertThat(tooMany.status()).isEqualTo(400);
    assertThat(tooMany.reason()).isEqualTo("invalid");
    String wide =
        "{\"rows\":[{\"json\":{\"id\":1,\"name\":\"%s\"}}]}"
            .formatted("x".repeat(10 * 1024 * 1024));
    assertThat(raw.post(path, wide).status()).isBetween(400, 413);
    assertThat(bigQuery.firstColumn(table)).isEmpty();
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says =
          "Values are JSON: numbers or their text, true or false, base64 for BYTES, ISO text for"
              + " times, seconds or text for TIMESTAMP, lists and objects.",
      source = "https://cloud.google.com/bigquery/docs/streaming-data-into-bigquery")
  void valuesOfAllTypes() {
    TableId wide = bigQuery.newName();
    bigQuery.query(
        ("CREATE TABLE %s (i INT64, f FLOAT64, b BOOL, n NUMERIC, y BYTES, d DATE, t TIME,"
                + " dt DATETIME, ts TIMESTAMP, j JSON, l ARRAY<INT64>, s STRUCT<a INT64, b"
                + " ARRAY<STRING>>)")
            .formatted(BigQueryUnderTest.sql(wide)));
    String row =
        "{\"rows\":[{\"json\":{\"i\":\"42\",\"f\":1.5,\"b\":true,\"n\":\"1.25\",\"y\":\"AP8=\","
            + "\"d\":\"2026-01-02\",\"t\":\"03:04:05\",\"dt\":\"2026-01-02T03:04:05\","
            + "\"ts\":1700000000.5,\"j\":\"{\\\"k\\\": 1}\",\"l\":[1,2],"
            + "\"s\":{\"a\":3,\"b\":[\"x\"]}}}]}";
    JsonNode answer = new RawRest(bigQuery).post(RawRest.path(wide) + "/insertAll", row).body();
    assertThat(answer.path("kind").asText()).isEqualTo("bigquery#tableDataInsertAllResponse");
    assertThat(answer.has("insertErrors")).as(answer.toString()).isFalse();
    assertThat(
            bigQuery.query(
                ("SELECT i, f, b, n, TO_HEX(y), d, t, dt, UNIX_MILLIS(ts), TO_JSON_STRING(j), l[1],"
                        + " s.a, s.b[0] FROM %s")
                    .replace("[1]", "[OFFSET(1)]")
                    .replace("[0]", "[OFFSET(0)]")
                    .formatted(BigQueryUnderTest.sql(wide))))
        .containsExactly(
            "42 1.5 true 1.25 00ff 2026-01-02 03:04:05 2026-01-02T03:04:05 1700000000500"
                + " {\"k\":1} 2 3 x");
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says =
          "A list for a column that is no array makes its row bad, and so does a lone value for"
              + " an array.",
      source = "https://cloud.google.com/bigquery/docs/streaming-data-into-bigquery")
  void listsAreForArrays() {
    assertThat(insert(rows().addRow(Map.of("id", List.of(1)))).hasErrors()).isTrue();
    TableId lists =
        bigQuery.newTable(
            Field.newBuilder("l", StandardSQLTypeName.INT64).setMode(Field.Mode.REPEATED).build());
    InsertAllRequest lone = InsertAllRequest.newBuilder(lists).addRow(Map.of("l", 1)).build();
    assertThat(bigQuery.rest().insertAll(lone).hasErrors()).isTrue();
  }
}
