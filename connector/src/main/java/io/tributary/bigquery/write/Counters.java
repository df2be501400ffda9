package io.tributary.bigquery.write;

import io.tributary.bigquery.change.Ignored;
import io.tributary.bigquery.config.Lossy;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a task has done so far. Thread-safe. */
public final class Counters {
  /** What is counted beside ignored records. */
  public enum What {
    CHANGES("Changes of rows and truncates that were read."),
    ROWS_STAGED("Rows that were sealed in staging tables, after compaction."),
    ROWS_LOADED("Rows of a first snapshot that were put straight into a new table."),
    ROWS_STREAMED("Rows that were streamed in mode cdc, after compaction."),
    APPENDS_REPEATED("Requests of mode cdc that were sent again."),
    LOOKUPS("Queries for columns that the source did not send, in mode cdc."),
    DEPARTURES_LEFT(
        "Rows that changed their keys and whose columns were left for another task, in mode cdc."),
    DEPARTURES_FOUND("Such rows that were completed by what another task had left."),
    CYCLES_APPLIED("Cycles that were applied, by a job of this task or of another."),
    CHAIN_JOBS("Chain jobs of this task that ended well."),
    DEAD_LETTERS("Records that were handed to the dead letter queue."),
    ROWS_WAITING_AGAIN(
        "How often a row without its unchanged large columns was staged again to wait for them."),
    HAZARDS("Columns that arrive in a form in which the source may lose something; see the log."),
    SCHEMA_WAITS(
        "How often writing waited until BigQuery's write path saw a column that had been added."),
    SCHEMA_WAITING("Writes that wait right now until the write path sees a new column."),
    FLUSHES_DEFERRED(
        "Flushes that waited because the task had created its share of streams; see streams.per.hour."),
    PAUSES("How often consumption was paused because the buffer was full.");

    private final String meaning;

    What(String meaning) {
      this.meaning = meaning;
    }

    /** One sentence for operators. */
    public String meaning() {
      return meaning;
    }
  }

  private final Map<What, LongAdder> counts = new EnumMap<>(What.class);
  private final Map<Ignored.Reason, LongAdder> ignored = new EnumMap<>(Ignored.Reason.class);

  private final Map<Lossy, LongAdder> lossy = new EnumMap<>(Lossy.class);

  public Counters() {
    for (Lossy choice : Lossy.values()) {
      lossy.put(choice, new LongAdder());
    }
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

  /** Counts a value that was not kept as it came. */
  public void lossy(Lossy choice) {
    lossy.get(choice).increment();
  }

  public long ofLossy(Lossy choice) {
    return lossy.get(choice).sum();
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
