package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Items.list;
import static io.tributary.bigquery.connect.Items.row;
import static io.tributary.bigquery.connect.Items.struct;
import static io.tributary.bigquery.connect.Items.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
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
    Changes old = Items.changes(0).column("big", TEXT).column("small", NUMBER);
    task.put(
        List.of(
            old.insert(row(1, "big", "one", "small", 1L)),
            old.insert(row(2, "big", "two", "small", 2L))));
    Schema numbers = list(Schema.INT64_SCHEMA);
    Changes changed =
        Items.changes(0)
            .at(0, 2)
            .log(null, 50_000_000)
            .column("big", numbers)
            .column("small", NUMBER);
    task.put(List.of(changed.update(row(2, "big", List.of(7L, 8L), "small", 20L))));
    task.awaitApplied();
    // Behind the change of type: records of the old type, which do not tell the value.
    Object unknown = Events.UNAVAILABLE;
    old.at(0, 3).log(null, 60_000_000);
    task.put(
        List.of(
            old.update(row(1, "big", unknown, "small", 11L)),
            old.update(row(2, "big", unknown, "small", 21L))));
    task.awaitApplied();
    assertThat(items.column("small")).isEqualTo(texts(1, "11", 2, "21"));
    assertThat(items.column("big")).isEqualTo(texts(1, "one", 2, null));
    assertThat(
            items.values(
                "ARRAY_TO_STRING(ARRAY(SELECT CAST(n AS STRING) FROM UNNEST(big_int64) AS n), ',')"))
        .isEqualTo(texts(1, "", 2, "7,8"));
  }

  private static Struct deep(Schema schema, Object value) {
    Schema deep = schema.field("deep").schema();
    Schema item = deep.field("b").schema().valueSchema();
    Struct c = new Struct(item).put("c", value);
    return new Struct(schema).put("a", value).put("deep", new Struct(deep).put("b", List.of(c, c)));
  }
}
