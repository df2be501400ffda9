package io.tributary.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A statement that fails changes nothing, and what is known of a table is always what is stored.
 * The public source speaks of write dispositions, not of DDL: creation and truncation by a job are
 * one atomic update that happens only if the job succeeds
 * (https://cloud.google.com/python/docs/reference/bigquery/latest/google.cloud.bigquery.job.WriteDisposition).
 */
class AtomicDdlTest {
  private static final DatasetRef DATASET = new DatasetRef("p", "d");
  private static final TableRef TABLE = DATASET.table("t");
  private static final Column ID = Column.nullable("id", ColumnType.INT64);
  private static final TableDefinition DEFINITION = TableDefinition.of(TABLE, List.of(ID));

  private final Database database = new Database(Storage.of(null));
  private final TableStore store =
      new TableStore(database, Clock.systemUTC(), ChangeOptions.defaults(), StatementHook.NONE);
  private Engine engine;

  @BeforeEach
  void open() {
    engine = Engine.open(null, Clock.systemUTC());
    engine.createDataset(DatasetDefinition.of(DATASET));
    store.datasets().create(DatasetDefinition.of(DATASET));
  }

  @AfterEach
  void close() {
    engine.close();
    database.close();
  }

  private List<Object[]> run(String sql) {
    return engine.run(QueryRequest.of("p", sql)).rows().rows();
  }

  @Test
  void columnsOfAllKindsAreAddedTogetherToATableWithRows() {
    run("CREATE TABLE d.t AS SELECT 1 AS id");
    run("ALTER TABLE d.t ADD COLUMN a ARRAY<STRING>, ADD COLUMN b DATE, ADD COLUMN c ARRAY<INT64>");
    run("INSERT INTO d.t (id) VALUES (2)");
    assertThat(
            run(
                "SELECT CONCAT(id, ':', ARRAY_LENGTH(a), ARRAY_LENGTH(c), b IS NULL) FROM d.t"
                    + " ORDER BY id"))
        .containsExactly(new Object[] {"1:00true"}, new Object[] {"2:00true"});
  }

  @Test
  void aFailedReplacementLeavesTheOldTable() {
    run("CREATE TABLE d.t AS SELECT 1 AS id");
    TableDefinition before = engine.table(TABLE).orElseThrow();
    for (String sql :
        List.of(
            "CREATE OR REPLACE TABLE d.t (v STRING(2)) AS SELECT 'long' AS v",
            "CREATE OR REPLACE TABLE d.t (v INT64 NOT NULL) AS SELECT CAST(NULL AS INT64) AS v",
            "CREATE OR REPLACE TABLE d.t AS SELECT 1 / (id - 1) AS v FROM d.t",
            "CREATE OR REPLACE TABLE d.t AS SELECT ERROR('no') AS v")) {
      assertThatThrownBy(() -> run(sql)).as(sql).isInstanceOf(BigQueryError.class);
      assertThat(engine.table(TABLE)).as(sql).contains(before);
      assertThat(run("SELECT id FROM d.t").get(0)).as(sql).containsExactly(1L);
    }
    run("CREATE OR REPLACE TABLE d.t AS SELECT id + 1 AS id FROM d.t");
    assertThat(run("SELECT id FROM d.t").get(0)).containsExactly(2L);
  }

  @Test
  void aFailedCreationLeavesNoTable() {
    assertThatThrownBy(() -> run("CREATE TABLE d.t (v STRING(2)) AS SELECT 'long' AS v"))
        .isInstanceOf(BigQueryError.class);
    assertThat(engine.table(TABLE)).isEmpty();
    run("CREATE TABLE d.t (v STRING(2)) AS SELECT 'ok' AS v");
    assertThat(engine.rowCount(TABLE)).isEqualTo(1);
  }

  @Test
  void whatIsStoredFollowsWhatIsKnown() {
    StoredTable table = store.create(DEFINITION);
    long tables = tables();
    TableDefinition wider =
        table.definition().withColumns(List.of(ID, Column.nullable("v", ColumnType.STRING)));
    // from here on no definition can be written
    database.transaction(c -> Database.execute(c, "ALTER TABLE catalog_entries RENAME TO away"));
    fails(() -> store.create(TableDefinition.of(DATASET.table("other"), List.of(ID))));
    fails(() -> store.replace(wider));
    fails(() -> store.change(table, wider));
    fails(() -> store.delete(TABLE));
    fails(() -> store.deleteDataset(DATASET, true));
    fails(() -> store.datasets().create(DatasetDefinition.of(new DatasetRef("p", "other"))));
    assertThat(store.tables(DATASET)).containsExactly(table.definition());
    assertThat(store.datasets().of("p")).hasSize(1);
    assertThat(columns(table)).isEqualTo(1);
    database.transaction(c -> Database.execute(c, "ALTER TABLE away RENAME TO catalog_entries"));
    assertThat(tables()).isEqualTo(tables);

    StoredTable changed = store.change(table, wider);
    assertThat(columns(changed)).isEqualTo(2);
    StoredTable replaced = store.replace(DEFINITION);
    assertThat(columns(replaced)).isEqualTo(1);
    assertThat(tables()).isEqualTo(tables);
    store.deleteDataset(DATASET, true);
    assertThat(tables()).isEqualTo(tables - 1);
  }

  private static void fails(ThrowingCallable change) {
    assertThatThrownBy(change).isInstanceOf(BigQueryError.class);
  }

  private long tables() {
    return number("SELECT count(*) FROM duckdb_tables()");
  }

  private long columns(StoredTable table) {
    return number(
        "SELECT count(*) FROM duckdb_columns() WHERE table_name = '" + table.physicalName() + "'");
  }

  private long number(String sql) {
    try (DuckDBConnection connection = database.connect()) {
      return Database.number(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
