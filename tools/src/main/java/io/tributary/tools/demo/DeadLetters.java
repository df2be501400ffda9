package io.tributary.tools.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Why records are in the dead letter queue, as Kafka Connect notes it in their headers. */
final class DeadLetters {
  private static final String TOPIC_HEADER = "__connect.errors.topic";
  private static final String REASON_HEADER = "__connect.errors.exception.message";

  private DeadLetters() {}

  /** Topic and reason, and for how many of the first records they are given. */
  static Map<String, Integer> reasons(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest");
    Map<String, Integer> reasons = new LinkedHashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Pipeline.DEAD_LETTERS).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer
          .poll(Duration.ofSeconds(5))
          .forEach(
              letter ->
                  reasons.merge(
                      text(letter, TOPIC_HEADER) + ": " + text(letter, REASON_HEADER),
                      1,
                      Integer::sum));
    }
    return reasons;
  }

  private static String text(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null || header.value() == null
        ? "unknown"
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
