package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of rows that are gone at the source. */
final class DeleteModeTest {
  private static final Map<String, String> SOFT = Map.of("delete.mode", "soft");
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
