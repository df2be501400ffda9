package io.tributary.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that runs the emulator in a process of its own. */
class EmulatorProcessTest {
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
