package io.tributary.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How large tables are, how wide and how deep they may be, and how their columns are called. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class TableSizeTest {
  private final BigQueryUnderTest bigQuery;

  TableSizeTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  private Table holding(String expression) {
    TableId table = bigQuery.newName();
    bigQuery.query(
        "CREATE TABLE %s AS SELECT %s AS c".formatted(BigQueryUnderTest.sql(table), expression));
    return bigQuery.rest().getTable(table);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "8|42",
        "8|1.5",
        "1|TRUE",
        "8|DATE '2020-01-01'",
        "8|TIME '01:02:03'",
        "8|DATETIME '2020-01-01 00:00:00'",
        "8|TIMESTAMP '2020-01-01 00:00:00+00'",
        "16|NUMERIC '1'",
        "32|BIGNUMERIC '1'",
        "4|'é'",
        "5|b'abc'",
        "0|CAST(NULL AS INT64)",
        "0|CAST(NULL AS STRING)",
        "24|[1, 2, 3]",
        "11|STRUCT(1 AS a, 'x' AS b)",
        "16|RANGE<DATE> '[2020-01-01, 2020-02-01)'",
        "16|INTERVAL 1 YEAR",
      })
  @Behaviour(
      area = Area.TYPES,
      says =
          "numBytes counts 8 for INT64, FLOAT64, DATE, TIME, DATETIME and TIMESTAMP, 1 for BOOL,"
              + " 16 for NUMERIC, INTERVAL and RANGE, 32 for BIGNUMERIC, nothing for NULL.",
      source = Sources.SQL_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says =
          "numBytes counts 2 and the bytes of a STRING (in UTF-8) or BYTES, and of arrays and"
              + " STRUCTs what is in them.",
      source = Sources.SQL_TYPES)
  void countsLogicalBytes(long bytes, String expression) {
    assertThat(holding(expression).getNumBytes()).as(expression).isEqualTo(bytes);
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "tables.get counts rows and bytes as they are.",
      source = Sources.REST_TABLES)
  void countsRows() {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    assertThat(bigQuery.rest().getTable(table).getNumRows()).isEqualTo(0);
    bigQuery.query("INSERT %s VALUES (1), (2), (NULL)".formatted(BigQueryUnderTest.sql(table)));
    assertThat(bigQuery.rest().getTable(table).getNumRows()).isEqualTo(3);
    assertThat(bigQuery.rest().getTable(table).getNumBytes()).isEqualTo(16);
  }

  private Refusal refusal(Field... fields) {
    return Refusal.of(() -> bigQuery.newTable(fields));
  }

  @Test
  @Behaviour(
      area = Area.NAMES,
      says =
          "Column names start with a letter, a digit or an underscore of any language, and may"
              + " have blanks and & % = + : ' < > # | - inside.",
      source = Sources.SCHEMAS)
  @Behaviour(
      area = Area.NAMES,
      says = "Column names never have any of ! \" $ ( ) * , . / ; ? @ [ \\ ] ^ ` { } ~.",
      source = Sources.SCHEMAS)
  void columnNames() {
    bigQuery.newTable(
        List.of("a_1", "_x", "1st", "naïve-col", "日本", "a & b", "100%", "a=b+c:d'<e>#|f").stream()
            .map(name -> Field.of(name, StandardSQLTypeName.INT64))
            .toArray(Field[]::new));
    for (char bad : "!\"$()*,./;?@[\\]^`{}~".toCharArray()) {
      assertThat(refusal(Field.of("a" + bad + "b", StandardSQLTypeName.INT64)).code())
          .as("a%cb", bad)
          .isEqualTo(400);
    }
  }

  @Test
  @Behaviour(
      area = Area.NAMES,
      says = "Column names have at most 300 characters.",
      source = Sources.QUOTAS)
  @Behaviour(
      area = Area.NAMES,
      says = "Two columns may not differ by case only.",
      source = Sources.SCHEMAS)
  @Behaviour(
      area = Area.NAMES,
      says =
          "Column names do not start, in any case, with _TABLE_, _FILE_, _PARTITION,"
              + " _ROW_TIMESTAMP, __ROOT__, _COLIDENTIFIER, _CHANGE_SEQUENCE_NUMBER, _CHANGE_TYPE or"
              + " _CHANGE_TIMESTAMP.",
      source = Sources.SCHEMAS)
  void columnNamesThatAreRefused() {
    bigQuery.newTable(Field.of("x".repeat(300), StandardSQLTypeName.INT64));
    assertThat(refusal(Field.of("x".repeat(301), StandardSQLTypeName.INT64)).code()).isEqualTo(400);
    assertThat(
            refusal(
                    Field.of("id", StandardSQLTypeName.INT64),
                    Field.of("ID", StandardSQLTypeName.INT64))
                .code())
        .isEqualTo(400);
    for (String prefix :
        List.of(
            "_TABLE_",
            "_FILE_",
            "_PARTITION",
            "_ROW_TIMESTAMP",
            "__ROOT__",
            "_COLIDENTIFIER",
            "_CHANGE_SEQUENCE_NUMBER",
            "_CHANGE_TYPE",
            "_change_timestamp")) {
      Refusal refused = refusal(Field.of(prefix + "x", StandardSQLTypeName.INT64));
      assertThat(refused.code()).as(prefix).isEqualTo(400);
      assertThat(refused.message()).as(prefix).contains("Invalid field name");
    }
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "RECORDs nest at most 15 levels deep.",
      source = Sources.QUOTAS)
  void recordsNestFifteenDeep() {
    bigQuery.newTable(nested(15));
    assertThat(refusal(nested(16)).code()).isEqualTo(400);
  }

  /** A column with so many levels, the leaf not counted. */
  private static Field nested(int levels) {
    Field field = Field.of("leaf", StandardSQLTypeName.INT64);
    for (int i = 0; i < levels; i++) {
      field = Field.of("r" + i, StandardSQLTypeName.STRUCT, field);
    }
    return field;
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A table has at most 10,000 columns, those inside of RECORDs included.",
      source = Sources.QUOTAS)
  void tablesHaveTenThousandColumns() {
    Field[] inner =
        IntStream.range(0, 10_000)
            .mapToObj(i -> Field.of("c" + i, StandardSQLTypeName.INT64))
            .toArray(Field[]::new);
    Field record = Field.of("r", StandardSQLTypeName.STRUCT, inner);
    TableInfo tooWide =
        TableInfo.of(bigQuery.newName(), StandardTableDefinition.of(Schema.of(record)));
    assertThat(Refusal.of(() -> bigQuery.rest().create(tooWide)).code()).isEqualTo(400);
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A RECORD needs fields, and a column a known type.",
      source = Sources.REST_TABLES)
  void recordsNeedFields() {
    for (String type : List.of("RECORD", "STRUCT", "NOTHING")) {
      String body =
          "{\"tableReference\":{\"tableId\":\"%s\"},\"schema\":{\"fields\":[{\"name\":\"r\",\"type\":\"%s\"}]}}"
              .formatted(bigQuery.newName().getTable(), type);
      String path = "/datasets/" + BigQueryUnderTest.DATASET + "/tables";
      assertThat(new RawRest(bigQuery).post(path, body).status()).as(type).isEqualTo(400);
    }
  }
}
