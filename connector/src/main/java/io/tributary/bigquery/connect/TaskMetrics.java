package io.tributary.bigquery.connect;

import io.tributary.bigquery.change.Ignored;
import io.tributary.bigquery.config.Lossy;
import io.tributary.bigquery.write.Counters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
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

  /**
   * Workers before Kafka 4.1 have no metrics for plugins; the sink runs on them without. So does a
   * task whose names are taken: one that its worker gave up, as after a freeze, keeps them until it
   * has ended.
   */
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
    try {
      all().forEach(metric -> add(metric, metrics));
    } catch (IllegalArgumentException e) {
      LOG.warn("A former task of this id has not ended yet; this one has no metrics.");
    }
  }

  private void add(Metric metric, PluginMetrics metrics) {
    Gauge<Long> gauge = (config, now) -> metric.value().applyAsLong(counters);
    metrics.addMetric(
        metrics.metricName(metric.name(), metric.meaning(), new LinkedHashMap<>()), gauge);
  }

  /** Every metric of a task, in the order of the reference page. */
  static List<Metric> all() {
    List<Metric> all = new ArrayList<>();
    for (Counters.What what : Counters.What.values()) {
      all.add(new Metric(spelled(what), what.meaning(), counters -> counters.of(what)));
    }
    for (Ignored.Reason reason : Ignored.Reason.values()) {
      all.add(
          new Metric(
              "ignored-" + spelled(reason),
              "Records that ask nothing of any table: "
                  + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                  + ".",
              counters -> counters.ofIgnored(reason)));
    }
    for (Lossy choice : Lossy.values()) {
      if (choice != Lossy.REFUSE) {
        all.add(
            new Metric(
                "lossy-" + spelled(choice),
                "Values that were not kept as they came, by the choice of their column: "
                    + spelled(choice)
                    + ".",
                counters -> counters.ofLossy(choice)));
      }
    }
    return all;
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A count since the task started. */
  record Metric(String name, String meaning, ToLongFunction<Counters> value) {}
}
