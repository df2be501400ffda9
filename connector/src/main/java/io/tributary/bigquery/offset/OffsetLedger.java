package io.tributary.bigquery.offset;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Who may advance a Kafka offset: nobody but this class. A position counts as settled when its
 * change is durable and applied, dead-lettered, or ignored. Pure; owned by the task's thread.
 */
public final class OffsetLedger {
  private final Map<TopicPartition, PartitionLedger> partitions = new HashMap<>();

  /** Starts to keep account of partitions; their earlier state, if any, is forgotten. */
  public void open(Collection<TopicPartition> assigned) {
    close(assigned);
    assigned.forEach(partition -> partitions.put(partition, new PartitionLedger()));
  }

  /** Forgets partitions that now belong to somebody else. */
  public void close(Collection<TopicPartition> revoked) {
    for (TopicPartition partition : revoked) {
      PartitionLedger former = partitions.remove(partition);
      if (former != null) {
        former.end();
      }
    }
  }

  /**
   * Notes a record; false when its partition is not ours (any more), so that it must be left alone.
   */
  public boolean received(RecordPosition position) {
    PartitionLedger ledger = partitions.get(partitionOf(position));
    if (ledger == null) {
      return false;
    }
    ledger.received(position.offset());
    return true;
  }

  /** Of the partition of a record that was just received. */
  public Tenure tenure(RecordPosition position) {
    return partitions.get(partitionOf(position));
  }

  /** Settling a position twice, or one of a partition that was lost, changes nothing. */
  public void settled(RecordPosition position) {
    PartitionLedger ledger = partitions.get(partitionOf(position));
    if (ledger != null) {
      ledger.settled(position.offset());
    }
  }

  /** What may be committed, given what the framework says was consumed. */
  public Map<TopicPartition, OffsetAndMetadata> committable(
      Map<TopicPartition, OffsetAndMetadata> consumed) {
    Map<TopicPartition, OffsetAndMetadata> result = new HashMap<>();
    consumed.forEach(
        (partition, end) -> {
          PartitionLedger ledger = partitions.get(partition);
          if (ledger != null) {
            result.put(partition, new OffsetAndMetadata(ledger.committable(end.offset())));
          }
        });
    return result;
  }

  /** Records that were read and are not settled. */
  public int pending() {
    return partitions.values().stream().mapToInt(PartitionLedger::pending).sum();
  }

  private static TopicPartition partitionOf(RecordPosition position) {
    return new TopicPartition(position.topic(), position.partition());
  }
}
