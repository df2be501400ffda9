package io.tributary.tools.local;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what was started, the last first, once, whoever asks. Thread-safe: a shutdown hook may
 * close it while it is still being filled.
 */
public final class ClosingStack implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Object closing = new Object();
  private boolean closed;

  /**
   * Adds a part.
   *
   * @throws IllegalStateException after {@link #close}; the part is closed then
   */
  public <T extends AutoCloseable> T add(T part) {
    synchronized (this) {
      if (!closed) {
        open.push(part);
        return part;
      }
    }
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException("Everything is being stopped.", e);
    }
    throw new IllegalStateException("Everything is being stopped.");
  }

  /**
   * Closes every part, even if some fail; the first failure is thrown in the end. Who comes second
   * waits for the first.
   */
  @Override
  public void close() {
    RuntimeException failure = null;
    // not the lock of add: a part may wait for another that is still being started
    synchronized (closing) {
      for (AutoCloseable part = next(); part != null; part = next()) {
        try {
          part.close();
        } catch (Exception e) {
          if (failure == null) {
            failure = new IllegalStateException("A part could not be stopped in order.", e);
          } else {
            failure.addSuppressed(e);
          }
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private synchronized AutoCloseable next() {
    closed = true;
    return open.poll();
  }
}
