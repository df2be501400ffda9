package io.tributary.tools.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A distributed Kafka Connect worker in a JVM of its own, with plugins in isolated class loaders.
 *
 * <p>Not thread-safe: one thread starts, kills and restarts it.
 */
public final class ConnectWorker implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofMinutes(2);
  private static final String NAME = "The Connect worker";

  private final LocalFolder folder;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private final URI rest;
  private LocalProcess process;

  private ConnectWorker(
      LocalFolder folder,
      List<String> command,
      Map<String, String> environment,
      Path log,
      URI rest) {
    this.folder = folder;
    this.command = command;
    this.environment = environment;
    this.log = log;
    this.rest = rest;
    this.process = launch();
  }

  private LocalProcess launch() {
    return LocalProcess.start(NAME, folder, command, environment, log, "TERM");
  }

  /**
   * Where the worker's parts are and where it listens.
   *
   * @param home supplies the worker's jars and Debezium's plugin
   * @param plugins further folders for {@code plugin.path}
   * @param bootstrapServers the broker
   * @param restPort the REST port on 127.0.0.1, kept across restarts
   * @param settings worker settings that replace the defaults
   * @param environment variables added to those of this JVM
   */
  public record Options(
      TributaryHome home,
      List<Path> plugins,
      String bootstrapServers,
      int restPort,
      Map<String, String> settings,
      Map<String, String> environment) {
    /** Copies the collections. */
    public Options {
      plugins = List.copyOf(plugins);
      settings = Map.copyOf(settings);
      environment = Map.copyOf(environment);
    }
  }

  /** Starts the process without waiting; {@link #awaitRest} tells when it can be used. */
  public static ConnectWorker start(LocalFolder folder, Options options) {
    Path file = folder.resolve("worker-" + options.restPort() + ".properties");
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      properties(options).store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException("The Connect worker's settings cannot be written.", e);
    }
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms128m",
            "-Xmx1g",
            "-XX:+UseG1GC",
            "-Djava.awt.headless=true",
            "-Djava.util.logging.config.file=" + options.home().workerLogging(),
            // native libraries are unpacked there
            "-Djava.io.tmpdir=" + folder.path(),
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
            "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.clients=warn",
            "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common=warn",
            "-cp",
            options.home().workerLib() + "/*",
            "org.apache.kafka.connect.cli.ConnectDistributed",
            file.toString());
    Path log = folder.resolve("worker-" + options.restPort() + ".log");
    return new ConnectWorker(
        folder,
        command,
        options.environment(),
        log,
        URI.create("http://127.0.0.1:" + options.restPort()));
  }

  private static Properties properties(Options options) {
    List<String> pluginPath = new ArrayList<>();
    pluginPath.add(options.home().debeziumPlugins().toString());
    options.plugins().forEach(path -> pluginPath.add(path.toString()));
    Properties properties = new Properties();
    properties.putAll(
        Map.ofEntries(
            Map.entry("bootstrap.servers", options.bootstrapServers()),
            Map.entry("group.id", "tributary-workers"),
            Map.entry("config.storage.topic", "connect-configs"),
            Map.entry("offset.storage.topic", "connect-offsets"),
            Map.entry("status.storage.topic", "connect-status"),
            Map.entry("config.storage.replication.factor", "1"),
            Map.entry("offset.storage.replication.factor", "1"),
            Map.entry("status.storage.replication.factor", "1"),
            Map.entry("offset.storage.partitions", "3"),
            Map.entry("status.storage.partitions", "1"),
            Map.entry("key.converter", "org.apache.kafka.connect.json.JsonConverter"),
            Map.entry("value.converter", "org.apache.kafka.connect.json.JsonConverter"),
            Map.entry("offset.flush.interval.ms", "1000"),
            Map.entry("listeners", "http://127.0.0.1:" + options.restPort()),
            Map.entry("rest.advertised.host.name", "127.0.0.1"),
            Map.entry("rest.advertised.port", Integer.toString(options.restPort())),
            Map.entry("plugin.path", String.join(",", pluginPath)),
            Map.entry("plugin.discovery", "service_load"),
            // a killed worker is noticed, and its tasks are given out again, within seconds
            Map.entry("session.timeout.ms", "6000"),
            Map.entry("heartbeat.interval.ms", "1500"),
            Map.entry("scheduled.rebalance.max.delay.ms", "0")));
    properties.putAll(options.settings());
    return properties;
  }

  /** The base of the REST interface. */
  public URI rest() {
    return rest;
  }

  /** The log, which grows across restarts. */
  public Path log() {
    return log;
  }

  /** The number of the current process. */
  public long pid() {
    return process.pid();
  }

  /**
   * Waits until the REST interface answers.
   *
   * @throws Await.GaveUpException if the process ends or two minutes pass
   */
  public void awaitRest() {
    ConnectRest client = new ConnectRest(rest);
    Await.atMost(START_DEADLINE, Duration.ofMillis(200))
        .until(
            NAME + " answers at " + rest,
            () -> {
              if (!process.isAlive()) {
                throw new Await.GaveUpException(NAME + " ended:\n" + process.logTail(), null);
              }
              return client.answers();
            });
  }

  /** SIGKILL; returns when the process is gone. */
  public void killHard() {
    process.killHard();
  }

  /** Stops all its threads, as a machine does that hangs. */
  public void freeze() {
    process.signal("STOP");
  }

  /** Ends what {@link #freeze} began. */
  public void thaw() {
    process.signal("CONT");
  }

  /** Starts the worker again, with the same settings and port, after it was killed. */
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException(NAME + " is still running; kill it first.");
    }
    process = launch();
  }

  /** Stops the worker in order, or kills it if that takes longer than 20 seconds. */
  @Override
  public void close() {
    process.close();
  }
}
