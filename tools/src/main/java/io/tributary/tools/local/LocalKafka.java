package io.tributary.tools.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker with its own controller (KRaft) inside this JVM, on loopback.
 *
 * <p>In this JVM, so that it cannot outlive it. New topics get three partitions.
 */
public final class LocalKafka implements AutoCloseable {
  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private LocalKafka(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Formats the storage in {@code folder} and starts the broker; returns when it serves clients.
   *
   * @param port for clients
   * @param controllerPort for the broker's own controller
   */
  public static LocalKafka start(LocalFolder folder, int port, int controllerPort) {
    String bootstrap = "127.0.0.1:" + port;
    Properties settings = settings(folder.resolve("kafka"), bootstrap, controllerPort);
    format(folder.resolve("kafka.properties"), settings);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server.startup();
    return new LocalKafka(server, bootstrap);
  }

  /**
   * Formats the storage of a broker that is to run in a process of its own, with {@code
   * kafka.Kafka}.
   *
   * @return the file with the broker's settings
   */
  public static Path prepare(LocalFolder folder, int port, int controllerPort) {
    Path file = folder.resolve("kafka.properties");
    format(file, settings(folder.resolve("kafka"), "127.0.0.1:" + port, controllerPort));
    return file;
  }

  private static Properties settings(Path data, String bootstrap, int controllerPort) {
    String controller = "127.0.0.1:" + controllerPort;
    Properties settings = new Properties();
    settings.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("listeners", "PLAINTEXT://" + bootstrap + ",CONTROLLER://" + controller),
            Map.entry("advertised.listeners", "PLAINTEXT://" + bootstrap),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("controller.quorum.voters", "1@" + controller),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("log.dirs", data.toString()),
            Map.entry("num.partitions", "3"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "1000"),
            Map.entry("log.segment.bytes", "67108864")));
    return settings;
  }

  private static void format(Path file, Properties settings) {
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      settings.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka's settings cannot be written.", e);
    }
    PrintStream silent =
        new PrintStream(java.io.OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int status =
        StorageTool.execute(
            new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
            silent);
    if (status != 0) {
      throw new IllegalStateException("kafka-storage format ended with status " + status);
    }
  }

  /** What clients put into {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** A new admin client; the caller closes it. */
  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Stops the broker; its files go with the folder. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
