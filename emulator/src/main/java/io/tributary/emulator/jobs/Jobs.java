package io.tributary.emulator.jobs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.engine.QueryRequest;
import io.tributary.emulator.engine.ScriptStatement;
import io.tributary.emulator.engine.StatementResult;
import io.tributary.emulator.faults.InjectedFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All jobs, by project, location and id, and the threads that run them. Thread-safe. */
public final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  /** How long a repeated request id finds the job of the first request. */
  private static final Duration REQUEST_MEMORY = Duration.ofMinutes(15);

  /** How long a cancelled job is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<Key, Job> jobs = new LinkedHashMap<>();
  private final Map<String, Job> byRequest = new LinkedHashMap<>();
  private final Engine engine;
  private final JobHook hook;
  private final Clock clock;
  private final ExecutorService threads;

  private record Key(String project, String location, String id) {
    static Key of(String project, String location, String id) {
      return new Key(project, location.toLowerCase(Locale.ROOT), id);
    }
  }

  /** At most {@code threads} jobs run at a time; the others wait as PENDING. */
  public Jobs(Engine engine, JobHook hook, Clock clock, int threads) {
    this.engine = engine;
    this.hook = hook;
    this.clock = clock;
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "emulator-job");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts a job; 409 if its id is taken, also by a job that failed. */
  public Job submit(JobSpec spec) {
    Job job = register(spec);
    threads.execute(() -> run(job));
    return job;
  }

  /** Starts the job of a request, or finds the one that a request of the same id started. */
  public Job submitOnce(String requestId, Supplier<JobSpec> spec) {
    if (requestId == null || requestId.isEmpty()) {
      return submit(spec.get());
    }
    synchronized (jobs) {
      Instant forgotten = clock.instant().minus(REQUEST_MEMORY);
      byRequest.values().removeIf(job -> job.record().created().isBefore(forgotten));
      Job known = byRequest.get(requestId);
      if (known == null) {
        known = submit(spec.get());
        byRequest.put(requestId, known);
      }
      return known;
    }
  }

  /**
   * Analyses a job without running it; the job gets no place among the others.
   *
   * @throws BigQueryError if the statement is wrong
   */
  public Job dryRun(JobSpec spec) {
    Job job = new Job(spec, clock.instant());
    job.start(clock.instant());
    job.succeed(engine.run(job.request()), clock.instant());
    return job;
  }

  /** Records the background job that has applied a table's changes since this time. */
  void appliedChanges(TableRef table, Instant began) {
    String id = "cdc_background_" + UUID.randomUUID().toString().replace("-", "");
    String location =
        engine.dataset(table.datasetRef()).map(DatasetDefinition::location).orElse("US");
    JobSpec spec =
        new JobSpec(
            table.project(),
            location,
            id,
            null,
            "",
            table.datasetRef(),
            List.of(),
            false,
            Map.of(),
            QueryChoices.NONE,
            JsonNodeFactory.instance.objectNode());
    Job job = new Job(spec, began, "bigquery-adminbot@system.gserviceaccount.com");
    job.start(began);
    job.succeed(StatementResult.ofBackground(table), clock.instant());
    synchronized (jobs) {
      jobs.put(Key.of(table.project(), location, id), job);
    }
  }

  /** Finds a job. Without a location only the multi-regions US and EU are searched. */
  public Optional<Job> find(String project, String location, String id) {
    synchronized (jobs) {
      for (String place : location == null ? List.of("us", "eu") : List.of(location)) {
        Job job = jobs.get(Key.of(project, place, id));
        if (job != null) {
          return Optional.of(job);
        }
      }
      return Optional.empty();
    }
  }

  /** Removes a job and the statements of its script from the history. */
  public void delete(Job job) {
    synchronized (jobs) {
      jobs.values()
          .removeIf(other -> other == job || job.spec().id().equals(other.spec().parentId()));
      byRequest.values().removeIf(other -> other == job);
    }
  }

  /** All jobs in order of creation. */
  public List<Job> all() {
    synchronized (jobs) {
      return List.copyOf(jobs.values());
    }
  }

  /** Ends all jobs, and forgets them. */
  public void clear() {
    List<Job> present = all();
    present.forEach(Job::cancel);
    present.forEach(job -> job.await(PATIENCE));
    synchronized (jobs) {
      jobs.clear();
      byRequest.clear();
    }
  }

  /** A new id for a job that came without one. */
  public static String newId() {
    return "job_" + UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  public void close() {
    all().forEach(Job::cancel);
    threads.shutdownNow();
    try {
      // the engine must outlive its statements
      threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Job register(JobSpec spec) {
    Job job = new Job(spec, clock.instant());
    synchronized (jobs) {
      Collection<Job> gone = Retention.DEFAULT.trim(jobs.values());
      byRequest.values().removeIf(gone::contains);
      Key key = Key.of(spec.project(), spec.location(), spec.id());
      if (jobs.putIfAbsent(key, job) != null) {
        throw BigQueryError.duplicate("Already Exists: Job " + job.fullId());
      }
    }
    return job;
  }

  private void run(Job job) {
    job.start(clock.instant());
    try {
      if (job.isCancelled()) {
        throw BigQueryError.stopped("Job execution was cancelled: User requested cancellation");
      }
      StatementResult result = hook.during(job.spec().id(), () -> run(job.spec(), job.request()));
      addChildren(job, result);
      job.succeed(result, clock.instant());
    } catch (BigQueryError e) {
      job.fail(JobError.of(e), clock.instant());
    } catch (InjectedFailure e) {
      job.fail(JobError.of(e), clock.instant());
    } catch (RuntimeException e) {
      LOG.error("Job {} failed inside the emulator", job.fullId(), e);
      job.fail(JobError.internal(e), clock.instant());
    }
  }

  private StatementResult run(JobSpec spec, QueryRequest request) {
    QueryChoices choices = spec.choices();
    boolean writes = choices.destination() != null;
    if (writes || choices.maximumBytesBilled() != null) {
      StatementResult expected = engine.run(request.dry());
      if (writes && !expected.statementType().equals("SELECT")) {
        engine.write(choices.destination(), expected);
      }
      long billed = expected.bytesBilled();
      if (choices.maximumBytesBilled() != null && billed > choices.maximumBytesBilled()) {
        throw BigQueryError.bytesBilledLimitExceeded(
            "Query exceeded limit for bytes billed: %d. %d or higher required."
                .formatted(choices.maximumBytesBilled(), billed));
      }
    }
    StatementResult result = engine.run(request);
    if (writes) {
      engine.write(choices.destination(), result);
    }
    return result;
  }

  private void addChildren(Job parent, StatementResult result) {
    List<Job> children = new ArrayList<>();
    for (ScriptStatement statement : result.children()) {
      String id =
          "script_job_" + UUID.randomUUID().toString().replace("-", "") + "_" + children.size();
      children.add(register(parent.spec().child(id, statement.sql())));
    }
    Instant now = clock.instant();
    for (int i = 0; i < children.size(); i++) {
      children.get(i).start(now);
      children.get(i).succeed(result.children().get(i).result(), now);
    }
  }
}
