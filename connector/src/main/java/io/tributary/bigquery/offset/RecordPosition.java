package io.tributary.bigquery.offset;

import java.util.Objects;

/**
 * Where a change sits in Kafka: topic, partition and offset as they were before any transform,
 * because offsets are committed for the originals.
 */
public record RecordPosition(String topic, int partition, long offset) {
  public RecordPosition {
    Objects.requireNonNull(topic, "topic");
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
