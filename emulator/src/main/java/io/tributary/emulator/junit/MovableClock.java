package io.tributary.emulator.junit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that a test moves on, for {@code EmulatorOptions}: what expires, or is remembered for a
 * while, need not be waited for. In UTC; thread-safe.
 */
public final class MovableClock extends Clock {
  private final Clock base;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  private MovableClock(Clock base) {
    this.base = base;
  }

  /** Begins at the present, and runs. */
  public static MovableClock running() {
    return new MovableClock(systemUTC());
  }

  /** Stands still until it is moved. */
  public static MovableClock at(Instant start) {
    return new MovableClock(fixed(start, ZoneOffset.UTC));
  }

  /** So much time goes by at once; it may be negative. */
  public void advance(Duration by) {
    ahead.updateAndGet(before -> before.plus(by));
  }

  @Override
  public Instant instant() {
    return base.instant().plus(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
