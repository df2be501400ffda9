package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What happens to topics and sources while a table is read: no query sees a row go back. The rows
 * count their versions, so a reader can tell.
 */
final class OrderFaultsTest {
  private static final long NOON = 1_760_000_000_000_000L;
  private static final long MINUTE = 60_000_000;
  private static final int KEYS = 12;

  private final TaskHarness harness = new TaskHarness();
  private final Changes changes =
      Changes.mySql("public", "items")
          .topic(Events.TOPIC)
          .key("id", Schema.INT64_SCHEMA)
          .column("version", Schema.OPTIONAL_INT64_SCHEMA);
  private final Map<Long, Long> source = new TreeMap<>();
  private final List<SinkRecord> topic = new ArrayList<>();
  private long[] offsets = new long[2];
  private long place = 4;
  private int file = 57;
  private long micros = NOON;
  private Reader reader;

  /** Polls the table and remembers every version that it has seen. */
  private final class Reader implements Runnable {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Map<Long, Long> seen = new HashMap<>();
    private final List<String> stale = new ArrayList<>();
    private final Thread thread = new Thread(this, "reader");
    private final AtomicInteger polls = new AtomicInteger();

    @Override
    public void run() {
      while (!stopped.get()) {
        Map<Long, Long> rows = rows();
        rows.forEach(
            (id, version) -> {
              Long before = seen.put(id, version);
              if (before != null && before > version) {
                stale.add(id + ": " + before + " then " + version);
              }
            });
        // what is deleted in these tests is so for good
        seen.replaceAll((id, version) -> rows.containsKey(id) ? version : Long.MAX_VALUE);
        polls.incrementAndGet();
      }
    }

    void assertNothingStale() throws InterruptedException {
      stopped.set(true);
      thread.join();
      assertThat(stale).isEmpty();
      assertThat(polls.get()).isGreaterThan(2);
    }
  }

  @BeforeEach
  void fill() {
    for (long id = 0; id < KEYS; id++) {
      insert(id);
    }
    for (int i = 0; i < 3; i++) {
      updateAll();
    }
    delete(3);
    apply(topic, Map.of());
    assertThat(rows()).isEqualTo(source);
    reader = new Reader();
    reader.thread.start();
  }

  @AfterEach
  void close() {
    reader.stopped.set(true);
    harness.close();
  }

  @Test
  void offsetsAreResetToTheEarliest() throws InterruptedException {
    List<SinkRecord> all = List.copyOf(topic);
    for (int i = 0; i < all.size(); i += 10) {
      apply(all.subList(i, Math.min(i + 10, all.size())), Map.of());
    }
    assertThat(rows()).isEqualTo(source);
    reader.assertNothingStale();
  }

  @Test
  void theTopicIsCreatedAnew() throws InterruptedException {
    long before = offsets[0];
    offsets = new long[2];
    topic.clear();
    updateAll();
    delete(5);
    assertThat(topic.get(0).kafkaOffset()).isLessThan(before);
    apply(topic, Map.of());
    assertThat(rows()).isEqualTo(source);
    reader.assertNothingStale();
  }

  @Test
  void partitionsAreAdded() throws InterruptedException {
    long before = offsets[0];
    offsets = new long[] {offsets[0], offsets[1], 0, 0, 0, 0};
    topic.clear();
    updateAll();
    delete(4);
    assertThat(topic).anyMatch(each -> each.kafkaPartition() > 1 && each.kafkaOffset() < before);
    apply(topic, Map.of());
    assertThat(rows()).isEqualTo(source);
    reader.assertNothingStale();
  }

  @Test
  void snapshotsCrossTheStream() throws InterruptedException {
    topic.clear();
    // on request: the stream is behind and goes on below the snapshot
    List<SinkRecord> lagging = new ArrayList<>();
    updateAll();
    lagging.addAll(topic);
    topic.clear();
    source.forEach((id, version) -> put(at(id).snapshot(row(id, version))));
    for (SinkRecord late : lagging) {
      put(moved(late));
    }
    updateAll();
    // incremental: its window closes at the next change, which comes behind its rows
    long closing = place + 100;
    for (Map.Entry<Long, Long> row : source.entrySet()) {
      Changes place = at(row.getKey());
      put(place.binlog(file(), closing, 0).incremental(row(row.getKey(), row.getValue())));
    }
    updateAll();
    assertThat(topic).hasSize(5 * source.size());
    apply(topic, Map.of());
    assertThat(rows()).isEqualTo(source);
    reader.assertNothingStale();
  }

  @Test
  void anotherServerTakesOver() throws InterruptedException {
    topic.clear();
    file = 3;
    place = 4;
    micros += MINUTE;
    String restart = Instant.ofEpochSecond(micros / 1_000_000 - 30).toString();
    updateAll();
    assertThatThrownBy(() -> apply(topic, Map.of())).hasMessageContaining("TRIB-402");
    apply(topic, Map.of("source.restarts", restart));
    assertThat(rows()).isEqualTo(source);
    reader.assertNothingStale();
  }

  private void apply(List<SinkRecord> records, Map<String, String> more) {
    Set<TopicPartition> partitions = new HashSet<>();
    for (int i = 0; i < offsets.length; i++) {
      partitions.add(new TopicPartition(Events.TOPIC, i));
    }
    RunningTask task = harness.task(partitions, more);
    task.put(records);
    task.awaitApplied();
    task.stop();
    assertThat(task.deadLetters()).isEmpty();
  }

  private void insert(long id) {
    source.put(id, 1L);
    put(at(id).insert(row(id, 1)));
  }

  private void updateAll() {
    source.replaceAll((id, version) -> version + 1);
    source.forEach((id, version) -> put(at(id).update(row(id, version))));
  }

  private void delete(long id) {
    source.remove(id);
    put(at(id).delete(Map.of("id", id)));
  }

  private Changes at(long id) {
    place += 100;
    micros += 1_000;
    int partition = (int) (id % offsets.length);
    return changes.at(partition, offsets[partition]).time(micros).binlog(file(), place, 0);
  }

  private String file() {
    return "binlog.%06d".formatted(file);
  }

  private void put(SinkRecord each) {
    offsets[each.kafkaPartition()]++;
    topic.add(each);
  }

  /** The record at the end of its partition. */
  private SinkRecord moved(SinkRecord each) {
    return new SinkRecord(
        each.topic(),
        each.kafkaPartition(),
        each.keySchema(),
        each.key(),
        each.valueSchema(),
        each.value(),
        offsets[each.kafkaPartition()]);
  }

  private static Map<String, Object> row(long id, long version) {
    return Map.of("id", id, "version", version);
  }

  private Map<Long, Long> rows() {
    Map<Long, Long> rows = new TreeMap<>();
    harness
        .query("SELECT id, version FROM `local.ds.items`")
        .forEach(row -> rows.put(row.get(0).getLongValue(), row.get(1).getLongValue()));
    return rows;
  }
}
