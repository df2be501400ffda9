package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables whose source changes while tasks write them. */
final class SchemaTest {
  private static final String ITEMS = Items.TABLE;
  private static final String STAGING = "`local.ds.tributary_staging_items`";
  private static final Schema EXACT =
      Decimal.builder(2).parameter("connect.decimal.precision", "20").optional().build();

  private final TaskHarness harness = new TaskHarness();
  private final Items items = new Items(harness);

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aTaskOnTheOldSchemaLosesNothingWhileAnotherWidensAColumn() {
    RunningTask early = harness.task(0, Map.of());
    RunningTask late = harness.task(1, Map.of());
    Changes old = Items.changes(1).column("amount", Schema.OPTIONAL_INT64_SCHEMA);
    late.put(
        List.of(old.insert(Items.row(1, "amount", 10L)), old.insert(Items.row(3, "amount", 30L))));
    late.awaitApplied();

    Changes wide = Items.changes(0).column("amount", EXACT).log(null, 50_000_000);
    early.put(List.of(wide.insert(Items.row(2, "amount", new BigDecimal("20.25")))));
    late.put(List.of(old.log(null, 60_000_000).update(Items.row(3, "amount", 31L))));
    early.awaitApplied();
    late.awaitApplied();
    late.put(
        List.of(old.update(Items.row(1, "amount", 11L)), old.insert(Items.row(5, "amount", null))));
    late.awaitApplied();

    assertThat(items.column("amount"))
        .isEqualTo(Items.texts(1, "11", 2, "20.25", 3, "31", 5, null));
    assertThat(
            harness.count("SELECT COUNT(*) FROM " + STAGING + " WHERE trib_numeric_amount = 20.25"))
        .as("the wider value is staged beside the old column")
        .isEqualTo(1);
    assertThat(harness.count("SELECT COUNT(*) FROM " + STAGING + " WHERE amount = 31"))
        .isEqualTo(1);
  }

  @Test
  void recordsOfManySchemasEndRightAlsoWhenTheyAreReadAgain() {
    List<SinkRecord> records = new ArrayList<>();
    Changes source = Items.changes(0).column("name", Schema.OPTIONAL_STRING_SCHEMA);
    source.column("amount", Schema.OPTIONAL_INT64_SCHEMA);
    records.add(source.insert(Items.row(1, "name", "a", "amount", 1L)));
    records.add(source.insert(Items.row(2, "name", "b", "amount", 2L)));
    records.add(source.insert(Items.row(3, "name", "c", "amount", 3L)));
    source.column("note", Schema.OPTIONAL_STRING_SCHEMA);
    records.add(source.update(Items.row(1, "name", "a", "amount", 11L, "note", "added")));
    source.drop("note");
    records.add(source.insert(Items.row(4, "name", "d", "amount", 4L)));
    source.column("note", Schema.OPTIONAL_STRING_SCHEMA).drop("amount").column("amount", EXACT);
    records.add(
        source.update(Items.row(2, "name", "b", "amount", new BigDecimal("2.50"), "note", "wide")));
    source.drop("amount").column("amount", Schema.OPTIONAL_INT64_SCHEMA);
    records.add(source.update(Items.row(4, "name", "d", "amount", 44L, "note", "old again")));
    source.drop("amount").column("amount", EXACT).drop("name");
    records.add(source.update(Items.row(3, "amount", new BigDecimal("3.75"), "note", "nameless")));
    records.add(source.delete(Items.row(1)));
    records.add(source.insert(Items.row(5, "amount", new BigDecimal("5.00"), "note", "last")));

    RunningTask first = harness.task();
    first.put(records.subList(0, 3));
    first.awaitApplied();
    first.put(records.subList(3, 7));
    first.task.stop();
    RunningTask second = harness.task();
    second.put(records.subList(3, records.size()));
    second.awaitApplied();
    expectTheEnd();

    RunningTask again = harness.task();
    again.put(records);
    again.awaitApplied();
    expectTheEnd();
    assertThat(again.context.deadLetters).isEmpty();
  }

  private void expectTheEnd() {
    assertThat(items.column("amount")).isEqualTo(Items.texts(2, "2.5", 3, "3.75", 4, "44", 5, "5"));
    assertThat(items.column("note"))
        .isEqualTo(Items.texts(2, "wide", 3, "nameless", 4, "old again", 5, "last"));
    assertThat(items.column("name")).isEqualTo(Items.texts(2, "b", 3, null, 4, "d", 5, null));
  }

  @Test
  void waitsUntilTheWritePathSeesANewColumn() {
    RunningTask task = harness.task(Map.of("schema.propagation.timeout.ms", "30000"));
    Changes source = Items.changes(0).column("name", Schema.OPTIONAL_STRING_SCHEMA);
    task.put(List.of(source.insert(Items.row(1, "name", "a"))));
    task.awaitApplied();
    Fault fault =
        harness
            .emulator()
            .faults()
            .lagSchema(
                new TableRef("local", "ds", "tributary_staging_items"), Duration.ofSeconds(3));
    source.column("note", Schema.OPTIONAL_STRING_SCHEMA);
    task.put(
        List.of(
            source.update(Items.row(1, "name", "b", "note", "x")),
            source.insert(Items.row(2, "name", "c", "note", "y"))));
    task.awaitApplied();
    assertThat(fault.fired()).isPositive();
    assertThat(items.column("note")).isEqualTo(Items.texts(1, "x", 2, "y"));
    assertThat(items.column("name")).isEqualTo(Items.texts(1, "b", 2, "c"));
  }

  @Test
  void aWaitForTheWritePathHasAnEnd() {
    RunningTask task = harness.task(Map.of("schema.propagation.timeout.ms", "10000"));
    Changes source = Items.changes(0).column("name", Schema.OPTIONAL_STRING_SCHEMA);
    task.put(List.of(source.insert(Items.row(1, "name", "a"))));
    task.awaitApplied();
    Fault fault =
        harness
            .emulator()
            .faults()
            .lagSchema(
                new TableRef("local", "ds", "tributary_staging_items"), Duration.ofMinutes(5));
    source.column("note", Schema.OPTIONAL_STRING_SCHEMA);
    task.put(List.of(source.insert(Items.row(2, "name", "c", "note", "y"))));
    assertThatThrownBy(task::awaitApplied).hasMessageContaining("TRIB-302");
    assertThat(fault.fired()).isPositive();
    assertThat(task.committable()).isEqualTo(1);
  }

  @Test
  void growsStructuresAndTheirArrays() {
    Schema narrow = Items.struct("a", Schema.OPTIONAL_INT64_SCHEMA);
    Schema wide =
        SchemaBuilder.struct()
            .field("b", Schema.OPTIONAL_STRING_SCHEMA)
            .field("a", EXACT)
            .optional()
            .build();
    Schema longer =
        SchemaBuilder.struct()
            .field("b", Schema.OPTIONAL_STRING_SCHEMA)
            .field("a", Schema.OPTIONAL_INT64_SCHEMA)
            .optional()
            .build();
    RunningTask task = harness.task();
    Changes source = Items.changes(0).column("s", narrow).column("l", Items.list(narrow));
    var small = new Struct(narrow).put("a", 1L);
    task.put(List.of(source.insert(Items.row(1, "s", small, "l", List.of(small, small)))));
    task.awaitApplied();
    source.drop("s").drop("l").column("s", wide).column("l", Items.list(longer));
    var more = new Struct(longer).put("b", "y").put("a", 4L);
    var big = new Struct(wide).put("b", "x").put("a", new BigDecimal("2.50"));
    task.put(List.of(source.insert(Items.row(2, "s", big, "l", List.of(more)))));
    Changes old = Items.changes(0).at(0, 2).log(null, 70_000_000).column("s", narrow);
    old.column("l", Items.list(narrow));
    task.put(List.of(old.insert(Items.row(3, "s", small, "l", List.of(small)))));
    task.awaitApplied();
    assertThat(items.values("CONCAT(CAST(s.a AS STRING), ',', COALESCE(s.b, '-'))"))
        .isEqualTo(Items.texts(1, "1,-", 2, "2.5,x", 3, "1,-"));
    assertThat(
            items.values(
                "(SELECT STRING_AGG(CONCAT(CAST(e.a AS STRING), COALESCE(e.b, ''))) FROM UNNEST(l) AS e)"))
        .isEqualTo(Items.texts(1, "1,1", 2, "4y", 3, "1"));
  }

  @Test
  void aConflictStopsTheTaskUnlessChosenOtherwise() {
    conflict("fail");
    assertThatThrownBy(() -> harness.task(retyped("fail")).put(conflicting()))
        .hasMessageContaining("TRIB-410")
        .hasMessageContaining("name")
        .hasMessageContaining("STRING")
        .hasMessageContaining("INT64");
    RunningTask strict = harness.task(retyped("dead-letter"));
    strict.put(conflicting());
    strict.awaitApplied();
    assertThat(strict.context.deadLetters).hasSize(1);
    assertThat(items.column("name")).isEqualTo(Items.texts(1, "12"));
    RunningTask aside = harness.task(retyped("new-column"));
    aside.put(conflicting());
    aside.awaitApplied();
    assertThat(items.column("name")).isEqualTo(Items.texts(1, "12", 2, null));
    assertThat(items.column("name_int64")).isEqualTo(Items.texts(1, null, 2, "7"));
  }

  private void conflict(String policy) {
    RunningTask task = harness.task(retyped(policy));
    Changes source = Items.changes(0).column("name", Schema.OPTIONAL_STRING_SCHEMA);
    task.put(List.of(source.insert(Items.row(1, "name", "12"))));
    task.awaitApplied();
  }

  private static Map<String, String> retyped(String policy) {
    return Map.of("schema.conflict", policy);
  }

  private static List<SinkRecord> conflicting() {
    Changes source = Items.changes(0).at(0, 1).log(null, 80_000_000);
    return List.of(
        source.column("name", Schema.OPTIONAL_INT64_SCHEMA).insert(Items.row(2, "name", 7L)));
  }

  @Test
  void takesAnotherKeyOverIfEveryRowHasIt() {
    Changes source = Items.changes(0).column("code", Schema.OPTIONAL_STRING_SCHEMA);
    RunningTask before = harness.task();
    before.put(
        List.of(
            source.insert(Items.row(1, "code", "a")), source.insert(Items.row(2, "code", "b"))));
    before.awaitApplied();
    before.task.stop();
    Changes rekeyed =
        Changes.postgres("public", "items")
            .topic(Events.TOPIC)
            .at(0, 2)
            .log(null, 80_000_000)
            .column("id", Schema.INT64_SCHEMA)
            .key("code", Schema.STRING_SCHEMA);
    List<SinkRecord> records =
        List.of(
            rekeyed.update(Items.row(10, "code", "a")),
            rekeyed.insert(Items.row(3, "code", "c")),
            rekeyed.delete(Map.of("code", "b")));
    assertThatThrownBy(() -> harness.task().put(records)).hasMessageContaining("TRIB-405");
    RunningTask after = harness.task(retyped("recreate"));
    after.put(records);
    after.awaitApplied();
    assertThat(items.column("code")).isEqualTo(Items.texts(3, "c", 10, "a"));
  }

  @Test
  void refusesAKeyThatRowsLack() {
    Changes source = Items.changes(0).column("code", Schema.OPTIONAL_STRING_SCHEMA);
    RunningTask before = harness.task();
    before.put(
        List.of(
            source.insert(Items.row(1, "code", "a")), source.insert(Items.row(2, "code", null))));
    before.awaitApplied();
    Changes rekeyed =
        Changes.postgres("public", "items")
            .topic(Events.TOPIC)
            .at(0, 2)
            .log(null, 80_000_000)
            .column("id", Schema.INT64_SCHEMA)
            .key("code", Schema.STRING_SCHEMA);
    List<SinkRecord> records = List.of(rekeyed.update(Items.row(1, "code", "a")));
    assertThatThrownBy(() -> harness.task(retyped("recreate")).put(records))
        .hasMessageContaining("TRIB-410");
    assertThat(items.column("code")).isEqualTo(Items.texts(1, "a", 2, null));
  }

  @Test
  void adoptsATableThatFits() {
    run("CREATE TABLE " + ITEMS + " (id INT64, name STRING, extra DATE)");
    run("INSERT INTO " + ITEMS + " (id, name) VALUES (1, 'by hand'), (2, 'too')");
    RunningTask task = harness.task();
    Changes source = Items.changes(0).column("name", Schema.OPTIONAL_STRING_SCHEMA);
    task.put(
        List.of(
            source.update(Items.row(2, "name", "mine")),
            source.insert(Items.row(3, "name", "new"))));
    task.awaitApplied();
    assertThat(items.column("name")).isEqualTo(Items.texts(1, "by hand", 2, "mine", 3, "new"));
  }

  @Test
  void refusesToAdoptWhatItCannotKeepRight() {
    List<SinkRecord> records =
        List.of(
            Items.changes(0)
                .column("name", Schema.OPTIONAL_STRING_SCHEMA)
                .insert(Items.row(1, "name", "a")));
    run("CREATE TABLE " + ITEMS + " AS SELECT 1 AS id, 'a' AS name UNION ALL SELECT 1, 'b'");
    refused(records, "TRIB-405", "1 values stand in several rows");
    run("CREATE OR REPLACE TABLE " + ITEMS + " AS SELECT CAST(NULL AS INT64) AS id, 'a' AS name");
    refused(records, "TRIB-405", "1 rows have NULL");
    run(
        "CREATE OR REPLACE TABLE "
            + ITEMS
            + " (id INT64, name STRING, PRIMARY KEY (id) NOT ENFORCED) OPTIONS (max_staleness = INTERVAL 10 MINUTE)");
    refused(records, "TRIB-411", "max_staleness");
    run("DROP TABLE " + ITEMS);
    run("CREATE VIEW " + ITEMS + " AS SELECT 1 AS id, 'a' AS name");
    refused(records, "TRIB-405", "VIEW");
  }

  private void refused(List<SinkRecord> records, String code, String reason) {
    assertThatThrownBy(() -> harness.task().put(records))
        .hasMessageContaining(code)
        .hasMessageContaining(reason);
  }

  @Test
  void noticesWhatWasDoneToATableByHand() {
    Changes source = Items.changes(0).column("name", Schema.OPTIONAL_STRING_SCHEMA);
    noticed(source, "ALTER TABLE " + ITEMS + " DROP COLUMN name", "Column name");
    noticed(source, "ALTER TABLE " + ITEMS + " DROP PRIMARY KEY", "primary key");
    noticed(source, "DROP TABLE " + ITEMS, "was dropped");
  }

  private void noticed(Changes source, String statement, String reason) {
    RunningTask task = harness.task();
    task.put(List.of(source.insert(Items.row(1, "name", "a"))));
    task.awaitApplied();
    run(statement);
    task.put(List.of(source.update(Items.row(1, "name", "b"))));
    assertThatThrownBy(task::awaitApplied)
        .hasMessageContaining("TRIB-405")
        .hasMessageContaining(reason);
    task.task.stop();
  }

  @Test
  void createsDatasetsOnRequest() {
    RunningTask task =
        harness.task(
            Map.of(
                "auto.create.datasets",
                "true",
                "dataset",
                "fresh",
                "staging.dataset",
                "fresh_staging"));
    Schema described = SchemaBuilder.string().optional().doc("what it is called").build();
    Changes source =
        Changes.postgres("public", "items").topic(Events.TOPIC).column("name", described);
    source.key("id", Schema.INT64_SCHEMA);
    task.put(List.of(source.insert(Items.row(1, "name", "a"))));
    task.awaitApplied();
    assertThat(harness.count("SELECT COUNT(*) FROM local.fresh.items WHERE name = 'a'"))
        .isEqualTo(1);
    List<String> columns = new ArrayList<>();
    harness
        .query(
            "SELECT CONCAT(column_name, ':', COALESCE(description, ''))"
                + " FROM fresh.INFORMATION_SCHEMA.COLUMN_FIELD_PATHS WHERE table_name = 'items'"
                + " AND field_path IN ('id', 'name')")
        .forEach(cells -> columns.add(cells.get(0).getStringValue()));
    assertThat(columns)
        .as("in the source's order")
        .containsExactly("name:what it is called", "id:");
  }

  private void run(String sql) {
    harness.query(sql);
  }
}
