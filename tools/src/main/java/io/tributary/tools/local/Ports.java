package io.tributary.tools.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Chooses loopback ports: the preferred one if it is free, else another, and says so. */
public final class Ports {
  private final Consumer<String> notes;
  private final Set<Integer> given = new HashSet<>();

  /**
   * @param notes told in one sentence when a preferred port is taken
   */
  public Ports(Consumer<String> notes) {
    this.notes = notes;
  }

  /**
   * A free port for {@code what}, {@code preferred} if possible. Never gives the same port twice.
   */
  public synchronized int choose(String what, int preferred) {
    if (!given.contains(preferred) && isFree(preferred)) {
      given.add(preferred);
      return preferred;
    }
    int other = any();
    notes.accept("Port " + preferred + " is taken; " + what + " listens on port " + other + ".");
    return other;
  }

  /** Any free port. Never gives the same port twice. */
  public synchronized int any() {
    while (true) {
      try (ServerSocket socket = bind(0)) {
        if (given.add(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      } catch (IOException e) {
        throw new UncheckedIOException("No port on 127.0.0.1 can be opened.", e);
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = bind(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      // a port whose last owner has just gone may be used again at once
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
