package io.tributary.bigquery.connect;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** The life cycle that Connect drives; {@link Sink} does the work. */
public final class BigQuerySinkTask extends SinkTask {
  private final Clock clock;
  private Sink sink;

  /** Connect's way to make one. */
  public BigQuerySinkTask() {
    this(Clock.systemUTC());
  }

  /** A task on a machine with this clock. */
  public BigQuerySinkTask(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void start(Map<String, String> props) {
    sink = Sink.start(props, context, clock);
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    sink.open(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    sink.put(records);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> consumed) {
    return sink.committable(consumed);
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    sink.close(partitions);
  }

  @Override
  public void stop() {
    if (sink != null) {
      sink.stop();
    }
  }

  @Override
  public String version() {
    return Version.current();
  }
}
