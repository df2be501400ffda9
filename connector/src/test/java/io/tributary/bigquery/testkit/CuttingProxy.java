package io.tributary.bigquery.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A way through this machine's network that can be cut or go silent. Thread-safe. */
public final class CuttingProxy implements AutoCloseable {
  private enum State {
    OPEN,
    CUT,
    SILENT
  }

  private final ServerSocket server;
  private final int target;
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong swallowed = new AtomicLong();
  private volatile State state = State.OPEN;

  /**
   * Begins to listen.
   *
   * @param target the port on this machine that it leads to
   */
  public CuttingProxy(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** Ends all connections, and new ones at once. */
  public void cut() {
    state = State.CUT;
    refused.addAndGet(lines.size());
    lines.forEach(Line::close);
  }

  /** Takes what comes in either direction and passes nothing on; connections stay open. */
  public void silence() {
    state = State.SILENT;
  }

  /** Lets new connections pass again; those that lack bytes stay silent and open. */
  public void admit() {
    state = State.OPEN;
  }

  /** Lets connections pass again; those that lack bytes end. */
  public void mend() {
    admit();
    lines.stream().filter(line -> line.torn).forEach(Line::close);
  }

  /** Bytes that went to the target. */
  public long sent() {
    return sent.get();
  }

  /** Connections that were ended or refused. */
  public long refused() {
    return refused.get();
  }

  /** Bytes that went nowhere. */
  public long swallowed() {
    return swallowed.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (state == State.CUT) {
          refused.incrementAndGet();
          client.close();
        } else {
          connect(client);
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket service = new Socket();
    try {
      service.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2_000);
    } catch (IOException e) {
      // the service is away, and so is this way to it
      client.close();
      return;
    }
    client.setTcpNoDelay(true);
    service.setTcpNoDelay(true);
    Line line = new Line(client, service);
    lines.add(line);
    daemon(() -> line.pump(client, service, sent));
    daemon(() -> line.pump(service, client, new AtomicLong()));
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Two sockets. */
  private final class Line {
    private final Socket client;
    private final Socket service;
    private volatile boolean torn;

    private Line(Socket client, Socket service) {
      this.client = client;
      this.service = service;
    }

    private void pump(Socket from, Socket to, AtomicLong count) {
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          if (torn || state == State.SILENT) {
            torn = true;
            swallowed.addAndGet(n);
          } else {
            out.write(buffer, 0, n);
            count.addAndGet(n);
          }
        }
      } catch (IOException e) {
        // either end has gone; so does the other one
      } finally {
        close();
      }
    }

    private void close() {
      lines.remove(this);
      try (client;
          service) {
        // both, and without waiting for what has not been sent
        client.setSoLinger(true, 0);
      } catch (IOException e) {
        // closed before
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines.forEach(Line::close);
  }
}
