package io.tributary.bigquery.connect;

import io.tributary.bigquery.write.Counters;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Pauses partitions while too many bytes are unapplied, also those that come meanwhile, and resumes
 * them when half of the bytes are gone. Where it is rows that wait for others which fill the
 * buffer, only partitions with more of them than the average are paused: the others may bring what
 * is waited for. At twice the limit all are.
 */
final class Backpressure {
  private final SinkTaskContext context;
  private final long limit;
  private final Counters counters;
  private final Set<TopicPartition> paused = new HashSet<>();
  private boolean full;

  /** Whether Connect may have paused partitions by itself since. */
  private boolean moved;

  Backpressure(SinkTaskContext context, long limit, Counters counters) {
    this.context = context;
    this.limit = limit;
    this.counters = counters;
  }

  /**
   * @param bytes what is unapplied
   * @param waiting how much of it waits for other rows
   * @param waitingRows how many rows of each partition wait
   */
  void weigh(long bytes, long waiting, Supplier<Map<TopicPartition, Long>> waitingRows) {
    if (bytes > limit && !full) {
      counters.add(Counters.What.PAUSES, 1);
      full = true;
    } else if (bytes <= limit / 2) {
      full = false;
    }
    Set<TopicPartition> wanted = new HashSet<>();
    if (full) {
      wanted.addAll(context.assignment());
      if (bytes - waiting <= limit / 2 && bytes <= 2 * limit) {
        Map<TopicPartition, Long> rows = waitingRows.get();
        rows.keySet().retainAll(wanted);
        long all = rows.values().stream().mapToLong(Long::longValue).sum();
        int partitions = wanted.size();
        wanted.removeIf(each -> rows.getOrDefault(each, 0L) * partitions <= all);
      }
    }
    if (moved || !wanted.equals(paused)) {
      pauseOnly(wanted);
    }
  }

  /** Whether partitions are paused, or would be if there were any. */
  boolean full() {
    return full;
  }

  /** All others go on: Connect pauses by itself what was paused before it went and came back. */
  private void pauseOnly(Set<TopicPartition> wanted) {
    Set<TopicPartition> others = new HashSet<>(context.assignment());
    others.removeAll(wanted);
    if (!wanted.isEmpty()) {
      context.pause(wanted.toArray(TopicPartition[]::new));
    }
    context.resume(others.toArray(TopicPartition[]::new));
    paused.clear();
    paused.addAll(wanted);
    moved = false;
  }

  /** Partitions came, and Connect may have paused some of them. */
  void open() {
    moved = true;
  }

  /** Partitions went, and may come back without their pause. */
  void close(Collection<TopicPartition> partitions) {
    paused.removeAll(partitions);
  }
}
