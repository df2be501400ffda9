package io.tributary.tools.demo;

import io.tributary.tools.local.ConnectRest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until everything that was written has arrived.
 *
 * <p>That is so when Debezium has confirmed the log beyond the last transaction, so that all of it
 * is in Kafka, and the sink has committed everything there, which it does only for what is applied.
 */
final class Drain {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Pipeline pipeline;
  private final Gauge gauge;
  private final Screen screen;
  private final Set<String> reported = new HashSet<>();

  Drain(Pipeline pipeline, Gauge gauge, Screen screen) {
    this.pipeline = pipeline;
    this.gauge = gauge;
    this.screen = screen;
  }

  /** The end of the log after all writers; a last change behind it carries Debezium over it. */
  static long mark(Shop shop) throws SQLException {
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement()) {
      long end = Shop.logEnd(connection);
      statement.execute(
          "INSERT INTO shop.events VALUES"
              + " (gen_random_uuid(), 'closing time', NULL, '{}', clock_timestamp())");
      return end;
    }
  }

  /** Returns whether everything arrived before the deadline and every task runs. */
  boolean await(long mark, Duration deadline, Duration refresh)
      throws SQLException, InterruptedException {
    long start = System.nanoTime();
    long nextShow = start;
    while (System.nanoTime() - start < deadline.toNanos()) {
      List<Gauge.Reading> readings = gauge.read();
      boolean drained = gauge.confirmed() > mark && Gauge.areLevel(readings);
      if (drained || System.nanoTime() >= nextShow) {
        screen.show("draining", readings);
        nextShow = System.nanoTime() + refresh.toNanos();
      }
      boolean failed = reportFailures();
      if (drained || failed) {
        screen.keep();
        return drained && !failed;
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
    screen.keep();
    screen.say(
        "Not everything arrived within "
            + deadline.toSeconds()
            + " seconds; the comparison shows what is missing.");
    return false;
  }

  /** Says once for each task that has failed why it did; returns whether any has. */
  private boolean reportFailures() {
    boolean failed = false;
    for (String connector : List.of(Pipeline.SOURCE, Pipeline.SINK)) {
      for (ConnectRest.Status.Task task : failures(connector)) {
        failed = true;
        if (reported.add(connector + task.id())) {
          screen.say("Task " + task.id() + " of " + connector + " failed:\n" + task.trace());
        }
      }
    }
    return failed;
  }

  private List<ConnectRest.Status.Task> failures(String connector) {
    try {
      return pipeline.rest().status(connector).failed();
    } catch (RuntimeException e) {
      // a worker that is still joining its group does not know yet
      return List.of();
    }
  }
}
