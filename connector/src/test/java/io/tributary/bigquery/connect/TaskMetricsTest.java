package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.testkit.GeneratedPage;
import io.tributary.bigquery.write.Counters;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.junit.jupiter.api.Test;

final class TaskMetricsTest {
  @Test
  void namesThatAFormerTaskStillHasAreLeftToIt() {
    AtomicInteger asked = new AtomicInteger();
    PluginMetrics taken =
        (PluginMetrics)
            Proxy.newProxyInstance(
                PluginMetrics.class.getClassLoader(),
                new Class<?>[] {PluginMetrics.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("addMetric")) {
                    asked.incrementAndGet();
                    throw new IllegalArgumentException("already exists");
                  }
                  return null;
                });
    SinkTaskContext context =
        (SinkTaskContext)
            Proxy.newProxyInstance(
                SinkTaskContext.class.getClassLoader(),
                new Class<?>[] {SinkTaskContext.class},
                (proxy, method, arguments) -> taken);
    new TaskMetrics(new Counters()).register(context);
    assertThat(asked).hasPositiveValue();
  }

  @Test
  void metricsPageAgreesWithTheCode() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Metrics

            Each task of the sink counts what it does since it started. On Kafka Connect 4.1 and newer the counts are
            attributes of the MBean `kafka.connect:type=plugins,connector=<name>,task=<n>`; older workers have no
            metrics for plugins. The lag in records is Kafka's own: the consumer group `connect-<name>` commits
            an offset only when everything below it is applied.

            | Metric | Meaning |
            |---|---|
            """);
    TaskMetrics.all()
        .forEach(
            metric -> page.append("| `%s` | %s |\n".formatted(metric.name(), metric.meaning())));
    GeneratedPage.agree("metrics.md", page.toString());
  }
}
