package io.tributary.emulator.write;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.limits.CallGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The gRPC server of the Storage Write API, on loopback and without encryption. */
public final class WriteServer implements AutoCloseable {
  /** Above the API's own limit, so that the API can refuse a large request with its own error. */
  private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

  private static final int KEEP_ALIVE_SECONDS = 30;

  private static final int GRACE_SECONDS = 5;
  private static final int WATCH_MILLIS = 100;

  private final WriteLog log = new WriteLog();
  private final CallThreads threads = new CallThreads();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "emulator-idle");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<AppendConnection> open = ConcurrentHashMap.newKeySet();
  private final Server server;
  private volatile boolean closing;

  /** Starts on this port; 0 takes a free one. */
  public WriteServer(int port, Engine engine, CallGate gate, Clock clock, WriteSettings settings) {
    WriteContext context = new WriteContext(engine, gate, log, new Streams(clock), clock, settings);
    gate.faults().connections(() -> open);
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            // as often as clients of the service ask whether it is still there, and more
            .permitKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .executor(threads)
            .addService(new WriteService(context, this::opened))
            .build();
    try {
      server.start();
    } catch (IOException e) {
      watch.shutdownNow();
      threads.close();
      // gRPC's own message repeats the address and leaves out the reason
      String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port + ": " + reason, e);
    }
    var unused =
        watch.scheduleWithFixedDelay(
            this::closeIdle, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The port that clients connect to. */
  public int port() {
    return server.getPort();
  }

  /** What was appended and committed. */
  public WriteLog log() {
    return log;
  }

  /** Ends the connections, then the server, and only then the threads that both need. */
  @Override
  public void close() {
    closing = true;
    server.shutdown();
    open.forEach(WriteServer::endClosing);
    watch.shutdownNow();
    try {
      if (!server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
        server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    threads.close();
  }

  private static void endClosing(AppendConnection connection) {
    connection.end(Status.UNAVAILABLE.withDescription("The service is shutting down."));
  }

  private void opened(AppendConnection connection) {
    open.add(connection);
    if (closing) {
      endClosing(connection);
    }
  }

  /** Closes connections that have been silent for too long by the clock, which may be a test's. */
  private void closeIdle() {
    open.forEach(AppendConnection::endIfIdle);
    open.removeIf(AppendConnection::isEnded);
  }
}
