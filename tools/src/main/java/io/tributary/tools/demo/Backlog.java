package io.tributary.tools.demo;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** What lies in Kafka and has not been settled by the sink. Thread-safe. */
final class Backlog implements AutoCloseable {
  private static final String GROUP = "connect-" + Pipeline.SINK;

  private static final RetryPolicy<Object> AGAIN =
      RetryPolicy.builder()
          .handle(ExecutionException.class)
          .withDelay(Duration.ofMillis(250))
          .withMaxRetries(4)
          .build();

  private final Admin admin;

  Backlog(Admin admin) {
    this.admin = admin;
  }

  /** Records that the sink has not committed, by table; a table without a topic has none. */
  Map<String, Long> byTable() throws InterruptedException {
    Map<TopicPartition, Long> ends = offsets(topics(Pipeline.TOPIC_PREFIX), OffsetSpec.latest());
    Map<TopicPartition, OffsetAndMetadata> committed =
        ask(() -> admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
    Map<String, Long> lag = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          OffsetAndMetadata offset = committed.get(partition);
          lag.merge(
              partition.topic().substring(Pipeline.TOPIC_PREFIX.length()),
              end - (offset == null ? 0 : offset.offset()),
              Long::sum);
        });
    return lag;
  }

  /** Records that the sink has committed, of all tables. */
  long settled() throws InterruptedException {
    return ask(() -> admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata())
        .values()
        .stream()
        .filter(Objects::nonNull)
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }

  /** Records in the dead letter queue. */
  long deadLetters() throws InterruptedException {
    Set<String> topic = topics(Pipeline.DEAD_LETTERS);
    long ends = sum(offsets(topic, OffsetSpec.latest()).values());
    return ends - sum(offsets(topic, OffsetSpec.earliest()).values());
  }

  private static long sum(Collection<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }

  private Set<String> topics(String prefix) throws InterruptedException {
    return ask(() -> admin.listTopics().names()).stream()
        .filter(topic -> topic.startsWith(prefix))
        .collect(Collectors.toSet());
  }

  private Map<TopicPartition, Long> offsets(Set<String> topics, OffsetSpec which)
      throws InterruptedException {
    Map<String, TopicDescription> described =
        ask(() -> admin.describeTopics(topics).allTopicNames());
    Map<TopicPartition, OffsetSpec> asked =
        described.values().stream()
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(part -> new TopicPartition(topic.name(), part.partition())))
            .collect(Collectors.toMap(Function.identity(), partition -> which));
    Map<TopicPartition, ListOffsetsResultInfo> found = ask(() -> admin.listOffsets(asked).all());
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  /** The answer; a busy broker may refuse a question that it answers the next time. */
  static <T> T ask(Supplier<KafkaFuture<T>> question) throws InterruptedException {
    try {
      return Failsafe.with(AGAIN).get(() -> question.get().get(30, TimeUnit.SECONDS));
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        var unused = Thread.interrupted();
        throw new InterruptedException();
      } else if (e.getCause() instanceof TimeoutException) {
        throw new IllegalStateException("Kafka did not answer within 30 seconds.", e);
      }
      throw new IllegalStateException("Kafka refused a question about offsets.", e.getCause());
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
