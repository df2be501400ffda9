package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.write.Counters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When partitions are paused, through rebalances too. */
class BackpressureTest {
  private static final TopicPartition ONE = new TopicPartition("t", 1);
  private static final TopicPartition TWO = new TopicPartition("t", 2);

  private final Set<TopicPartition> assigned = new HashSet<>(Set.of(ONE));
  private final ConnectContext context = new ConnectContext(Map.of(), assigned);
  private final Backpressure backpressure = new Backpressure(context, 100, new Counters());

  private void assign(TopicPartition partition) {
    context.assign(partition);
    backpressure.open();
  }

  private void revoke(TopicPartition partition) {
    backpressure.close(List.of(partition));
    context.revoke(partition);
  }

  private void weigh(long bytes) {
    backpressure.weigh(bytes, 0, HashMap::new);
  }

  @Test
  void pausesAboveTheLimitAndResumesBelowItsHalf() {
    weigh(100);
    assertThat(context.paused).isEmpty();
    weigh(101);
    weigh(51);
    assertThat(context.paused).containsExactly(ONE);
    weigh(50);
    assertThat(context.paused).isEmpty();
    assertThat(context.pauses).isEqualTo(1);
  }

  @Test
  void weighsTheRecordsThatAreHeldForTheDeadLetterQueueToo() {
    Events events = new Events();
    for (int id = 0; id < 4; id++) {
      events.insert(id, "z".repeat(1_000_000), id);
    }
    try (TaskHarness harness = new TaskHarness()) {
      Map<String, String> sizes =
          Map.of("buffer.bytes", "6000000", "flush.bytes", "5000000", "append.bytes", "5000000");
      TaskHarness.RunningTask task = harness.task(sizes);
      task.put(events.all());
      assertThat(task.context.paused).hasSize(1);
      task.awaitApplied();
      assertThat(task.context.paused).isEmpty();
    }
  }

  @Test
  void pausesWhatComesMeanwhile() {
    weigh(101);
    assign(TWO);
    weigh(101);
    assertThat(context.paused).containsExactlyInAnyOrder(ONE, TWO);
  }

  @Test
  void pausesAgainWhatWentAndCameBack() {
    weigh(101);
    revoke(ONE);
    assign(TWO);
    weigh(101);
    assertThat(context.paused).containsExactly(TWO);
    assign(ONE);
    weigh(101);
    assertThat(context.paused).containsExactlyInAnyOrder(ONE, TWO);
  }

  /** Connect itself pauses again what comes back in the rebalance in which it went. */
  @Test
  void resumesWhatCameBackPaused() {
    weigh(101);
    revoke(ONE);
    assign(ONE);
    assertThat(context.paused).containsExactly(ONE);
    weigh(50);
    assertThat(context.paused).isEmpty();
  }

  @Test
  void whereWaitingRowsFillTheBufferTheOtherPartitionsAreRead() {
    assign(TWO);
    backpressure.weigh(101, 50, () -> new HashMap<>(Map.of(TWO, 7L)));
    assertThat(context.paused).containsExactlyInAnyOrder(ONE, TWO);
    backpressure.weigh(101, 51, () -> new HashMap<>(Map.of(TWO, 7L)));
    assertThat(context.paused).containsExactly(TWO);
    backpressure.weigh(101, 50, () -> new HashMap<>(Map.of(TWO, 7L)));
    assertThat(context.paused).containsExactlyInAnyOrder(ONE, TWO);
    backpressure.weigh(51, 51, () -> new HashMap<>(Map.of(TWO, 7L)));
    assertThat(context.paused).containsExactly(TWO);
    backpressure.weigh(50, 50, () -> new HashMap<>(Map.of(TWO, 7L)));
    assertThat(context.paused).isEmpty();
  }

  @Test
  void readsOnWhatHasFewOfTheRowsThatWait() {
    assign(TWO);
    backpressure.weigh(150, 150, () -> new HashMap<>(Map.of(ONE, 1L, TWO, 7L)));
    assertThat(context.paused).containsExactly(TWO);
    backpressure.weigh(150, 150, () -> new HashMap<>(Map.of(ONE, 7L, TWO, 7L)));
    assertThat(context.paused).isEmpty();
    backpressure.weigh(201, 201, () -> new HashMap<>(Map.of(ONE, 1L, TWO, 7L)));
    assertThat(context.paused).containsExactlyInAnyOrder(ONE, TWO);
  }

  @Test
  void readsWhatCameBackPausedAndIsWaitedFor() {
    assign(TWO);
    weigh(101);
    revoke(ONE);
    backpressure.weigh(101, 60, () -> new HashMap<>(Map.of(TWO, 7L)));
    assign(ONE);
    backpressure.weigh(101, 60, () -> new HashMap<>(Map.of(TWO, 7L)));
    assertThat(context.paused).containsExactly(TWO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "cdc"})
  void rowsThatFillTheBufferGetWhatTheyWaitFor(String mode) {
    Events events = new Events(2);
    for (int id = 0; id < 400; id += 2) {
      events.insert(id, "large " + id, id);
    }
    try (TaskHarness harness = new TaskHarness()) {
      TopicPartition ahead = new TopicPartition(Events.TOPIC, 1);
      TaskHarness.RunningTask task =
          harness.task(
              new HashSet<>(Set.of(new TopicPartition(Events.TOPIC, 0), ahead)),
              Map.of(
                  "write.mode", mode,
                  "cdc.unavailable", "lookup",
                  "buffer.bytes", "100000",
                  "flush.bytes", "50000",
                  "append.bytes", "50000"));
      task.put(events.all());
      task.awaitApplied();
      int inserted = events.all().size();
      for (int id = 0; id < 400; id += 2) {
        events.move(id, id + 1, Events.UNAVAILABLE, id);
      }
      List<SinkRecord> arrivals = events.from(inserted, 1);
      int read = 0;
      while (task.context.paused.isEmpty()) {
        task.put(arrivals.subList(read, ++read));
      }
      task.until(() -> task.context.paused.equals(Set.of(ahead)));
      task.put(events.from(inserted, 0));
      task.awaitApplied();
      task.put(arrivals.subList(read, arrivals.size()));
      task.awaitApplied();
      assertThat(task.deadLetters()).isEmpty();
      assertThat(harness.rows())
          .hasSize(200)
          .containsEntry(1L, "large 0/0")
          .containsEntry(399L, "large 398/398");
      assertThat(task.context.paused).isEmpty();
    }
  }
}
