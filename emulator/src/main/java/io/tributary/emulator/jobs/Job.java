package io.tributary.emulator.jobs;

import io.tributary.emulator.engine.CancellationSignal;
import io.tributary.emulator.engine.QueryRequest;
import io.tributary.emulator.engine.StatementResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A query job and its life. Thread-safe. */
public final class Job {
  private final JobSpec spec;
  private final Instant created;
  private final String user;
  private final CancellationSignal cancellation = new CancellationSignal();
  private final CountDownLatch done = new CountDownLatch(1);
  private Instant started;
  private Instant ended;
  private StatementResult result;
  private JobError error;
  private volatile long cells;

  Job(JobSpec spec, Instant created) {
    this(spec, created, "local@tributary.invalid");
  }

  Job(JobSpec spec, Instant created, String user) {
    this.spec = spec;
    this.created = created;
    this.user = user;
  }

  /** What was asked for. */
  public JobSpec spec() {
    return spec;
  }

  /** Who runs the job: whoever called, or BigQuery itself. */
  public String user() {
    return user;
  }

  /** The job's full name, {@code project:location.id}. */
  public String fullId() {
    return spec.project() + ":" + spec.location() + "." + spec.id();
  }

  /** The result; empty before the job ended and if it failed. */
  public synchronized Optional<StatementResult> result() {
    return Optional.ofNullable(result);
  }

  /** The error of a job that failed. */
  public synchronized Optional<JobError> error() {
    return Optional.ofNullable(error);
  }

  /** Whether the job has ended. */
  public boolean isDone() {
    return done.getCount() == 0;
  }

  /** Waits for the end at most this long; tells whether it has come. */
  public boolean await(Duration timeout) {
    try {
      return done.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return isDone();
    }
  }

  /** Asks the job to stop. */
  public void cancel() {
    cancellation.cancel();
  }

  /** The job as it is now. */
  public synchronized JobRecord record() {
    return new JobRecord(
        spec.id(),
        spec.project(),
        spec.location(),
        "QUERY",
        result == null ? null : result.statementType(),
        spec.parentId(),
        spec.sql(),
        ended != null ? "DONE" : started != null ? "RUNNING" : "PENDING",
        user,
        created,
        started,
        ended,
        error == null ? null : error.reason(),
        error == null ? null : error.message(),
        result == null ? null : result.dmlStats(),
        spec.labels());
  }

  /** How many cells the result has. */
  long cells() {
    return cells;
  }

  boolean isCancelled() {
    return cancellation.cancelled();
  }

  QueryRequest request() {
    return new QueryRequest(
        spec.sql(),
        spec.project(),
        spec.defaultDataset(),
        spec.parameters(),
        spec.dryRun(),
        spec.location(),
        cancellation);
  }

  synchronized void start(Instant when) {
    started = when;
  }

  synchronized void succeed(StatementResult value, Instant when) {
    result = value;
    cells = (long) value.rows().size() * value.schema().size();
    ended = when;
    done.countDown();
  }

  synchronized void fail(JobError cause, Instant when) {
    error = cause;
    ended = when;
    done.countDown();
  }
}
