package io.tributary.systemtests.faults;

import io.tributary.bigquery.faults.At;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads topics from their beginning to their end, beside Connect. */
record Topic(String bootstrap, String name) {
  /** As a sink gets them, but for the headers. */
  List<SinkRecord> records() {
    JsonConverter keys = Load.converter(true);
    JsonConverter values = Load.converter(false);
    List<SinkRecord> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> each : read()) {
      SchemaAndValue key = keys.toConnectData(name, each.key());
      SchemaAndValue value = values.toConnectData(name, each.value());
      records.add(
          new SinkRecord(
              name,
              each.partition(),
              key.schema(),
              key.value(),
              value.schema(),
              value.value(),
              each.offset()));
    }
    return records;
  }

  /** Where the records stood that are dead letters here; each once, however often it came. */
  Set<At> deadLetters() {
    Set<At> places = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> letter : read()) {
      places.add(
          At.of(
              header(letter, "topic"),
              Integer.parseInt(header(letter, "partition")),
              Long.parseLong(header(letter, "offset"))));
    }
    return places;
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(
        letter.headers().lastHeader("__connect.errors." + name).value(), StandardCharsets.UTF_8);
  }

  private List<ConsumerRecord<byte[], byte[]>> read() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(name).stream()
              .map(each -> new TopicPartition(name, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
