package io.tributary.bigquery.write;

import io.tributary.bigquery.change.InMemorySnapshotMarks;
import io.tributary.bigquery.config.OrderSettings;
import io.tributary.bigquery.config.TableChoices;
import io.tributary.bigquery.config.WriteSettings;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/** Gives every table its write mode, with what the modes of a task share. */
public final class Modes {
  private static final String MARKS = "tributary_snapshots";
  private static final String STREAMS = "tributary_streams";

  /** Well below the five minutes that Kafka's consumers have between two polls by default. */
  private static final Duration LONGEST_ON_TASK = Duration.ofMinutes(2);

  private final InMemorySnapshotMarks marks;
  private final AwakeTime awake;
  private final SnapshotStore snapshots;
  private final TableChoices choices;
  private final MergeMode.Parts merge;
  private final CdcMode.Parts cdc;
  private final AppendMode.Parts append;

  /**
   * @param order what decides which of two changes is newer
   * @param marks what the reader notes of snapshots; saved before what it numbers is settled
   * @param choices what is said of each table
   * @param own where a table of the sink's own is, by its name
   */
  public Modes(
      Warehouse warehouse,
      Tables tables,
      WriteSettings settings,
      OrderSettings.By order,
      InMemorySnapshotMarks marks,
      TableChoices choices,
      Function<String, TableId> own,
      Counters counters,
      Clock clock) {
    this.awake = new AwakeTime(clock::millis);
    Staging staging = new Staging(warehouse, tables, settings, counters, clock);
    Patience patience = new Patience(settings.retryDeadline());
    WriteSettings brief = settings.within(LONGEST_ON_TASK);
    Patience briefly = new Patience(brief.retryDeadline());
    this.marks = marks;
    this.choices = choices;
    this.snapshots = new SnapshotStore(warehouse, tables, staging, briefly, own.apply(MARKS));
    this.cdc =
        new CdcMode.Parts(
            warehouse,
            tables,
            order,
            snapshots,
            new Departures.Memory(),
            settings,
            patience,
            counters,
            clock,
            awake);
    StreamLog log = new StreamLog(warehouse, tables, patience, own.apply(STREAMS), clock);
    FirstLoad.Means onTask =
        new FirstLoad.Means(
            new StreamLog(warehouse, tables, briefly, own.apply(STREAMS), clock),
            new Staging(warehouse, tables, brief, counters, clock),
            brief.retryDeadline());
    this.merge =
        new MergeMode.Parts(
            warehouse,
            tables,
            staging,
            log,
            onTask,
            new Written(warehouse, patience, Written.Witness.SOURCE_TIME),
            snapshots,
            settings,
            patience,
            counters,
            clock,
            awake);
    this.append =
        new AppendMode.Parts(
            tables,
            staging,
            log,
            new Written(warehouse, patience, Written.Witness.KAFKA_TIME),
            snapshots,
            settings.retryDeadline(),
            counters,
            clock);
  }

  /**
   * Reads the snapshot marks that tasks have saved; to be called before records of newly assigned
   * partitions come.
   */
  public void recall() {
    marks.load(snapshots.load());
  }

  /** By which flights and waits are timed. */
  AwakeTime awake() {
    return awake;
  }

  /** Takes over new marks before a cycle takes off; on the task's thread. */
  void departing() {
    snapshots.collect(marks);
  }

  Mode of(TableId table) {
    return switch (choices.of(table.dataset(), table.table()).mode()) {
      case MERGE -> new MergeMode(table, merge);
      case CDC -> new CdcMode(table, cdc);
      case APPEND -> new AppendMode(table, append);
    };
  }
}
