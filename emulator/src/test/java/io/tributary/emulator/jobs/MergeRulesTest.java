package io.tributary.emulator.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What MERGE and TRUNCATE promise. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class MergeRulesTest {
  private final BigQueryUnderTest bigQuery;
  private final TableId table;
  private final String name;

  MergeRulesTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.table =
        bigQuery.newTable(
            Field.of("id", StandardSQLTypeName.INT64), Field.of("v", StandardSQLTypeName.STRING));
    this.name = BigQueryUnderTest.sql(table);
    bigQuery.query("INSERT " + name + " VALUES (1, 'a'), (NULL, 'n')");
  }

  private String rows() {
    return String.join(";", bigQuery.query("SELECT id, v FROM " + name + " ORDER BY id, v"));
  }

  private void merge(String source, String clauses) {
    bigQuery.query("MERGE " + name + " t USING (" + source + ") s ON " + clauses);
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says =
          "MERGE matches against the rows at its start: rows that it inserts are not matched"
              + " again.",
      source = Sources.SQL_DML)
  void insertedRowsAreNotMatched() {
    merge(
        "SELECT 5 AS id UNION ALL SELECT 5",
        "t.id = s.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.id, 'new')");
    assertThat(rows()).isEqualTo("NULL n;1 a;5 new;5 new");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says = "NULL keys never match by =; they do by a condition that says so.",
      source = Sources.SQL_DML)
  void nullsDoNotMatch() {
    String source = "SELECT CAST(NULL AS INT64) AS id";
    merge(source, "t.id = s.id WHEN MATCHED THEN UPDATE SET v = 'x'");
    assertThat(rows()).isEqualTo("NULL n;1 a");
    merge(
        source,
        "t.id = s.id OR (t.id IS NULL AND s.id IS NULL) WHEN MATCHED THEN UPDATE SET v = 'x'");
    assertThat(rows()).isEqualTo("NULL x;1 a");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says = "MERGE ON FALSE replaces all rows at once.",
      source = Sources.SQL_DML)
  @Behaviour(
      area = Area.DML,
      says = "INSERT ROW of MERGE takes the source's columns.",
      source = Sources.SQL_DML)
  void onFalseReplaces() {
    merge(
        "SELECT 7 AS id, 'seven' AS v",
        "FALSE WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED THEN INSERT ROW");
    assertThat(rows()).isEqualTo("7 seven");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says = "A MERGE that fails, for one target row with two source rows, changes nothing at all.",
      source = Sources.SQL_DML)
  void mergesAreAtomic() {
    Refusal refused =
        Refusal.of(
            () ->
                merge(
                    "SELECT 1 AS id UNION ALL SELECT 1 UNION ALL SELECT 9",
                    "t.id = s.id WHEN MATCHED THEN UPDATE SET v = 'x'"
                        + " WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)"));
    assertThat(refused)
        .isEqualTo(
            new Refusal(
                400,
                "invalidQuery",
                "UPDATE/MERGE must match at most one source row for each target row"));
    assertThat(rows()).isEqualTo("NULL n;1 a");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says = "Two source rows for one target row are no error where no clause takes them.",
      source = Sources.SQL_DML)
  void untakenDuplicatesAreNoError() {
    merge(
        "SELECT 1 AS id, FALSE AS take UNION ALL SELECT 1, TRUE",
        "t.id = s.id WHEN MATCHED AND s.take THEN UPDATE SET v = 'x'");
    assertThat(rows()).isEqualTo("NULL n;1 x");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says = "TRUNCATE TABLE removes all rows and keeps the schema, description and labels.",
      source = Sources.SQL_DML)
  void truncationKeepsTheTable() {
    TableInfo described =
        bigQuery.rest().getTable(table).toBuilder()
            .setDescription("kept")
            .setLabels(Map.of("k", "v"))
            .build();
    bigQuery.rest().update(described);
    bigQuery.query("TRUNCATE TABLE " + name);
    assertThat(rows()).isEmpty();
    assertThat(bigQuery.rest().getTable(table).getDescription()).isEqualTo("kept");
    assertThat(bigQuery.rest().getTable(table).getLabels()).containsEntry("k", "v");
    assertThat(bigQuery.rest().getTable(table).getDefinition().getSchema())
        .isEqualTo(described.getDefinition().getSchema());
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says =
          "UPDATE, DELETE and MERGE may change rows that the Storage Write API has just written.",
      source = Sources.WRITE_API)
  void freshRowsOfTheWriteApiMayChange() throws Exception {
    TableId ids = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    Message message = Message.ids();
    try (StreamWriter writer = bigQuery.writer(BigQueryUnderTest.defaultStream(ids), message)) {
      writer.append(message.rows(1L, 2L, 3L)).get();
    }
    String written = BigQueryUnderTest.sql(ids);
    bigQuery.query("UPDATE " + written + " SET id = 10 WHERE id = 1");
    bigQuery.query("DELETE FROM " + written + " WHERE id = 2");
    bigQuery.query(
        "MERGE "
            + written
            + " t USING (SELECT 3 AS id) s ON t.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET id = 30");
    assertThat(bigQuery.firstColumn(ids)).containsExactly("10", "30");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says = "DROP TABLE of a table that does not exist is notFound, and nothing with IF EXISTS.",
      source = Sources.SQL_DDL)
  void droppingWhatIsNotThere() {
    TableId absent = bigQuery.newName();
    Refusal refused =
        Refusal.of(() -> bigQuery.query("DROP TABLE " + BigQueryUnderTest.sql(absent)));
    assertThat(refused)
        .isEqualTo(
            new Refusal(404, "notFound", "Not found: Table " + BigQueryUnderTest.ref(absent)));
    bigQuery.query("DROP TABLE IF EXISTS " + BigQueryUnderTest.sql(absent));
  }
}
