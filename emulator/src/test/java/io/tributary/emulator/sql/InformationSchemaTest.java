package io.tributary.emulator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The views of INFORMATION_SCHEMA. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class InformationSchemaTest {
  private static final String STATEMENTS =
      """
      CREATE TABLE d.isx (id INT64 NOT NULL, s STRUCT<a STRING OPTIONS(description='inner'), b ARRAY<STRUCT<c INT64>>>, day DATE, PRIMARY KEY (id) NOT ENFORCED) PARTITION BY day
      INSERT d.isx VALUES (1, NULL, DATE '2020-01-02'), (2, NULL, NULL), (3, NULL, DATE '2020-01-02')
      CREATE VIEW d.isv AS SELECT id FROM d.isx
      CREATE TABLE d.isr (n INT64) PARTITION BY RANGE_BUCKET(n, GENERATE_ARRAY(0, 100, 10))
      INSERT d.isr VALUES (5), (15), (17), (200), (NULL)
      SELECT column_name, field_path, data_type, description FROM d.INFORMATION_SCHEMA.COLUMN_FIELD_PATHS WHERE table_name = 'isx' -> id|id|INT64|null;s|s|STRUCT<a STRING, b ARRAY<STRUCT<c INT64>>>|null;s|s.a|STRING|inner;s|s.b|ARRAY<STRUCT<c INT64>>|null;s|s.b.c|INT64|null;day|day|DATE|null
      SELECT constraint_name, constraint_type, enforced FROM d.INFORMATION_SCHEMA.TABLE_CONSTRAINTS -> isx.pk$|PRIMARY KEY|NO
      SELECT column_name, ordinal_position FROM d.INFORMATION_SCHEMA.KEY_COLUMN_USAGE -> id|1
      SELECT column_name, constraint_name FROM d.INFORMATION_SCHEMA.CONSTRAINT_COLUMN_USAGE -> id|isx.pk$
      SELECT table_name, view_definition, use_standard_sql FROM d.INFORMATION_SCHEMA.VIEWS -> isv|SELECT id FROM d.isx|YES
      SELECT partition_id, total_rows FROM d.INFORMATION_SCHEMA.PARTITIONS WHERE table_name = 'isx' ORDER BY 1 -> 20200102|2;__NULL__|1
      SELECT partition_id, total_rows FROM d.INFORMATION_SCHEMA.PARTITIONS WHERE table_name = 'isr' ORDER BY 1 -> 0|1;10|2;__NULL__|1;__UNPARTITIONED__|1
      SELECT * FROM d.INFORMATION_SCHEMA.ROUTINES -> !notImplemented:
      SELECT * FROM d.INFORMATION_SCHEMA.TABLES.x -> !Invalid table name: d.INFORMATION_SCHEMA.TABLES.x
      """;

  @Behaviour(
      area = Area.INFORMATION_SCHEMA,
      says = "COLUMN_FIELD_PATHS has a row for each column and each field within it.",
      source = "https://cloud.google.com/bigquery/docs/information-schema-column-field-paths")
  @Behaviour(
      area = Area.INFORMATION_SCHEMA,
      says =
          "TABLE_CONSTRAINTS and KEY_COLUMN_USAGE show primary keys, which are "
              + "never enforced and are called by the table and pk$.",
      source = "https://cloud.google.com/bigquery/docs/information-schema-table-constraints")
  @Behaviour(
      area = Area.INFORMATION_SCHEMA,
      says = "VIEWS shows the query of each view.",
      source = "https://cloud.google.com/bigquery/docs/information-schema-views")
  @Behaviour(
      area = Area.INFORMATION_SCHEMA,
      says =
          "PARTITIONS names partitions by their day, month or lowest number, and "
              + "those of NULL and of numbers outside all ranges by __NULL__ and "
              + "__UNPARTITIONED__.",
      source = "https://cloud.google.com/bigquery/docs/information-schema-partitions")
  @Test
  void showsTheDataset(BigQueryUnderTest service) {
    new Answers(service).checkAll(STATEMENTS);
  }

  @Behaviour(
      area = Area.INFORMATION_SCHEMA,
      says = "SCHEMATA and TABLES of a region show all datasets of the project.",
      source = "https://cloud.google.com/bigquery/docs/information-schema-intro#syntax")
  @Behaviour(
      area = Area.INFORMATION_SCHEMA,
      says =
          "JOBS of a region shows the jobs of the project with their statement, "
              + "state, error, labels and changed rows.",
      source = "https://cloud.google.com/bigquery/docs/information-schema-jobs")
  @EmulatorOnly
  @Test
  void showsTheRegion(BigQueryUnderTest service) {
    TableId table = service.newTable(Field.of("id", StandardSQLTypeName.INT64));
    String name = BigQueryUnderTest.sql(table);
    Answers answers = new Answers(service);
    answers.check("INSERT " + name + " (id) VALUES (1), (2)", "(nothing)");
    answers.check(
        "SELECT statement_type, dml_statistics.inserted_row_count, state, error_result.reason"
            + " FROM `region-us`.INFORMATION_SCHEMA.JOBS WHERE query LIKE 'INSERT %"
            + table.getTable()
            + "%'",
        "INSERT|2|DONE|null");
    answers.check(
        "SELECT table_type FROM `region-us`.INFORMATION_SCHEMA.TABLES WHERE table_name = '"
            + table.getTable()
            + "'",
        "BASE TABLE");
    answers.check(
        "SELECT location FROM INFORMATION_SCHEMA.SCHEMATA WHERE schema_name = '"
            + table.getDataset()
            + "'",
        "US");
  }

  @Behaviour(
      area = Area.INFORMATION_SCHEMA,
      says =
          "WRITE_API_TIMELINE sums requests, rows and bytes by minute, table, "
              + "type of stream and outcome.",
      source = "https://cloud.google.com/bigquery/docs/information-schema-write-api")
  @EmulatorOnly
  @Test
  void showsWhatWasAppended(BigQueryUnderTest service) throws Exception {
    TableId table = service.newTable(Field.of("id", StandardSQLTypeName.INT64));
    Message ids = Message.ids();
    try (StreamWriter writer = service.writer(BigQueryUnderTest.defaultStream(table), ids)) {
      assertThat(writer.append(ids.rows(1L, 2L)).get().hasError()).isFalse();
    }
    new Answers(service)
        .check(
            "SELECT stream_type, error_code, SUM(total_requests), SUM(total_rows),"
                + " SUM(total_input_bytes) > 0 FROM"
                + " `region-us`.INFORMATION_SCHEMA.WRITE_API_TIMELINE WHERE table_id = '"
                + table.getTable()
                + "' GROUP BY ALL",
            "DEFAULT|OK|1|2|true");
  }
}
