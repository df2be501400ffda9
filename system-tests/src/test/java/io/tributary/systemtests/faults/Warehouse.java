package io.tributary.systemtests.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The local BigQuery as a process of its own that keeps its tables in a file. */
final class Warehouse implements AutoCloseable {
  static final String PROJECT = "local";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final int restPort;
  private final int grpcPort;
  private final JavaProcess process;
  private final List<Append> earlier = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final BigQuery client;

  /** A request of the append log. */
  record Append(String stream, int rows, boolean accepted) {
    boolean isFor(String dataset, String table) {
      return stream.contains("/datasets/" + dataset + "/tables/" + table + "/");
    }
  }

  Warehouse(LocalFolder folder, Ports ports) {
    restPort = ports.any();
    grpcPort = ports.any();
    process =
        new JavaProcess(
            "emulator",
            folder,
            "768m",
            "io.tributary.emulator.EmulatorMain",
            List.of(
                "--rest-port",
                Integer.toString(restPort),
                "--grpc-port",
                Integer.toString(grpcPort),
                "--project",
                PROJECT,
                "--memory",
                "512MB",
                "--data",
                folder.resolve("tables.duckdb").toString()));
    client =
        BigQueryOptions.newBuilder()
            .setHost("http://127.0.0.1:" + restPort)
            .setProjectId(PROJECT)
            .setCredentials(NoCredentials.getInstance())
            .setRetrySettings(ServiceOptions.getNoRetrySettings())
            .build()
            .getService();
    awaitReady();
  }

  int restPort() {
    return restPort;
  }

  int grpcPort() {
    return grpcPort;
  }

  BigQuery client() {
    return client;
  }

  void createDataset(String name) {
    client.create(DatasetInfo.of(name));
  }

  /** The rows of a query's result; throws where the service is away. */
  Iterable<FieldValueList> query(String sql) {
    try {
      return client.query(QueryJobConfiguration.of(sql)).iterateAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean hasTable(String dataset, String table) {
    return client.getTable(dataset, table) != null;
  }

  /** Every append that was answered, also before the process was killed. */
  List<Append> appends() {
    List<Append> appends = new ArrayList<>(earlier);
    for (JsonNode each : control("GET", "appends", "").path("appends")) {
      appends.add(
          new Append(
              each.path("stream").asText(),
              each.path("rows").asInt(),
              each.path("outcome").asText().equals("OK")));
    }
    return appends;
  }

  /** Places a fault and answers its number. */
  String place(ObjectNode fault) {
    return control("POST", "faults", fault.toString()).path("id").asText();
  }

  /** How often a fault has struck. */
  long fired(String fault) {
    return control("GET", "faults/" + fault, "").path("fired").asLong();
  }

  /** Takes a fault away and answers how often it struck. */
  long remove(String fault) {
    return control("DELETE", "faults/" + fault, "").path("fired").asLong();
  }

  /** Forgets everything. */
  void reset() {
    earlier.clear();
    control("POST", "reset", "");
  }

  void killHard() {
    List<Append> all = appends();
    process.killHard();
    earlier.clear();
    earlier.addAll(all);
  }

  void restart() {
    process.start();
    awaitReady();
  }

  private void awaitReady() {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(UncheckedIOException.class)
        .until(
            () -> {
              process.requireAlive();
              return control("GET", "calls", "").isObject();
            });
  }

  private JsonNode control(String method, String path, String body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + "/emulator/" + path))
              .timeout(LIMIT)
              .method(method, BodyPublishers.ofString(body))
              .build();
      return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
