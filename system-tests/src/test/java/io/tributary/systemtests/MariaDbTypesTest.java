package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableResult;
import io.tributary.systemtests.Topics.Place;
import io.tributary.tools.local.ConnectRest;
import io.tributary.tools.local.ConnectWorker;
import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.Ports;
import io.tributary.tools.local.TributaryHome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every type of MariaDB through Debezium in each of its modes. Its Debezium is another one than
 * PostgreSQL's, so it runs in a worker of its own; the sink is the pipeline's.
 */
@ExtendWith(SharedPipeline.class)
final class MariaDbTypesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DEADLINE = Duration.ofMinutes(8);
  private static final String DATABASE = "types";
  private static final SampleTable TABLE = SampleTable.scalars("types.scalars", MariaDbTypes.all());

  /** A mode of values, and one of unsigned numbers of 64 bits. */
  private record MariaDbMode(Mode values, String bigints) {
    static MariaDbMode of(
        String name, String times, String decimals, String bytes, String bigints) {
      return new MariaDbMode(new Mode(name, times, decimals, "", bytes, "", false), bigints);
    }

    String topic() {
      return values.name() + "." + TABLE.name();
    }
  }

  private static final List<MariaDbMode> MODES =
      List.of(
          MariaDbMode.of("b_default", "adaptive_time_microseconds", "precise", "bytes", "long"),
          MariaDbMode.of("b_connect", "connect", "string", "base64", "precise"),
          MariaDbMode.of("b_iso", "isostring", "double", "hex", "precise"),
          MariaDbMode.of("b_nano", "nanoseconds", "precise", "base64-url-safe", "long"));

  private final Pipeline pipeline;

  MariaDbTypesTest(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Test
  void everyValueArrivesOrIsADeadLetter() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "MariaDB's programs are there for Linux on x86-64 only");
    TributaryHome home = TributaryHome.locate();
    Path unpacked = home.root().resolve("system-tests/target/mariadb");
    Ports ports = new Ports(note -> {});
    pipeline.createDataset("mariadb");
    try (LocalFolder folder = LocalFolder.create("tributary-mariadb");
        LocalMariaDb mariaDb = LocalMariaDb.start(folder, unpacked.resolve("server"), ports.any());
        ConnectWorker worker = worker(home, folder, unpacked.resolve("plugins"), ports.any());
        Connection database = mariaDb.connect();
        Statement sql = database.createStatement();
        Topics topics = new Topics(pipeline.kafka(), Pattern.compile("b_.*\\.types\\..*"))) {
      sql.execute("SET sql_mode = ''");
      sql.execute("CREATE DATABASE " + DATABASE);
      sql.execute(TABLE.create());
      TABLE.insert(sql, 0);
      worker.awaitRest();
      ConnectRest rest = new ConnectRest(worker.rest());
      int server = 7_000;
      for (MariaDbMode mode : MODES) {
        rest.create(source(mode, mariaDb, server++));
      }
      for (MariaDbMode mode : MODES) {
        rest.awaitRunning(mode.values().name(), 1, Duration.ofSeconds(60));
      }
      topics.awaitCounts(counts(TABLE.rows().size()), DEADLINE);
      TABLE.insert(sql, SampleTable.STREAMED);
      TABLE.update(sql);
      topics.awaitCounts(counts(TABLE.rows().size() * 2 + TABLE.ordinary()), DEADLINE);
      pipeline.startSink(
          "mariadb",
          1,
          Map.of(
              "topics.regex", "b_.*\\.types\\..*",
              "table.name.template", "${topic}",
              "order.by", "kafka",
              "flush.interval.ms", "10000",
              "errors.deadletterqueue.context.headers.enable", "true"));
      topics.awaitCommitted(pipeline.rest(), "mariadb-sink", counts(1).keySet(), DEADLINE);
      compare(sql, topics);
    }
    pipeline.rest().delete("mariadb-sink");
  }

  private ConnectWorker worker(TributaryHome home, LocalFolder folder, Path plugins, int port) {
    return ConnectWorker.start(
        folder,
        new ConnectWorker.Options(
            home,
            List.of(plugins),
            pipeline.kafka().bootstrapServers(),
            port,
            Map.of(
                "group.id", "mariadb",
                "config.storage.topic", "mariadb-config",
                "offset.storage.topic", "mariadb-offset",
                "status.storage.topic", "mariadb-status"),
            Map.of()));
  }

  private ObjectNode source(MariaDbMode mode, LocalMariaDb mariaDb, int server) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.debezium.connector.mariadb.MariaDbConnector");
    config.put("tasks.max", "1");
    config.put("database.hostname", "127.0.0.1");
    config.put("database.port", Integer.toString(mariaDb.port()));
    config.put("database.user", LocalMariaDb.USER);
    config.put("database.password", LocalMariaDb.PASSWORD);
    config.put("database.ssl.mode", "disable");
    config.put("database.server.id", Integer.toString(server));
    config.put("database.include.list", DATABASE);
    config.put("topic.prefix", mode.values().name());
    config.put("include.schema.changes", "false");
    config.put(
        "schema.history.internal.kafka.bootstrap.servers", pipeline.kafka().bootstrapServers());
    config.put("schema.history.internal.kafka.topic", "history-" + mode.values().name());
    config.put("poll.interval.ms", "50");
    config.put("column.propagate.source.type", ".*");
    // or the first centuries become the twentieth and twenty-first
    config.put("enable.time.adjuster", "false");
    config.put("time.precision.mode", mode.values().times());
    config.put("decimal.handling.mode", mode.values().decimals());
    config.put("binary.handling.mode", mode.values().bytes());
    config.put("bigint.unsigned.handling.mode", mode.bigints());
    config.put("topic.creation.default.replication.factor", "1");
    config.put("topic.creation.default.partitions", "1");
    config.put("value.converter.replace.null.with.default", "false");
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    ObjectNode connector = JSON.createObjectNode().put("name", mode.values().name());
    connector.set("config", JSON.valueToTree(config));
    return connector;
  }

  private static Map<String, Integer> counts(int records) {
    Map<String, Integer> counts = new TreeMap<>();
    MODES.forEach(mode -> counts.put(mode.topic(), records));
    return counts;
  }

  private void compare(Statement sql, Topics topics) throws Exception {
    Comparison comparison = new Comparison();
    Map<Place, String> letters = topics.deadLetters(pipeline.kafka(), "dead-mariadb");
    Map<Integer, Map<String, String>> truth = TABLE.truth(sql);
    for (MariaDbMode mode : MODES) {
      String name = mode.values().name();
      TableResult rows =
          pipeline
              .bigQuery()
              .query(
                  QueryJobConfiguration.of(
                      "SELECT * FROM mariadb.`" + mode.topic().replace('.', '_') + "`"));
      comparison.withTopic(name, TABLE, topics.changes(mode.topic()), rows, letters);
      comparison.withDatabase(
          name, TABLE, column -> !column.type().loss().in(mode.values()), truth, rows);
    }
    comparison.report("MariaDB", letters);
    assertThat(comparison.differences()).isEmpty();
    Set<String> missing = ListedTypes.under("MySQL and MariaDB");
    missing.removeAll(comparison.listed());
    assertThat(missing).as("not here: MySQL's alone").containsExactly("vector");
    assertThat(comparison.cases()).hasSizeGreaterThanOrEqualTo(600);
  }
}
