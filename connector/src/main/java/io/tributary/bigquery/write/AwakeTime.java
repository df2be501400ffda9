package io.tributary.bigquery.write;

import java.util.function.LongSupplier;

/**
 * The time that a task has been awake. While it stands still, frozen with its machine, others may
 * take over its partitions and bring there what its rows wait for; so that time is not held against
 * them. The task's thread counts, all may read.
 */
final class AwakeTime {
  /** What lies between two turns counts no more than this. */
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final LongSupplier clock;
  private long last;
  private volatile long millis;

  /**
   * @param clock tells milliseconds
   */
  AwakeTime(LongSupplier clock) {
    this.clock = clock;
    this.last = clock.getAsLong();
  }

  /** The task's thread has come by; returns what {@link #millis()} is now. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  long turn() {
    long now = clock.getAsLong();
    millis += Math.max(0, Math.min(now - last, LONGEST_PAUSE_MILLIS));
    last = now;
    return millis;
  }

  /** Milliseconds. */
  long millis() {
    return millis;
  }
}
