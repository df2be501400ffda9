package io.tributary.systemtests;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.tools.local.ConfigTemplate;
import io.tributary.tools.local.ConnectRest;
import io.tributary.tools.local.ConnectWorker;
import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.Ports;
import io.tributary.tools.local.TributaryHome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A MariaDB and the worker for its sources. Debezium for MariaDB is another one than PostgreSQL's,
 * so it runs in a worker of its own; Kafka is the pipeline's.
 */
final class MariaDbSources implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Pipeline pipeline;
  private final LocalFolder folder;
  private final LocalMariaDb mariaDb;
  private final ConnectWorker worker;
  private final ConnectRest rest;
  private int server = 7_000;

  private MariaDbSources(
      Pipeline pipeline, LocalFolder folder, LocalMariaDb mariaDb, ConnectWorker worker) {
    this.pipeline = pipeline;
    this.folder = folder;
    this.mariaDb = mariaDb;
    this.worker = worker;
    this.rest = new ConnectRest(worker.rest());
  }

  /**
   * Starts both.
   *
   * @param group name of the worker's group
   */
  static MariaDbSources start(Pipeline pipeline, String group) throws Exception {
    TributaryHome home = TributaryHome.locate();
    Path unpacked = home.root().resolve("system-tests/target/mariadb");
    Ports ports = new Ports(note -> {});
    LocalFolder folder = LocalFolder.create("tributary-" + group);
    LocalMariaDb mariaDb = LocalMariaDb.start(folder, unpacked.resolve("server"), ports.any());
    ConnectWorker worker =
        ConnectWorker.start(
            folder,
            new ConnectWorker.Options(
                home,
                List.of(unpacked.resolve("plugins")),
                pipeline.kafka().bootstrapServers(),
                ports.any(),
                Map.of(
                    "group.id", group,
                    "config.storage.topic", group + "-config",
                    "offset.storage.topic", group + "-offset",
                    "status.storage.topic", group + "-status"),
                Map.of()));
    worker.awaitRest();
    return new MariaDbSources(pipeline, folder, mariaDb, worker);
  }

  Connection connect() throws SQLException {
    return mariaDb.connect();
  }

  /**
   * Asks for a source as in the example; its topics' prefix is its name unless more says otherwise.
   */
  void create(String name, Map<String, String> more) {
    ObjectNode connector =
        ConfigTemplate.fill(
            TributaryHome.locate().configExample("mariadb-source.json"),
            Map.of(
                "mariadb.host",
                "127.0.0.1",
                "mariadb.port",
                Integer.toString(mariaDb.port()),
                "mariadb.user",
                LocalMariaDb.USER,
                "mariadb.password",
                LocalMariaDb.PASSWORD,
                "mariadb.server.id",
                Integer.toString(server++),
                "kafka.bootstrap.servers",
                pipeline.kafka().bootstrapServers()));
    connector.put("name", name);
    connector
        .withObject("config")
        .put("topic.prefix", name)
        .put("schema.history.internal.kafka.topic", "history-" + name)
        .put("database.ssl.mode", "disable")
        .setAll(JSON.<ObjectNode>valueToTree(more));
    rest.create(connector);
  }

  void awaitRunning(String name) {
    rest.awaitRunning(name, 1, Duration.ofSeconds(60));
  }

  void delete(String name) {
    rest.delete(name);
  }

  @Override
  public void close() {
    worker.close();
    mariaDb.close();
    folder.close();
  }
}
