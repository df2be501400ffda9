package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.limits.Quotas.DmlLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a few statements at a time change rows of a table; the others queue. Thread-safe. */
final class DmlGate {
  private static final Duration LONGEST = Duration.ofHours(7);
  private static final long POLL_MS = 20;

  private final DmlLimit limit;
  private final Clock clock;
  private final Map<TableRef, Queue> queues = new ConcurrentHashMap<>();

  private record Queue(Semaphore running, Semaphore all) {}

  DmlGate(DmlLimit limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /**
   * Waits for a place, which {@link #leave} gives to the next one.
   *
   * @throws BigQueryError if too many wait already, or this one has waited for too long
   */
  void enter(TableRef table, Session session) {
    Queue queue =
        queues.computeIfAbsent(
            table,
            any ->
                new Queue(
                    new Semaphore(limit.running(), true),
                    new Semaphore(
                        (int)
                            Math.min(
                                (long) limit.running() + limit.waiting(), Integer.MAX_VALUE))));
    if (!queue.all().tryAcquire()) {
      throw BigQueryError.resourcesExceeded(
          "Resources exceeded during query execution: Too many DML statements outstanding against"
              + " table "
              + table
              + ", limit is "
              + limit.waiting()
              + ".");
    }
    Instant queued = clock.instant();
    try {
      while (!queue.running().tryAcquire(POLL_MS, TimeUnit.MILLISECONDS)) {
        session.checkRunning();
        if (queued.plus(LONGEST).isBefore(clock.instant())) {
          throw BigQueryError.invalidQuery("DML statement has been queued for too long");
        }
      }
    } catch (InterruptedException e) {
      queue.all().release();
      Thread.currentThread().interrupt();
      throw BigQueryError.stopped("Job execution was cancelled: the emulator ends");
    } catch (BigQueryError e) {
      queue.all().release();
      throw e;
    }
  }

  void leave(TableRef table) {
    Queue queue = queues.get(table);
    queue.running().release();
    queue.all().release();
  }
}
