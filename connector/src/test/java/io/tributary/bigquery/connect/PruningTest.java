package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import io.tributary.emulator.jobs.JobRecord;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A MERGE reads the partitions alone that its rows may be in, if that can be told.
 *
 * @see <a href="https://cloud.google.com/bigquery/docs/using-dml-with-partitioned-tables">Using DML
 *     with partitioned tables</a>
 */
final class PruningTest {
  private static final Schema DATE =
      SchemaBuilder.int32().name("io.debezium.time.Date").version(1).build();

  private final TaskHarness harness = new TaskHarness();
  private final int today = (int) LocalDate.now(ZoneOffset.UTC).toEpochDay();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aPartitionColumnOfTheKeyBoundsTheMerge() {
    Changes items = items(true);
    RunningTask task = task();
    fill(task, items);
    long whole = bytesOfLastMerge();
    task.put(
        List.of(
            items.update(row(5, 1, "new")),
            items.delete(Map.of("id", 6L, "day", today - 1)),
            items.insert(row(99, 1, "late"))));
    task.awaitApplied();
    assertThat(bytesOfLastMerge()).as("one of ten days").isLessThan(whole / 5);
    assertThat(harness.texts("id", "big")).hasSize(100).contains("5|new", "99|late");
  }

  @Test
  void aRowMayLeaveItsPartitionByAnotherColumn() {
    Changes items = items(false);
    RunningTask task = task();
    fill(task, items);
    task.put(List.of(items.update(row(5, 7, "moved"))));
    task.awaitApplied();
    assertThat(harness.texts("id", "big")).hasSize(100).contains("5|moved");
  }

  @Test
  void rowsOfYearsAgoAreNotStreamedToTheirPartition() {
    Changes items = items(true);
    RunningTask task = task();
    task.put(
        List.of(items.snapshot(row(1, 12 * 366, "long ago")), items.snapshot(row(2, 1, "new"))));
    task.awaitApplied();
    assertThat(harness.texts("id", "big")).containsExactly("1|long ago", "2|new");
    assertThat(task.deadLetters()).isEmpty();
  }

  private static Changes items(boolean dayInKey) {
    Changes items = Changes.postgres("public", "items").key("id", Schema.INT64_SCHEMA);
    return (dayInKey ? items.key("day", DATE) : items.column("day", DATE))
        .column("big", Schema.OPTIONAL_STRING_SCHEMA);
  }

  /** Ten rows on each of ten days. */
  private void fill(RunningTask task, Changes items) {
    List<SinkRecord> records = new ArrayList<>();
    for (int day = 0; day < 10; day++) {
      for (int i = 0; i < 10; i++) {
        int id = day * 10 + i;
        records.add(items.insert(row(id, day == 0 && i > 4 ? 1 : day, "x".repeat(1_000))));
      }
    }
    task.put(records);
    task.awaitApplied();
    task.put(List.of(items.update(row(0, 0, "x")), items.update(row(95, 9, "y"))));
    task.awaitApplied();
  }

  private Map<String, Object> row(int id, int daysAgo, String big) {
    return Map.of("id", (long) id, "day", today - daysAgo, "big", big);
  }

  private RunningTask task() {
    return harness.task(
        Set.of(new TopicPartition("app.public.items", 0)),
        Map.of("table.override.items.partition.by", "day"));
  }

  private long bytesOfLastMerge() {
    List<JobRecord> merges =
        harness.emulator().jobs().stream()
            .filter(job -> "MERGE".equals(job.statementType()))
            .toList();
    return harness.bytesProcessed(merges.get(merges.size() - 1).id());
  }
}
