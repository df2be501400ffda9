package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows in mode cdc that lack columns which the source did not send. */
final class CdcLookupTest {
  private final TaskHarness harness = new TaskHarness();
  private final Events events = new Events();
  private int given;

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void theyStopTheTaskUnlessAPolicyIsChosen() {
    RunningTask task = harness.task(Map.of("write.mode", "cdc"));
    events.insert(1, "a", 1);
    apply(task);
    events.update(1, UNAVAILABLE, 2);
    assertThatThrownBy(() -> apply(task)).hasMessageContaining("TRIB-207");
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1"));
  }

  @Test
  void theyAreSetAsideAlone() {
    RunningTask task = harness.task(Map.of("write.mode", "cdc", "cdc.unavailable", "dead-letter"));
    events.insert(1, "a", 1);
    apply(task);
    events.update(1, UNAVAILABLE, 2).insert(2, "b", 2).update(2, UNAVAILABLE, 3);
    apply(task);
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1", 2L, "b/3"));
    assertThat(task.deadLetters()).hasSize(1);
    assertThat(task.deadLetters().get(0).reason()).hasMessageContaining("TRIB-207");
  }

  @Test
  void theyAreCompletedByWhatTheTableHas() {
    RunningTask task = lookup(Map.of());
    events.insert(1, "a'\\\n", 1).insert(2, null, 2).document(3, "c", 3, "{\"x\": 1}");
    apply(task);
    long queries = queries();
    events.update(1, UNAVAILABLE, 10).update(2, UNAVAILABLE, 20);
    events.document(3, UNAVAILABLE, 30, UNAVAILABLE);
    apply(task);
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a'\\\n/10", 2L, "NULL/20", 3L, "c/30"));
    assertThat(harness.texts("doc")).contains("{\"x\": 1}");
    assertThat(queries() - queries).as("one for the cycle").isLessThanOrEqualTo(3);
    assertThat(task.deadLetters()).isEmpty();
  }

  @Test
  void rangesAreReadBackAsWell() {
    RunningTask task = lookup(Map.of());
    Changes changes = Items.changes(0).column("small", Schema.OPTIONAL_INT32_SCHEMA);
    List<String> ranges = List.of("days", "times", "moments");
    for (String range : ranges) {
      String type = Map.of("days", "date", "times", "ts", "moments", "tstz").get(range) + "range";
      changes.column(
          range,
          SchemaBuilder.string()
              .parameter("__debezium.source.column.type", type.toUpperCase(Locale.ROOT))
              .optional()
              .build());
    }
    Map<String, Object> row = new HashMap<>(Map.of("id", 1L, "small", 1));
    row.put("days", "[2020-01-01,2020-02-01)");
    row.put("times", "[\"2020-01-01 12:00:00\",)");
    row.put("moments", "(,\"1969-01-01 12:00:00.000001+02\")");
    task.put(List.of(changes.insert(row)));
    task.awaitApplied();
    List<String> cells = harness.texts(ranges.toArray(new String[0]));
    row.put("small", 2);
    ranges.forEach(range -> row.put(range, UNAVAILABLE));
    task.put(List.of(changes.update(row)));
    task.awaitApplied();
    assertThat(harness.texts("small")).containsExactly("2");
    assertThat(harness.texts(ranges.toArray(new String[0]))).isEqualTo(cells);
    assertThat(cells.get(0)).contains("2020-02-01", "-31499999999999");
    assertThat(task.deadLetters()).isEmpty();
  }

  @Test
  void whatIsKnownNowhereFollowsThePolicyAfterAWhile() {
    RunningTask task = lookup(Map.of("incomplete.wait.ms", "300"));
    events.insert(1, "a", 1).update(7, UNAVAILABLE, 7).update(7, UNAVAILABLE, 8);
    apply(task);
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1"));
    assertThat(task.deadLetters())
        .extracting(letter -> letter.sinkRecord().originalKafkaOffset())
        .containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void aRowThatWaitsIsSettledByWhatFollowsOnItsKey() {
    RunningTask task = lookup(Map.of());
    events.insert(1, "a", 1).update(7, UNAVAILABLE, 7).update(8, UNAVAILABLE, 8);
    task.put(events.all());
    given = events.all().size();
    task.task.put(List.of());
    events.delete(7).update(8, "whole", 9);
    apply(task);
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1", 8L, "whole/9"));
    assertThat(task.deadLetters()).isEmpty();
  }

  @Test
  void aRowThatWaitsIsNotLostWithARejectedOneThatFollowsOnItsKey() {
    RunningTask task =
        lookup(
            Map.of(
                "incomplete.wait.ms", "3000", "table.override.items.column.doc.type", "GEOGRAPHY"));
    events.insert(1, "a", 1);
    apply(task);
    long queries = queries();
    events.update(7, UNAVAILABLE, 7);
    task.put(events.from(given));
    given = events.all().size();
    await().until(() -> waits(task, queries + 1));
    events.document(7, "whole", 8, "POINT(1");
    apply(task);
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1"));
    assertThat(task.deadLetters())
        .extracting(letter -> letter.sinkRecord().originalKafkaOffset())
        .containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void aRowThatChangesItsKeyTakesItsLargeColumnAlong() {
    RunningTask task = lookup(Map.of());
    events.insert(1, "large", 1);
    apply(task);
    events.move(1, 2, UNAVAILABLE, 2);
    apply(task);
    assertThat(harness.rows()).isEqualTo(Map.of(2L, "large/2"));
    events.update(2, UNAVAILABLE, 3).move(2, 3, UNAVAILABLE, 4).update(3, UNAVAILABLE, 5);
    events.move(3, 4, UNAVAILABLE, 6).move(4, 2, UNAVAILABLE, 7).update(2, UNAVAILABLE, 8);
    apply(task);
    assertThat(harness.rows()).isEqualTo(Map.of(2L, "large/8"));
    assertThat(task.deadLetters()).isEmpty();
  }

  @Test
  void theHalvesOfAKeyChangeMayComeApart() {
    RunningTask task = lookup(Map.of());
    events.insert(1, "large", 1).insert(5, "other", 5);
    apply(task);
    events.move(1, 2, UNAVAILABLE, 2).move(5, 6, UNAVAILABLE, 6);
    List<SinkRecord> halves = events.from(given);
    given = events.all().size();
    task.put(List.of(halves.get(0)));
    awaitRows(Map.of(5L, "other/5"), task);
    task.stop();

    RunningTask heir = lookup(Map.of());
    heir.put(List.of(halves.get(0)));
    heir.put(List.of(halves.get(1), halves.get(3)));
    awaitRows(Map.of(2L, "large/2", 5L, "other/5"), heir);
    heir.put(List.of(halves.get(2)));
    heir.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(2L, "large/2", 6L, "other/6"));
    assertThat(heir.deadLetters()).isEmpty();
  }

  @Test
  void queriesThatMayLagBehindAreNotAsked() {
    Map<String, String> props = new HashMap<>();
    props.put("write.mode", "cdc");
    props.put("cdc.unavailable", "lookup");
    props.put("table.override.it*.max.staleness", "PT15M");
    props.put("table.override.items.cdc.unavailable", "lookup");
    RunningTask task = harness.task(Map.of("write.mode", "cdc"));
    task.stop();
    assertThatThrownBy(() -> harness.task(props)).hasMessageContaining("TRIB-101");
    props.remove("cdc.unavailable");
    RunningTask late = harness.task(props);
    events.insert(1, "a", 1);
    assertThatThrownBy(() -> late.put(events.all()))
        .hasMessageContaining("TRIB-101")
        .hasMessageContaining("max.staleness");
  }

  private RunningTask lookup(Map<String, String> more) {
    Map<String, String> props = new HashMap<>(more);
    props.put("write.mode", "cdc");
    props.put("cdc.unavailable", "lookup");
    return harness.task(props);
  }

  private void apply(RunningTask task) {
    task.put(events.from(given));
    given = events.all().size();
    task.awaitApplied();
  }

  private void awaitRows(Map<Long, String> expected, RunningTask task) {
    await().until(() -> shows(expected, task));
  }

  private boolean waits(RunningTask task, long queries) {
    task.task.put(List.of());
    return queries() > queries;
  }

  private boolean shows(Map<Long, String> expected, RunningTask task) {
    task.task.put(List.of());
    return harness.rows().equals(expected);
  }

  private long queries() {
    return harness.emulator().calls().getOrDefault("jobs.query", 0L);
  }
}
