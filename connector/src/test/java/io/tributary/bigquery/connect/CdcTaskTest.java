package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.write.AppendRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task in mode cdc against the emulator. */
final class CdcTaskTest {
  private static final Map<String, String> CDC = Map.of("write.mode", "cdc");
  private static final Map<String, String> LOOKUP =
      Map.of("write.mode", "cdc", "cdc.unavailable", "lookup");

  private final TaskHarness harness = new TaskHarness();
  private final Events events = new Events();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void appliesEveryKindOfChange() {
    RunningTask task = harness.task(CDC);
    events.insert(1, "a", 1).insert(2, "b", 2).insert(3, "c", 3).insert(4, "d", 4);
    apply(task);
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1", 2L, "b/2", 3L, "c/3", 4L, "d/4"));

    events.update(1, "A", 10).update(2, "B", 20).delete(3).move(4, 5, "d", 50);
    events.insert(6, null, 6).delete(6).insert(6, "again", 66).update(6, UNAVAILABLE, 67);
    apply(task);
    assertThat(harness.rows())
        .isEqualTo(Map.of(1L, "A/10", 2L, "B/20", 5L, "d/50", 6L, "again/67"));
    assertThat(task.context.deadLetters).isEmpty();
    assertThat(harness.primaryKey()).containsExactly("id");
    assertThat(harness.emulator().commits())
        .noneMatch(commit -> commit.toString().contains("items"));
  }

  @Test
  void tellsOfEachRowWhereItComesFrom() {
    RunningTask task = harness.task(CDC);
    events.insert(1, "a", 1).insert(2, "b", 2).update(1, "c", 3);
    apply(task);
    assertThat(
            harness.texts(
                "id",
                "LENGTH(change_metadata.position)",
                "change_metadata.operation",
                "change_metadata.kafka_topic",
                "change_metadata.kafka_partition",
                "change_metadata.kafka_offset"))
        .containsExactly("1|32|u|shop.public.items|0|2", "2|32|c|shop.public.items|0|1");
  }

  @Test
  void anAppendWhoseAnswerIsLostIsSentTwiceAndSeenOnce() {
    RunningTask task = harness.task(CDC);
    Fault lost = harness.emulator().faults().loseAnswer(CallMatch.of("AppendRows").nth(1));
    events.insert(1, "a", 1).insert(2, "b", 2);
    apply(task);
    events.update(1, "c", 3).delete(2);
    apply(task);
    assertThat(lost.fired()).isEqualTo(1);
    assertThat(changes()).extracting(AppendRecord::rows).as("two rows twice").startsWith(2, 2);
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "c/3"));
  }

  @Test
  void connectionsThatBreakAreReplaced() {
    RunningTask task = harness.task(CDC);
    Fault fault =
        harness
            .emulator()
            .faults()
            .fail(CallMatch.of("AppendRows").nth(1).times(3), Failure.unavailable());
    for (int i = 0; i < 50; i++) {
      events.insert(i, "v" + i, i);
    }
    apply(task);
    harness.emulator().faults().closeConnections(stream -> true, Failure.unavailable());
    events.update(1, "w", 100);
    apply(task);
    assertThat(fault.fired()).isEqualTo(3);
    assertThat(harness.rows()).hasSize(50).containsEntry(1L, "w/100").containsEntry(49L, "v49/49");
  }

  @Test
  void onlyTheRowsThatBigQueryRejectsAreSetAside() {
    Map<String, String> shapes = new HashMap<>(LOOKUP);
    shapes.put("table.override.items.column.doc.type", "GEOGRAPHY");
    RunningTask task = harness.task(shapes);
    events.insert(1, "a", 1).document(1, UNAVAILABLE, 2, "NO SHAPE").insert(2, "c", 3);
    events.document(1, UNAVAILABLE, 3, UNAVAILABLE).document(3, "d", 4, "POINT(1 2)");
    apply(task);
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/3", 2L, "c/3", 3L, "d/4"));
    assertThat(task.deadLetters()).hasSize(1);
    assertThat(task.deadLetters().get(0).sinkRecord().originalKafkaOffset()).isEqualTo(1);
    assertThat(task.deadLetters().get(0).reason())
        .hasMessageContaining("TRIB-206")
        .hasMessageContaining("doc");
  }

  @Test
  void aTruncateStopsTheTaskUnlessItIsToBeIgnored() {
    RunningTask task = harness.task(CDC);
    events.insert(1, "a", 1).truncate();
    assertThatThrownBy(() -> task.put(events.all()))
        .hasMessageContaining("TRIB-421")
        .hasMessageContaining("cdc.truncate=ignore");

    RunningTask ignoring = harness.task(Map.of("write.mode", "cdc", "cdc.truncate", "ignore"));
    events.insert(2, "b", 2);
    ignoring.put(events.all());
    ignoring.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1", 2L, "b/2"));
  }

  @Test
  void flattenedRecordsAreRefusedUnlessKafkaIsToOrderThem() {
    SinkRecord flat = flat(0, 1);
    RunningTask task = harness.task(CDC);
    assertThatThrownBy(() -> task.put(List.of(flat)))
        .hasMessageContaining("TRIB-422")
        .hasMessageContaining("ExtractNewRecordState");

    RunningTask byKafka = harness.task(Map.of("write.mode", "cdc", "order.by", "kafka"));
    byKafka.put(List.of(flat, flat(1, 2), flat(2, 3)));
    byKafka.awaitApplied();
    assertThat(harness.texts("id", "small")).containsExactly("1|3");
  }

  private static SinkRecord flat(long offset, int small) {
    Schema key = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    Schema row =
        SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("small", Schema.INT32_SCHEMA)
            .build();
    return new SinkRecord(
        Events.TOPIC,
        0,
        key,
        new Struct(key).put("id", 1L),
        row,
        new Struct(row).put("id", 1L).put("small", small),
        offset);
  }

  @Test
  void aTombstoneAsTheFirstRecordHarmsNothing() {
    RunningTask task = harness.task(CDC);
    events.insert(1, "a", 1).delete(1).insert(1, "b", 2);
    task.put(events.all());
    task.awaitApplied();
    RunningTask heir = harness.task(CDC);
    heir.put(events.from(2));
    heir.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "b/2"));
  }

  @Test
  void veryManyChangesOfOneRowMayLeaveAColumnOut() {
    RunningTask task = harness.task(LOOKUP);
    events.insert(1, "large", 0);
    for (int i = 1; i <= 50_000; i++) {
      events.update(1, UNAVAILABLE, i);
    }
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "large/50000"));
  }

  @Test
  void manyTablesReachTheirFlushTogether() {
    Map<String, String> props = new HashMap<>(CDC);
    props.put("cdc.connections", "3");
    props.put("threads", "2");
    props.put("table.name.template", "${topic}");
    Set<TopicPartition> partitions = new HashSet<>();
    List<SinkRecord> records = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Changes changes =
          Changes.postgres("public", "t" + i)
              .topic("many" + i)
              .key("id", Schema.INT64_SCHEMA)
              .column("name", Schema.OPTIONAL_STRING_SCHEMA);
      partitions.add(new TopicPartition("many" + i, 0));
      records.add(changes.insert(Map.of("id", 1L, "name", "a" + i)));
      records.add(changes.insert(Map.of("id", 2L, "name", "b" + i)));
    }
    RunningTask task = harness.task(partitions, props);
    task.put(records);
    task.awaitApplied();
    assertThat(harness.count("SELECT COUNT(*) FROM `local.ds.many0`")).isEqualTo(2);
    assertThat(harness.count("SELECT COUNT(*) FROM `local.ds.many199`")).isEqualTo(2);
    List<AppendRecord> sent =
        harness.emulator().appendLog().stream()
            .filter(record -> record.type().equals("DEFAULT"))
            .toList();
    assertThat(sent).hasSize(200);
    assertThat(sent.stream().map(AppendRecord::connection).distinct()).hasSize(3);
  }

  @Test
  void aFrozenTaskThatWakesLateChangesNothing() {
    RunningTask frozen = harness.task(CDC);
    Fault fault =
        harness.emulator().faults().delay(CallMatch.of("AppendRows").nth(1), Duration.ofMinutes(1));
    events.insert(1, "old", 1).insert(2, "old", 2).insert(3, "old", 3);
    frozen.put(events.all());
    await().until(() -> pollUntil(frozen, fault.waiting() == 1));

    RunningTask heir = harness.task(CDC);
    heir.put(events.all());
    int next = events.all().size();
    events.update(1, "new", 10).delete(2).move(3, 4, "old", 30);
    heir.put(events.from(next));
    heir.awaitApplied();
    Map<Long, String> expected = Map.of(1L, "new/10", 4L, "old/30");
    assertThat(harness.rows()).isEqualTo(expected);

    fault.release();
    frozen.awaitApplied();
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(harness.rows()).isEqualTo(expected);
  }

  @Test
  void aReplayFromTheStartNeverShowsAnOlderOrARevivedRow() throws Exception {
    RunningTask task = harness.task(LOOKUP);
    for (int i = 0; i < 20; i++) {
      events.insert(i, "v" + i, i);
    }
    for (int i = 0; i < 20; i++) {
      events.update(i, i % 2 == 0 ? UNAVAILABLE : "w" + i, 100 + i);
    }
    events.delete(3).delete(4).move(5, 50, UNAVAILABLE, 500).delete(6).insert(6, "again", 6);
    task.put(events.all());
    task.awaitApplied();
    task.task.stop();
    Map<Long, String> settled = harness.rows();
    assertThat(settled).hasSize(18).containsEntry(0L, "v0/100").containsEntry(50L, "w5/500");

    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<List<Map<Long, String>>> views =
        CompletableFuture.supplyAsync(
            () -> {
              List<Map<Long, String>> seen = new ArrayList<>();
              while (!done.get()) {
                seen.add(harness.rows());
              }
              return seen;
            });
    RunningTask replay = harness.task(LOOKUP);
    for (int i = 0; i < events.all().size(); i += 10) {
      replay.put(events.from(i).subList(0, Math.min(10, events.all().size() - i)));
      int before = changes().size();
      await().until(() -> pollUntil(replay, changes().size() > before));
    }
    replay.awaitApplied();
    done.set(true);
    assertThat(views.get()).hasSizeGreaterThan(2).allMatch(settled::equals);
    assertThat(harness.rows()).isEqualTo(settled);
    assertThat(replay.deadLetters()).isEmpty();
  }

  private final int[] applied = {0};

  /** Gives the task what was added since, and waits. */
  private void apply(RunningTask task) {
    task.put(events.from(applied[0]));
    applied[0] = events.all().size();
    task.awaitApplied();
  }

  /** Requests to the destination's default stream. */
  private List<AppendRecord> changes() {
    return harness.emulator().appendLog().stream()
        .filter(record -> record.stream().endsWith("/tables/items/streams/_default"))
        .toList();
  }

  private static boolean pollUntil(RunningTask task, boolean reached) {
    task.task.put(List.of());
    return reached;
  }
}
