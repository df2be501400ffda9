package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.jobs.JobRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tables of mode cdc: made, changed and taken over. */
final class CdcTablesTest {
  private static final TableRef ITEMS = new TableRef("local", "ds", "items");

  private final TaskHarness harness = new TaskHarness();
  private final Items items = new Items(harness);
  private final Changes changes = Items.changes(0).column("number", Schema.OPTIONAL_INT32_SCHEMA);

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aTableIsMadeWithItsKeyAndByHowMuchQueriesMayLag() {
    RunningTask task = cdc(Map.of("max.staleness", "PT15M"));
    apply(task, changes.insert(Items.row(1, "number", 1)));
    assertThat(harness.primaryKey()).containsExactly("id");
    assertThat(options()).containsExactly("max_staleness=0-0 0 0:15:0");
    assertThat(harness.texts("id")).as("the table's own state is behind").isEmpty();
    harness.emulator().applyChanges(ITEMS);
    assertThat(harness.texts("id", "number")).containsExactly("1|1");
  }

  @Test
  void aChangedLagIsWrittenToTheLiveTableOnce() {
    apply(cdc(Map.of()), changes.insert(Items.row(1, "number", 1)));
    assertThat(options()).isEmpty();
    apply(cdc(Map.of("max.staleness", "600000")), changes.insert(Items.row(2, "number", 1)));
    assertThat(options()).containsExactly("max_staleness=0-0 0 0:10:0");
    apply(cdc(Map.of("max.staleness", "PT20M")), changes.insert(Items.row(3, "number", 1)));
    assertThat(options()).containsExactly("max_staleness=0-0 0 0:20:0");
    apply(cdc(Map.of("max.staleness", "PT10M")), changes.insert(Items.row(4, "number", 1)));
    assertThat(options()).containsExactly("max_staleness=0-0 0 0:10:0");
    long statements = statements();
    apply(cdc(Map.of("max.staleness", "PT10M")), changes.insert(Items.row(5, "number", 1)));
    assertThat(statements()).isEqualTo(statements);
    apply(cdc(Map.of()), changes.insert(Items.row(6, "number", 1)));
    assertThat(options()).containsExactly("max_staleness=0-0 0 0:0:0");
    assertThat(items.column("number")).hasSize(6);
  }

  @Test
  void theTableFollowsItsSourceWhileTheWritePathLags() {
    RunningTask task = cdc(Map.of());
    apply(task, changes.insert(Items.row(1, "number", 1)));
    Fault lag = harness.emulator().faults().lagSchema(ITEMS, Duration.ofSeconds(2));
    SinkRecord old = changes.insert(Items.row(2, "number", 2));
    changes.column("later", Schema.OPTIONAL_STRING_SCHEMA);
    task.put(List.of(old, changes.insert(Items.row(3, "number", 3, "later", "x"))));
    task.awaitApplied();
    assertThat(lag.fired()).isPositive();
    assertThat(items.column("later")).isEqualTo(Items.texts(1, null, 2, null, 3, "x"));

    changes.drop("number").column("number", Schema.OPTIONAL_FLOAT64_SCHEMA);
    assertThatThrownBy(() -> apply(task, changes.insert(Items.row(4, "number", 1.5))))
        .hasMessageContaining("TRIB-410");
  }

  @Test
  void aColumnThatHasToBecomeWiderIsAConflict() {
    RunningTask task = cdc(Map.of());
    apply(task, changes.insert(Items.row(1, "number", 1)));
    changes.drop("number").column("number", Decimal.builder(2).optional().build());
    assertThatThrownBy(
            () -> apply(task, changes.insert(Items.row(2, "number", new BigDecimal("2.50")))))
        .hasMessageContaining("TRIB-410");
    assertThat(items.type("number")).isEqualTo("INT64");
    assertThat(items.column("number")).isEqualTo(Items.texts(1, "1"));
  }

  @Test
  void tablesWithRowsAreTakenOverWhereTheirKeyHolds() {
    harness.query("CREATE TABLE ds.items (id INT64 NOT NULL, number INT64, must STRING NOT NULL)");
    harness.query("INSERT INTO ds.items VALUES (1, 1, 'a'), (2, 2, 'b')");
    changes.column("must", Schema.STRING_SCHEMA);
    RunningTask task = cdc(Map.of());
    apply(task, changes.update(Items.row(1, "number", 10, "must", "A")));
    apply(task, changes.delete(Map.of("id", 2L)));
    assertThat(items.column("number")).isEqualTo(Items.texts(1, "10"));
    assertThat(harness.primaryKey()).containsExactly("id");
  }

  @Test
  void aTableWhoseKeyDoesNotHoldIsRefused() {
    harness.query("CREATE TABLE ds.items (id INT64 NOT NULL, number INT64)");
    harness.query("INSERT INTO ds.items VALUES (1, 1), (1, 2)");
    RunningTask task = cdc(Map.of());
    assertThatThrownBy(() -> apply(task, changes.insert(Items.row(1, "number", 10))))
        .hasMessageContaining("TRIB-405");
  }

  @Test
  void aMergedTableMayBecomeACdcTableButNotTheOtherWayRound() {
    apply(harness.task(Map.of()), changes.insert(Items.row(1, "number", 1)));
    harness.query("DROP TABLE ds.tributary_staging_items");
    apply(cdc(Map.of()), changes.update(Items.row(1, "number", 2)));
    assertThat(items.column("number")).isEqualTo(Items.texts(1, "2"));
    RunningTask back = harness.task(Map.of());
    assertThatThrownBy(() -> apply(back, changes.update(Items.row(1, "number", 3))))
        .hasMessageContaining("TRIB-411");
    assertThat(items.column("number")).isEqualTo(Items.texts(1, "2"));
  }

  @Test
  void aDroppedTableIsToldAtOnce() {
    RunningTask task = cdc(Map.of());
    apply(task, changes.insert(Items.row(1, "number", 1)));
    harness.query("DROP TABLE ds.items");
    assertThatThrownBy(() -> apply(task, changes.insert(Items.row(2, "number", 1))))
        .hasMessageContaining("TRIB-405")
        .hasMessageContaining("dropped");
  }

  @Test
  void nothingChangesRowsByStatements() {
    RunningTask task = cdc(Map.of("labels", "team:shop", "max.staleness", "PT1M"));
    apply(task, changes.insert(Items.row(1, "number", 1)));
    apply(task, changes.update(Items.row(1, "number", 2)));
    apply(task, changes.delete(Map.of("id", 1L)));
    assertThat(harness.emulator().jobs())
        .extracting(JobRecord::statementType)
        .doesNotContain("MERGE", "INSERT", "UPDATE", "DELETE", "TRUNCATE_TABLE");
  }

  @Test
  void whatCannotHoldTogetherIsRefusedBefore() {
    assertThatThrownBy(() -> cdc(Map.of("schema.conflict", "recreate")))
        .hasMessageContaining("schema.conflict");
    assertThatThrownBy(() -> cdc(Map.of("table.override.items.schema.conflict", "recreate")))
        .hasMessageContaining("table.override.items.schema.conflict");
    assertThatThrownBy(
            () ->
                harness.task(
                    Map.of(
                        "table.override.items.write.mode", "cdc",
                        "table.override.items.max.staleness", "PT1M",
                        "cdc.unavailable", "lookup")))
        .hasMessageContaining("cdc.unavailable");
  }

  private RunningTask cdc(Map<String, String> more) {
    Map<String, String> props = new HashMap<>(more);
    props.put("write.mode", "cdc");
    return harness.task(props);
  }

  private static void apply(RunningTask task, SinkRecord change) {
    task.put(List.of(change));
    task.awaitApplied();
  }

  private List<String> options() {
    return harness
        .read(
            "SELECT option_name, option_value FROM ds.INFORMATION_SCHEMA.TABLE_OPTIONS"
                + " WHERE option_name = 'max_staleness' AND table_name = 'items'")
        .streamAll()
        .map(row -> row.get(0).getStringValue() + "=" + row.get(1).getStringValue())
        .toList();
  }

  private long statements() {
    return harness.emulator().jobs().stream()
        .filter(job -> "ALTER_TABLE".equals(job.statementType()))
        .count();
  }
}
