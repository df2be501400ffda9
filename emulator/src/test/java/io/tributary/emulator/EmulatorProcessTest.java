package io.tributary.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that runs the emulator in a process of its own. */
class EmulatorProcessTest {
  private static final String LIBRARY = "/zetasql/local_service/liblocal_service_jni.so";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"TERM,143", "INT,130"})
  void aSignalEndsItAndFreesItsPortsAndItsFile(String signal, int status) throws IOException {
    Path data = folder.resolve("shop.duckdb");
    int[] ports;
    try (EmulatorProcess process = start("--data", data.toString());
        BigQueryUnderTest bigQuery = process.connect()) {
      ports = process.ports();
      assertThat(bigQuery.query("SELECT 1")).containsExactly("1");
      assertThat(process.signal(signal)).isEqualTo(status);
      assertThat(process.out()).isEqualTo("ready rest=%d grpc=%d\n".formatted(ports[0], ports[1]));
      assertThat(process.err()).isEmpty();
    }
    for (int port : ports) {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().contains("duckdb"))).containsExactly(data);
    }
  }

  @Test
  void keepsWhatItAcknowledgedWhenItIsKilled() throws Exception {
    String data = folder.resolve("shop.duckdb").toString();
    TableId table;
    try (EmulatorProcess process = start("--data", data);
        BigQueryUnderTest bigQuery = process.connect()) {
      table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
      append(bigQuery, table, 1L, 2L);
      append(bigQuery, table, 3L);
      assertThat(process.signal("KILL")).isEqualTo(137);
    }
    try (EmulatorProcess process = start("--data", data);
        BigQueryUnderTest bigQuery = process.connect()) {
      assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2", "3");
      append(bigQuery, table, 4L);
      assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2", "3", "4");
    }
  }

  private static void append(BigQueryUnderTest bigQuery, TableId table, Object... ids)
      throws ExecutionException, InterruptedException {
    Message message = Message.ids();
    try (StreamWriter writer = bigQuery.writer(BigQueryUnderTest.defaultStream(table), message)) {
      assertThat(writer.append(message.rows(ids)).get().hasAppendResult()).isTrue();
    }
  }

  @Test
  void answersBeforeTheAnalyzerIsLoaded() throws Exception {
    Path library = slowLibrary();
    try (EmulatorProcess process = startWithLibrary(library);
        BigQueryUnderTest bigQuery = process.connect()) {
      TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
      append(bigQuery, table, 1L, 2L);
      assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2");
      CompletableFuture<List<String>> early =
          CompletableFuture.supplyAsync(() -> bigQuery.query("SELECT 1"));
      assertThat(early).isNotDone();
      try (InputStream real = EmulatorMain.class.getResourceAsStream(LIBRARY);
          OutputStream waited = Files.newOutputStream(library)) {
        Objects.requireNonNull(real).transferTo(waited);
      }
      assertThat(early.get()).containsExactly("1");
      assertThat(process.err()).isEmpty();
    }
  }

  @Test
  void aSignalEndsItWhileTheAnalyzerIsLoaded() throws Exception {
    try (EmulatorProcess process = startWithLibrary(slowLibrary())) {
      int[] ports = process.ports();
      CompletableFuture<HttpResponse<String>> early = query(ports[0]);
      assertThat(early).isNotDone();
      assertThat(process.signal("TERM")).isEqualTo(143);
      assertThat(process.err()).isEmpty();
      assertThat(early).failsWithin(Duration.ofMinutes(1));
      for (int port : ports) {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      }
    }
  }

  @Test
  void saysWhyTheAnalyzerCannotBeLoaded() throws Exception {
    try (EmulatorProcess process = startWithLibrary(folder.resolve("missing.so"));
        BigQueryUnderTest bigQuery = process.connect()) {
      TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
      append(bigQuery, table, 1L);
      for (int time = 0; time < 2; time++) {
        HttpResponse<String> answer = query(process.ports()[0]).get();
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
            .contains("internalError", "The analyzer cannot be loaded", "missing.so");
      }
      assertThat(process.err()).contains("The analyzer cannot be loaded", "missing.so");
    }
  }

  private static CompletableFuture<HttpResponse<String>> query(int port) {
    return HttpClient.newHttpClient()
        .sendAsync(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:%d/bigquery/v2/projects/p/queries".formatted(port)))
                .POST(BodyPublishers.ofString("{\"query\":\"SELECT 1\",\"useLegacySql\":false}"))
                .build(),
            BodyHandlers.ofString());
  }

  /** A library that is there for whoever asks, but whose content waits for a writer. */
  private Path slowLibrary() throws IOException, InterruptedException {
    Path library = folder.resolve("slow.so");
    assertThat(new ProcessBuilder("mkfifo", library.toString()).start().waitFor()).isZero();
    return library;
  }

  private EmulatorProcess startWithLibrary(Path library) {
    return EmulatorProcess.start(
        folder,
        List.of("-Dzetasql.local_service.path=/" + library.getFileName()),
        "--rest-port=0",
        "--grpc-port=0");
  }

  @Test
  void refusesAFileThatAnotherProcessUses() {
    String data = folder.resolve("shop.duckdb").toString();
    try (EmulatorProcess first = start("--data", data)) {
      first.ports();
      try (EmulatorProcess second = start("--data", data)) {
        assertThat(second.status()).isEqualTo(1);
        assertThat(second.err())
            .isEqualTo(
                "bigquery-emulator: The data file %s is in use by another emulator%n"
                    .formatted(data));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rest-port", "--grpc-port"})
  void refusesAPortThatIsTaken(String option) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        EmulatorProcess process = start(option, String.valueOf(taken.getLocalPort()))) {
      assertThat(process.status()).isEqualTo(1);
      assertThat(process.err())
          .startsWith(
              "bigquery-emulator: Cannot listen on 127.0.0.1:%d: ".formatted(taken.getLocalPort()))
          .endsWith("Address already in use\n")
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing/shop.duckdb", "text.duckdb", ""})
  void refusesAFileThatItCannotUse(String name) throws IOException {
    Files.writeString(folder.resolve("text.duckdb"), "not a database");
    try (EmulatorProcess process = start("--data", folder.resolve(name).toString())) {
      assertThat(process.status()).isEqualTo(1);
      assertThat(process.out()).isEmpty();
      assertThat(process.err()).startsWith("bigquery-emulator: Cannot ").hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--no-such-option", "--rest-port=x", "--rest-port=70000", "--grpc-port=-1", "x"})
  void refusesArgumentsThatItDoesNotKnow(String argument) {
    try (EmulatorProcess process = start(argument)) {
      assertThat(process.status()).isEqualTo(2);
      assertThat(process.out()).isEmpty();
      assertThat(process.err()).startsWith("bigquery-emulator: ").hasLineCount(1);
    }
  }

  /** Starts it on free ports, unless the arguments say otherwise. */
  private EmulatorProcess start(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    for (String port : List.of("--rest-port", "--grpc-port")) {
      if (all.stream().noneMatch(argument -> argument.startsWith(port))) {
        all.add(port + "=0");
      }
    }
    return EmulatorProcess.start(folder, all.toArray(String[]::new));
  }
}
