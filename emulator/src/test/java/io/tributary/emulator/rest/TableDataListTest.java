package io.tributary.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.bigquery.BigQuery.TableDataListOption;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reading rows with tabledata.list, and how cells are written. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class TableDataListTest {
  private final BigQueryUnderTest bigQuery;
  private final RawRest raw;

  TableDataListTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.raw = new RawRest(bigQuery);
  }

  private TableId ten() {
    TableId table =
        bigQuery.newTable(
            Field.of("id", StandardSQLTypeName.INT64),
            Field.of("name", StandardSQLTypeName.STRING));
    bigQuery.query(
        "INSERT %s SELECT n, CONCAT('n', CAST(n AS STRING)) FROM UNNEST(GENERATE_ARRAY(0, 9)) AS n"
            .formatted(BigQueryUnderTest.sql(table)));
    return table;
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says =
          "tabledata.list comes in pages of maxResults with a pageToken for the next, and says"
              + " totalRows as a string.",
      source = Sources.REST_TABLEDATA_LIST)
  void listsInPages() {
    TableId table = ten();
    JsonNode page = raw.get(RawRest.path(table) + "/data?maxResults=4").body();
    assertThat(page.path("kind").asText()).isEqualTo("bigquery#tableDataList");
    assertThat(page.path("totalRows").isTextual()).isTrue();
    assertThat(page.path("totalRows").asText()).isEqualTo("10");
    assertThat(page.path("rows").size()).isEqualTo(4);
    assertThat(page.path("pageToken").asText()).isNotEmpty();
    List<String> all =
        bigQuery
            .rest()
            .listTableData(table, TableDataListOption.pageSize(4))
            .streamAll()
            .map(row -> row.get(0).getStringValue())
            .toList();
    assertThat(all).hasSize(10).doesNotHaveDuplicates();
    assertThat(raw.get(RawRest.path(table) + "/data").body().has("pageToken")).isFalse();
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says = "tabledata.list starts at startIndex.",
      source = Sources.REST_TABLEDATA_LIST)
  void startsWhereAsked() {
    TableId table = ten();
    assertThat(bigQuery.rest().listTableData(table, TableDataListOption.startIndex(7)).streamAll())
        .hasSize(3);
    assertThat(raw.get(RawRest.path(table) + "/data?startIndex=70").body().path("rows").size())
        .isZero();
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says = "tabledata.list gives only selectedFields, also fields inside of RECORDs.",
      source = Sources.REST_TABLEDATA_LIST)
  @Behaviour(
      area = Area.STREAMING,
      says = "A selected field that the table lacks is refused with 400.",
      source = Sources.REST_TABLEDATA_LIST)
  void givesSelectedFields() {
    TableId table = ten();
    JsonNode cells =
        raw.get(RawRest.path(table) + "/data?selectedFields=name&maxResults=1")
            .body()
            .path("rows")
            .path(0)
            .path("f");
    assertThat(cells.size()).isEqualTo(1);
    assertThat(cells.path(0).path("v").asText()).startsWith("n");
    assertThat(raw.get(RawRest.path(table) + "/data?selectedFields=none").status()).isEqualTo(400);
    TableId nested = bigQuery.newName();
    bigQuery.query(
        "CREATE TABLE %s AS SELECT 1 AS x, STRUCT(2 AS a, [STRUCT(3 AS c, 4 AS d)] AS b) AS s"
            .formatted(BigQueryUnderTest.sql(nested)));
    assertThat(
            raw.get(RawRest.path(nested) + "/data?selectedFields=s.b.d")
                .body()
                .path("rows")
                .toString())
        .isEqualTo("[{\"f\":[{\"v\":{\"f\":[{\"v\":[{\"v\":{\"f\":[{\"v\":\"4\"}]}}]}]}}]}]");
  }

  private String cell(String expression) {
    TableId table = bigQuery.newName();
    bigQuery.query(
        "CREATE TABLE %s AS SELECT %s AS c".formatted(BigQueryUnderTest.sql(table), expression));
    return raw.get(RawRest.path(table) + "/data")
        .body()
        .path("rows")
        .path(0)
        .path("f")
        .path(0)
        .path("v")
        .toString();
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says =
          "Cells are {v: ...} in {f: [...]}: scalars are strings, NULL is null, an array is a"
              + " list of {v: ...}, a RECORD is {f: [...]} again.",
      source = Sources.REST_TABLEDATA_LIST)
  void writesCells() {
    assertThat(cell("42")).isEqualTo("\"42\"");
    assertThat(cell("CAST(NULL AS INT64)")).isEqualTo("null");
    assertThat(cell("'é'")).isEqualTo("\"é\"");
    assertThat(cell("[1, 2]")).isEqualTo("[{\"v\":\"1\"},{\"v\":\"2\"}]");
    assertThat(cell("STRUCT(1 AS a, NULL AS b)")).isEqualTo("{\"f\":[{\"v\":\"1\"},{\"v\":null}]}");
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "BOOL cells are true and false, BYTES are base64.",
      source = Sources.REST_TABLEDATA_LIST)
  void writesTruthAndBytes() {
    assertThat(cell("TRUE")).isEqualTo("\"true\"");
    assertThat(cell("FALSE")).isEqualTo("\"false\"");
    assertThat(cell("b'\\x00\\xff'")).isEqualTo("\"AP8=\"");
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "FLOAT64 cells are decimal text, or NaN, Infinity and -Infinity.",
      source = Sources.REST_TABLEDATA_LIST)
  void writesFloats() {
    assertThat(cell("1.5")).isEqualTo("\"1.5\"");
    assertThat(cell("CAST('nan' AS FLOAT64)")).isEqualTo("\"NaN\"");
    assertThat(cell("CAST('inf' AS FLOAT64)")).isEqualTo("\"Infinity\"");
    assertThat(cell("CAST('-inf' AS FLOAT64)")).isEqualTo("\"-Infinity\"");
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "NUMERIC cells are plain decimal text without an exponent.",
      source = Sources.CLIENT_TESTS)
  void writesNumbers() {
    assertThat(cell("NUMERIC '-9000000'")).isEqualTo("\"-9000000\"");
    assertThat(cell("NUMERIC '1.50'")).isEqualTo("\"1.5\"");
    assertThat(cell("BIGNUMERIC '1e20'")).isEqualTo("\"100000000000000000000\"");
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "DATE, TIME and DATETIME cells are ISO text, DATETIME with a T.",
      source = Sources.CLIENT_TESTS)
  void writesCivilTimes() {
    assertThat(cell("DATE '2020-10-01'")).isEqualTo("\"2020-10-01\"");
    assertThat(cell("TIME '12:00:00'")).isEqualTo("\"12:00:00\"");
    assertThat(cell("DATETIME '2020-10-01 12:00:00'")).isEqualTo("\"2020-10-01T12:00:00\"");
    assertThat(cell("DATETIME '2020-10-01 12:00:00.123'"))
        .isEqualTo("\"2020-10-01T12:00:00.123000\"");
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says =
          "TIMESTAMP cells are seconds in floating-point text, or whole microseconds with"
              + " formatOptions.useInt64Timestamp.",
      source = "https://cloud.google.com/bigquery/docs/reference/rest/v2/DataFormatOptions")
  void writesTimestamps() {
    TableId table = bigQuery.newName();
    bigQuery.query(
        "CREATE TABLE %s AS SELECT TIMESTAMP '2023-11-14 22:13:20.123456+00' AS c"
            .formatted(BigQueryUnderTest.sql(table)));
    String path = RawRest.path(table) + "/data";
    assertThat(
            raw.get(path + "?formatOptions.useInt64Timestamp=true")
                .body()
                .at("/rows/0/f/0/v")
                .asText())
        .isEqualTo("1700000000123456");
    String floating = raw.get(path).body().at("/rows/0/f/0/v").asText();
    assertThat(new java.math.BigDecimal(floating)).isEqualByComparingTo("1700000000.123456");
    FieldValueList row = bigQuery.rows(table).get(0);
    assertThat(row.get(0).getTimestampValue()).isEqualTo(1_700_000_000_123_456L);
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "An empty array and a NULL array are both written as an empty list.",
      source = Sources.SQL_TYPES)
  void writesEmptyArrays() {
    assertThat(cell("CAST([] AS ARRAY<INT64>)")).isEqualTo("[]");
    assertThat(cell("CAST(NULL AS ARRAY<INT64>)")).isEqualTo("[]");
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says = "A page token that nobody gave is refused with 400.",
      source = Sources.REST_TABLEDATA_LIST)
  void refusesUnknownTokens() {
    TableId table = ten();
    assertThat(raw.get(RawRest.path(table) + "/data?pageToken=made-up").status()).isEqualTo(400);
    assertThat(
            Refusal.of(
                    () ->
                        bigQuery
                            .rest()
                            .listTableData(table, TableDataListOption.pageToken("made-up")))
                .reason())
        .isEqualTo("invalid");
  }
}
