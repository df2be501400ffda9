package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Rows in mode cdc that change their keys and come to another task, without the columns that the
 * source did not send. Even keys are one task's, odd keys the other's.
 */
final class CdcMovesTest {
  private static final int EVEN = 0;
  private static final int ODD = 1;
  private static final Duration A_WHILE = Duration.ofMillis(700);

  private final TaskHarness harness = new TaskHarness();
  private final Events events = new Events(2);
  private final List<RunningTask> tasks = new ArrayList<>();
  private final int[] given = new int[2];

  @BeforeEach
  void start() {
    tasks.add(task(Set.of(EVEN), Map.of()));
    tasks.add(task(Set.of(ODD), Map.of()));
  }

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void theOldKeyMayBeLeftFirst() {
    events.insert(1, "large", 1).move(1, 2, UNAVAILABLE, 2);
    give(ODD);
    tasks.get(ODD).awaitApplied();
    assertThat(harness.rows()).isEmpty();
    give(EVEN);
    endsIn(Map.of(2L, "large/2"));
  }

  @Test
  void theNewKeyMayBeReachedFirst() {
    events.insert(1, "old", 1);
    give(ODD);
    tasks.get(ODD).awaitApplied();
    events.update(1, "large", 2).move(1, 2, UNAVAILABLE, 3).update(2, UNAVAILABLE, 4);
    give(EVEN);
    staysFor(Map.of(1L, "old/1"));
    give(ODD);
    endsIn(Map.of(2L, "large/4"));
  }

  @Test
  void aRowMayGoOnAndOn() {
    events.insert(1, "large", 1).move(1, 2, UNAVAILABLE, 2).move(2, 3, UNAVAILABLE, 3);
    events.move(3, 4, UNAVAILABLE, 4).update(4, UNAVAILABLE, 5).move(4, 6, UNAVAILABLE, 6);
    give(EVEN);
    staysFor(Map.of());
    give(ODD);
    endsIn(Map.of(6L, "large/6"));
  }

  @Test
  void noRowTakesWhatAnotherLeftOnItsKey() {
    events.insert(2, "first", 1).insert(1, "second", 2);
    give(EVEN);
    give(ODD);
    awaitAll();
    events.move(2, 5, UNAVAILABLE, 3).move(1, 2, UNAVAILABLE, 4).update(2, UNAVAILABLE, 5);
    events.move(2, 4, UNAVAILABLE, 6).insert(2, "third", 7).update(2, UNAVAILABLE, 8);
    give(EVEN);
    staysFor(Map.of(1L, "second/2"));
    give(ODD);
    endsIn(Map.of(2L, "third/8", 4L, "second/6", 5L, "first/3"));
  }

  @Test
  void whatWasLeftOutlivesTheTask() {
    events.insert(1, "large", 1).move(1, 2, UNAVAILABLE, 2);
    give(ODD);
    tasks.get(ODD).awaitApplied();
    tasks.forEach(RunningTask::stop);
    RunningTask heir = task(Set.of(EVEN, ODD), Map.of());
    heir.put(events.all());
    heir.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(2L, "large/2"));
    assertThat(heir.deadLetters()).isEmpty();
  }

  /** To the row of the new key only what it lacked was left. */
  @Test
  void theRowOfTheOldKeyStaysAlsoWhenTheNewOneCameFirst() {
    Map<String, String> soft = Map.of("delete.mode", "soft");
    tasks.forEach(RunningTask::stop);
    RunningTask first = task(Set.of(ODD), soft);
    events.insert(1, "large", 1).move(1, 2, UNAVAILABLE, 2);
    first.put(events.from(0, ODD));
    first.awaitApplied();
    first.stop();
    RunningTask heir = task(Set.of(EVEN, ODD), soft);
    heir.put(events.from(0, EVEN));
    heir.until(() -> heir.committed().get(new TopicPartition(Events.TOPIC, EVEN)) == 1);
    heir.put(events.from(1, ODD));
    heir.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "large/1", 2L, "large/2"));
  }

  @Test
  void aReplayChangesNothing() {
    events.insert(1, "large", 1).move(1, 2, UNAVAILABLE, 2).move(2, 3, UNAVAILABLE, 3);
    give(ODD);
    give(EVEN);
    endsIn(Map.of(3L, "large/3"));
    tasks.set(EVEN, task(Set.of(EVEN), Map.of("incomplete.wait.ms", "1000")));
    tasks.set(ODD, task(Set.of(ODD), Map.of("incomplete.wait.ms", "1000")));
    given[EVEN] = 0;
    give(EVEN);
    staysFor(Map.of(3L, "large/3"));
    given[ODD] = 0;
    give(ODD);
    endsIn(Map.of(3L, "large/3"));
  }

  @Test
  void whatIsNeverLeftFollowsThePolicy() {
    tasks.set(EVEN, task(Set.of(EVEN), Map.of("incomplete.wait.ms", "500")));
    events.insert(1, "large", 1).move(1, 2, UNAVAILABLE, 2).insert(4, "well", 4);
    give(EVEN);
    awaitAll();
    assertThat(harness.rows()).isEqualTo(Map.of(4L, "well/4"));
    assertThat(tasks.get(EVEN).deadLetters()).hasSize(1);
  }

  private RunningTask task(Set<Integer> partitions, Map<String, String> more) {
    Map<String, String> props = new HashMap<>(more);
    props.put("write.mode", "cdc");
    props.put("cdc.unavailable", "lookup");
    Set<TopicPartition> owned = new HashSet<>();
    partitions.forEach(partition -> owned.add(new TopicPartition(Events.TOPIC, partition)));
    return harness.task(owned, props);
  }

  /** Hands a task what its partition has since. */
  private void give(int partition) {
    tasks.get(partition).put(events.from(given[partition], partition));
    given[partition] = events.all().size();
  }

  private void staysFor(Map<Long, String> rows) {
    await()
        .during(A_WHILE)
        .until(
            () -> {
              tasks.forEach(task -> task.task.put(List.of()));
              return harness.exists("items") ? harness.rows().equals(rows) : rows.isEmpty();
            });
  }

  private void awaitAll() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> tasks.stream().filter(RunningTask::applied).count() == tasks.size());
  }

  private void endsIn(Map<Long, String> rows) {
    awaitAll();
    assertThat(harness.rows()).isEqualTo(rows);
    tasks.forEach(task -> assertThat(task.deadLetters()).isEmpty());
  }
}
