package io.tributary.bigquery.connect;

import io.tributary.bigquery.change.Ignored;
import io.tributary.bigquery.write.Counters;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a task's counters among the worker's metrics (group {@code plugins}). */
final class TaskMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(TaskMetrics.class);

  private final Counters counters;

  TaskMetrics(Counters counters) {
    this.counters = counters;
  }

  /** Workers before Kafka 4.1 have no metrics for plugins; the sink runs on them without. */
  void register(SinkTaskContext context) {
    PluginMetrics metrics;
    try {
      metrics = context.pluginMetrics();
    } catch (NoSuchMethodError e) {
      LOG.info("This worker offers plugins no metrics.");
      return;
    }
    if (metrics == null) {
      return;
    }
    for (Counters.What what : Counters.What.values()) {
      add(metrics, spelled(what), () -> counters.of(what));
    }
    for (Ignored.Reason reason : Ignored.Reason.values()) {
      add(metrics, "ignored-" + spelled(reason), () -> counters.ofIgnored(reason));
    }
  }

  private static void add(PluginMetrics metrics, String name, LongSupplier value) {
    Gauge<Long> gauge = (config, now) -> value.getAsLong();
    metrics.addMetric(
        metrics.metricName(name, "Count since the task started.", new LinkedHashMap<>()), gauge);
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
