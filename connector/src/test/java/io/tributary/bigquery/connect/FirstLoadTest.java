package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.DeadLetter;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.jobs.JobRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of a first snapshot go straight into their new table, until anything else comes. */
final class FirstLoadTest {
  private static final String TOPIC = "app.public.items";

  private final TaskHarness harness = new TaskHarness();
  private final Changes items =
      Changes.postgres("public", "items")
          .key("id", Schema.INT64_SCHEMA)
          .column("big", Schema.OPTIONAL_STRING_SCHEMA)
          .column("small", Schema.OPTIONAL_INT32_SCHEMA);

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aSnapshotNeedsNoMerge() {
    RunningTask task = task();
    for (int round = 0; round < 3; round++) {
      task.put(snapshot(10 * round, 10));
      task.awaitApplied();
    }
    assertThat(harness.rows()).hasSize(30).containsEntry(17L, "read/17");
    assertThat(chain()).isEmpty();
    assertThat(staged()).isZero();
    assertThat(
            harness.texts(
                "change_metadata.kafka_offset",
                "change_metadata.operation",
                "LENGTH(change_metadata.position)"))
        .hasSize(30)
        .contains("0|r|32");
  }

  @Test
  void theFirstChangeEndsIt() {
    RunningTask task = task();
    task.put(snapshot(0, 10));
    task.awaitApplied();
    assertThat(label()).isNotEqualTo("ended");
    task.put(List.of(items.update(row(1, "new", 1)), items.delete(Map.of("id", 2L))));
    task.awaitApplied();
    assertThat(label()).isEqualTo("ended");
    assertThat(harness.rows()).hasSize(9).containsEntry(1L, "new/1").doesNotContainKey(2L);
    assertThat(chain()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Handover.class)
  void aTaskThatDiesMeanwhileLosesAndDoublesNothing(Handover step) {
    RunningTask dying = task();
    Fault fault = step.freeze(harness);
    List<SinkRecord> records = new ArrayList<>(snapshot(0, 10));
    dying.put(records);
    dying.until(() -> fault.waiting() == 1);
    dying.stop();
    fault.close();

    RunningTask heir = task();
    records.addAll(snapshot(10, 10));
    heir.put(records);
    heir.awaitApplied();
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(harness.rows()).hasSize(20);
    assertThat(chain()).as("the heir loads on").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Handover.class)
  void aFrozenTaskThatWakesAfterTheEndRevivesAndDoublesNothing(Handover step) {
    RunningTask frozen = task();
    Fault fault = step.freeze(harness);
    List<SinkRecord> records = new ArrayList<>(snapshot(0, 4));
    frozen.put(records);
    frozen.until(() -> fault.waiting() == 1);

    RunningTask heir = task();
    records.add(items.update(row(1, "new", 1)));
    records.add(items.delete(Map.of("id", 2L)));
    heir.put(records);
    heir.awaitApplied();
    Map<Long, String> expected = Map.of(0L, "read/0", 1L, "new/1", 3L, "read/3");
    assertThat(harness.rows()).isEqualTo(expected);

    fault.release();
    frozen.awaitApplied();
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(harness.rows()).isEqualTo(expected);
  }

  @Test
  void severalTasksLoadTheirPartitionsUntilOneEndsIt() {
    RunningTask one = task(0);
    RunningTask other = task(1);
    List<SinkRecord> first = snapshot(0, 10);
    items.at(1, 0);
    List<SinkRecord> second = snapshot(100, 10);
    one.put(first);
    other.put(second);
    one.awaitApplied();
    other.awaitApplied();
    assertThat(chain()).isEmpty();
    other.put(List.of(items.update(row(101, "new", 1))));
    other.awaitApplied();
    items.at(0, 10);
    one.put(snapshot(10, 10));
    one.awaitApplied();
    assertThat(harness.rows()).hasSize(30).containsEntry(101L, "new/1");
    assertThat(staged()).isGreaterThanOrEqualTo(11);
  }

  @Test
  void anotherSnapshotIsMerged() {
    RunningTask task = task();
    task.put(snapshot(0, 10));
    task.awaitApplied();
    items.log(null, 30_000_000);
    task.put(snapshot(0, 12));
    task.awaitApplied();
    assertThat(harness.rows()).hasSize(12);
    assertThat(label()).isEqualTo("ended");
  }

  @Test
  void aSnapshotThatBeginsAgainAtTheSamePlaceLeavesEachRowOnce() {
    RunningTask task = task();
    task.put(snapshot(0, 4));
    task.awaitApplied();
    task.put(snapshot(0, 10));
    task.awaitApplied();
    task.put(List.of(items.update(row(1, "new", 1))));
    task.awaitApplied();
    assertThat(harness.rows()).hasSize(10).containsEntry(1L, "new/1");
    assertThat(
            harness.count("SELECT change_metadata.kafka_offset FROM `local.ds.items` WHERE id = 2"))
        .as("the later copy stays")
        .isEqualTo(6);
  }

  @Test
  void aTopicThatWasCreatedAnewIsMerged() {
    RunningTask task = task();
    task.put(snapshot(0, 4));
    task.awaitApplied();
    task.stop();
    RunningTask anew = task();
    items.at(0, 0).time(1_770_000_000_000_000L);
    anew.put(snapshot(50, 4));
    anew.awaitApplied();
    assertThat(harness.rows()).hasSize(8).containsKeys(0L, 53L);
  }

  @Test
  void aRepeatedKeyInOneCycleIsMerged() {
    RunningTask task = task();
    List<SinkRecord> records = new ArrayList<>(snapshot(0, 4));
    records.addAll(snapshot(2, 4));
    task.put(records);
    task.awaitApplied();
    assertThat(harness.rows()).hasSize(6);
  }

  @Test
  void whatWasStagedBeforeTheTableIsHeeded() {
    RunningTask task = task();
    SinkRecord read = items.snapshot(row(1, "read", 1));
    SinkRecord gone = items.tombstone(Map.of("id", 1L));
    SinkRecord bare =
        gone.newRecord(TOPIC, 0, gone.keySchema(), gone.key(), null, null, gone.timestamp());
    task.put(List.of(bare));
    task.awaitApplied();
    task.put(List.of(read));
    task.awaitApplied();
    assertThat(harness.table("items").getLabels()).doesNotContainKey("tributary_first_load");
  }

  @Test
  void aTypeThatWidensEndsIt() {
    RunningTask task = task();
    task.put(snapshot(0, 10));
    task.awaitApplied();
    Changes wider =
        Changes.postgres("public", "items")
            .key("id", Schema.INT64_SCHEMA)
            .column("big", Schema.OPTIONAL_STRING_SCHEMA)
            .column("small", Decimal.builder(2).optional().build())
            .at(0, 10);
    BigDecimal half = new BigDecimal("0.50");
    task.put(List.of(wider.snapshot(Map.of("id", 11L, "big", "read", "small", half))));
    task.awaitApplied();
    assertThat(label()).isEqualTo("ended");
    assertThat(harness.texts("id", "small")).hasSize(11).contains("11|0.5");
  }

  @Test
  void aRowThatBigQueryRejectsIsSetAsideAlone() {
    RunningTask task =
        harness.task(
            Set.of(new TopicPartition(TOPIC, 0)),
            Map.of("table.override.items.column.big.type", "GEOGRAPHY"));
    task.put(
        List.of(
            items.snapshot(row(1, "POINT(1 1)", 1)),
            items.snapshot(row(2, "POINT(1", 2)),
            items.snapshot(row(3, "POINT(3 3)", 3))));
    task.awaitApplied();
    assertThat(harness.texts("id")).containsExactly("1", "3");
    assertThat(chain()).isEmpty();
    assertThat(task.deadLetters())
        .extracting(DeadLetter::sinkRecord)
        .extracting(SinkRecord::originalKafkaOffset)
        .containsExactly(1L);
  }

  private RunningTask task() {
    return task(0);
  }

  private RunningTask task(int partition) {
    return harness.task(
        Set.of(new TopicPartition(TOPIC, partition)),
        Map.of("table.name.template", "${source.table}"));
  }

  private List<SinkRecord> snapshot(int from, int count) {
    List<SinkRecord> records = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      records.add(items.snapshot(row(i, "read", i)));
    }
    return records;
  }

  private static Map<String, Object> row(long id, String big, int small) {
    Map<String, Object> row = new HashMap<>();
    row.put("id", id);
    row.put("big", big);
    row.put("small", small);
    return row;
  }

  private String label() {
    return harness.table("items").getLabels().get("tributary_first_load");
  }

  private long staged() {
    return harness.count("SELECT COUNT(*) FROM `local.ds.tributary_staging_items`");
  }

  private List<JobRecord> chain() {
    return harness.emulator().jobs().stream()
        .filter(job -> job.parentId() == null && job.id().startsWith("tributary_items_"))
        .toList();
  }
}
