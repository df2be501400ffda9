package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.tools.local.ConnectRest;
import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.LocalKafka;
import io.tributary.tools.local.LocalPostgres;
import io.tributary.tools.local.Ports;
import io.tributary.tools.verify.Differences;
import io.tributary.tools.verify.SourceTable;
import io.tributary.tools.verify.TableComparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;

/**
 * The whole pipeline in this JVM: a real PostgreSQL, Debezium, a Kafka broker, a distributed
 * Connect worker with the sink, and the emulator behind Google's clients. Started once for all
 * tests; each uses a schema, topics and a dataset of its own.
 */
final class Pipeline implements AutoCloseable {
  static final String DATABASE = "shop";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROJECT = "local";

  private final LocalFolder folder;
  private final LocalPostgres postgres;
  private final LocalKafka kafka;
  private final BigQueryEmulator emulator;
  private final Connect<?> connect;
  private final ConnectRest rest;
  private final BigQuery bigQuery;

  private Pipeline(
      LocalFolder folder,
      LocalPostgres postgres,
      LocalKafka kafka,
      BigQueryEmulator emulator,
      Connect<?> connect) {
    this.folder = folder;
    this.postgres = postgres;
    this.kafka = kafka;
    this.emulator = emulator;
    this.connect = connect;
    this.rest = new ConnectRest(connect.rest().advertisedUrl());
    this.bigQuery =
        BigQueryOptions.newBuilder()
            .setHost(emulator.restUrl())
            .setProjectId(PROJECT)
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
  }

  static Pipeline start() throws Exception {
    Ports ports = new Ports(note -> {});
    LocalFolder folder = LocalFolder.create("tributary-pipeline");
    LocalPostgres postgres = LocalPostgres.start(folder, ports.any());
    postgres.createDatabase(DATABASE);
    LocalKafka kafka = LocalKafka.start(folder, ports.any(), ports.any());
    BigQueryEmulator emulator =
        BigQueryEmulator.start(EmulatorOptions.builder().project(PROJECT).build());
    Path plugins = Files.createDirectory(folder.resolve("no-plugins"));
    Map<String, String> worker = new HashMap<>();
    worker.put("bootstrap.servers", kafka.bootstrapServers());
    worker.put("group.id", "pipeline");
    worker.put("listeners", "http://127.0.0.1:0");
    worker.put("plugin.path", plugins.toString());
    worker.put("plugin.discovery", "service_load");
    worker.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    worker.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    worker.put("offset.flush.interval.ms", "500");
    for (String store : List.of("config", "offset", "status")) {
      worker.put(store + ".storage.topic", "connect-" + store);
      worker.put(store + ".storage.replication.factor", "1");
    }
    worker.put("offset.storage.partitions", "1");
    worker.put("status.storage.partitions", "1");
    Connect<?> connect = new ConnectDistributed().startConnect(worker);
    return new Pipeline(folder, postgres, kafka, emulator, connect);
  }

  BigQueryEmulator emulator() {
    return emulator;
  }

  ConnectRest rest() {
    return rest;
  }

  LocalKafka kafka() {
    return kafka;
  }

  BigQuery bigQuery() {
    return bigQuery;
  }

  Connection database() throws SQLException {
    return postgres.connect(DATABASE);
  }

  void createDataset(String name) {
    bigQuery.create(DatasetInfo.of(name));
  }

  /** Starts a Debezium source for one schema; its topics bear the schema's name as prefix. */
  void startSource(String schema, int partitions, Map<String, String> more) {
    createSource(schema, partitions, more);
    awaitSource(schema);
  }

  /** Asks for such a source without waiting for it. */
  void createSource(String schema, int partitions, Map<String, String> more) {
    Map<String, String> config =
        PostgresSource.config(postgres, DATABASE, schema, schema, partitions);
    config.put("schema.include.list", schema);
    config.put("skipped.operations", "none");
    config.put("heartbeat.interval.ms", "500");
    config.putAll(more);
    create(schema + "-source", config);
  }

  void awaitSource(String schema) {
    rest.awaitRunning(schema + "-source", 1, Duration.ofSeconds(60));
  }

  /** Starts a sink of that schema's topics into the dataset of the same name. */
  void startSink(String schema, int tasks, Map<String, String> more) {
    Map<String, String> config =
        LocalSink.config(PROJECT, schema, emulator.restUrl(), emulator.grpcEndpoint());
    config.put("tasks.max", Integer.toString(tasks));
    config.put("topics.regex", schema + "\\..*|__debezium-heartbeat\\." + schema);
    config.put("flush.interval.ms", "200");
    config.put("value.converter.replace.null.with.default", "false");
    config.put("consumer.override.metadata.max.age.ms", "500");
    config.put("errors.tolerance", "all");
    config.put("errors.deadletterqueue.topic.name", "dead-" + schema);
    config.put("errors.deadletterqueue.topic.replication.factor", "1");
    config.putAll(more);
    create(schema + "-sink", config);
    rest.awaitRunning(schema + "-sink", tasks, Duration.ofSeconds(60));
  }

  private void create(String name, Map<String, String> config) {
    ObjectNode body = JSON.createObjectNode().put("name", name);
    body.set("config", JSON.valueToTree(config));
    rest.create(body);
  }

  /** Waits until the tables agree with the source, and that no task has failed. */
  void awaitEqual(String schema, List<String> tables, Duration deadline) {
    List<SourceTable> compared = tables.stream().map(t -> new SourceTable(schema, t)).toList();
    await()
        .atMost(deadline)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              assertThat(rest.status(schema + "-sink").failed()).isEmpty();
              try (Connection connection = database()) {
                Differences differences =
                    TableComparison.compare(connection, bigQuery, schema, compared);
                assertThat(differences.first()).isEmpty();
                assertThat(differences.count()).isZero();
              }
            });
  }

  void stop(String schema) {
    rest.delete(schema + "-sink");
    rest.delete(schema + "-source");
  }

  @Override
  public void close() {
    connect.stop();
    connect.awaitStop();
    emulator.close();
    kafka.close();
    postgres.close();
    folder.close();
  }
}
