package io.tributary.bigquery.change;

import java.util.HashMap;
import java.util.Map;

/** The memories of the open partitions, by original topic and partition. */
final class Partitions {
  private final Map<String, Map<Integer, PartitionMemory>> byTopic = new HashMap<>();
  private String lastTopic;
  private int lastPartition;
  private PartitionMemory last;

  PartitionMemory of(String topic, int partition) {
    if (last == null || lastPartition != partition || !topic.equals(lastTopic)) {
      last =
          byTopic
              .computeIfAbsent(topic, t -> new HashMap<>())
              .computeIfAbsent(partition, p -> new PartitionMemory());
      lastTopic = topic;
      lastPartition = partition;
    }
    return last;
  }

  void drop(String topic, int partition) {
    Map<Integer, PartitionMemory> memories = byTopic.get(topic);
    if (memories != null && memories.remove(partition) != null && memories.isEmpty()) {
      byTopic.remove(topic);
    }
    last = null;
  }

  /** Whether partition 0 is the only one of its topic that is known here. */
  boolean single(String topic, int partition) {
    return partition == 0 && byTopic.getOrDefault(topic, Map.of()).size() <= 1;
  }
}
