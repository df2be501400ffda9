package io.tributary.bigquery.faults;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Where in Kafka a record stands. */
public record At(TopicPartition partition, long offset) {
  public static At of(SinkRecord each) {
    return new At(
        new TopicPartition(each.originalTopic(), each.originalKafkaPartition()),
        each.originalKafkaOffset());
  }

  /** The same place in the topic of this name that was deleted. */
  At former() {
    return new At(former(partition), offset);
  }

  static TopicPartition former(TopicPartition each) {
    return new TopicPartition(each.topic() + " (deleted)", each.partition());
  }

  public static At of(String topic, int partition, long offset) {
    return new At(new TopicPartition(topic, partition), offset);
  }
}
