package io.tributary.bigquery.connect;

import static org.awaitility.Awaitility.await;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableResult;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.limits.Quotas;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Sink tasks without a worker, before an emulator over real sockets. What Connect would do, a test
 * does by hand.
 */
public final class TaskHarness implements AutoCloseable {
  public static final String DATASET = "ds";

  private final BigQueryEmulator emulator;
  private final BigQuery bigQuery;
  private final List<RunningTask> tasks = new CopyOnWriteArrayList<>();

  public TaskHarness() {
    this(Quotas.UNLIMITED);
  }

  public TaskHarness(Quotas quotas) {
    this(EmulatorOptions.builder().quotas(quotas));
  }

  /** BigQuery has this time. */
  public TaskHarness(Clock clock) {
    this(EmulatorOptions.builder().clock(clock));
  }

  private TaskHarness(EmulatorOptions.Builder options) {
    emulator = BigQueryEmulator.start(options.project("local").build());
    bigQuery =
        BigQueryOptions.newBuilder()
            .setHost(emulator.restUrl())
            .setProjectId("local")
            .setCredentials(NoCredentials.getInstance())
            .setUseInt64Timestamps(true)
            .build()
            .getService();
    bigQuery.create(DatasetInfo.of(DATASET));
  }

  /** Makes another dataset. */
  void dataset(String name) {
    bigQuery.create(DatasetInfo.of(name));
  }

  public BigQueryEmulator emulator() {
    return emulator;
  }

  /** A started task that owns the topic's first partition. */
  RunningTask task(Map<String, String> more) {
    return task(0, more);
  }

  /** A started task that owns one partition. */
  RunningTask task(int partition, Map<String, String> more) {
    return task(Set.of(new TopicPartition(Events.TOPIC, partition)), more);
  }

  /** A started task that owns partitions of any topics. */
  public RunningTask task(Set<TopicPartition> partitions, Map<String, String> more) {
    Map<String, String> props = new HashMap<>();
    props.put("project", "local");
    props.put("dataset", DATASET);
    props.put("credentials.mode", "none");
    props.put("endpoint.rest", emulator.restUrl());
    props.put("endpoint.grpc", emulator.grpcEndpoint());
    props.put("endpoint.plaintext", "true");
    props.put("flush.interval.ms", "100");
    props.putAll(more);
    RunningTask task = new RunningTask(partitions, props);
    tasks.add(task);
    return task;
  }

  RunningTask task() {
    return task(Map.of());
  }

  /** The destination's rows: id to "big/small". */
  Map<Long, String> rows() {
    return rows("items");
  }

  /** The same of a view of it, or of a copy. */
  Map<Long, String> rows(String table) {
    Map<Long, String> rows = new TreeMap<>();
    for (FieldValueList row : query("SELECT id, big, small FROM `local.ds." + table + "`")) {
      String text =
          (row.get(1).isNull() ? "NULL" : row.get(1).getStringValue())
              + "/"
              + row.get(2).getValue();
      String twice = rows.put(row.get(0).getLongValue(), text);
      if (twice != null) {
        throw new AssertionError("key " + row.get(0).getValue() + " stands twice");
      }
    }
    return rows;
  }

  /** What BigQuery says that a job has read. */
  long bytesProcessed(String job) {
    QueryStatistics statistics = bigQuery.getJob(job).getStatistics();
    return statistics.getTotalBytesProcessed();
  }

  /** The only cell of an answer. */
  long count(String sql) {
    return query(sql).iterator().next().get(0).getLongValue();
  }

  /** The destination's rows, their cells joined, in the order of these texts. */
  List<String> texts(String... columns) {
    List<String> texts = new ArrayList<>();
    for (FieldValueList row :
        query("SELECT " + String.join(", ", columns) + " FROM `local.ds.items`")) {
      List<String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(String.valueOf(cell.getValue())));
      texts.add(String.join("|", cells));
    }
    texts.sort(null);
    return texts;
  }

  /** The destination's primary key as a client sees it. */
  List<String> primaryKey() {
    StandardTableDefinition items = bigQuery.getTable(DATASET, "items").getDefinition();
    return items.getTableConstraints().getPrimaryKey().getColumns();
  }

  boolean exists(String table) {
    return bigQuery.getTable(DATASET, table) != null;
  }

  /** A table as a client sees it. */
  Table table(String name) {
    return bigQuery.getTable(DATASET, name);
  }

  /** A table's columns as a client sees them. */
  FieldList fields(String table) {
    return bigQuery.getTable(DATASET, table).getDefinition().getSchema().getFields();
  }

  Iterable<FieldValueList> query(String sql) {
    return read(sql).iterateAll();
  }

  /** The rows of an answer and their schema. */
  public TableResult read(String sql) {
    try {
      return bigQuery.query(QueryJobConfiguration.of(sql));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    tasks.forEach(task -> task.task.stop());
    emulator.close();
  }

  /** One task and the ends of what it was given. */
  public static final class RunningTask {
    final BigQuerySinkTask task = new BigQuerySinkTask();
    final ConnectContext context;
    private final Map<TopicPartition, Long> consumed = new HashMap<>();

    private RunningTask(Set<TopicPartition> partitions, Map<String, String> props) {
      partitions.forEach(partition -> consumed.put(partition, 0L));
      context = new ConnectContext(props, partitions);
      task.initialize(context);
      task.start(props);
      task.open(partitions);
    }

    public void put(List<SinkRecord> records) {
      for (SinkRecord each : records) {
        consumed.merge(
            new TopicPartition(each.originalTopic(), each.originalKafkaPartition()),
            each.originalKafkaOffset() + 1,
            Math::max);
      }
      task.put(records);
    }

    /** Gives a partition up, as Connect does it in a rebalance. */
    void close(TopicPartition partition) {
      task.close(List.of(partition));
      consumed.remove(partition);
      context.revoke(partition);
    }

    /** Takes a partition over from an offset on. */
    void open(TopicPartition partition, long offset) {
      context.assign(partition);
      consumed.put(partition, offset);
      task.open(List.of(partition));
    }

    /** Up to where the task's only partition may be committed. */
    long committable() {
      return committed().values().iterator().next();
    }

    /** Up to where each partition may be committed. */
    public Map<TopicPartition, Long> committed() {
      Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
      consumed.forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
      Map<TopicPartition, Long> offsets = new HashMap<>();
      task.preCommit(ends).forEach((partition, end) -> offsets.put(partition, end.offset()));
      return offsets;
    }

    /** Keeps polling, as Connect does, until everything given is applied. */
    public void awaitApplied() {
      awaitApplied(Duration.ofSeconds(60));
    }

    /** The same for more than usual. */
    public void awaitApplied(Duration limit) {
      await().atMost(limit).pollInterval(Duration.ofMillis(10)).until(this::applied);
    }

    /** Polls once; whether everything given is applied. */
    public boolean applied() {
      task.put(List.of());
      return committed().equals(consumed);
    }

    /** Keeps polling until something is so. */
    void until(BooleanSupplier reached) {
      until(Duration.ofSeconds(60), reached);
    }

    /** Keeps polling until something is so, for so long. */
    void until(Duration limit, BooleanSupplier reached) {
      await()
          .atMost(limit)
          .until(
              () -> {
                task.put(List.of());
                return reached.getAsBoolean();
              });
    }

    /** What went to the dead letter queue. */
    public List<DeadLetter> deadLetters() {
      List<DeadLetter> letters = new ArrayList<>();
      for (int i = 0; i < context.deadLetters.size(); i++) {
        letters.add(new DeadLetter(context.deadLetters.get(i), context.reasons.get(i)));
      }
      return letters;
    }

    public void stop() {
      task.stop();
    }
  }

  /** A record that was set aside, and why. */
  public record DeadLetter(SinkRecord sinkRecord, Throwable reason) {}
}
