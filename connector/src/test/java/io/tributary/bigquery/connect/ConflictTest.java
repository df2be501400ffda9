package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Items.list;
import static io.tributary.bigquery.connect.Items.row;
import static io.tributary.bigquery.connect.Items.struct;
import static io.tributary.bigquery.connect.Items.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values of a type that the column that is there does not take. */
final class ConflictTest {
  private static final Schema NUMBER = Schema.OPTIONAL_INT64_SCHEMA;
  private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;

  private final TaskHarness harness = new TaskHarness();
  private final Items items = new Items(harness);

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aFieldOfAStructureGetsAFieldBesideIt() {
    Schema before = struct("a", TEXT, "deep", struct("b", list(struct("c", TEXT))));
    Schema after = struct("a", NUMBER, "deep", struct("b", list(struct("c", NUMBER))));
    RunningTask task = harness.task(Map.of("schema.conflict", "new-column"));
    Changes old = Items.changes(0).column("s", before);
    task.put(List.of(old.insert(row(1, "s", deep(before, "x"))), old.insert(row(2, "s", null))));
    Changes changed = Items.changes(0).at(0, 2).log(null, 50_000_000).column("s", after);
    task.put(
        List.of(
            changed.insert(row(3, "s", deep(after, 3L))),
            changed.update(row(2, "s", deep(after, 2L)))));
    task.put(
        List.of(old.at(0, 4).log(null, 60_000_000).update(row(3, "s", deep(before, "again")))));
    task.awaitApplied();
    assertThat(task.context.deadLetters).isEmpty();
    assertThat(items.values("CONCAT(COALESCE(s.a, '-'), COALESCE(CAST(s.a_int64 AS STRING), '-'))"))
        .isEqualTo(texts(1, "x-", 2, "-2", 3, "again-"));
    assertThat(
            items.values(
                "(SELECT STRING_AGG(CONCAT(COALESCE(e.c, '-'), COALESCE(CAST(e.c_int64 AS STRING), '-')))"
                    + " FROM UNNEST(s.deep.b) AS e)"))
        .isEqualTo(texts(1, "x-,x-", 2, "-2,-2", 3, "again-,again-"));
  }

  @Test
  void aNameThatIsTakenIsNoWayOut() {
    RunningTask task = harness.task(Map.of("schema.conflict", "new-column"));
    Changes old = Items.changes(0).column("s", struct("a", TEXT));
    task.put(List.of(old.insert(row(1, "s", new Struct(struct("a", TEXT)).put("a", "x")))));
    Schema both = struct("a", NUMBER, "a_int64", NUMBER);
    Changes changed = Items.changes(0).at(0, 1).column("s", both);
    assertThatThrownBy(
            () ->
                task.put(
                    List.of(
                        changed.insert(
                            row(2, "s", new Struct(both).put("a", 1L).put("a_int64", 2L))))))
        .hasMessageContaining("TRIB-410");
  }

  @Test
  void anUnknownValueIsKeptInWhicheverColumnItIs() {
    RunningTask task = harness.task(Map.of("schema.conflict", "new-column"));
    Changes old = Items.changes(0).column("big", TEXT).column("note", TEXT).column("small", NUMBER);
    task.put(
        List.of(
            old.insert(row(1, "big", "one", "note", "a", "small", 1L)),
            old.insert(row(2, "big", "two", "note", "b", "small", 2L))));
    Schema numbers = list(Schema.INT64_SCHEMA);
    Changes changed =
        Items.changes(0)
            .at(0, 2)
            .log(null, 50_000_000)
            .column("big", numbers)
            .column("note", NUMBER)
            .column("small", NUMBER);
    task.put(List.of(changed.update(row(2, "big", List.of(7L, 8L), "note", 9L, "small", 20L))));
    task.awaitApplied();
    // Behind the change of type: records of the old type, which do not tell the value.
    Object unknown = Events.UNAVAILABLE;
    old.at(0, 3).log(null, 60_000_000);
    task.put(
        List.of(
            old.update(row(1, "big", unknown, "note", unknown, "small", 11L)),
            old.update(row(2, "big", unknown, "note", unknown, "small", 21L))));
    task.awaitApplied();
    assertThat(items.column("small")).isEqualTo(texts(1, "11", 2, "21"));
    assertThat(items.column("big")).isEqualTo(texts(1, "one", 2, null));
    assertThat(items.column("note")).isEqualTo(texts(1, "a", 2, null));
    assertThat(items.column("note_int64")).isEqualTo(texts(1, null, 2, "9"));
    assertThat(
            items.values(
                "ARRAY_TO_STRING(ARRAY(SELECT CAST(n AS STRING) FROM UNNEST(big_int64) AS n), ',')"))
        .isEqualTo(texts(1, "", 2, "7,8"));
  }

  private static final String JOINED = "(SELECT STRING_AGG(CAST(n AS STRING)) FROM UNNEST(l) AS n)";
  private static final Schema DECIMAL =
      Decimal.builder(1).parameter("connect.decimal.precision", "9").optional().build();

  @Test
  void aWiderNumberInAnArrayGetsAColumnBesideIt() {
    RunningTask task = harness.task(Map.of("schema.conflict", "new-column"));
    wholeThenFractions(task);
    task.awaitApplied();
    assertThat(task.context.reasons).isEmpty();
    assertThat(items.type("l_numeric")).isEqualTo("ARRAY<NUMERIC>");
    assertThat(items.values("TO_JSON_STRING(STRUCT(l, l_numeric, s[0].n, s[0].n_numeric))"))
        .isEqualTo(
            texts(
                1,
                "{\"l\":[1,2],\"l_numeric\":[],\"n\":3,\"n_numeric\":null}",
                2,
                "{\"l\":[],\"l_numeric\":[1,\"2.5\"],\"n\":null,\"n_numeric\":7}"));
  }

  @Test
  void aWiderNumberInAnArrayIsADeadLetterByChoice() {
    RunningTask task = harness.task(Map.of("schema.conflict", "dead-letter"));
    wholeThenFractions(task);
    task.awaitApplied();
    assertThat(task.context.reasons).singleElement().asString().contains("TRIB-203");
    assertThat(items.values(JOINED)).isEqualTo(texts(1, "1,2"));
  }

  @Test
  void aChosenTypeOfAnArrayTakesTheWholeNumbersOfAWiderOne() {
    RunningTask task = harness.task(Map.of("table.override.items.column.l.type", "ARRAY<INT64>"));
    Changes changes = Items.changes(0).column("l", list(DECIMAL));
    task.put(
        List.of(
            changes.insert(row(1, "l", List.of(new BigDecimal("2.0")))),
            changes.insert(row(2, "l", List.of(new BigDecimal("2.5"))))));
    task.awaitApplied();
    assertThat(task.context.reasons).singleElement().asString().contains("TRIB-201");
    assertThat(items.values(JOINED)).isEqualTo(texts(1, "2"));
  }

  private static void wholeThenFractions(RunningTask task) {
    Schema narrow = struct("n", NUMBER);
    Changes old = Items.changes(0).column("l", list(NUMBER)).column("s", list(narrow));
    task.put(
        List.of(
            old.insert(
                row(1, "l", List.of(1L, 2L), "s", List.of(new Struct(narrow).put("n", 3L))))));
    Schema wide = struct("n", DECIMAL);
    Changes changed =
        Items.changes(0)
            .at(0, 1)
            .log(null, 50_000_000)
            .column("l", list(DECIMAL))
            .column("s", list(wide));
    task.put(
        List.of(
            changed.insert(
                row(
                    2,
                    "l",
                    List.of(new BigDecimal("1.0"), new BigDecimal("2.5")),
                    "s",
                    List.of(new Struct(wide).put("n", new BigDecimal("7.0")))))));
  }

  /** A column of each type that becomes text, its values before and what they are as text. */
  private record Retyped(String column, Schema schema, Object value) {}

  private static final List<Retyped> RETYPED =
      List.of(
          new Retyped("whole", NUMBER, Long.MIN_VALUE),
          new Retyped("real", Schema.OPTIONAL_FLOAT64_SCHEMA, 0.1 + 0.2),
          new Retyped("small", Schema.OPTIONAL_FLOAT64_SCHEMA, Double.MIN_VALUE),
          new Retyped("large", Schema.OPTIONAL_FLOAT64_SCHEMA, -1e15),
          new Retyped("round", Schema.OPTIONAL_FLOAT64_SCHEMA, 1e5),
          new Retyped("yes", Schema.OPTIONAL_BOOLEAN_SCHEMA, true),
          new Retyped("day", temporal(SchemaBuilder.int32(), "Date"), -719_162),
          new Retyped("hour", temporal(SchemaBuilder.int64(), "MicroTime"), 3_723_000_400L),
          new Retyped("civil", temporal(SchemaBuilder.int64(), "MicroTimestamp"), -1_500_000L),
          new Retyped(
              "instant",
              temporal(SchemaBuilder.string(), "ZonedTimestamp"),
              "2024-02-29T23:59:59.000001Z"),
          new Retyped("bytes", Schema.OPTIONAL_BYTES_SCHEMA, "Größe".getBytes(UTF_8)),
          new Retyped(
              "price",
              Decimal.builder(2).parameter("connect.decimal.precision", "9").optional().build(),
              new BigDecimal("-100.50")));

  @Test
  void aTableIsWrittenAnewOnceWhileOldAndNewRecordsTakeTurns() {
    Map<String, String> anew = Map.of("schema.conflict", "recreate");
    List<SinkRecord> records = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Changes source = Items.changes(0).at(0, i).log(null, 30_000_000 + 1_000L * i);
      Map<String, Object> row = row(i);
      for (Retyped one : RETYPED) {
        source.column(one.column(), i % 2 == 0 ? one.schema() : TEXT);
        row.put(one.column(), i % 2 == 0 ? one.value() : "text " + i);
      }
      records.add(source.insert(row));
    }
    RunningTask first = harness.task(anew);
    first.put(records.subList(0, 1));
    first.awaitApplied();
    first.put(records.subList(1, 3));
    first.awaitApplied();
    first.put(records.subList(3, 5));
    first.stop();
    RunningTask second = harness.task(anew);
    second.put(records.subList(3, 8));
    second.awaitApplied();
    Map<String, Map<Long, String>> before = retyped();
    RunningTask again = harness.task(anew);
    again.put(records);
    again.awaitApplied();
    assertThat(again.context.deadLetters).isEmpty();
    assertThat(retyped()).isEqualTo(before);
    assertThat(rewrites()).isEqualTo(1);
    for (Retyped one : RETYPED) {
      assertThat(items.type(one.column())).as(one.column()).isEqualTo("STRING");
      String text = before.get(one.column()).get(0L);
      assertThat(before.get(one.column()))
          .as("what the rewrite made of %s is what records of the old type become", one.column())
          .isEqualTo(
              texts(
                  0, text, 1, "text 1", 2, text, 3, "text 3", 4, text, 5, "text 5", 6, text, 7,
                  "text 7"));
    }
    assertThat(before.get("real").get(0L)).isEqualTo("0.30000000000000004");
    assertThat(before.get("price").get(0L)).isEqualTo("-100.5");
    assertThat(before.get("civil").get(0L)).isEqualTo("1969-12-31 23:59:58.500");
  }

  @Test
  void fieldsAndItemsAreWidenedLikeColumnsAndNoneIsLost() {
    Map<String, String> anew = Map.of("schema.conflict", "recreate");
    Schema before = struct("a", NUMBER, "gone", TEXT);
    Schema after = struct("a", TEXT, "more", TEXT);
    Schema day = temporal(SchemaBuilder.int32(), "Date");
    Schema time = temporal(SchemaBuilder.int64(), "MicroTimestamp");
    RunningTask task = harness.task(anew);
    Changes old = Items.changes(0).column("s", before).column("l", list(NUMBER)).column("t", day);
    Struct one = new Struct(before).put("a", 1L).put("gone", "kept");
    task.put(List.of(old.insert(row(1, "s", one, "l", List.of(1L, 2L), "t", 1))));
    task.awaitApplied();
    Changes changed =
        Items.changes(0).at(0, 1).log(null, 50_000_000).column("s", after).column("l", list(TEXT));
    changed.column("t", time);
    Struct two = new Struct(after).put("a", "x").put("more", "y");
    task.put(List.of(changed.insert(row(2, "s", two, "l", List.of("z"), "t", 1L))));
    old.at(0, 2).log(null, 60_000_000);
    task.put(List.of(old.insert(row(3, "s", one, "l", List.of(3L), "t", 2))));
    task.awaitApplied();
    assertThat(task.context.reasons).isEmpty();
    assertThat(items.values("CONCAT(s.a, COALESCE(s.gone, '-'), COALESCE(s.more, '-'))"))
        .isEqualTo(texts(1, "1kept-", 2, "x-y", 3, "1kept-"));
    assertThat(items.values("ARRAY_TO_STRING(l, ',')")).isEqualTo(texts(1, "1,2", 2, "z", 3, "3"));
    assertThat(items.column("t"))
        .isEqualTo(
            texts(
                1,
                "1970-01-02 00:00:00",
                2,
                "1970-01-01 00:00:00.000001",
                3,
                "1970-01-03 00:00:00"));
    assertThat(rewrites()).isEqualTo(1);
  }

  @Test
  void aTableThatIsWrittenAnewKeepsWhatTheDocumentationSays() {
    harness.query(
        "CREATE TABLE "
            + Items.TABLE
            + " (id INT64 NOT NULL OPTIONS(description = 'the key'), n INT64, day DATE,"
            + " PRIMARY KEY (id) NOT ENFORCED) PARTITION BY day CLUSTER BY id"
            + " OPTIONS(description = 'by hand', labels = [('team', 'shop')],"
            + " partition_expiration_days = 5000)");
    RunningTask task = harness.task(Map.of("schema.conflict", "recreate"));
    Changes source =
        Items.changes(0).column("n", NUMBER).column("day", temporal(SchemaBuilder.int32(), "Date"));
    task.put(List.of(source.insert(row(1, "n", 7L, "day", 20_000))));
    task.awaitApplied();
    Table before = harness.table("items");
    source.drop("n").column("n", Schema.OPTIONAL_FLOAT64_SCHEMA);
    task.put(List.of(source.insert(row(2, "n", 0.5, "day", 20_000))));
    task.awaitApplied();
    assertThat(rewrites()).isEqualTo(1);
    assertThat(items.column("n")).isEqualTo(texts(1, "7", 2, "0.5"));
    Table after = harness.table("items");
    assertThat(after.getCreationTime()).isNotEqualTo(before.getCreationTime());
    assertThat(after.getDescription()).isEqualTo("by hand").isEqualTo(before.getDescription());
    assertThat(after.getLabels()).containsEntry("team", "shop").isEqualTo(before.getLabels());
    assertThat(after.getTableConstraints()).isEqualTo(before.getTableConstraints());
    StandardTableDefinition definition = after.getDefinition();
    StandardTableDefinition former = before.getDefinition();
    assertThat(definition.getClustering()).isNotNull().isEqualTo(former.getClustering());
    assertThat(definition.getTimePartitioning())
        .isNotNull()
        .isEqualTo(former.getTimePartitioning());
    assertThat(definition.getSchema().getFields().get("id"))
        .isEqualTo(former.getSchema().getFields().get("id"))
        .returns("the key", Field::getDescription)
        .returns(Field.Mode.REQUIRED, Field::getMode);
  }

  @Test
  void aTableThatCannotBeConvertedIsLeftAsItWas() {
    Map<String, String> anew = Map.of("schema.conflict", "recreate");
    RunningTask task = harness.task(anew);
    Changes source = Items.changes(0).column("n", NUMBER);
    task.put(List.of(source.insert(row(1, "n", (1L << 53) + 1))));
    task.awaitApplied();
    source.drop("n").column("n", Schema.OPTIONAL_FLOAT64_SCHEMA);
    assertThatThrownBy(() -> task.put(List.of(source.insert(row(2, "n", 0.5)))))
        .hasMessageContaining("TRIB-410")
        .hasMessageContaining("left as it was");
    assertThat(items.column("n")).isEqualTo(texts(1, "9007199254740993"));
  }

  private Map<String, Map<Long, String>> retyped() {
    Map<String, Map<Long, String>> retyped = new HashMap<>();
    RETYPED.forEach(one -> retyped.put(one.column(), items.column(one.column())));
    return retyped;
  }

  private long rewrites() {
    return harness.emulator().jobs().stream()
        .filter(job -> job.sql().startsWith("CREATE OR REPLACE TABLE"))
        .count();
  }

  private static Schema temporal(SchemaBuilder schema, String name) {
    return schema.name("io.debezium.time." + name).optional().build();
  }

  private static Struct deep(Schema schema, Object value) {
    Schema deep = schema.field("deep").schema();
    Schema item = deep.field("b").schema().valueSchema();
    Struct c = new Struct(item).put("c", value);
    return new Struct(schema).put("a", value).put("deep", new Struct(deep).put("b", List.of(c, c)));
  }
}
