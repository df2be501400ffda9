package io.tributary.systemtests.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Topic;

/**
 * A second broker becomes the coordinator of all groups, and is killed: the first one coordinates
 * them again.
 */
final class Coordinator {
  static final Fault MOVED =
      new Fault(
          "16b",
          "the group's coordinator moves to a broker that is then killed",
          Coordinator::move);

  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final TopicPartition OFFSETS =
      new TopicPartition(Topic.GROUP_METADATA_TOPIC_NAME, 0);

  private Coordinator() {}

  private static void move(Trial trial, Random random) {
    Stage stage = trial.stage();
    Admin admin = stage.admin();
    try (JavaProcess second = second(stage)) {
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> get(admin.describeCluster().nodes()).size() == 2);
      trial.load().more(1 + random.nextInt(60));
      place(admin, List.of(SECOND, FIRST));
      awaitLeader(admin, SECOND);
      trial.recover();
      trial.load().more(1 + random.nextInt(60));
      second.killHard();
      awaitLeader(admin, FIRST);
      place(admin, List.of(FIRST));
    }
    trial.struck("coordinator moved", 2);
    trial.recover();
  }

  /** Puts the offsets of all groups onto these brokers, the first of them in the lead. */
  private static void place(Admin admin, List<Integer> brokers) {
    Optional<NewPartitionReassignment> wanted = Optional.of(new NewPartitionReassignment(brokers));
    get(admin.alterPartitionReassignments(Map.of(OFFSETS, wanted)).all());
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> get(admin.listPartitionReassignments().reassignments()).isEmpty());
    var unused = get(admin.electLeaders(ElectionType.PREFERRED, Set.of(OFFSETS)).partitions());
  }

  /** The broker that leads a group's offsets coordinates it. */
  private static void awaitLeader(Admin admin, int broker) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              Node leader =
                  get(admin.describeTopics(List.of(OFFSETS.topic())).allTopicNames())
                      .get(OFFSETS.topic())
                      .partitions()
                      .get(OFFSETS.partition())
                      .leader();
              return leader != null && leader.id() == broker;
            });
  }

  private static <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A broker without a controller of its own, beside that of the stage. */
  private static JavaProcess second(Stage stage) {
    Path file = stage.folder().resolve("second.properties");
    Properties settings = new Properties();
    try (Reader first = Files.newBufferedReader(stage.brokerSettings())) {
      settings.load(first);
      String listener = "PLAINTEXT://127.0.0.1:" + stage.ports().any();
      settings.put("node.id", Integer.toString(SECOND));
      settings.put("process.roles", "broker");
      settings.put("listeners", listener);
      settings.put("advertised.listeners", listener);
      settings.put("log.dirs", stage.folder().resolve("kafka-second").toString());
      try (Writer writer = Files.newBufferedWriter(file)) {
        settings.store(writer, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String cluster = get(stage.admin().describeCluster().clusterId());
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int status =
        StorageTool.execute(
            new String[] {"format", "-t", cluster, "-c", file.toString(), "--ignore-formatted"},
            silent);
    if (status != 0) {
      throw new IllegalStateException("kafka-storage format ended with status " + status);
    }
    return new JavaProcess(
        "second broker", stage.folder(), "256m", "kafka.Kafka", List.of(file.toString()));
  }
}
