package io.tributary.emulator.jobs;

import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.StatementHook;
import io.tributary.emulator.faults.Faults;
import java.time.Instant;
import java.util.function.Supplier;

/** Lets the fault script act between the statements of jobs, and records background jobs. */
public final class JobHook implements StatementHook {
  private final ThreadLocal<String> current = new ThreadLocal<>();
  private final Supplier<Faults> faults;
  private final Supplier<Jobs> jobs;

  /** Both are asked for later: they need the engine, which needs this hook. */
  public JobHook(Supplier<Faults> faults, Supplier<Jobs> jobs) {
    this.faults = faults;
    this.jobs = jobs;
  }

  @Override
  public void beforeStatement(String sql, int index) {
    if (current.get() != null) {
      faults.get().beforeStatement(current.get(), index);
    }
  }

  @Override
  public void beforeCommit(String sql, int index) {
    if (current.get() != null) {
      faults.get().beforeCommit(current.get(), index);
    }
  }

  @Override
  public void changesApplied(TableRef table, Instant began) {
    jobs.get().appliedChanges(table, began);
  }

  <T> T during(String jobId, Supplier<T> work) {
    current.set(jobId);
    try {
      return work.get();
    } finally {
      current.remove();
    }
  }
}
