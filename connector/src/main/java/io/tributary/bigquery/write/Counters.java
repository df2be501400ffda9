package io.tributary.bigquery.write;

import io.tributary.bigquery.change.Ignored;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a task has done so far. Thread-safe. */
public final class Counters {
  /** What is counted beside ignored records. */
  public enum What {
    CHANGES,
    ROWS_STAGED,
    CYCLES_APPLIED,
    CHAIN_JOBS,
    DEAD_LETTERS,
    ROWS_WAITING_AGAIN,
    PAUSES
  }

  private final Map<What, LongAdder> counts = new EnumMap<>(What.class);
  private final Map<Ignored.Reason, LongAdder> ignored = new EnumMap<>(Ignored.Reason.class);

  public Counters() {
    for (What what : What.values()) {
      counts.put(what, new LongAdder());
    }
    for (Ignored.Reason reason : Ignored.Reason.values()) {
      ignored.put(reason, new LongAdder());
    }
  }

  public void add(What what, long amount) {
    counts.get(what).add(amount);
  }

  public void ignored(Ignored.Reason reason) {
    ignored.get(reason).increment();
  }

  public long of(What what) {
    return counts.get(what).sum();
  }

  public long ofIgnored(Ignored.Reason reason) {
    return ignored.get(reason).sum();
  }
}
