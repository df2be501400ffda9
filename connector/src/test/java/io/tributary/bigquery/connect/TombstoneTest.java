package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A deleted row stays deleted, also in a table without any column that a change may leave out. */
final class TombstoneTest {
  private final TaskHarness harness = new TaskHarness();
  private final Changes changes =
      Changes.postgres("public", "items")
          .topic(Events.TOPIC)
          .at(0, 0)
          .key("id", Schema.INT64_SCHEMA)
          .column("small", Schema.OPTIONAL_INT32_SCHEMA);

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void anOldInsertDoesNotBringADeletedRowBack() {
    SinkRecord born = changes.insert(Map.of("id", 1L, "small", 1));
    SinkRecord kept = changes.insert(Map.of("id", 2L, "small", 2));
    RunningTask task = harness.task();
    task.put(List.of(born, kept, changes.delete(Map.of("id", 1L))));
    task.awaitApplied();
    task.task.stop();

    RunningTask late = harness.task();
    late.put(List.of(born));
    late.awaitApplied();
    assertThat(harness.query("SELECT id FROM `local.ds.items`"))
        .extracting(row -> row.get(0).getLongValue())
        .containsExactly(2L);
  }
}
