package io.tributary.emulator.faults;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One scripted fault. Thread-safe. */
public final class Fault implements AutoCloseable {
  private final AtomicLong fired = new AtomicLong();
  private final AtomicLong waiting = new AtomicLong();
  private final CountDownLatch released = new CountDownLatch(1);
  private final Runnable removal;

  Fault(Consumer<Fault> removal) {
    this.removal = () -> removal.accept(this);
  }

  /** How often the fault has struck so far. */
  public long fired() {
    return fired.get();
  }

  /** How many calls or jobs this fault holds right now. */
  public long waiting() {
    return waiting.get();
  }

  /** Lets everything go that this fault holds, now and later. */
  public void release() {
    released.countDown();
  }

  /** Releases what the fault holds and takes it out of the script. */
  @Override
  public void close() {
    release();
    removal.run();
  }

  boolean isReleased() {
    return released.getCount() == 0;
  }

  void strike() {
    fired.incrementAndGet();
  }

  /** Waits until the fault is released, at most this long. */
  void hold(Duration deadline) {
    waiting.incrementAndGet();
    try {
      released.await(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.decrementAndGet();
    }
  }
}
