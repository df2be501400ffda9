package io.tributary.bigquery.connect;

import static org.awaitility.Awaitility.await;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
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
  static final TopicPartition PARTITION = new TopicPartition(Events.TOPIC, 0);

  private final BigQueryEmulator emulator =
      BigQueryEmulator.start(EmulatorOptions.builder().project("local").build());
  private final BigQuery bigQuery =
      BigQueryOptions.newBuilder()
          .setHost(emulator.restUrl())
          .setProjectId("local")
          .setCredentials(NoCredentials.getInstance())
          .build()
          .getService();
  private final List<RunningTask> tasks = new ArrayList<>();

  TaskHarness() {
    bigQuery.create(DatasetInfo.of(DATASET));
  }

  BigQueryEmulator emulator() {
    return emulator;
  }

  /** A started task that owns the topic's only partition. */
  RunningTask task(Map<String, String> more) {
    Map<String, String> props = new HashMap<>();
    props.put("project", "local");
    props.put("dataset", DATASET);
    props.put("credentials.mode", "none");
    props.put("endpoint.rest", emulator.restUrl());
    props.put("endpoint.grpc", emulator.grpcEndpoint());
    props.put("endpoint.plaintext", "true");
    props.put("flush.interval.ms", "100");
    props.putAll(more);
    RunningTask task = new RunningTask(props);
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
    private long consumed;

    private RunningTask(Map<String, String> props) {
      context = new Context(props);
      task.initialize(context);
      task.start(props);
      task.open(Set.of(PARTITION));
    }

    void put(List<SinkRecord> records) {
      records.forEach(
          sinkRecord -> consumed = Math.max(consumed, sinkRecord.originalKafkaOffset() + 1));
      task.put(records);
    }

    long committable() {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(consumed)));
      return offsets.get(PARTITION).offset();
    }

    /** Keeps polling, as Connect does, until everything given is applied. */
    void awaitApplied() {
      await()
          .atMost(Duration.ofSeconds(30))
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
    private final Map<String, String> props;

    Context(Map<String, String> props) {
      this.props = props;
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
      return Set.of(PARTITION);
    }

    @Override
    public void pause(TopicPartition... partitions) {}

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
