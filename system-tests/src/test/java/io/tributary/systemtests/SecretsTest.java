package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.bigquery.QueryJobConfiguration;
import io.tributary.tools.local.ConnectRest;
import io.tributary.tools.local.ConnectWorker;
import io.tributary.tools.local.LocalBigQuery;
import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.LocalKafka;
import io.tributary.tools.local.Ports;
import io.tributary.tools.local.TributaryHome;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/**
 * What a worker's config provider supplies, and what records hold, is in none of the worker's
 * answers and not in its log, also when a connector is refused and when a task fails.
 */
class SecretsTest {
  private static final String CANARY = "canary-90d1";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SINK = LocalSink.CONNECTOR;
  private static final String KEY =
      "{\"type\": \"service_account\", \"client_email\": \"canary-90d1@shop.example\","
          + " \"private_key\": \"canary-90d1\"}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> answers = new ArrayList<>();

  @Test
  void areNeverTold() throws Exception {
    TributaryHome home = TributaryHome.locate();
    Ports ports = new Ports(note -> {});
    try (LocalFolder folder = LocalFolder.create("tributary-secrets");
        LocalBigQuery bigQuery = LocalBigQuery.start(ports.any(), ports.any());
        LocalKafka kafka = LocalKafka.start(folder, ports.any(), ports.any())) {
      Path plugins = folder.resolve("plugins");
      home.unpackPlugin(plugins);
      bigQuery.createDataset("shop");
      Map<String, String> provider =
          Map.of(
              "config.providers",
              "env",
              "config.providers.env.class",
              "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
      try (ConnectWorker worker =
          ConnectWorker.start(
              folder,
              new ConnectWorker.Options(
                  home,
                  List.of(plugins),
                  kafka.bootstrapServers(),
                  ports.any(),
                  provider,
                  Map.of("TRIBUTARY_KEY", KEY, "TRIBUTARY_SALT", CANARY)))) {
        worker.awaitRest();
        refused(worker);
        failed(worker, bigQuery, kafka);
        answers.add(Files.readString(worker.log()));
        assertThat(answers).noneMatch(answer -> answer.contains(CANARY));
      }
    }
  }

  /** The key is no key, and both validation and creation say so. */
  private void refused(ConnectWorker worker) throws Exception {
    Map<String, String> config = new HashMap<>();
    config.put("name", "refused");
    config.put("connector.class", SINK);
    config.put("topics", "items");
    config.put("project", "p");
    config.put("dataset", "shop");
    config.put("credentials.mode", "service-account-json");
    config.put("credentials.json", "${env:TRIBUTARY_KEY}");
    config.put("hash.salt", "${env:TRIBUTARY_SALT}");
    String validated =
        ask(worker, "PUT", "/connector-plugins/" + SINK + "/config/validate", config);
    assertThat(validated).contains("TRIB-105", "private_key");
    String created =
        ask(worker, "POST", "/connectors", Map.of("name", "refused", "config", config));
    assertThat(created).contains("TRIB-105");
  }

  /** One record is stored with its hash, so the salt has arrived; the next one ends the task. */
  private void failed(ConnectWorker worker, LocalBigQuery bigQuery, LocalKafka kafka)
      throws Exception {
    Map<String, String> config =
        LocalSink.config(LocalBigQuery.PROJECT, "shop", bigQuery.restUrl(), bigQuery.grpcAddress());
    config.put("topics", "items");
    config.put("order.by", "kafka");
    config.put("write.mode", "append");
    config.put("hash.salt", "${env:TRIBUTARY_SALT}");
    config.put("table.override.items.column.mail.hash", "true");
    config.put("table.override.items.column.code.type", "INT64");
    config.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("key.converter.schemas.enable", "false");
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("value.converter.schemas.enable", "false");
    config.put("flush.interval.ms", "100");
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("consumer.override.metadata.max.age.ms", "1000");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("items", 1, (short) 1))).all().get();
    }
    assertThat(ask(worker, "PUT", "/connectors/failed/config", config))
        .contains("\"tasks\"", "${env:TRIBUTARY_SALT}");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      String good = "{\"mail\": \"" + CANARY + "@shop.example\", \"code\": 1}";
      producer.send(new ProducerRecord<>("items", good)).get();
      await()
          .atMost(Duration.ofSeconds(90))
          .ignoreExceptions()
          .until(() -> stored(bigQuery).length() == 64);
      String bad = "{\"mail\": \"m\", \"code\": \"" + CANARY + "\"}";
      producer.send(new ProducerRecord<>("items", bad)).get();
    }
    ConnectRest rest = new ConnectRest(worker.rest());
    await().atMost(Duration.ofSeconds(60)).until(() -> !rest.status("failed").failed().isEmpty());
    assertThat(ask(worker, "GET", "/connectors/failed/status", null)).contains("TRIB-408");
    assertThat(ask(worker, "GET", "/connectors/failed/tasks", null))
        .contains("${env:TRIBUTARY_SALT}");
    for (String path :
        List.of(
            "/connectors?expand=info&expand=status",
            "/connectors/failed",
            "/connectors/failed/config",
            "/connectors/failed/tasks/0/status",
            "/connectors/failed/offsets")) {
      ask(worker, "GET", path, null);
    }
  }

  private static String stored(LocalBigQuery bigQuery) throws InterruptedException {
    return bigQuery
        .client()
        .query(QueryJobConfiguration.of("SELECT mail FROM shop.items"))
        .iterateAll()
        .iterator()
        .next()
        .get(0)
        .getStringValue();
  }

  private String ask(ConnectWorker worker, String method, String path, Object body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(worker.rest().resolve(path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .timeout(Duration.ofSeconds(90))
            .build();
    String answer = http.send(request, BodyHandlers.ofString()).body();
    answers.add(answer);
    return answer;
  }
}
