package io.tributary.emulator.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a page from elsewhere makes a browser send. */
final class LocalCallersTest {
  private static final BigQueryEmulator EMULATOR =
      BigQueryEmulator.start(EmulatorOptions.defaults());

  @AfterAll
  static void stop() {
    EMULATOR.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: 127.0.0.1",
        "Host: localhost:9050",
        "Host: bigquery.localhost",
        "Host: [::1]:9050",
        "Host: localhost\r\nOrigin: http://localhost:3000",
        "Host: localhost\r\nOrigin: http://127.0.0.1:9050"
      })
  void thoseOfThisMachineAreAnswered(String headers) throws IOException {
    assertThat(send("GET /emulator/calls", headers)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: attacker.example",
        "Host: localhost.attacker.example:9050",
        "Host: 127.0.0.1.attacker.example",
        "Host: localhost\r\nOrigin: http://attacker.example",
        "Host: localhost\r\nOrigin: http://localhost.attacker.example",
        "Host: localhost\r\nOrigin: null"
      })
  void thoseOfOthersAreRefused(String headers) throws IOException {
    assertThat(send("POST /emulator/reset", headers))
        .startsWith("HTTP/1.1 403")
        .contains("accessDenied");
    assertThat(send("GET /", headers)).startsWith("HTTP/1.1 403");
  }

  @Test
  void thePageAllowsNoScriptButItsOwn() throws IOException {
    assertThat(send("GET /", "Host: localhost"))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-security-policy: default-src 'none'; connect-src 'self'")
        .contains("script-src 'sha256-");
  }

  private static String send(String request, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), EMULATOR.restPort())) {
      String text = request + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
