package io.tributary.bigquery.faults;

import static org.awaitility.Awaitility.await;

import com.google.common.base.Throwables;
import io.tributary.bigquery.connect.BigQuerySinkTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.errors.IllegalWorkerStateException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * A task, and Connect's part in its life: it delivers from the committed offsets on, obeys pauses,
 * waits for reports, commits, and seeks back when a commit fails.
 */
final class Worker {
  private static final int MOST_RECORDS = 500;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final BigQuerySinkTask task;
  private final Run run;
  private final DeadLetters letters;
  private final Map<TopicPartition, Long> position = new HashMap<>();
  private final Map<TopicPartition, Long> consumed = new HashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private final List<String> told = new ArrayList<>();
  private final Metrics metrics = new Metrics();
  private boolean owner = true;
  private UnaryOperator<SinkRecord> transform = UnaryOperator.identity();
  private long delivered;
  private int failingCommits;

  /**
   * @param letters null where there is no dead letter queue
   */
  Worker(Run run, Set<TopicPartition> partitions, Map<String, String> props, DeadLetters letters) {
    this.run = run;
    this.letters = letters;
    this.task = new BigQuerySinkTask(run.machine());
    task.initialize(new Context(props));
    try {
      task.start(props);
      assign(partitions);
    } catch (RuntimeException e) {
      task.stop();
      throw e;
    }
  }

  /** The group has given its partitions to somebody else, and it does not know. */
  Worker frozen() {
    owner = false;
    return this;
  }

  /** Records pass a transform of Connect's on their way; null drops one. */
  Worker through(UnaryOperator<SinkRecord> smt) {
    transform = smt;
    return this;
  }

  /** Gets partitions, from where the group has committed. */
  void assign(Set<TopicPartition> partitions) {
    for (TopicPartition each : partitions) {
      long committed = run.committed().getOrDefault(each, 0L);
      position.put(each, committed);
      consumed.put(each, committed);
    }
    // of what was paused, Connect pauses again what is still there
    paused.retainAll(position.keySet());
    task.open(partitions);
  }

  /** Gives partitions up after a last commit. */
  void revoke(Set<TopicPartition> partitions) {
    commit();
    lose(partitions);
  }

  /** Hears that the group has given partitions to others already. */
  void lose(Set<TopicPartition> partitions) {
    telling(() -> task.close(partitions));
    position.keySet().removeAll(partitions);
    consumed.keySet().removeAll(partitions);
  }

  /** How many records it was given, each as often as it was. */
  long delivered() {
    return delivered;
  }

  /** The next commits fail, so many of them. */
  void failCommits(int times) {
    failingCommits = times;
  }

  int failingCommits() {
    return failingCommits;
  }

  /** One turn of Connect's loop. */
  void turn() {
    turn(MOST_RECORDS);
  }

  /** One turn that delivers no more than some records of each partition. */
  void turn(int most) {
    deliver(most);
    commit();
  }

  /** A turn that ends before anything is committed. */
  void deliver(int most) {
    List<SinkRecord> records = new ArrayList<>();
    Map<TopicPartition, Long> reached = new HashMap<>();
    for (Map.Entry<TopicPartition, Long> each : position.entrySet()) {
      if (!paused.contains(each.getKey())) {
        List<SinkRecord> some = run.shop().topics().from(each.getKey(), each.getValue(), most);
        records.addAll(some);
        some.forEach(record -> reached.put(each.getKey(), record.kafkaOffset() + 1));
      }
    }
    long start = System.nanoTime();
    telling(() -> task.put(records.stream().map(transform).filter(Objects::nonNull).toList()));
    run.took(System.nanoTime() - start);
    delivered += records.size();
    position.putAll(reached);
    consumed.putAll(reached);
  }

  private void commit() {
    // What is committed now was seen to be applied before: so the table must show it already.
    Run.Table table = run.look();
    if (letters != null) {
      letters.await();
    }
    Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
    consumed.forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
    Map<TopicPartition, OffsetAndMetadata> asked = new HashMap<>();
    telling(() -> asked.putAll(task.preCommit(ends)));
    if (failingCommits > 0) {
      failingCommits--;
      position.replaceAll((each, offset) -> run.committed().getOrDefault(each, 0L));
      consumed.clear();
    } else if (owner) {
      asked.forEach(
          (partition, end) -> {
            if (end.offset() <= consumed.getOrDefault(partition, 0L)) {
              run.committed().put(partition, end.offset());
            }
          });
    }
    run.sample(table);
  }

  /** Turns until something is so. */
  void until(BooleanSupplier reached) {
    until(MOST_RECORDS, reached);
  }

  /** Turns that deliver no more than some records of each partition, until something is so. */
  void until(int most, BooleanSupplier reached) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              turn(most);
              return reached.getAsBoolean();
            });
  }

  /** Turns until everything that it may read is committed. */
  void finish() {
    until(this::finished);
  }

  boolean finished() {
    Map<TopicPartition, Long> ends = run.shop().ends();
    return position.keySet().stream()
        .allMatch(
            each -> ends.getOrDefault(each, 0L).equals(run.committed().getOrDefault(each, 0L)));
  }

  /** Turns until what it has read is committed. */
  void rest() {
    until(
        0,
        () ->
            position.entrySet().stream()
                .allMatch(
                    each ->
                        each.getValue().equals(run.committed().getOrDefault(each.getKey(), 0L))));
  }

  /** Goes on reading what it believes to be its own until nothing of it is pending. */
  void settle() {
    Map<TopicPartition, Long> ends = run.shop().ends();
    until(
        () -> {
          Map<TopicPartition, OffsetAndMetadata> consumedEnds = new HashMap<>();
          position.forEach(
              (partition, end) -> consumedEnds.put(partition, new OffsetAndMetadata(end)));
          return task.preCommit(consumedEnds).entrySet().stream()
              .allMatch(each -> each.getValue().offset() >= ends.getOrDefault(each.getKey(), 0L));
        });
  }

  /** Connect logs what is thrown, and shows it as the task's state. */
  private void telling(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      told.add(Throwables.getStackTraceAsString(e));
      throw e;
    }
  }

  /** What Connect heard from the task: errors and metrics. */
  List<String> told() {
    List<String> all = new ArrayList<>(told);
    metrics.metrics().forEach((name, metric) -> all.add(name + "=" + metric.metricValue()));
    return all;
  }

  /** Ends without a last commit. */
  void kill() {
    task.stop();
  }

  /** Connect's context, as far as a task uses it. */
  private final class Context implements SinkTaskContext {
    private final Map<String, String> props;

    private Context(Map<String, String> props) {
      this.props = props;
    }

    @Override
    public Map<String, String> configs() {
      return props;
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
      position.putAll(offsets);
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
      position.put(partition, offset);
    }

    @Override
    public void timeout(long millis) {}

    @Override
    public Set<TopicPartition> assignment() {
      return Set.copyOf(position.keySet());
    }

    @Override
    public void pause(TopicPartition... partitions) {
      paused.addAll(assigned(partitions));
    }

    @Override
    public void resume(TopicPartition... partitions) {
      assigned(partitions).forEach(paused::remove);
    }

    private List<TopicPartition> assigned(TopicPartition... asked) {
      if (!position.keySet().containsAll(List.of(asked))) {
        throw new IllegalWorkerStateException("not assigned");
      }
      return List.of(asked);
    }

    @Override
    public void requestCommit() {}

    @Override
    public PluginMetrics pluginMetrics() {
      return new PluginMetricsImpl(metrics, Map.of("task", "0"));
    }

    @Override
    public ErrantRecordReporter errantRecordReporter() {
      return letters;
    }
  }
}
