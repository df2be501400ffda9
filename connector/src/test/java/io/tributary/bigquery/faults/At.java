package io.tributary.bigquery.faults;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Where in Kafka a record stands. */
record At(TopicPartition partition, long offset) {
  static At of(SinkRecord each) {
    return new At(
        new TopicPartition(each.originalTopic(), each.originalKafkaPartition()),
        each.originalKafkaOffset());
  }

  static At of(String topic, int partition, long offset) {
    return new At(new TopicPartition(topic, partition), offset);
  }
}
