package io.tributary.bigquery.connect;

import static org.awaitility.Awaitility.await;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.StandardTableDefinition;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.limits.Quotas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Sink tasks without a worker, before an emulator over real sockets. What Connect would do, a test
 * does by hand.
 */
final class TaskHarness implements AutoCloseable {
  static final String DATASET = "ds";

  private final BigQueryEmulator emulator;
  private final BigQuery bigQuery;
  private final List<RunningTask> tasks = new CopyOnWriteArrayList<>();

  TaskHarness() {
    this(Quotas.UNLIMITED);
  }

  TaskHarness(Quotas quotas) {
    emulator =
        BigQueryEmulator.start(EmulatorOptions.builder().project("local").quotas(quotas).build());
    bigQuery =
        BigQueryOptions.newBuilder()
            .setHost(emulator.restUrl())
            .setProjectId("local")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    bigQuery.create(DatasetInfo.of(DATASET));
  }

  /** Makes another dataset. */
  void dataset(String name) {
    bigQuery.create(DatasetInfo.of(name));
  }

  BigQueryEmulator emulator() {
    return emulator;
  }

  /** A started task that owns the topic's first partition. */
  RunningTask task(Map<String, String> more) {
    return task(0, more);
  }

  /** A started task that owns one partition. */
  RunningTask task(int partition, Map<String, String> more) {
    Map<String, String> props = new HashMap<>();
    props.put("project", "local");
    props.put("dataset", DATASET);
    props.put("credentials.mode", "none");
    props.put("endpoint.rest", emulator.restUrl());
    props.put("endpoint.grpc", emulator.grpcEndpoint());
    props.put("endpoint.plaintext", "true");
    props.put("flush.interval.ms", "100");
    props.putAll(more);
    RunningTask task = new RunningTask(partition, props);
    tasks.add(task);
    return task;
  }

  RunningTask task() {
    return task(Map.of());
  }

  /** The destination's rows: id to "big/small". */
  Map<Long, String> rows() {
    Map<Long, String> rows = new TreeMap<>();
    for (FieldValueList row : query("SELECT id, big, small FROM `local.ds.items`")) {
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

  /** A table's columns as a client sees them. */
  FieldList fields(String table) {
    return bigQuery.getTable(DATASET, table).getDefinition().getSchema().getFields();
  }

  Iterable<FieldValueList> query(String sql) {
    try {
      return bigQuery.query(QueryJobConfiguration.of(sql)).iterateAll();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    tasks.forEach(task -> task.task.stop());
    emulator.close();
  }

  /** One task and the end of what it was given. */
  static final class RunningTask {
    final BigQuerySinkTask task = new BigQuerySinkTask();
    final Context context;
    private final TopicPartition partition;
    private long consumed;

    private RunningTask(int number, Map<String, String> props) {
      partition = new TopicPartition(Events.TOPIC, number);
      context = new Context(props, partition);
      task.initialize(context);
      task.start(props);
      task.open(Set.of(partition));
    }

    void put(List<SinkRecord> records) {
      records.forEach(
          sinkRecord -> consumed = Math.max(consumed, sinkRecord.originalKafkaOffset() + 1));
      task.put(records);
    }

    long committable() {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          task.preCommit(Map.of(partition, new OffsetAndMetadata(consumed)));
      return offsets.get(partition).offset();
    }

    /** Keeps polling, as Connect does, until everything given is applied. */
    void awaitApplied() {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(
              () -> {
                task.put(List.of());
                return committable() == consumed;
              });
    }
  }

  /** Connect's context, as far as a task uses it. */
  static final class Context implements SinkTaskContext {
    final List<SinkRecord> deadLetters = new ArrayList<>();
    final List<Throwable> reasons = new ArrayList<>();
    int pauses;
    private final Map<String, String> props;
    private final TopicPartition partition;

    Context(Map<String, String> props, TopicPartition partition) {
      this.props = props;
      this.partition = partition;
    }

    @Override
    public Map<String, String> configs() {
      return props;
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
      throw new UnsupportedOperationException("the sink does not seek");
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
      throw new UnsupportedOperationException("the sink does not seek");
    }

    @Override
    public void timeout(long millis) {}

    @Override
    public Set<TopicPartition> assignment() {
      return Set.of(partition);
    }

    @Override
    public void pause(TopicPartition... partitions) {
      pauses++;
    }

    @Override
    public void resume(TopicPartition... partitions) {}

    @Override
    public void requestCommit() {}

    @Override
    public PluginMetrics pluginMetrics() {
      return null;
    }

    @Override
    public ErrantRecordReporter errantRecordReporter() {
      return this::report;
    }

    private Future<Void> report(SinkRecord sinkRecord, Throwable reason) {
      deadLetters.add(sinkRecord);
      reasons.add(reason);
      return CompletableFuture.completedFuture(null);
    }
  }
}
