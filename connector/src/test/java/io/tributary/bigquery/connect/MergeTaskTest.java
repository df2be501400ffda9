package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.jobs.JobRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The task against the emulator: what it writes, and what remains of it when things break. */
final class MergeTaskTest {
  private final TaskHarness harness = new TaskHarness();
  private final Events events = new Events();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void appliesEveryKindOfChange() {
    RunningTask task = harness.task();
    events.insert(1, "a", 1).insert(2, "b", 2).insert(3, "c", 3).insert(4, "d", 4);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1", 2L, "b/2", 3L, "c/3", 4L, "d/4"));

    int next = events.all().size();
    events.update(1, UNAVAILABLE, 10).update(2, "B", 20).delete(3).move(4, 5, UNAVAILABLE, 50);
    events.insert(6, null, 6).delete(6).insert(6, "again", 66).update(6, UNAVAILABLE, 67);
    task.put(events.from(next));
    task.awaitApplied();
    assertThat(harness.rows())
        .isEqualTo(Map.of(1L, "a/10", 2L, "B/20", 5L, "d/50", 6L, "again/67"));

    next = events.all().size();
    events.truncate().insert(9, "x", 9);
    task.put(events.from(next));
    task.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(9L, "x/9"));
    assertThat(task.context.deadLetters).isEmpty();
  }

  @Test
  void carriesALargeColumnAlongAChainOfKeyChangesInOneCycle() {
    RunningTask task = harness.task();
    events.insert(1, "large", 1);
    task.put(events.all());
    task.awaitApplied();
    int next = events.all().size();
    events.update(1, UNAVAILABLE, 2).move(1, 2, UNAVAILABLE, 3).update(2, UNAVAILABLE, 4);
    events.move(2, 3, UNAVAILABLE, 5).move(3, 1, UNAVAILABLE, 6).update(1, UNAVAILABLE, 7);
    task.put(events.from(next));
    task.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "large/7"));
  }

  @Test
  void aHotRowWithALargeColumnIsHeldOnce() {
    RunningTask task = harness.task();
    events.insert(1, "z".repeat(1_000_000), 0);
    for (int i = 1; i <= 200; i++) {
      events.update(1, UNAVAILABLE, i);
    }
    task.put(events.all());
    assertThat(task.context.pauses).as("the buffer takes 128 MiB").isZero();
    task.awaitApplied();
    assertThat(harness.count("SELECT small FROM `local.ds.items` WHERE LENGTH(big) = 1000000"))
        .isEqualTo(200);
  }

  @Test
  void anIncompleteRowOfAnUnknownKeyGoesToTheDeadLetterQueueAlone() {
    RunningTask task = harness.task(Map.of("incomplete.wait.ms", "1000"));
    events.insert(1, "a", 1).update(7, UNAVAILABLE, 7).insert(2, "b", 2);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1", 2L, "b/2"));
    assertThat(task.context.deadLetters)
        .extracting(SinkRecord::originalKafkaOffset)
        .containsExactly(1L);
    assertThat(task.context.reasons.get(0)).hasMessageContaining("TRIB-207");
  }

  @Test
  void everyChangeThatAnIncompleteRowStoodForIsSetAside() {
    RunningTask task = harness.task(Map.of("incomplete.wait.ms", "1000"));
    events
        .document(7, UNAVAILABLE, 1, "{\"only\": \"here\"}")
        .document(7, UNAVAILABLE, 2, UNAVAILABLE);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.rows()).isEmpty();
    assertThat(task.context.deadLetters)
        .extracting(SinkRecord::originalKafkaOffset)
        .containsExactlyInAnyOrder(0L, 1L);
  }

  /** Not those by which tasks agree on who makes a table. */
  private static CallMatch chainJob() {
    return CallMatch.of("jobs.insert").onJob(id -> id.startsWith("tributary_items_"));
  }

  @Test
  void aTaskKilledBetweenCommitAndChainJobLosesAndDoublesNothing() {
    RunningTask killed = harness.task();
    Fault fault = harness.emulator().faults().delay(chainJob().nth(1), Duration.ofMinutes(1));
    events
        .insert(1, "a", 1)
        .insert(2, "b", 2)
        .update(1, UNAVAILABLE, 3)
        .delete(2)
        .insert(3, "c", 3);
    killed.put(events.all());
    killed.until(() -> fault.waiting() == 1);
    assertThat(killed.committable()).isZero();
    killed.task.stop();
    fault.close();

    RunningTask heir = harness.task();
    heir.put(events.all());
    heir.awaitApplied();
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/3", 3L, "c/3"));
  }

  @Test
  void aChainJobWhoseAnswerIsLostIsRunOnce() {
    RunningTask task = harness.task();
    Fault fault = harness.emulator().faults().loseAnswer(chainJob().nth(1));
    events.insert(1, "a", 1).update(1, UNAVAILABLE, 2);
    task.put(events.all());
    task.awaitApplied();
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/2"));
    assertThat(chain()).extracting(JobRecord::id).doesNotHaveDuplicates();
    assertThat(chain()).filteredOn(job -> job.errorReason() != null).isEmpty();
  }

  @Test
  void aCommitWhoseAnswerIsLostIsSealedOnce() {
    RunningTask task = harness.task();
    Fault fault =
        harness.emulator().faults().loseAnswer(CallMatch.of("BatchCommitWriteStreams").nth(1));
    events.insert(1, "a", 1).insert(2, "b", 2);
    task.put(events.all());
    task.awaitApplied();
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1", 2L, "b/2"));
  }

  @Test
  void appendsThatFailInPassingAreRepeatedAtTheirOffsets() {
    RunningTask task = harness.task();
    Fault fault =
        harness
            .emulator()
            .faults()
            .fail(CallMatch.of("AppendRows").nth(1).times(2), Failure.unavailable());
    Fault lost = harness.emulator().faults().loseAnswer(CallMatch.of("AppendRows").nth(4));
    for (int i = 0; i < 50; i++) {
      events.insert(i, "v" + i, i);
    }
    task.put(events.all());
    task.awaitApplied();
    events.update(1, UNAVAILABLE, 100);
    task.put(events.from(50));
    task.awaitApplied();
    assertThat(fault.fired() + lost.fired()).isGreaterThanOrEqualTo(2);
    assertThat(harness.rows()).hasSize(50).containsEntry(1L, "v1/100").containsEntry(49L, "v49/49");
  }

  @Test
  void aFrozenTaskThatWakesLateChangesNothing() {
    RunningTask frozen = harness.task();
    Fault fault =
        harness
            .emulator()
            .faults()
            .delay(CallMatch.of("BatchCommitWriteStreams").nth(1), Duration.ofMinutes(1));
    events.insert(1, "old", 1).insert(2, "old", 2).insert(3, "old", 3);
    frozen.put(events.all());
    frozen.until(() -> fault.waiting() == 1);

    RunningTask heir = harness.task();
    heir.put(events.all());
    int next = events.all().size();
    events.update(1, "new", 10).delete(2).move(3, 4, UNAVAILABLE, 30);
    heir.put(events.from(next));
    heir.awaitApplied();
    Map<Long, String> expected = Map.of(1L, "new/10", 4L, "old/30");
    assertThat(harness.rows()).isEqualTo(expected);

    fault.release();
    frozen.awaitApplied();
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(harness.rows()).isEqualTo(expected);
  }

  @Test
  void aReplayFromTheStartNeverShowsAnOlderOrARevivedRow() throws Exception {
    RunningTask task = harness.task();
    for (int i = 0; i < 20; i++) {
      events.insert(i, "v" + i, i);
    }
    for (int i = 0; i < 20; i++) {
      events.update(i, i % 2 == 0 ? UNAVAILABLE : "w" + i, 100 + i);
    }
    events.delete(3).delete(4).move(5, 50, UNAVAILABLE, 500).delete(6).insert(6, "again", 6);
    task.put(events.all());
    task.awaitApplied();
    task.task.stop();
    Map<Long, String> settled = harness.rows();

    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<List<Map<Long, String>>> views =
        CompletableFuture.supplyAsync(
            () -> {
              List<Map<Long, String>> seen = new ArrayList<>();
              while (!done.get()) {
                seen.add(harness.rows());
              }
              return seen;
            });
    RunningTask replay = harness.task();
    for (SinkRecord one : events.all()) {
      replay.put(List.of(one));
    }
    replay.awaitApplied();
    done.set(true);
    assertThat(views.get()).hasSizeGreaterThan(2).allMatch(settled::equals);
    assertThat(harness.rows()).isEqualTo(settled);
  }

  private List<JobRecord> chain() {
    return harness.emulator().jobs().stream()
        .filter(job -> job.parentId() == null && job.id().startsWith("tributary_"))
        .toList();
  }
}
