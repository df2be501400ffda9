package io.tributary.emulator.jobs;

import io.tributary.emulator.engine.StatementHook;
import io.tributary.emulator.faults.Faults;
import java.util.function.Supplier;

/** Lets the fault script act between the statements of the job that runs on a thread. */
public final class JobHook implements StatementHook {
  private final ThreadLocal<String> current = new ThreadLocal<>();
  private final Supplier<Faults> faults;

  /** The script is asked for later: it needs the engine, which needs this hook. */
  public JobHook(Supplier<Faults> faults) {
    this.faults = faults;
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

  <T> T during(String jobId, Supplier<T> work) {
    current.set(jobId);
    try {
      return work.get();
    } finally {
      current.remove();
    }
  }
}
