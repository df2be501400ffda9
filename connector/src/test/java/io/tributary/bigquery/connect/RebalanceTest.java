package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A partition goes while its changes are on their way; the task's other one goes on. */
final class RebalanceTest {
  private static final TopicPartition STAYS = new TopicPartition(Events.TOPIC, 0);
  private static final TopicPartition GOES = new TopicPartition(Events.TOPIC, 1);

  private final TaskHarness harness = new TaskHarness();
  private final Events events = new Events(2);

  /** How a task is parted from a partition. */
  private enum Parting {
    /** Offered a last commit. */
    REVOKED {
      @Override
      void lastWords(RunningTask task) {
        assertThat(task.committed()).containsEntry(STAYS, 0L).containsEntry(GOES, 0L);
      }
    },
    /** Without one, after another task has begun to read it. */
    LOST;

    void lastWords(RunningTask task) {}
  }

  @AfterEach
  void close() {
    harness.close();
  }

  static Stream<Arguments> partings() {
    return Stream.of(Parting.values())
        .flatMap(
            parting ->
                Stream.of(
                    Arguments.of(parting, "merge", "items"),
                    Arguments.of(parting, "append", "items_current")));
  }

  @ParameterizedTest
  @MethodSource("partings")
  void touchesTheOtherPartitionNot(Parting parting, String mode, String table) {
    Map<String, String> props = Map.of("write.mode", mode);
    RunningTask task = harness.task(new HashSet<>(Set.of(STAYS, GOES)), props);
    Fault fault =
        harness.emulator().faults().delay(CallMatch.of("AppendRows").nth(1), Duration.ofMinutes(1));
    events.insert(2, "a", 1).insert(3, "b", 1).update(2, UNAVAILABLE, 2);
    task.put(events.all());
    task.until(() -> fault.waiting() == 1);
    parting.lastWords(task);
    task.close(GOES);
    events.update(2, UNAVAILABLE, 3).update(3, UNAVAILABLE, 4).delete(3).insert(5, "c", 5);
    RunningTask heir = harness.task(1, props);
    heir.put(events.from(0, 1));
    task.put(events.from(3, 0));
    fault.close();
    heir.awaitApplied();
    task.awaitApplied();
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(task.committed()).as("what went is not its own any more").containsOnlyKeys(STAYS);
    assertThat(harness.rows(table)).isEqualTo(Map.of(2L, "a/3", 5L, "c/5"));

    // it comes back, from where the heir has committed
    task.open(GOES, events.all().stream().filter(each -> each.kafkaPartition() == 1).count());
    int next = events.all().size();
    events.insert(7, "d", 7).update(2, UNAVAILABLE, 8);
    task.put(events.from(next));
    task.awaitApplied();
    assertThat(task.committed()).containsOnlyKeys(STAYS, GOES);
    assertThat(harness.rows(table)).isEqualTo(Map.of(2L, "a/8", 5L, "c/5", 7L, "d/7"));
    assertThat(task.deadLetters()).isEmpty();
  }

  /** The next owner may find what this one waited for in vain. */
  @ParameterizedTest
  @ValueSource(strings = {"merge", "cdc"})
  void whatIsIncompleteInAPartitionThatWentIsNotSetAside(String mode) {
    RunningTask task = incomplete(mode, "dead-letter");
    task.until(() -> !task.deadLetters().isEmpty());
    assertThat(task.deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.sinkRecord().kafkaPartition()).isZero());
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "cdc"})
  void whatIsIncompleteInAPartitionThatWentStopsNoTask(String mode) {
    RunningTask task = incomplete(mode, "fail");
    assertThatThrownBy(() -> task.until(() -> false))
        .hasMessageContaining("TRIB-207")
        .hasMessageContaining(Events.TOPIC + "-0@0");
  }

  /** A task with a row in each partition that nobody can complete; that of the one waits first. */
  private RunningTask incomplete(String mode, String policy) {
    RunningTask task =
        harness.task(
            new HashSet<>(Set.of(STAYS, GOES)),
            Map.of(
                "write.mode",
                mode,
                "cdc.unavailable",
                "lookup",
                "incomplete.wait.ms",
                "1000",
                "incomplete.policy",
                policy));
    events.update(3, UNAVAILABLE, 1).update(2, UNAVAILABLE, 1);
    task.put(events.from(0, 1));
    int jobs = harness.emulator().jobs().size();
    task.until(() -> harness.emulator().jobs().size() > jobs);
    task.close(GOES);
    task.put(events.from(0, 0));
    return task;
  }
}
