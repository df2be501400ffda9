package io.tributary.emulator.jobs;

import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.StatementHook;
import io.tributary.emulator.faults.Call;
import io.tributary.emulator.limits.CallGate;
import java.time.Instant;
import java.util.function.Supplier;

/** Lets the fault script act between the statements of jobs, and records background jobs. */
public final class JobHook implements StatementHook {
  private final ThreadLocal<String> current = new ThreadLocal<>();
  private final Supplier<CallGate> gate;
  private final Supplier<Jobs> jobs;

  /** Both are asked for later: they need the engine, which needs this hook. */
  public JobHook(Supplier<CallGate> gate, Supplier<Jobs> jobs) {
    this.gate = gate;
    this.jobs = jobs;
  }

  @Override
  public void admit(String kind, TableRef table) {
    if (current.get() != null) {
      gate.get().quotas().admit(new Call(kind, table, null, current.get()));
    }
  }

  @Override
  public void beforeStatement(String sql, int index) {
    if (current.get() != null) {
      gate.get().faults().beforeStatement(current.get(), index);
    }
  }

  @Override
  public void beforeCommit(String sql, int index) {
    if (current.get() != null) {
      gate.get().faults().beforeCommit(current.get(), index);
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
