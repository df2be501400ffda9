package io.tributary.emulator;

import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.faults.CallCounts;
import io.tributary.emulator.faults.Faults;
import io.tributary.emulator.jobs.Job;
import io.tributary.emulator.jobs.JobHook;
import io.tributary.emulator.jobs.JobRecord;
import io.tributary.emulator.jobs.Jobs;
import io.tributary.emulator.limits.CallGate;
import io.tributary.emulator.limits.QuotaMeter;
import io.tributary.emulator.rest.RestServer;
import io.tributary.emulator.write.AppendRecord;
import io.tributary.emulator.write.CommitRecord;
import io.tributary.emulator.write.WriteServer;
import io.tributary.emulator.write.WriteSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A BigQuery on this machine: the Storage Write API over gRPC and the REST API, on loopback ports,
 * without encryption and credentials. Thread-safe.
 */
public final class BigQueryEmulator implements AutoCloseable {
  private final Engine engine;
  private final CallGate gate;
  private final Jobs jobs;
  private final RestServer rest;
  private final WriteServer write;
  private final Opened opened = new Opened();

  private BigQueryEmulator(EmulatorOptions options) {
    AtomicReference<CallGate> gates = new AtomicReference<>();
    AtomicReference<Jobs> running = new AtomicReference<>();
    JobHook hook = new JobHook(gates::get, running::get);
    engine =
        Engine.open(
            options.storage(), options.clock(), hook, options.changes(), options.quotas().dml());
    opened.add(engine::close);
    try {
      gate =
          new CallGate(
              new CallCounts(),
              new QuotaMeter(options.quotas().rules(), engine::table, options.clock()),
              new Faults(engine::table, options.clock()),
              options.quotas().connectionPlaces(),
              options.quotas().requestPlaces());
      gates.set(gate);
      engine.warmUp();
      jobs = new Jobs(engine, hook, options.clock(), options.jobThreads());
      opened.add(jobs::close);
      running.set(jobs);
      write =
          new WriteServer(
              options.grpcPort(),
              engine,
              gate,
              options.clock(),
              new WriteSettings(
                  options.limits(),
                  options.writeChoices(),
                  options.appendedRows(),
                  options.changes().deleteRows()));
      opened.add(write::close);
      engine.show(new ServiceLog(jobs::all, write.log()::appends));
      rest =
          new RestServer(
              options.restPort(),
              engine,
              jobs,
              gate,
              write.log(),
              options.appendedRows(),
              options.project(),
              options.location());
      opened.add(rest::close);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Starts an emulator. It answers at once; statements wait for the analyzer, which is loaded
   * meanwhile.
   *
   * @throws java.io.UncheckedIOException if a port is taken
   */
  public static BigQueryEmulator start(EmulatorOptions options) {
    return new BigQueryEmulator(options);
  }

  /** The port of the REST API. */
  public int restPort() {
    return rest.port();
  }

  /** The port of the Storage Write API. */
  public int grpcPort() {
    return write.port();
  }

  /** Such as {@code http://127.0.0.1:9050}: the host that REST clients are given. */
  public String restUrl() {
    return "http://127.0.0.1:" + restPort();
  }

  /** Such as {@code 127.0.0.1:9060}: the endpoint that Storage Write clients are given. */
  public String grpcEndpoint() {
    return "127.0.0.1:" + grpcPort();
  }

  /** Catalog, storage and GoogleSQL without a network. */
  public Engine engine() {
    return engine;
  }

  /**
   * Runs the background job that applies the changes a table has taken to its baseline, which reads
   * within max_staleness see.
   */
  public void applyChanges(TableRef table) {
    engine.applyChanges(table);
  }

  /**
   * The last 10,000 jobs in order of creation, the statements of scripts included; fewer where
   * results are very large.
   */
  public List<JobRecord> jobs() {
    return jobs.all().stream().map(Job::record).toList();
  }

  /** The last 100,000 AppendRows requests, in order. */
  public List<AppendRecord> appendLog() {
    return write.log().appends();
  }

  /** The last 10,000 batch commits, in order. */
  public List<CommitRecord> commits() {
    return write.log().commits();
  }

  /** The script of faults. */
  public Faults faults() {
    return gate.faults();
  }

  /** Becomes as new, on the same ports: without datasets, jobs, faults and memory of calls. */
  public void reset() {
    rest.reset();
  }

  /** How often each method was called, by Google's name such as {@code AppendRows}. */
  public Map<String, Long> calls() {
    return gate.counts().byMethod();
  }

  /** Ends the servers, then the jobs, then the engine. */
  @Override
  public void close() {
    gate.faults().clear();
    opened.close();
  }
}
