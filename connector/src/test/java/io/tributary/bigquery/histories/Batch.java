package io.tributary.bigquery.histories;

import static org.awaitility.Awaitility.await;

import io.tributary.bigquery.connect.TaskHarness;
import io.tributary.bigquery.connect.TaskHarness.DeadLetter;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Several tables that one task writes together: it is stopped on the way, two others share its
 * partitions and go on from what it had committed, each with some of every table, and at the end
 * another one reads again from an earlier offset.
 */
final class Batch {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final long seed;
  private final Scope scope;
  private final Random random;
  private final List<TableHistory> tables = new ArrayList<>();
  private final Map<String, UnaryOperator<List<SinkRecord>>> mistakes = new HashMap<>();
  private final Map<TopicPartition, Set<Long>> delivered = new HashMap<>();
  private final Map<TopicPartition, Set<Long>> replayed = new HashMap<>();
  private final Map<TopicPartition, Set<Long>> shared = new HashMap<>();

  private Batch(long seed, int tableCount, int rows, Scope scope) {
    this.seed = seed;
    this.scope = scope;
    random = new Random(seed);
    int shift = random.nextInt(tableCount);
    for (int i = 0; i < tableCount; i++) {
      String name = "t" + Long.toString(seed & Long.MAX_VALUE, 36) + "_" + i;
      // Two of five tables, whichever the origins of these.
      Deletion deletion = (i + shift) % 5 < 2 ? Deletion.SOFT : Deletion.HARD;
      tables.add(TableHistory.generate(random, name, rows, origin(i), deletion, scope));
    }
  }

  /** Every fourth table has a binary log. */
  private Origin origin(int table) {
    if (table % 4 != 3) {
      return Origin.POSTGRES;
    }
    return random.nextBoolean() ? Origin.MYSQL : Origin.MARIADB;
  }

  /** The same batch for the same numbers, always. */
  static Batch of(long seed, int tableCount, int rows) {
    return of(seed, tableCount, rows, Scope.MERGE);
  }

  static Batch of(long seed, int tableCount, int rows, Scope scope) {
    return new Batch(seed, tableCount, rows, scope);
  }

  List<TableHistory> tables() {
    return tables;
  }

  /** Has the task see other records of a table than the source sent; as many, at their places. */
  void plant(TableHistory table, UnaryOperator<List<SinkRecord>> mistake) {
    mistakes.put(table.topic(), mistake);
  }

  /** Takes everything through tasks in mode merge. */
  void run(TaskHarness harness) {
    run(harness, Map.of());
  }

  /** Takes everything through tasks. */
  void run(TaskHarness harness, Map<String, String> mode) {
    Map<TopicPartition, List<SinkRecord>> topics = topics();
    Map<TopicPartition, Integer> third = ends(1, 3);
    Map<TopicPartition, Integer> most = ends(2, 3);
    Map<TopicPartition, Integer> all = ends(3, 3);

    RunningTask task = task(harness, topics.keySet(), mode);
    task.put(between(topics, Map.of(), third));
    task.awaitApplied(LIMIT);
    task.put(between(topics, third, most));
    Map<TopicPartition, Long> before = task.committed();
    await().atMost(LIMIT).until(() -> movedOn(task, before));
    Map<TopicPartition, Integer> left = new HashMap<>();
    task.committed().forEach((partition, offset) -> left.put(partition, offset.intValue()));
    task.stop();

    List<RunningTask> ran = new ArrayList<>(List.of(task));
    List<RunningTask> heirs = new ArrayList<>();
    for (Set<TopicPartition> part : parts()) {
      RunningTask heir = task(harness, part, mode);
      List<SinkRecord> rest = between(of(part, topics), left, all);
      heir.put(rest);
      heirs.add(heir);
      rest.forEach(each -> places(shared, partition(each)).add(each.kafkaOffset()));
    }
    await().atMost(LIMIT).until(() -> allApplied(heirs));
    heirs.forEach(RunningTask::stop);
    ran.addAll(heirs);

    RunningTask replay = task(harness, topics.keySet(), mode);
    Map<TopicPartition, Integer> earlier = earlier(all);
    replay.put(between(topics, earlier, all));
    replay.awaitApplied(LIMIT);
    replay.stop();
    ran.add(replay);
    for (RunningTask each : ran) {
      for (DeadLetter letter : each.deadLetters()) {
        throw new AssertionError(
            this + ": dead letter of " + letter.sinkRecord().topic(), letter.reason());
      }
    }
  }

  private static boolean allApplied(List<RunningTask> tasks) {
    boolean all = true;
    for (RunningTask task : tasks) {
      all &= task.applied();
    }
    return all;
  }

  /** The partitions of each task: of every table some to one, and some to the other. */
  private List<Set<TopicPartition>> parts() {
    List<Set<TopicPartition>> parts = List.of(new HashSet<>(), new HashSet<>());
    for (TableHistory table : tables) {
      int shift = random.nextInt(parts.size());
      for (int i = 0; i < TableHistory.PARTITIONS; i++) {
        TopicPartition partition = new TopicPartition(table.topic(), i);
        parts.get((i + shift) % parts.size()).add(partition);
      }
    }
    return parts;
  }

  private static Map<TopicPartition, List<SinkRecord>> of(
      Set<TopicPartition> part, Map<TopicPartition, List<SinkRecord>> topics) {
    Map<TopicPartition, List<SinkRecord>> some = new HashMap<>(topics);
    some.keySet().retainAll(part);
    return some;
  }

  /** How each table differs from what the source has; without those that do not. */
  Map<TableHistory, String> differences(TaskHarness harness) {
    Map<TableHistory, String> differences = new HashMap<>();
    for (TableHistory table : tables) {
      Reference reference = reference(table, UnaryOperator.identity());
      String sql = "SELECT * FROM `" + TaskHarness.DATASET + "." + table.table() + "`";
      Stored stored = Stored.of(harness.read(sql), table.keys());
      Map<String, Object> expected = new TreeMap<>(reference.rows());
      expected.put("types", reference.types());
      Map<String, Object> found = new TreeMap<>(stored.rows());
      found.put("types", stored.types());
      StringBuilder text = new StringBuilder();
      Set<String> keys = new HashSet<>(expected.keySet());
      keys.addAll(found.keySet());
      keys.removeIf(key -> reference.leavesOpen(key, stored.rows().get(key)));
      for (String key : keys) {
        Object wanted = expected.get(key);
        Object got = found.get(key);
        if (wanted == null || !wanted.equals(got)) {
          text.append("%n%s%n  is        %s%n  should be %s".formatted(key, got, wanted));
        }
      }
      if (!text.isEmpty()) {
        differences.put(table, text.toString());
      }
    }
    return differences;
  }

  /** Whether a mistake makes another table of a table's records. */
  static boolean shows(TableHistory table, UnaryOperator<List<SinkRecord>> mistake) {
    return !reference(table, mistake)
        .rows()
        .equals(reference(table, UnaryOperator.identity()).rows());
  }

  private static Reference reference(TableHistory table, UnaryOperator<List<SinkRecord>> mistake) {
    return Reference.of(mistake.apply(table.records()), table);
  }

  /** What the batch's histories show; to be asked after it has run. */
  Shares shares() {
    Shares shares = new Shares();
    for (TableHistory table : tables) {
      shares.add(table, each -> has(replayed, each), each -> has(shared, each));
    }
    return shares;
  }

  private RunningTask task(
      TaskHarness harness, Set<TopicPartition> partitions, Map<String, String> mode) {
    Map<String, String> props = new HashMap<>(mode);
    props.put("table.name.template", "${source.table}");
    tables.stream()
        .filter(table -> table.deletion() == Deletion.SOFT)
        .forEach(table -> props.put("table.override." + table.table() + ".delete.mode", "soft"));
    return harness.task(partitions, props);
  }

  private static boolean movedOn(RunningTask task, Map<TopicPartition, Long> before) {
    task.put(List.of());
    return !task.committed().equals(before);
  }

  private Map<TopicPartition, List<SinkRecord>> topics() {
    Map<TopicPartition, List<SinkRecord>> topics = new HashMap<>();
    for (TableHistory table : tables) {
      for (int i = 0; i < TableHistory.PARTITIONS; i++) {
        topics.put(new TopicPartition(table.topic(), i), new ArrayList<>());
      }
      List<SinkRecord> log = table.records();
      mistakes
          .getOrDefault(table.topic(), UnaryOperator.identity())
          .apply(log)
          .forEach(each -> topics.get(partition(each)).add(each));
    }
    return topics;
  }

  /**
   * Where all is read again from. In mode cdc a key change whose deleting half is not read again
   * cannot be made whole once the row has gone on: its halves are read again both or not at all.
   */
  private Map<TopicPartition, Integer> earlier(Map<TopicPartition, Integer> all) {
    if (scope == Scope.CDC) {
      return ends(random.nextInt(100), 100);
    }
    Map<TopicPartition, Integer> earlier = new HashMap<>();
    all.forEach((partition, end) -> earlier.put(partition, random.nextInt(end + 1)));
    return earlier;
  }

  /** Where such a part of each log ends, between two transactions. */
  private Map<TopicPartition, Integer> ends(int parts, int of) {
    Map<TopicPartition, Integer> ends = new HashMap<>();
    for (TableHistory table : tables) {
      List<Delivery> log = table.log();
      int end = table.end(parts, of);
      for (int i = 0; i < TableHistory.PARTITIONS; i++) {
        ends.put(new TopicPartition(table.topic(), i), 0);
      }
      log.subList(0, end).forEach(each -> ends.merge(partition(each.record()), 1, Integer::sum));
    }
    return ends;
  }

  /** Records of all partitions in any order that keeps each partition's. */
  private List<SinkRecord> between(
      Map<TopicPartition, List<SinkRecord>> topics,
      Map<TopicPartition, Integer> from,
      Map<TopicPartition, Integer> to) {
    List<ArrayDeque<SinkRecord>> queues = new ArrayList<>();
    topics.forEach(
        (partition, records) -> {
          int start = Math.min(from.getOrDefault(partition, 0), to.get(partition));
          queues.add(new ArrayDeque<>(records.subList(start, to.get(partition))));
        });
    List<SinkRecord> mixed = new ArrayList<>();
    queues.removeIf(ArrayDeque::isEmpty);
    while (!queues.isEmpty()) {
      ArrayDeque<SinkRecord> queue = queues.get(random.nextInt(queues.size()));
      for (int i = random.nextInt(8); i >= 0 && !queue.isEmpty(); i--) {
        mixed.add(queue.poll());
      }
      queues.removeIf(ArrayDeque::isEmpty);
    }
    mixed.forEach(this::note);
    return mixed;
  }

  private void note(SinkRecord each) {
    TopicPartition partition = partition(each);
    if (!places(delivered, partition).add(each.kafkaOffset())) {
      places(replayed, partition).add(each.kafkaOffset());
    }
  }

  private static boolean has(Map<TopicPartition, Set<Long>> map, SinkRecord each) {
    return places(map, partition(each)).contains(each.kafkaOffset());
  }

  private static Set<Long> places(Map<TopicPartition, Set<Long>> map, TopicPartition partition) {
    return map.computeIfAbsent(partition, none -> new HashSet<>());
  }

  private static TopicPartition partition(SinkRecord each) {
    return new TopicPartition(each.topic(), each.kafkaPartition());
  }

  @Override
  public String toString() {
    return "batch of seed " + seed;
  }
}
