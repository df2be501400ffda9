package io.tributary.systemtests.faults;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Makes changes at a steady pace, on a thread of its own. */
final class Ticks implements AutoCloseable {
  private static final int MILLIS = 25;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Change change;
  private volatile int perTick = 1;
  private volatile int made;
  private int total;
  private volatile Exception failure;

  /** Makes a change. */
  @FunctionalInterface
  interface Change {
    void make() throws Exception;
  }

  Ticks(Change change) {
    this.change = change;
    var unused = clock.scheduleAtFixedRate(this::tick, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
  }

  void times(int factor) {
    perTick = factor;
  }

  void more(int changes) {
    int wanted = made + changes;
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              check();
              return made >= wanted;
            });
  }

  /** Throws if something went wrong. */
  void check() {
    if (failure != null) {
      throw new IllegalStateException("The source failed.", failure);
    }
  }

  void fail(Exception reason) {
    failure = reason;
  }

  private void tick() {
    try {
      for (int i = 0; i < perTick; i++) {
        change.make();
        total++;
        made = total;
      }
    } catch (Exception e) {
      failure = e;
      throw new IllegalStateException(e);
    }
  }

  /** The last change was made. */
  void stop() {
    clock.shutdown();
    Awaitility.await().atMost(LIMIT).until(clock::isTerminated);
    check();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
