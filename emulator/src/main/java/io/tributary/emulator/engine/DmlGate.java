package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.limits.Quotas.DmlLimit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Lets a few statements at a time change rows of a table; the others queue. Thread-safe. */
final class DmlGate {
  private final DmlLimit limit;
  private final Map<TableRef, Queue> queues = new ConcurrentHashMap<>();

  private record Queue(Semaphore running, Semaphore all) {}

  DmlGate(DmlLimit limit) {
    this.limit = limit;
  }

  /**
   * Waits for a place, which {@link #leave} gives to the next one.
   *
   * @throws BigQueryError if too many wait already
   */
  void enter(TableRef table) {
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
    queue.running().acquireUninterruptibly();
  }

  void leave(TableRef table) {
    Queue queue = queues.get(table);
    queue.running().release();
    queue.all().release();
  }
}
