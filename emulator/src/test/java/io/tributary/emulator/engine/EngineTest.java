package io.tributary.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.catalog.Partitioning;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalog, storage and concurrency. */
class EngineTest {
  private static final DatasetRef DATASET = new DatasetRef("p", "d");
  private static final TableRef TABLE = DATASET.table("t");
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicReference<StatementHook> hook = new AtomicReference<>(StatementHook.NONE);
  private Engine engine;

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now.get();
      }
    };
  }

  @BeforeEach
  void open() {
    engine =
        Engine.open(
            null,
            clock(),
            new StatementHook() {
              @Override
              public void beforeCommit(String sql, int index) {
                hook.get().beforeCommit(sql, index);
              }
            });
    engine.createDataset(DatasetDefinition.of(DATASET));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private StatementResult run(String sql) {
    return engine.run(QueryRequest.of("p", sql));
  }

  private static Column required(String name) {
    return Column.of(name, ColumnType.INT64, Mode.REQUIRED);
  }

  private static Column text(String name) {
    return Column.nullable(name, ColumnType.STRING);
  }

  @Test
  void storesAndReadsEveryType() {
    List<Column> columns = new ArrayList<>();
    for (ColumnType type : ColumnType.values()) {
      if (type != ColumnType.STRUCT && type != ColumnType.RANGE) {
        columns.add(Column.nullable("c_" + type.name().toLowerCase(java.util.Locale.ROOT), type));
      }
    }
    Column nested =
        Column.struct(
            "n", Mode.REPEATED, List.of(text("x"), Column.nullable("w", ColumnType.TIMESTAMP)));
    columns.add(Column.struct("s", Mode.NULLABLE, List.of(text("x"), nested)));
    columns.add(Column.of("a", ColumnType.DATETIME, Mode.REPEATED));
    engine.createTable(TableDefinition.of(TABLE, columns));
    Instant instant = Instant.parse("0001-01-01T00:00:00.000001Z");
    LocalDateTime last = LocalDateTime.parse("9999-12-31T23:59:59.999999");
    Object[] row = {
      Long.MIN_VALUE,
      -1.5,
      true,
      "z\u0000é",
      new byte[] {0, -1},
      new BigDecimal("-99999999999999999999999999999.999999999"),
      new BigDecimal(
          "578960446186580977117854925043439539266.34992332820282019728792003956564819967"),
      LocalDate.parse("0001-01-01"),
      LocalTime.parse("23:59:59.999999"),
      last,
      instant,
      "{\"a\":1}",
      "POINT(1 2)",
      "1-2 -3 4:5:6.789",
      new Object[] {"x", List.of(new Object[][] {{"y", instant}})},
      List.of(last)
    };
    engine.append(TABLE, List.of(new RowBatch(columns, List.of(row, new Object[columns.size()]))));
    ResultPage page = engine.readTable(TABLE, null, 0, 10);
    assertThat(page.totalRows()).isEqualTo(2);
    assertThat(page.rows().get(0)).usingRecursiveComparison().isEqualTo(row);
    assertThat(page.rows().get(1)[0]).isNull();
    assertThat(page.rows().get(1)[columns.size() - 1]).isEqualTo(List.of());
    assertThat(engine.readTable(TABLE, List.of("c_bool"), 1, 10).rows()).hasSize(1);
  }

  @Test
  void appendsAllBatchesOrNone() {
    List<Column> columns = List.of(required("id"), text("v"));
    engine.createTable(TableDefinition.of(TABLE, columns));
    RowBatch good = new RowBatch(columns, List.<Object[]>of(new Object[] {1L, "a"}));
    RowBatch bad = new RowBatch(columns, List.<Object[]>of(new Object[] {null, "a"}));
    assertThatThrownBy(() -> engine.append(TABLE, List.of(good, bad)))
        .isInstanceOf(BigQueryError.class);
    assertThat(engine.rowCount(TABLE)).isZero();
    engine.append(TABLE, List.of(good, good));
    assertThat(engine.rowCount(TABLE)).isEqualTo(2);
    assertThatThrownBy(() -> run("INSERT INTO d.t (v) VALUES ('x')"))
        .hasMessage("Required field id cannot be null");
  }

  @Test
  void changesTheSchemaByBigQuerysRules() {
    List<Column> columns = List.of(required("id"), text("v"));
    TableDefinition table = engine.createTable(TableDefinition.of(TABLE, columns));
    assertThatThrownBy(() -> engine.createTable(table))
        .hasMessage("Already Exists: Table p:d.t")
        .isInstanceOfSatisfying(
            BigQueryError.class, e -> assertThat(e.httpStatus()).isEqualTo(409));
    refused(table, List.of(columns.get(0)), "Field v is missing in new schema");
    refused(
        table,
        List.of(columns.get(0), Column.nullable("v", ColumnType.INT64)),
        "Field v has changed type from STRING to INTEGER");
    refused(
        table,
        List.of(columns.get(0), columns.get(1).withMode(Mode.REQUIRED)),
        "Field v has changed mode from NULLABLE to REQUIRED");
    refused(
        table,
        List.of(columns.get(0), columns.get(1), required("n")),
        "Cannot add required fields to an existing schema. (field: n)");
    assertThatThrownBy(() -> engine.updateTable(TABLE, table, "old"))
        .isInstanceOfSatisfying(
            BigQueryError.class, e -> assertThat(e.httpStatus()).isEqualTo(412));
    run("INSERT INTO d.t VALUES (1, 'a')");
    TableDefinition changed =
        engine.updateTable(
            TABLE,
            table.withColumns(
                List.of(text("added"), columns.get(0).withMode(Mode.NULLABLE), columns.get(1))),
            table.etag());
    assertThat(changed.columns()).extracting(Column::name).containsExactly("id", "v", "added");
    run("INSERT INTO d.t (added) VALUES ('b')");
    assertThat(engine.rowCount(TABLE)).isEqualTo(2);
  }

  private void refused(TableDefinition table, List<Column> columns, String message) {
    assertThatThrownBy(() -> engine.updateTable(TABLE, table.withColumns(columns), null))
        .hasMessage("Provided Schema does not match Table p:d.t. " + message);
  }

  @Test
  void hidesExpiredPartitionsAndTables() {
    engine.createTable(
        TableDefinition.of(TABLE, List.of(Column.nullable("at", ColumnType.TIMESTAMP)))
            .withPartitioning(
                Partitioning.time(Partitioning.Kind.HOUR, "at", Duration.ofHours(2).toMillis())));
    run("INSERT INTO d.t VALUES (TIMESTAMP '2026-11-20 23:30:00+00')");
    run("INSERT INTO d.t VALUES (TIMESTAMP '2026-11-21 00:00:00+00')");
    now.set(START.plus(Duration.ofMinutes(90)));
    assertThat(engine.rowCount(TABLE)).isEqualTo(1);
    run(
        "CREATE TABLE d.gone (x INT64) OPTIONS"
            + " (expiration_timestamp = TIMESTAMP '2026-11-21 02:00:00+00')");
    assertThat(engine.table(DATASET.table("gone"))).isPresent();
    now.set(START.plus(Duration.ofHours(2)));
    assertThat(engine.table(DATASET.table("gone"))).isEmpty();
  }

  @Test
  void runsDdl() {
    run(
        "CREATE TABLE d.t (id INT64 NOT NULL, name STRING(5) DEFAULT 'x',"
            + " s STRUCT<a INT64, b ARRAY<STRING>>, n NUMERIC(5, 2), PRIMARY KEY (id) NOT ENFORCED)"
            + " PARTITION BY DATE(_PARTITIONTIME) CLUSTER BY id OPTIONS (description = 'about',"
            + " labels = [('k', 'v')], max_staleness = INTERVAL 10 MINUTE)");
    TableDefinition table = engine.table(TABLE).orElseThrow();
    assertThat(table.primaryKey()).containsExactly("id");
    assertThat(table.clustering()).containsExactly("id");
    assertThat(table.description()).isEqualTo("about");
    assertThat(table.labels()).containsEntry("k", "v");
    assertThat(table.maxStaleness()).isEqualTo("0-0 0 0:10:0");
    assertThat(table.columns().get(0).mode()).isEqualTo(Mode.REQUIRED);
    assertThat(table.columns().get(1).maxLength()).isEqualTo(5);

    run("INSERT INTO d.t (id, n) VALUES (1, 1.005)");
    assertThat(run("SELECT name, n, _PARTITIONTIME FROM d.t").rows().rows().get(0))
        .usingRecursiveComparison()
        .isEqualTo(new Object[] {"x", new BigDecimal("1.010000000"), START});
    assertThatThrownBy(() -> run("INSERT INTO d.t (id, name) VALUES (1, 'toolong')"))
        .hasMessageContaining("maximum length 5");

    run(
        "ALTER TABLE d.t ADD COLUMN IF NOT EXISTS extra STRING, ADD COLUMN IF NOT EXISTS name STRING");
    run("ALTER TABLE d.t ALTER COLUMN id DROP NOT NULL");
    run("ALTER TABLE d.t ALTER COLUMN n SET DATA TYPE BIGNUMERIC");
    run("ALTER TABLE d.t DROP COLUMN s");
    run("ALTER TABLE d.t SET OPTIONS (description = 'new')");
    assertThat(engine.table(TABLE).orElseThrow().columns())
        .extracting(Column::name)
        .containsExactly("id", "name", "n", "extra");
    assertThat(run("SELECT n FROM d.t").rows().rows().get(0)[0]).isEqualTo(new BigDecimal("1.01"));
    assertThat(run("CREATE TABLE IF NOT EXISTS d.t (x INT64)").ddlOperation()).isEqualTo("SKIP");

    run("CREATE OR REPLACE TABLE d.t AS SELECT id, name FROM d.t");
    run("CREATE VIEW d.v AS SELECT COUNT(*) AS c FROM d.t");
    assertThat(run("SELECT c FROM d.v").rows().rows().get(0)[0]).isEqualTo(1L);
    run("TRUNCATE TABLE d.t");
    assertThat(run("SELECT c FROM d.v").rows().rows().get(0)[0]).isEqualTo(0L);
    run("DROP TABLE d.t");
    assertThatThrownBy(() -> run("DROP TABLE d.t")).hasMessage("Not found: Table p:d.t");
    run("DROP TABLE IF EXISTS d.t");
  }

  @Test
  void showsTheInformationSchema() {
    run("CREATE TABLE d.t (id INT64 NOT NULL, PRIMARY KEY (id) NOT ENFORCED)");
    assertThat(
            run("SELECT table_name, column_name, data_type, is_nullable"
                    + " FROM d.INFORMATION_SCHEMA.COLUMNS")
                .rows()
                .rows()
                .get(0))
        .containsExactly("t", "id", "INT64", "NO");
    assertThat(
            run("SELECT column_name FROM `p`.d.INFORMATION_SCHEMA.KEY_COLUMN_USAGE").rows().rows())
        .hasSize(1);
  }

  @Test
  void takesParameters() {
    QueryRequest request =
        new QueryRequest(
            "SELECT @a + 1, x FROM UNNEST(@list) x",
            "p",
            null,
            List.of(
                new QueryParameter("a", SqlType.of(ColumnType.INT64), 1L),
                new QueryParameter(
                    "list", new SqlType.Array(SqlType.of(ColumnType.STRING)), List.of("q"))),
            false,
            null,
            null);
    assertThat(engine.run(request).rows().rows().get(0)).containsExactly(2L, "q");
  }

  /** As in BigQuery, where keys are not enforced and insert-only statements never conflict. */
  @Test
  void overlappingInsertOnlyMergesInsertTwice() throws Exception {
    run("CREATE TABLE d.t (id INT64)");
    String merge =
        "MERGE d.t T USING (SELECT 1 AS id) S ON T.id = S.id"
            + " WHEN NOT MATCHED THEN INSERT (id) VALUES (id)";
    overlap(merge, merge);
    assertThat(engine.rowCount(TABLE)).isEqualTo(2);
  }

  @Test
  void overlappingUpdatesAreRerun() throws Exception {
    run("CREATE TABLE d.t (id INT64, v INT64)");
    run("INSERT INTO d.t VALUES (1, 0), (2, 0)");
    overlap(
        "UPDATE d.t SET v = v + 1 WHERE id = 1",
        "UPDATE d.t SET v = (SELECT SUM(v) FROM d.t) + 10 WHERE id = 2");
    assertThat(run("SELECT SUM(v) FROM d.t").rows().rows().get(0)[0]).isIn(11L, 12L);
    assertThat(run("SELECT v FROM d.t WHERE id = 2").rows().rows().get(0)[0]).isEqualTo(11L);
  }

  /** The second statement does its work before the first one commits, and commits after it. */
  private void overlap(String first, String second) throws Exception {
    CountDownLatch secondReady = new CountDownLatch(1);
    CountDownLatch firstDone = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    hook.set(
        new StatementHook() {
          @Override
          public void beforeCommit(String sql, int index) {
            if (calls.incrementAndGet() == 1) {
              secondReady.countDown();
              await(firstDone);
            }
          }
        });
    CompletableFuture<StatementResult> slow = CompletableFuture.supplyAsync(() -> run(second));
    await(secondReady);
    run(first);
    firstDone.countDown();
    slow.get(30, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aKilledScriptKeepsWhatItCommitted() {
    run("CREATE TABLE d.t (id INT64)");
    hook.set(
        new StatementHook() {
          @Override
          public void beforeCommit(String sql, int index) {
            if (index == 1) {
              throw new IllegalStateException("killed");
            }
          }
        });
    assertThatThrownBy(() -> run("INSERT INTO d.t VALUES (1); INSERT INTO d.t VALUES (2);"))
        .hasMessage("killed");
    assertThat(engine.rowCount(TABLE)).isEqualTo(1);
  }

  @Test
  void opensAFileAgain(@TempDir Path folder) {
    Path file = folder.resolve("bigquery.db");
    try (Engine first = Engine.open(file, clock())) {
      first.createDataset(DatasetDefinition.of(DATASET));
      first.run(QueryRequest.of("p", "CREATE TABLE d.t AS SELECT 1 AS id"));
    }
    try (Engine second = Engine.open(file, clock())) {
      assertThat(second.rowCount(TABLE)).isEqualTo(1);
      assertThat(second.table(TABLE).orElseThrow().created()).isEqualTo(START);
    }
  }
}
