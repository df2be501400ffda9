package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However many tables are due, only so many streams are open, and cycles unapplied. */
final class BoundsTest {
  private static final int TABLES = 12;
  private static final int THREADS = 3;

  private final TaskHarness harness = new TaskHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "append"})
  void noMoreStreamsAreOpenThanThreads(String mode) {
    Map<String, String> props = smallBuffer(mode, "threads", Integer.toString(THREADS));
    List<Changes> tables = tables(TABLES);
    RunningTask task = harness.task(partitions(TABLES), props);
    // tables and what else is made once are there when the service falls silent
    task.put(insert(tables, 1));
    task.awaitApplied();
    long before = created();
    Fault silence =
        harness
            .emulator()
            .faults()
            .delay(CallMatch.of("FinalizeWriteStream"), Duration.ofMinutes(1));
    task.put(insert(tables, 2));
    task.until(() -> silence.waiting() == THREADS);
    task.put(insert(tables, 3));
    assertThat(task.context.paused).as("what cannot be applied is not fetched").hasSize(TABLES);
    assertThat(created() - before).isEqualTo(THREADS);
    silence.close();
    task.awaitApplied();
    assertThat(task.context.paused).isEmpty();
    for (int i = 0; i < TABLES; i++) {
      assertThat(harness.count("SELECT COUNT(*) FROM `local.ds.t" + i + "`")).isEqualTo(3);
    }
  }

  /** As many as in mode cdc take minutes in the others: {@code -Dtables=200}. */
  static Stream<Arguments> manyTables() {
    int many = Integer.getInteger("tables", 40);
    return Stream.of(
        Arguments.of("merge", many), Arguments.of("cdc", 200), Arguments.of("append", many));
  }

  @ParameterizedTest
  @MethodSource("manyTables")
  void manyTablesThatAreDueInOnePutAreWrittenByFewThreads(String mode, int many) {
    Map<String, String> props =
        Map.of("write.mode", mode, "threads", Integer.toString(THREADS), "flush.bytes", "1024");
    List<Changes> tables = tables(many);
    Set<Thread> before = flights();
    RunningTask task = harness.task(partitions(many), props);
    task.put(insert(tables, 1));
    Set<Thread> used = new HashSet<>();
    task.until(
        Duration.ofMinutes(5),
        () -> {
          used.addAll(flights());
          return task.applied();
        });
    used.removeAll(before);
    assertThat(used.size()).as("threads that write").isBetween(1, THREADS);
    for (int i = 0; i < many; i++) {
      assertThat(harness.count("SELECT COUNT(*) FROM `local.ds.t" + i + "`")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "cdc", "append"})
  void aFullBufferWaitsForNoInterval(String mode) {
    Map<String, String> props = smallBuffer(mode, "flush.interval.ms", "3600000");
    List<Changes> tables = tables(TABLES);
    RunningTask task = harness.task(partitions(TABLES), props);
    for (long id = 1; task.context.paused.isEmpty(); id++) {
      task.put(insert(tables, id));
    }
    task.until(() -> task.context.paused.isEmpty());
  }

  @Test
  void marksOnTheirWayToBigQueryKeepConnectsThreadFromNothing() {
    TableRef marks = new TableRef("local", TaskHarness.DATASET, "tributary_snapshots");
    List<Changes> tables = tables(2);
    RunningTask task = harness.task(partitions(2), Map.of("flush.bytes", "1024"));
    Fault silence =
        harness
            .emulator()
            .faults()
            .delay(CallMatch.of("CreateWriteStream").onTable(marks), Duration.ofMinutes(1));
    task.put(insert(tables.subList(0, 1), 1));
    task.until(() -> silence.waiting() == 1);
    task.put(insert(tables, 2));
    assertThat(silence.waiting()).as("marks that are still on their way").isEqualTo(1);
    silence.close();
    task.awaitApplied();
  }

  private static Map<String, String> smallBuffer(String mode, String key, String value) {
    Map<String, String> props = new HashMap<>();
    props.put("write.mode", mode);
    props.put("buffer.bytes", "600000");
    props.put("flush.bytes", "500000");
    props.put("append.bytes", "500000");
    props.put(key, value);
    return props;
  }

  private long created() {
    return harness.emulator().calls().getOrDefault("CreateWriteStream", 0L);
  }

  private static Set<Thread> flights() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("tributary-flight"))
        .collect(Collectors.toSet());
  }

  private static List<Changes> tables(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Changes.postgres("public", "t" + i)
                    .key("id", Schema.INT64_SCHEMA)
                    .column("big", Schema.OPTIONAL_STRING_SCHEMA))
        .toList();
  }

  private static Set<TopicPartition> partitions(int count) {
    Set<TopicPartition> partitions = new HashSet<>();
    IntStream.range(0, count)
        .forEach(i -> partitions.add(new TopicPartition("app.public.t" + i, 0)));
    return partitions;
  }

  private static List<SinkRecord> insert(List<Changes> tables, long id) {
    List<SinkRecord> records = new ArrayList<>();
    tables.forEach(table -> records.add(table.insert(Map.of("id", id, "big", "x".repeat(20_000)))));
    return records;
  }
}
