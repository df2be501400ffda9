package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import io.tributary.emulator.write.AppendRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * BigQuery lets a project create 10,000 write streams in an hour and region.
 *
 * @see <a href="https://cloud.google.com/bigquery/quotas#write-api-limits">Quotas</a>
 */
final class StreamBudgetTest {
  private static final int TABLES = 5;

  private final TaskHarness harness = new TaskHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void flushesWaitForTheirShareAndLoseNothing() {
    Set<TopicPartition> partitions = new HashSet<>();
    List<SinkRecord> records = new ArrayList<>();
    for (int i = 0; i < TABLES; i++) {
      Changes table = Changes.postgres("public", "t" + i).key("id", Schema.INT64_SCHEMA);
      records.add(table.insert(Map.of("id", 1L)));
      partitions.add(new TopicPartition("app.public.t" + i, 0));
    }
    RunningTask task =
        harness.task(partitions, Map.of("streams.per.hour", "1440", "tasks.max", "2"));
    task.put(records);
    task.awaitApplied();
    List<Instant> streams = streams();
    assertThat(streams).hasSize(TABLES);
    assertThat(Duration.between(streams.get(0), streams.get(4)))
        .as("two in ten seconds: a whole period lies between the first and the fifth")
        .isGreaterThan(Duration.ofSeconds(5));
    for (int i = 0; i < TABLES; i++) {
      assertThat(harness.count("SELECT COUNT(*) FROM `local.ds.t" + i + "`")).isEqualTo(1);
    }
  }

  /** When each cycle's stream got its rows; where logs begin is noted by a stream of its own. */
  private List<Instant> streams() {
    return harness.emulator().appendLog().stream()
        .filter(append -> append.stream().contains("tributary_staging_"))
        .map(AppendRecord::when)
        .sorted()
        .toList();
  }
}
