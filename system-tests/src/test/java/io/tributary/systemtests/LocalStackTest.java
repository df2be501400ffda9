package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.QueryJobConfiguration;
import io.tributary.bigquery.BigQuerySinkConnector;
import io.tributary.tools.local.ConfigTemplate;
import io.tributary.tools.local.ConnectRest;
import io.tributary.tools.local.ConnectWorker;
import io.tributary.tools.local.LocalBigQuery;
import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.LocalKafka;
import io.tributary.tools.local.LocalPostgres;
import io.tributary.tools.local.Ports;
import io.tributary.tools.local.TributaryHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/**
 * The local parts with a worker in a JVM of its own: what PostgreSQL changes arrives as Debezium's
 * events, and through the plugin zip in BigQuery.
 */
class LocalStackTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PLACEHOLDER = "__debezium_unavailable_value";
  private static final String SINK = LocalSink.CONNECTOR;

  @Test
  void everyKindOfChangeArrivesAlsoAfterTheWorkerWasKilled() throws Exception {
    TributaryHome home = TributaryHome.locate();
    Ports ports = new Ports(note -> {});
    Path path;
    try (LocalFolder folder = LocalFolder.create("tributary-test");
        RefusedAccount account = RefusedAccount.start();
        LocalBigQuery bigQuery = LocalBigQuery.start(ports.any(), ports.any());
        LocalPostgres postgres = LocalPostgres.start(folder, ports.any());
        LocalKafka kafka = LocalKafka.start(folder, ports.any(), ports.any());
        ConnectWorker worker =
            ConnectWorker.start(
                folder,
                new ConnectWorker.Options(
                    home,
                    List.of(unpacked(home, folder)),
                    kafka.bootstrapServers(),
                    ports.any(),
                    Map.of(),
                    Map.of(
                        "GOOGLE_APPLICATION_CREDENTIALS",
                        account.writeKey(folder.resolve("key.json")).toString())))) {
      path = folder.path();
      postgres.createDatabase("shop");
      worker.awaitRest();
      ConnectRest rest = new ConnectRest(worker.rest());
      assertThat(rest.plugins())
          .containsKey("io.debezium.connector.postgresql.PostgresConnector")
          .containsEntry(SINK, new BigQuerySinkConnector().version());
      ObjectNode sink =
          ConfigTemplate.fill(home.configExample("bigquery-sink-google-cloud.json"), Map.of());
      assertThat(problems(rest.validate(SINK, config(sink).deepCopy().put("name", "bigquery"))))
          .as("the example is right but for the account")
          .containsOnlyKeys("credentials.mode")
          .hasEntrySatisfying(
              "credentials.mode",
              problem -> assertThat(problem).contains("BigQuery does not accept the credentials"));
      assertThat(account.asked()).isPositive();
      try (Connection connection = postgres.connect("shop");
          Statement sql = connection.createStatement();
          KafkaConsumer<String, String> consumer = consumer(kafka)) {
        prepare(sql);
        rest.create(source(home, postgres));
        rest.awaitRunning("shop-source", 1, Duration.ofSeconds(60));
        bigQuery.createDataset("shop");
        rest.create(towards(bigQuery, sink));
        List<ConsumerRecord<String, String>> seen = new ArrayList<>();
        awaitOps(consumer, seen, "r");
        sql.execute("INSERT INTO shop.products VALUES (2, 'two', repeat('y', 5000))");
        sql.execute("UPDATE shop.products SET name = 'uno' WHERE product_id = 1");
        awaitOps(consumer, seen, "r", "c", "u");

        // Before it has committed an offset of the stream it would begin with a snapshot again.
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> rest.offsets("shop-source").toString().contains("lsn_proc"));
        worker.killHard();
        sql.execute("UPDATE shop.products SET product_id = 11 WHERE product_id = 1");
        sql.execute("DELETE FROM shop.products WHERE product_id = 2");
        worker.restart();
        worker.awaitRest();
        awaitOps(consumer, seen, "r", "c", "u", "c", "d", "d");
        sql.execute("TRUNCATE shop.products");
        awaitOps(consumer, seen, "r", "c", "u", "c", "d", "d", "t");
        sql.execute("INSERT INTO shop.products VALUES (3, 'three', 'z')");
        awaitRows(bigQuery, rest, "3 three z");
        rest.awaitRunning("bigquery", 2, Duration.ofSeconds(60));

        assertThat(after(seen, "u").path("description").asText()).isEqualTo(PLACEHOLDER);
        ConsumerRecord<String, String> moved =
            seen.stream()
                .filter(r -> r.headers().lastHeader("__debezium.oldkey") != null)
                .findFirst()
                .orElseThrow();
        assertThat(JSON.readTree(moved.value()).at("/payload/after/description").asText())
            .as("a key change leaves out the large value that it did not touch")
            .isEqualTo(PLACEHOLDER);
        assertThat(seen.stream().filter(r -> r.headers().lastHeader("__debezium.newkey") != null))
            .as("the delete of the old key and its tombstone")
            .hasSizeGreaterThanOrEqualTo(2);
        assertThat(consumer.partitionsFor("shopdb.shop.products")).hasSize(3);
        assertThat(Files.readString(worker.log()))
            .doesNotContain("com.google.cloud.bigquery.storage.v1");
      }
    }
    assertThat(Files.exists(path)).as("the folder is gone").isFalse();
  }

  private static Path unpacked(TributaryHome home, LocalFolder folder) {
    Path plugins = folder.resolve("plugins");
    home.unpackPlugin(plugins);
    return plugins;
  }

  private static ObjectNode config(ObjectNode connector) {
    return (ObjectNode) connector.get("config");
  }

  private static Map<String, String> problems(JsonNode validation) {
    Map<String, String> problems = new HashMap<>();
    for (JsonNode entry : validation.path("configs")) {
      JsonNode errors = entry.at("/value/errors");
      if (!errors.isEmpty()) {
        problems.put(entry.at("/value/name").asText(), errors.toString());
      }
    }
    return problems;
  }

  /** The same connector, without credentials and to the emulator. */
  private static ObjectNode towards(LocalBigQuery bigQuery, ObjectNode connector) {
    config(connector)
        .put("project", LocalBigQuery.PROJECT)
        .put("credentials.mode", "none")
        .put("endpoint.rest", bigQuery.restUrl())
        .put("endpoint.grpc", bigQuery.grpcAddress())
        .put("endpoint.plaintext", "true")
        // A killed consumer keeps its partitions for so long; one killed while it joins, twice.
        .put("consumer.override.session.timeout.ms", "6000")
        .put("consumer.override.heartbeat.interval.ms", "1500")
        .put("consumer.override.metadata.max.age.ms", "1000");
    return connector;
  }

  private static void awaitRows(LocalBigQuery bigQuery, ConnectRest rest, String... expected) {
    await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptionsInstanceOf(BigQueryException.class)
        .untilAsserted(
            () ->
                assertThat(
                        bigQuery
                            .client()
                            .query(
                                QueryJobConfiguration.of(
                                    "SELECT FORMAT('%d %s %s', product_id, name, description)"
                                        + " FROM shop.products"))
                            .streamAll()
                            .map(row -> row.get(0).getStringValue()))
                    .as("with the sink in the state %s", rest.status("bigquery"))
                    .containsExactlyInAnyOrder(expected));
  }

  private static void prepare(Statement sql) throws SQLException {
    sql.execute("CREATE SCHEMA shop");
    sql.execute(
        "CREATE TABLE shop.products (product_id bigint PRIMARY KEY, name text, description text)");
    sql.execute("ALTER TABLE shop.products ALTER COLUMN description SET STORAGE EXTERNAL");
    sql.execute(
        "CREATE PUBLICATION tributary_shop FOR TABLES IN SCHEMA shop WITH (publish_via_partition_root = true)");
    sql.execute("INSERT INTO shop.products VALUES (1, 'one', repeat('x', 5000))");
  }

  private static JsonNode source(TributaryHome home, LocalPostgres postgres) {
    return ConfigTemplate.fill(
        home.configExample("postgres-source.json"),
        Map.of(
            "postgres.host", "127.0.0.1",
            "postgres.port", Integer.toString(postgres.port()),
            "postgres.user", LocalPostgres.USER,
            "postgres.password", "none",
            "postgres.database", "shop"));
  }

  private static KafkaConsumer<String, String> consumer(LocalKafka kafka) {
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "group.id", "test",
                "auto.offset.reset", "earliest",
                "metadata.max.age.ms", "500"),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(Pattern.compile("shopdb\\.shop\\..*"));
    return consumer;
  }

  /** Reads until exactly these operations have been seen; repeats after a crash count once. */
  private static void awaitOps(
      KafkaConsumer<String, String> consumer,
      List<ConsumerRecord<String, String>> seen,
      String... expected) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
              assertThat(ops(seen)).containsExactlyInAnyOrder(expected);
            });
  }

  private static List<String> ops(List<ConsumerRecord<String, String>> seen) throws IOException {
    record Event(String op, long lsn, String key) {}
    List<Event> events = new ArrayList<>();
    for (ConsumerRecord<String, String> change : seen) {
      if (change.value() != null) {
        JsonNode payload = JSON.readTree(change.value()).path("payload");
        events.add(
            new Event(
                payload.path("op").asText(), payload.at("/source/lsn").asLong(), change.key()));
      }
    }
    return events.stream().distinct().map(Event::op).toList();
  }

  private static JsonNode after(List<ConsumerRecord<String, String>> seen, String op)
      throws IOException {
    for (ConsumerRecord<String, String> change : seen) {
      if (change.value() != null) {
        JsonNode payload = JSON.readTree(change.value()).path("payload");
        if (payload.path("op").asText().equals(op)) {
          return payload.path("after");
        }
      }
    }
    throw new AssertionError("no event of operation " + op);
  }
}
