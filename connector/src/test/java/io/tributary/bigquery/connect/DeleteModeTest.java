package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of rows that are gone at the source. */
final class DeleteModeTest {
  private static final Map<String, String> SOFT = Map.of("delete.mode", "soft");
  private static final Map<String, String> SOFT_CDC =
      Map.of(
          "delete.mode", "soft",
          "write.mode", "cdc",
          "cdc.unavailable", "lookup",
          "incomplete.wait.ms", "2000");
  private static final String[] STATE = {"id", "big", "small", "change_metadata.operation"};

  private final TaskHarness harness = new TaskHarness();
  private final Events events = new Events();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aSoftDeleteKeepsTheRowAsItWas() {
    RunningTask task = harness.task(SOFT);
    events.insert(1, "a", 1).insert(2, "b", 2);
    task.put(events.all());
    task.awaitApplied();
    int next = events.all().size();
    events.delete(1).move(2, 3, UNAVAILABLE, 20);
    task.put(events.from(next));
    task.awaitApplied();
    assertThat(harness.texts(STATE)).containsExactly("1|a|1|d", "2|b|2|d", "3|b|20|c");
    assertThat(
            harness.count(
                "SELECT COUNT(*) FROM ds.items WHERE id = 1 AND change_metadata.source_time IS NULL"))
        .isZero();
  }

  @Test
  void aRowThatCameAndWentBetweenTwoFlushesIsKept() {
    RunningTask task = harness.task(SOFT);
    events.insert(9, "there", 1);
    task.put(events.all());
    task.awaitApplied();
    int next = events.all().size();
    events.insert(1, "a", 1).update(1, UNAVAILABLE, 2).delete(1);
    events.insert(2, "b", 1).move(2, 3, UNAVAILABLE, 5).delete(3);
    events.insert(4, "first", 1).delete(4).insert(4, null, 2).delete(4);
    events.update(9, "last", 3).update(9, UNAVAILABLE, 4).delete(9);
    String[] kept = {"1|a|2|d", "2|b|1|d", "3|b|5|d", "4|null|2|d", "9|last|4|d"};
    task.put(events.from(next));
    task.awaitApplied();
    assertThat(harness.texts(STATE)).containsExactly(kept);
    task.stop();

    RunningTask replay = harness.task(SOFT);
    replay.put(events.all());
    replay.awaitApplied();
    assertThat(harness.texts(STATE)).containsExactly(kept);
    next = events.all().size();
    events.insert(1, "new", 3);
    replay.put(events.from(next));
    replay.awaitApplied();
    assertThat(harness.texts(STATE)).contains("1|new|3|c");
  }

  @Test
  void inModeCdcTheRowIsLookedUpAndStays() {
    RunningTask task = harness.task(SOFT_CDC);
    events.insert(1, "a", 1).insert(2, "b", 2).insert(3, "c", 3);
    task.put(events.all());
    task.awaitApplied();
    int next = events.all().size();
    events.delete(1).move(2, 5, UNAVAILABLE, 20).update(3, UNAVAILABLE, 30).delete(3);
    events.insert(4, "came", 1).update(4, UNAVAILABLE, 2).delete(4).delete(77);
    String[] kept = {"1|a|1|d", "2|b|2|d", "3|c|30|d", "4|came|2|d", "5|b|20|c"};
    task.put(events.from(next));
    task.awaitApplied();
    assertThat(harness.texts(STATE)).containsExactly(kept);
    task.stop();

    RunningTask replay = harness.task(SOFT_CDC);
    replay.put(events.all());
    replay.awaitApplied();
    assertThat(harness.texts(STATE)).containsExactly(kept);
    next = events.all().size();
    events.insert(1, "new", 3).update(2, UNAVAILABLE, 7);
    replay.put(events.from(next));
    replay.awaitApplied();
    assertThat(harness.texts(STATE)).contains("1|new|3|c").contains("2|b|2|d");
    assertThat(replay.deadLetters()).as("an update of a row that is gone").hasSize(1);
  }

  /** MySQL's key changes are not linked to what they leave. */
  @ParameterizedTest
  @ValueSource(strings = {"merge", "cdc"})
  void aRowOfMySqlStaysOnTheKeyThatItLeft(String mode) {
    Changes items =
        Changes.mySql("shop", "items")
            .key("id", Schema.INT64_SCHEMA)
            .column("big", Schema.OPTIONAL_STRING_SCHEMA)
            .column("small", Schema.OPTIONAL_INT32_SCHEMA);
    RunningTask task =
        harness.task(
            Set.of(new TopicPartition("app.shop.items", 0)), mode.equals("cdc") ? SOFT_CDC : SOFT);
    task.put(List.of(items.insert(Map.of("id", 1L, "big", "a", "small", 1))));
    task.awaitApplied();
    task.put(items.rekey(Map.of("id", 1L), Map.of("id", 2L, "big", "b", "small", 2)));
    task.awaitApplied();
    assertThat(harness.texts(STATE)).containsExactly("1|a|1|d", "2|b|2|c");
  }

  @Test
  void nothingOlderBringsASoftlyDeletedRowBackAndAnInsertDoes() {
    RunningTask task = harness.task(SOFT);
    events.insert(1, "a", 1).update(1, "b", 2);
    task.put(events.all());
    task.awaitApplied();
    int next = events.all().size();
    events.delete(1);
    task.put(events.from(next));
    task.awaitApplied();
    task.stop();

    RunningTask replay = harness.task(SOFT);
    replay.put(events.all().subList(0, 2));
    replay.awaitApplied();
    assertThat(harness.texts(STATE)).containsExactly("1|b|2|d");
    next = events.all().size();
    events.insert(1, "new", 3);
    replay.put(events.from(next));
    replay.awaitApplied();
    assertThat(harness.texts(STATE)).containsExactly("1|new|3|c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "cdc"})
  void aDeleteThatTheSourceRepeatsKeepsTheRowAsItWasLast(String mode) {
    RunningTask task = harness.task(mode.equals("cdc") ? SOFT_CDC : SOFT);
    events.insert(1, "a", 1).insert(2, "b", 1);
    task.put(events.all());
    task.awaitApplied();
    int next = events.all().size();
    events.update(1, "last", 2).delete(1).repeat(2);
    events.update(2, "leaves", 2).move(2, 3, UNAVAILABLE, 3).repeat(2);
    task.put(events.from(next));
    task.awaitApplied();
    assertThat(harness.texts(STATE)).containsExactly("1|last|2|d", "2|leaves|2|d", "3|leaves|3|c");
  }

  @Test
  void aTruncateMarksTheRowsThatItReached() {
    RunningTask task = harness.task(SOFT);
    events.insert(1, "a", 1).insert(2, "b", 2);
    task.put(events.all());
    task.awaitApplied();
    int next = events.all().size();
    events.truncate().insert(2, "again", 3);
    task.put(events.from(next));
    task.awaitApplied();
    assertThat(harness.texts(STATE)).containsExactly("1|a|1|t", "2|again|3|c");
  }

  @Test
  void ignoredDeletesLeaveTheRowButNotTheHistory() {
    RunningTask task = harness.task(Map.of("delete.mode", "ignore", "history", "true"));
    events.insert(1, "a", 1).delete(1);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.texts(STATE)).containsExactly("1|a|1|c");
    assertThat(harness.count("SELECT COUNT(*) FROM ds.items_history")).isEqualTo(2);
    assertThat(harness.count("SELECT COUNT(*) FROM ds.items_history_current")).isZero();
  }
}
