package io.tributary.bigquery.connect;

import io.tributary.bigquery.testkit.GeneratedPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class TaskMetricsTest {
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
