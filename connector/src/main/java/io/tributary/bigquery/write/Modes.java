package io.tributary.bigquery.write;

import io.tributary.bigquery.change.InMemorySnapshotMarks;
import io.tributary.bigquery.config.WriteSettings;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Tables;
import java.time.Clock;

/** Gives every table its write mode, with what the modes of a task share. */
public final class Modes {
  private final InMemorySnapshotMarks marks;
  private final SnapshotStore snapshots;
  private final MergeMode.Parts merge;

  /**
   * @param marks what the reader notes of snapshots; saved before what it numbers is settled
   * @param markTable where they are kept
   */
  public Modes(
      Warehouse warehouse,
      Tables tables,
      WriteSettings settings,
      InMemorySnapshotMarks marks,
      TableId markTable,
      Counters counters,
      Clock clock) {
    Staging staging = new Staging(warehouse, settings, counters, clock);
    Patience patience = new Patience(settings.retryDeadline());
    this.marks = marks;
    this.snapshots = new SnapshotStore(warehouse, tables, staging, patience, markTable);
    this.merge =
        new MergeMode.Parts(
            warehouse, tables, staging, snapshots, settings, patience, counters, clock);
  }

  /**
   * Reads the snapshot marks that tasks have saved; to be called before records of newly assigned
   * partitions come.
   */
  public void recall() {
    marks.load(snapshots.load());
  }

  /** Takes over new marks before a cycle takes off; on the task's thread. */
  void departing() {
    snapshots.collect(marks);
  }

  Mode of(TableId table) {
    return new MergeMode(table, merge);
  }
}
