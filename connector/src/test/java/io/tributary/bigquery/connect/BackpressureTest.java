package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.write.Counters;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** When partitions are paused, through rebalances too. */
class BackpressureTest {
  private static final TopicPartition ONE = new TopicPartition("t", 1);
  private static final TopicPartition TWO = new TopicPartition("t", 2);

  private final Set<TopicPartition> assigned = new HashSet<>(Set.of(ONE));
  private final TaskHarness.Context context = new TaskHarness.Context(Map.of(), assigned);
  private final Backpressure backpressure = new Backpressure(context, 100, new Counters());

  @Test
  void pausesAboveTheLimitAndResumesBelowItsHalf() {
    backpressure.weigh(100);
    assertThat(context.paused).isEmpty();
    backpressure.weigh(101);
    backpressure.weigh(51);
    assertThat(context.paused).containsExactly(ONE);
    backpressure.weigh(50);
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
    backpressure.weigh(101);
    context.assign(TWO);
    backpressure.weigh(101);
    assertThat(context.paused).containsExactlyInAnyOrder(ONE, TWO);
  }

  @Test
  void pausesAgainWhatWentAndCameBack() {
    backpressure.weigh(101);
    context.revoke(ONE);
    backpressure.close(List.of(ONE));
    context.assign(TWO);
    backpressure.weigh(101);
    assertThat(context.paused).containsExactly(TWO);
    context.assign(ONE);
    backpressure.weigh(101);
    assertThat(context.paused).containsExactlyInAnyOrder(ONE, TWO);
  }

  /** Connect itself pauses again what comes back in the rebalance in which it went. */
  @Test
  void resumesWhatCameBackPaused() {
    backpressure.weigh(101);
    context.revoke(ONE);
    backpressure.close(List.of(ONE));
    context.assign(ONE);
    assertThat(context.paused).containsExactly(ONE);
    backpressure.weigh(50);
    assertThat(context.paused).isEmpty();
  }
}
