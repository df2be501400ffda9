package io.tributary.tools.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
  private final List<String> notes = new ArrayList<>();
  private final Ports ports = new Ports(notes::add);

  @Test
  void takesThePreferredPortIfItIsFree() {
    int free = new Ports(note -> {}).any();

    assertThat(ports.choose("it", free)).isEqualTo(free);
    assertThat(notes).isEmpty();
  }

  @Test
  void takesAnotherPortIfThePreferredOneIsTakenAndSaysSo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = ports.choose("Kafka", taken.getLocalPort());

      assertThat(port).isNotEqualTo(taken.getLocalPort()).isPositive();
      assertThat(notes)
          .containsExactly(
              "Port " + taken.getLocalPort() + " is taken; Kafka listens on port " + port + ".");
    }
  }

  @Test
  void neverGivesOnePortTwice() {
    int free = new Ports(note -> {}).any();

    assertThat(ports.choose("one", free)).isNotEqualTo(ports.choose("other", free));
  }
}
