package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that a thread of its own makes while other things start. Thread-safe. */
final class Loading<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loading.class);

  /** What is being made uses native code, which cannot be interrupted. */
  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(5);

  private final String name;
  private final CompletableFuture<T> made = new CompletableFuture<>();
  private final Thread thread;

  /** Begins at once. */
  Loading(String name, Callable<T> work) {
    this.name = name;
    this.thread = new Thread(() -> make(work), "emulator-loads-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void make(Callable<T> work) {
    try {
      made.complete(work.call());
    } catch (Exception | Error e) {
      // a library that does not fit the machine is an Error
      LOG.error("The {} cannot be loaded: statements will fail", name, e);
      made.completeExceptionally(e);
    }
  }

  /** Has the thread do this, too, once the thing is made; nobody waits for it, or hears of it. */
  void then(Runnable more) {
    var unused = made.thenRun(more);
  }

  /**
   * What was made, once it is.
   *
   * @throws BigQueryError if it cannot be made
   */
  T get() {
    try {
      return made.get();
    } catch (ExecutionException e) {
      throw BigQueryError.internal(
          "The %s cannot be loaded: %s".formatted(name, root(e)), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BigQueryError.internal("The wait for the %s was interrupted".formatted(name), e);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Waits for the thread to end, but not without end. */
  @Override
  public void close() {
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
