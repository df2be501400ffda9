package io.tributary.emulator.write;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that serve calls, as many as there are calls. After their end nothing runs any more,
 * and nobody complains: a connection that breaks while the server closes may be reported late.
 */
final class CallThreads implements Executor, AutoCloseable {
  private static final int IDLE_SECONDS = 60;
  private static final int GRACE_SECONDS = 5;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "emulator-write");
            thread.setDaemon(true);
            return thread;
          },
          new ThreadPoolExecutor.DiscardPolicy());

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /** Takes nothing more, and waits a moment for what runs. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
