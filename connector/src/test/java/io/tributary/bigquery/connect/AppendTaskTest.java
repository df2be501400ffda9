package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.FieldValueList;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mode append: every change is a row, once, whatever breaks, and a view shows the latest state. */
final class AppendTaskTest {
  private static final TableRef ITEMS = new TableRef("local", "ds", "items");

  private final TaskHarness harness = new TaskHarness();
  private final Events events = new Events();

  @AfterEach
  void close() {
    harness.close();
  }

  private RunningTask taskWithARow() {
    RunningTask task = task();
    events.insert(1, "a", 1);
    task.put(events.all());
    task.awaitApplied();
    return task;
  }

  @Test
  void keepsEveryChangeWithItsOrigin() {
    RunningTask task = task();
    events.insert(1, "a", 1).update(1, UNAVAILABLE, 2).delete(1).truncate();
    task.put(events.all());
    task.awaitApplied();
    assertThat(
            harness.texts(
                "change_metadata.kafka_offset",
                "change_metadata.operation",
                "id",
                "IFNULL(big, 'NULL')",
                "IFNULL(small, -1)",
                "ARRAY_TO_STRING(change_metadata.unavailable, ',')",
                "change_metadata.kafka_topic",
                "change_metadata.kafka_partition",
                "UNIX_MILLIS(change_metadata.kafka_time)",
                "change_metadata.source_time > '2023-01-01'",
                "LENGTH(change_metadata.position)",
                "change_metadata.transaction"))
        .containsExactly(
            "0|c|1|a|1||shop.public.items|0|1|true|32|1016",
            "1|u|1|NULL|2|big|shop.public.items|0|1|true|32|1032",
            "2|d|1|NULL|-1||shop.public.items|0|1|true|32|1048",
            "4|t|null|NULL|-1||shop.public.items|0|1|true|32|1064");
  }

  @Test
  void aDroppedTableIsToldAtOnce() {
    RunningTask task = taskWithARow();
    harness.query("DROP TABLE ds.items");
    events.insert(2, "b", 2);
    task.put(events.from(1));
    assertThatThrownBy(task::awaitApplied)
        .hasMessageContaining("TRIB-405")
        .hasMessageContaining("dropped");
  }

  @Test
  void theViewShowsTheLatestState() {
    RunningTask task = task();
    events.insert(1, "a", 1).insert(2, "b", 2).insert(3, "c", 3).insert(4, "d", 4);
    events.update(1, UNAVAILABLE, 10).update(2, "B", 20).delete(3).move(4, 5, UNAVAILABLE, 50);
    events.insert(6, null, 6).delete(6).insert(6, "again", 66).update(6, UNAVAILABLE, 67);
    task.put(events.all());
    task.awaitApplied();
    assertThat(current()).isEqualTo(Map.of(1L, "a/10", 2L, "B/20", 5L, "d/50", 6L, "again/67"));

    int next = events.all().size();
    events.truncate().insert(9, "x", 9);
    task.put(events.from(next));
    task.awaitApplied();
    assertThat(current()).isEqualTo(Map.of(9L, "x/9"));
  }

  @Test
  void aReplayFromTheStartAddsNothing() {
    RunningTask task = task();
    events.insert(1, "a", 1).update(1, "b", 2).delete(1).insert(2, "c", 3);
    task.put(events.all());
    task.awaitApplied();
    task.stop();

    RunningTask replay = task();
    events.insert(3, "new", 4);
    replay.put(events.all());
    replay.awaitApplied();
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 4L, 5L);
  }

  @Test
  void aRecordThatIsReadAgainWhileItWaitsIsWrittenOnce() {
    RunningTask task = task();
    events.insert(1, "a", 1).update(1, "b", 2).truncate().delete(1);
    task.put(events.all());
    task.put(events.all());
    task.put(events.from(1));
    task.awaitApplied();
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L);
  }

  @ParameterizedTest
  @EnumSource(Handover.class)
  void aTaskThatDiesAndOneThatFollowsWriteEveryChangeOnce(Handover step) {
    RunningTask dying = task();
    Fault fault = step.freeze(harness);
    events.insert(1, "a", 1).update(1, "b", 2);
    dying.put(events.all());
    dying.until(() -> fault.waiting() == 1);
    dying.stop();
    fault.close();

    RunningTask heir = task();
    events.update(1, "c", 3);
    heir.put(events.all());
    heir.awaitApplied();
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(offsets()).containsExactly(0L, 1L, 2L);
    assertThat(current()).isEqualTo(Map.of(1L, "c/3"));
  }

  @ParameterizedTest
  @EnumSource(Handover.class)
  void aFrozenTaskThatWakesLateWritesNothingTwice(Handover step) {
    RunningTask frozen = task();
    Fault fault = step.freeze(harness);
    events.insert(1, "a", 1).update(1, "b", 2);
    frozen.put(events.all());
    frozen.until(() -> fault.waiting() == 1);

    RunningTask heir = task();
    events.update(1, "c", 3).delete(1);
    heir.put(events.all());
    heir.awaitApplied();
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L);

    fault.release();
    frozen.awaitApplied();
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L);
    events.insert(2, "later", 4);
    heir.put(events.from(5));
    heir.awaitApplied();
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 5L);
  }

  @Test
  void twoTasksThatBothBelieveThePartitionTheirsWriteEveryChangeOnce() {
    RunningTask one = task();
    RunningTask other = task();
    for (int i = 0; i < 30; i++) {
      int next = events.all().size();
      events.insert(i, "v" + i, i);
      (i % 2 == 0 ? one : other).put(events.from(next));
      (i % 2 == 0 ? other : one).put(events.from(next));
    }
    one.awaitApplied();
    other.awaitApplied();
    assertThat(offsets()).containsExactlyElementsOf(LongStream.range(0, 30).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"AppendRows", "FinalizeWriteStream", "BatchCommitWriteStreams"})
  void aLostAnswerAddsNothing(String method) {
    RunningTask task = task();
    Fault lost = harness.emulator().faults().loseAnswer(CallMatch.of(method).onTable(ITEMS).nth(1));
    events.insert(1, "a", 1).update(1, "b", 2).delete(1);
    task.put(events.all());
    task.awaitApplied();
    assertThat(lost.fired()).isEqualTo(1);
    assertThat(offsets()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void twoTablesOfOnePartitionKeepDifferentMarks() {
    harness.dataset("other");
    RunningTask task = harness.task(Map.of("write.mode", "merge", "history", "true"));
    Fault fault =
        harness
            .emulator()
            .faults()
            .delay(
                CallMatch.of("jobs.insert").onJob(id -> id.startsWith("tributary_items_")).nth(1),
                Duration.ofMinutes(1));
    events.insert(1, "a", 1).update(1, UNAVAILABLE, 2);
    task.put(events.all());
    task.until(() -> fault.waiting() == 1 && offsets("items_history").size() == 2);
    assertThat(task.committable()).as("the state is not applied").isZero();
    task.stop();
    fault.close();

    RunningTask heir = harness.task(Map.of("write.mode", "merge", "history", "true"));
    events.update(1, "c", 3);
    heir.put(events.all());
    heir.awaitApplied();
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "c/3"));
    assertThat(offsets("items_history")).containsExactly(0L, 1L, 2L);
    assertThat(harness.rows("items_history_current")).isEqualTo(Map.of(1L, "c/3"));
  }

  @Test
  void anOffsetWaitsForTheHistoryToo() {
    RunningTask task = harness.task(Map.of("history", "true"));
    Fault fault =
        harness
            .emulator()
            .faults()
            .delay(
                CallMatch.of("BatchCommitWriteStreams")
                    .onTable(new TableRef("local", "ds", "items_history"))
                    .nth(1),
                Duration.ofMinutes(1));
    events.insert(1, "a", 1).insert(2, "b", 2);
    task.put(events.all().subList(0, 1));
    task.until(() -> fault.waiting() == 1 && applied(1));
    // The second cycle of a table takes off when the first has landed.
    task.put(events.from(1));
    task.until(() -> applied(2));
    assertThat(task.committable()).as("the history has nothing yet").isZero();
    fault.release();
    task.awaitApplied();
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(offsets("items_history")).containsExactly(0L, 1L);
  }

  private boolean applied(long id) {
    return harness.exists("items") && harness.rows().containsKey(id);
  }

  @Test
  void aRecreatedTopicIsRefusedUntilTheEpochIsRaised() {
    RunningTask task = task();
    events.insert(1, "a", 1).insert(2, "b", 2);
    task.put(events.all());
    task.awaitApplied();
    task.stop();

    List<SinkRecord> anew = new ArrayList<>();
    for (SinkRecord old : events.all()) {
      anew.add(
          old.newRecord(
              old.topic(),
              old.kafkaPartition(),
              old.keySchema(),
              old.key(),
              old.valueSchema(),
              old.value(),
              old.timestamp() + 5,
              old.headers()));
    }
    RunningTask refusing = task();
    refusing.put(anew);
    assertThatThrownBy(refusing::awaitApplied).hasMessageContaining("TRIB-412");

    Map<String, String> props = new HashMap<>(Map.of("write.mode", "append"));
    props.put("source.epoch", "1");
    RunningTask next = harness.task(props);
    next.put(anew);
    next.awaitApplied();
    assertThat(offsets()).containsExactly(0L, 0L, 1L, 1L);
  }

  @Test
  void aRowThatBigQueryRejectsIsSetAsideAlone() {
    RunningTask task =
        harness.task(
            Map.of("write.mode", "append", "table.override.items.column.doc.type", "GEOGRAPHY"));
    events.insert(1, "a", 1).document(2, "bad", 2, "POINT(1").insert(3, "c", 3);
    task.put(events.all());
    task.awaitApplied();
    assertThat(task.context.deadLetters)
        .extracting(SinkRecord::originalKafkaOffset)
        .containsExactly(1L);
    assertThat(task.context.reasons.get(0)).hasMessageContaining("TRIB-206");
    assertThat(offsets()).containsExactly(0L, 2L);
  }

  @Test
  void theViewFollowsTheTable() {
    RunningTask task = taskWithARow();
    harness.query("ALTER TABLE ds.items ADD COLUMN more STRING");
    task.stop();

    RunningTask next = task();
    events.update(1, "b", 2);
    next.put(events.all());
    next.awaitApplied();
    assertThat(harness.fields("items_current").stream().map(field -> field.getName()))
        .containsExactlyInAnyOrder("id", "big", "small", "doc", "more", "change_metadata");
  }

  @Test
  void aTableWithoutAKeyKeepsItsChanges() {
    RunningTask task = task();
    events.insert(1, "a", 1).update(1, "b", 2).formerly(1, "b", 2);
    task.put(keyless(events.all()));
    task.awaitApplied();
    assertThat(task.context.deadLetters).isEmpty();
    assertThat(harness.texts("change_metadata.operation", "id", "big", "small"))
        .containsExactly("c|1|a|1", "d|1|b|2", "u|1|b|2");
    assertThat(harness.exists("items_current")).isFalse();
  }

  @Test
  void inAnotherModeATableWithoutAKeyIsRefusedWithTheRemedy() {
    RunningTask task = harness.task(Map.of());
    events.insert(1, "a", 1);
    task.put(keyless(events.all()));
    task.awaitApplied();
    assertThat(task.context.reasons.get(0))
        .hasMessageContaining("TRIB-204")
        .hasMessageContaining("key.fields")
        .hasMessageContaining("write.mode=append");
  }

  private static List<SinkRecord> keyless(List<SinkRecord> records) {
    return records.stream()
        .map(
            each ->
                each.newRecord(
                    each.topic(),
                    each.kafkaPartition(),
                    null,
                    null,
                    each.valueSchema(),
                    each.value(),
                    each.timestamp(),
                    each.headers()))
        .toList();
  }

  private RunningTask task() {
    return harness.task(Map.of("write.mode", "append"));
  }

  private List<Long> offsets() {
    return offsets("items");
  }

  private List<Long> offsets(String table) {
    if (!harness.exists(table)) {
      return List.of();
    }
    List<Long> offsets = new ArrayList<>();
    for (FieldValueList row :
        harness.query(
            "SELECT change_metadata.kafka_offset FROM `local.ds." + table + "` ORDER BY 1")) {
      offsets.add(row.get(0).getLongValue());
    }
    return offsets;
  }

  private Map<Long, String> current() {
    return harness.rows("items_current");
  }
}
