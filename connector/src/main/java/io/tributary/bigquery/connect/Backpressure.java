package io.tributary.bigquery.connect;

import io.tributary.bigquery.write.Counters;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Pauses partitions while too many bytes are unapplied, also those that come meanwhile, and resumes
 * them when half of the bytes are gone.
 */
final class Backpressure {
  private final SinkTaskContext context;
  private final long limit;
  private final Counters counters;
  private final Set<TopicPartition> paused = new HashSet<>();
  private boolean full;

  Backpressure(SinkTaskContext context, long limit, Counters counters) {
    this.context = context;
    this.limit = limit;
    this.counters = counters;
  }

  void weigh(long bytes) {
    if (bytes > limit) {
      pause();
    } else if (full && bytes <= limit / 2) {
      // All: Connect pauses some by itself that were paused before they went and came back.
      context.resume(context.assignment().toArray(TopicPartition[]::new));
      paused.clear();
      full = false;
    }
  }

  private void pause() {
    if (!full) {
      counters.add(Counters.What.PAUSES, 1);
      full = true;
    }
    if (paused.addAll(context.assignment())) {
      context.pause(paused.toArray(TopicPartition[]::new));
    }
  }

  /** Partitions that went, and may come back without their pause. */
  void close(Collection<TopicPartition> partitions) {
    partitions.forEach(paused::remove);
  }
}
