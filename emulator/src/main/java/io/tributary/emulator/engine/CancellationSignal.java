package io.tributary.emulator.engine;

import java.util.concurrent.atomic.AtomicReference;

/** Asks a running query to stop; it stops between statements and inside a running one. */
public final class CancellationSignal {
  private static final Runnable NOTHING = () -> {};

  private final AtomicReference<Runnable> interrupt = new AtomicReference<>(NOTHING);
  private volatile boolean cancelled;

  /** Asks the query to stop; does nothing if it has ended. */
  public void cancel() {
    cancelled = true;
    interrupt.get().run();
  }

  /** Whether {@link #cancel()} was called. */
  public boolean cancelled() {
    return cancelled;
  }

  void onCancel(Runnable action) {
    interrupt.set(action);
  }

  void ended() {
    interrupt.set(NOTHING);
  }
}
