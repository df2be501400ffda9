package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.tools.local.ConnectRest;
import io.tributary.tools.local.LocalKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics as bytes, beside Connect. Not thread-safe. */
final class Topics implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

  /** Where a record lies. */
  record Place(String topic, int partition, long offset) {}

  /** A change as it lies in the topic: the schema of its row, and the row. */
  record Change(Place place, String op, JsonNode schema, JsonNode row) {}

  Topics(LocalKafka kafka, Pattern topics) {
    this.admin = kafka.admin();
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                "test-" + System.nanoTime(),
                "auto.offset.reset",
                "earliest",
                "metadata.max.age.ms",
                "500"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(topics);
  }

  /** Reads until every one of the topics has so many records; more than that is an error. */
  void awaitCounts(Map<String, Integer> counts, Duration deadline) {
    await()
        .atMost(deadline)
        .untilAsserted(
            () -> {
              poll();
              Map<String, Integer> found = new HashMap<>();
              seen.stream()
                  .filter(r -> r.value() != null)
                  .forEach(r -> found.merge(r.topic(), 1, Integer::sum));
              assertThat(found).isEqualTo(counts);
            });
  }

  /** Reads what has come since. */
  void poll() {
    consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
  }

  List<Change> changes(String topic) {
    return seen.stream()
        .filter(record -> record.topic().equals(topic) && record.value() != null)
        .map(Topics::change)
        .toList();
  }

  private static Change change(ConsumerRecord<byte[], byte[]> record) {
    try {
      JsonNode event = JSON.readTree(record.value());
      JsonNode after = null;
      for (JsonNode field : event.at("/schema/fields")) {
        if (field.path("field").asText().equals("after")) {
          after = field;
        }
      }
      return new Change(
          new Place(record.topic(), record.partition(), record.offset()),
          event.at("/payload/op").asText(),
          after,
          event.at("/payload/after"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the sink has committed everything in the topics; its tasks must not fail. */
  void awaitCommitted(ConnectRest rest, String connector, Set<String> topics, Duration deadline) {
    await()
        .atMost(deadline)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsMatching(Topics::isOfTheBroker)
        .failFast(() -> assertThat(rest.status(connector).failed()).isEmpty())
        .untilAsserted(() -> assertThat(outstanding(connector, topics)).isEmpty());
  }

  /** A busy broker rarely answers a question about offsets so; the next time it knows. */
  private static boolean isOfTheBroker(Throwable trouble) {
    return trouble instanceof ExecutionException
        && trouble.getCause() instanceof UnknownServerException;
  }

  /** How many records of each topic are not committed. */
  private Map<TopicPartition, Long> outstanding(String connector, Set<String> topics)
      throws ExecutionException, InterruptedException {
    Set<TopicPartition> partitions = new HashSet<>();
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(part -> partitions.add(new TopicPartition(topic, part.partition())));
    }
    Map<TopicPartition, Long> outstanding = new HashMap<>(consumer.endOffsets(partitions));
    admin
        .listConsumerGroupOffsets("connect-" + connector)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach(
            (partition, committed) ->
                outstanding.computeIfPresent(partition, (p, end) -> end - committed.offset()));
    outstanding.values().removeIf(count -> count <= 0);
    return outstanding;
  }

  /** The places of the records that a dead letter queue holds, with what was wrong. */
  Map<Place, String> deadLetters(LocalKafka kafka, String topic) {
    Map<Place, String> letters = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          reader.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> letter : reader.poll(Duration.ofMillis(200))) {
          Map<String, String> headers = new HashMap<>();
          for (Header header : letter.headers()) {
            if (header.key().startsWith("__connect.errors.") && header.value() != null) {
              headers.put(
                  header.key().substring("__connect.errors.".length()),
                  new String(header.value(), StandardCharsets.UTF_8));
            }
          }
          Place place =
              new Place(
                  headers.get("topic"),
                  Integer.parseInt(headers.get("partition")),
                  Long.parseLong(headers.get("offset")));
          letters.merge(
              place, headers.getOrDefault("exception.message", ""), (one, other) -> one + " TWICE");
        }
      }
    }
    return letters;
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
