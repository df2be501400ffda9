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

  Backpressure(SinkTaskContext context, long limit, Counters counters) {
    this.context = context;
    this.limit = limit;
    this.counters = counters;
  }

  void weigh(long bytes) {
    if (bytes > limit) {
      pause();
    } else if (bytes <= limit / 2 && !paused.isEmpty()) {
      context.resume(paused.toArray(TopicPartition[]::new));
      paused.clear();
    }
  }

  private void pause() {
    if (paused.isEmpty()) {
      counters.add(Counters.What.PAUSES, 1);
    }
    if (paused.addAll(context.assignment())) {
      context.pause(paused.toArray(TopicPartition[]::new));
    }
  }

  /** Partitions that went; Connect forgets their pause, so they would come back without it. */
  void close(Collection<TopicPartition> partitions) {
    partitions.forEach(paused::remove);
  }
}
