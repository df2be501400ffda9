package io.tributary.bigquery.connect;

import io.tributary.bigquery.write.Counters;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Pauses partitions while too many bytes are unapplied, and resumes them when half of them are
 * gone.
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
    if (bytes > limit && paused.isEmpty()) {
      paused.addAll(context.assignment());
      context.pause(paused.toArray(TopicPartition[]::new));
      counters.add(Counters.What.PAUSES, 1);
    } else if (bytes <= limit / 2 && !paused.isEmpty()) {
      paused.retainAll(context.assignment());
      context.resume(paused.toArray(TopicPartition[]::new));
      paused.clear();
    }
  }
}
