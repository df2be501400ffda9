package io.tributary.tools.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.tools.local.ClosingStack;
import io.tributary.tools.local.ConfigTemplate;
import io.tributary.tools.local.ConnectRest;
import io.tributary.tools.local.ConnectWorker;
import io.tributary.tools.local.LocalBigQuery;
import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.LocalKafka;
import io.tributary.tools.local.LocalPostgres;
import io.tributary.tools.local.Ports;
import io.tributary.tools.local.TributaryHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** All parts from PostgreSQL to BigQuery, running. */
final class Pipeline {
  static final String DATASET = "shop";
  static final String SOURCE = "shop-source";
  static final String SINK = "shop-bigquery";
  static final String TOPIC_PREFIX = "shopdb.shop.";
  static final String DEAD_LETTERS = "dead-letters";

  private static final int SINK_TASKS = 2;
  private static final Duration CONNECTOR_DEADLINE = Duration.ofMinutes(2);

  private final LocalPostgres postgres;
  private final LocalBigQuery bigQuery;
  private final LocalKafka kafka;
  private final ConnectWorker worker;
  private final ConnectRest rest;

  private Pipeline(
      LocalPostgres postgres, LocalBigQuery bigQuery, LocalKafka kafka, ConnectWorker worker) {
    this.postgres = postgres;
    this.bigQuery = bigQuery;
    this.kafka = kafka;
    this.worker = worker;
    this.rest = new ConnectRest(worker.rest());
  }

  /** Starts every part; connectors are created later. What was started is in {@code parts}. */
  static Pipeline start(TributaryHome home, LocalFolder folder, Ports ports, ClosingStack parts) {
    Path plugins = folder.resolve("plugins");
    home.unpackPlugin(plugins);
    int kafkaPort = ports.choose("Kafka", 9092);
    int controllerPort = ports.any();
    int restPort = ports.choose("Kafka Connect's REST interface", 8083);
    int postgresPort = ports.choose("PostgreSQL", 5432);
    int bigQueryRest = ports.choose("the BigQuery emulator's REST interface", 9050);
    int bigQueryGrpc = ports.choose("the BigQuery emulator's gRPC interface", 9060);
    CompletableFuture<LocalPostgres> postgres =
        CompletableFuture.supplyAsync(() -> parts.add(LocalPostgres.start(folder, postgresPort)));
    CompletableFuture<LocalBigQuery> bigQuery =
        CompletableFuture.supplyAsync(
            () -> parts.add(LocalBigQuery.start(bigQueryRest, bigQueryGrpc)));
    // stopped half-way, they would leave files behind
    parts.add(() -> awaitEnd(CompletableFuture.allOf(postgres, bigQuery)));
    LocalKafka kafka = parts.add(LocalKafka.start(folder, kafkaPort, controllerPort));
    ConnectWorker worker =
        ConnectWorker.start(
            folder,
            new ConnectWorker.Options(
                home, List.of(plugins), kafka.bootstrapServers(), restPort, Map.of(), Map.of()));
    Pipeline pipeline;
    try {
      pipeline = new Pipeline(join(postgres), join(bigQuery), kafka, worker);
    } finally {
      // added last, because it must stop before what it talks to
      parts.add(worker);
    }
    worker.awaitRest();
    return pipeline;
  }

  private static void awaitEnd(CompletableFuture<Void> starts) {
    starts.exceptionally(failure -> null).completeOnTimeout(null, 20, TimeUnit.SECONDS).join();
  }

  private static <T> T join(CompletableFuture<T> part) {
    try {
      return part.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Creates the dataset and POSTs both connector files. */
  void createConnectors(TributaryHome home) {
    bigQuery.createDataset(DATASET);
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("postgres.host", "127.0.0.1"),
            Map.entry("postgres.port", Integer.toString(postgres.port())),
            Map.entry("postgres.user", LocalPostgres.USER),
            Map.entry("postgres.password", "none"),
            Map.entry("postgres.database", Shop.DATABASE),
            Map.entry("bigquery.project", LocalBigQuery.PROJECT),
            Map.entry("bigquery.dataset", DATASET),
            Map.entry("bigquery.location", LocalBigQuery.LOCATION),
            Map.entry("bigquery.rest", bigQuery.restUrl()),
            Map.entry("bigquery.grpc", bigQuery.grpcAddress()));
    for (String file : List.of("postgres-source.json", "bigquery-sink-emulator.json")) {
      ObjectNode connector = ConfigTemplate.fill(home.configExample(file), values);
      rest.create(connector);
    }
    awaitConnectors();
  }

  /** Waits until both connectors and all their tasks run; fails as soon as a task has failed. */
  void awaitConnectors() {
    rest.awaitRunning(SOURCE, 1, CONNECTOR_DEADLINE);
    rest.awaitRunning(SINK, SINK_TASKS, CONNECTOR_DEADLINE);
  }

  /** Whether both connectors run now, as far as can be told. */
  boolean connectorsRun() {
    return known(() -> rest.status(SOURCE).isRunning(1))
        && known(() -> rest.status(SINK).isRunning(SINK_TASKS));
  }

  private static boolean known(Supplier<Boolean> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      // a worker that has just been started refuses until it has joined its group
      return false;
    }
  }

  /** Kills the worker without warning and starts it again; returns when it answers. */
  void killWorker() {
    worker.killHard();
    worker.restart();
    worker.awaitRest();
  }

  LocalPostgres postgres() {
    return postgres;
  }

  LocalBigQuery bigQuery() {
    return bigQuery;
  }

  LocalKafka kafka() {
    return kafka;
  }

  ConnectWorker worker() {
    return worker;
  }

  ConnectRest rest() {
    return rest;
  }
}
