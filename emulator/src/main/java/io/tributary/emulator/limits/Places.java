package io.tributary.emulator.limits;

import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.faults.InjectedFailure;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** How many of something there may be at a time. Thread-safe. */
public final class Places {
  private final AtomicInteger taken = new AtomicInteger();
  private final int limit;
  private final Failure failure;

  /** Those beyond the limit get this failure. */
  public Places(int limit, Failure failure) {
    this.limit = limit;
    this.failure = failure;
  }

  /** One of the places; closing it twice is closing it once. */
  public final class Place implements AutoCloseable {
    private final AtomicBoolean left = new AtomicBoolean();

    private Place() {}

    @Override
    public void close() {
      if (left.compareAndSet(false, true)) {
        taken.decrementAndGet();
      }
    }
  }

  /**
   * Takes a place.
   *
   * @throws InjectedFailure if there is none left
   */
  public Place take() {
    if (taken.incrementAndGet() > limit) {
      taken.decrementAndGet();
      throw new InjectedFailure(failure);
    }
    return new Place();
  }
}
