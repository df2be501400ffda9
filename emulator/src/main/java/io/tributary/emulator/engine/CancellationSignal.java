package io.tributary.emulator.engine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Asks a running query to stop; it stops between statements and inside a running one. */
public final class CancellationSignal {
  private final AtomicReference<Runnable> interrupt = new AtomicReference<>();
  private volatile boolean cancelled;

  /** Asks the query to stop; does nothing if it has ended. */
  public void cancel() {
    cancelled = true;
    Optional.ofNullable(interrupt.get()).ifPresent(Runnable::run);
  }

  /** Whether {@link #cancel()} was called. */
  public boolean cancelled() {
    return cancelled;
  }

  void onCancel(Runnable action) {
    interrupt.set(action);
  }

  void ended() {
    interrupt.set(null);
  }
}
