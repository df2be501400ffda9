package io.tributary.emulator;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened, and is closed together, the last first. For one thread at a time. */
final class Opened implements AutoCloseable {
  private final Deque<Part> parts = new ArrayDeque<>();

  /** What closes without a checked exception. */
  @FunctionalInterface
  interface Part extends AutoCloseable {
    @Override
    void close();
  }

  /** Closes this from now on, too. */
  void add(Part part) {
    parts.push(part);
  }

  /** Closes all, also behind one that fails to close. */
  @Override
  public void close() {
    RuntimeException failure = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
