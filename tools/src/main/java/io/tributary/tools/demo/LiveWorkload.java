package io.tributary.tools.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Runs the workload for its time, kills the worker meanwhile, and keeps the screen moving. */
final class LiveWorkload {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Duration PATIENCE_PER_KILL = Duration.ofMinutes(3);

  private final Pipeline pipeline;
  private final Shop shop;
  private final DemoOptions options;
  private final Screen screen;
  private final Duration refresh;

  LiveWorkload(Pipeline pipeline, Shop shop, DemoOptions options, Screen screen, Duration refresh) {
    this.pipeline = pipeline;
    this.shop = shop;
    this.options = options;
    this.screen = screen;
    this.refresh = refresh;
  }

  /** Returns what was written, when everything has been. */
  ChangeCounts run() throws SQLException, InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService drawing = Executors.newSingleThreadExecutor();
    try (Workload workload = Workload.start(shop, options.rows());
        Backlog backlog = new Backlog(pipeline.kafka().admin())) {
      drawing.execute(() -> draw(workload, done));
      steer(workload, backlog);
      workload.finish();
      return workload.counts();
    } finally {
      done.set(true);
      drawing.shutdown();
      if (!drawing.awaitTermination(1, TimeUnit.MINUTES)) {
        drawing.shutdownNow();
      }
      screen.keep();
    }
  }

  private void steer(Workload workload, Backlog backlog) throws SQLException, InterruptedException {
    long start = System.nanoTime();
    long length = TimeUnit.SECONDS.toNanos(options.seconds());
    long limit = length + PATIENCE_PER_KILL.multipliedBy(options.kills()).toNanos();
    boolean columnAdded = false;
    int kills = 0;
    long settledAtStart = backlog.settled();
    while (true) {
      workload.check();
      long elapsed = System.nanoTime() - start;
      if (!columnAdded && elapsed >= length / 3) {
        workload.addColumn();
        columnAdded = true;
        screen.say("added the column origin to products");
      }
      if (kills < options.kills()
          && elapsed >= length * (kills + 1) / (options.kills() + 1)
          && backlog.settled() > settledAtStart
          && pipeline.connectorsRun()) {
        kills++;
        screen.say("killing the Connect worker (SIGKILL), " + kills + " of " + options.kills());
        pipeline.killWorker();
        screen.say("the Connect worker answers again");
        settledAtStart = backlog.settled();
      }
      if (elapsed >= length && kills == options.kills() && columnAdded) {
        return;
      }
      if (elapsed > limit && kills < options.kills()) {
        throw new IllegalStateException(
            "The connectors did not come back to work after the worker was killed "
                + kills
                + " times; see "
                + pipeline.worker().log());
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  private void draw(Workload workload, AtomicBoolean done) {
    try (Gauge gauge =
        new Gauge(
            shop.connect(), pipeline.bigQuery().client(), new Backlog(pipeline.kafka().admin()))) {
      long next = System.nanoTime();
      while (!done.get()) {
        if (System.nanoTime() >= next) {
          screen.show(workload.counts().all() + " changes", gauge.read());
          next = System.nanoTime() + refresh.toNanos();
        }
        LockSupport.parkNanos(TICK_NANOS);
      }
    } catch (SQLException | RuntimeException e) {
      screen.say("The screen stops: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
