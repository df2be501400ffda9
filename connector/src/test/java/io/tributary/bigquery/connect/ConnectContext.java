package io.tributary.bigquery.connect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Connect's context, as far as a task uses it. */
final class ConnectContext implements SinkTaskContext {
  final List<SinkRecord> deadLetters = new ArrayList<>();
  final List<Throwable> reasons = new ArrayList<>();
  final Set<TopicPartition> paused = new HashSet<>();
  int pauses;
  private final Map<String, String> props;
  private final Set<TopicPartition> partitions;

  ConnectContext(Map<String, String> props, Set<TopicPartition> partitions) {
    this.props = props;
    this.partitions = partitions;
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
    return partitions;
  }

  @Override
  public void pause(TopicPartition... partitions) {
    paused.addAll(assigned(partitions));
    pauses++;
  }

  @Override
  public void resume(TopicPartition... partitions) {
    assigned(partitions).forEach(paused::remove);
  }

  /** Connect refuses others. */
  private List<TopicPartition> assigned(TopicPartition... asked) {
    if (!partitions.containsAll(List.of(asked))) {
      throw new ConnectException("not assigned");
    }
    return List.of(asked);
  }

  /** Of what was paused, Connect pauses again what is still there after a rebalance. */
  void assign(TopicPartition partition) {
    partitions.add(partition);
    paused.retainAll(partitions);
  }

  void revoke(TopicPartition partition) {
    partitions.remove(partition);
  }

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
