package io.tributary.bigquery.write;

import io.tributary.bigquery.change.Change;
import io.tributary.bigquery.change.Moved;
import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.change.Truncate;
import io.tributary.bigquery.config.CdcOptions;
import io.tributary.bigquery.config.Deletes;
import io.tributary.bigquery.config.OrderSettings;
import io.tributary.bigquery.config.WriteSettings;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.row.RowCodec;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.Shape;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Tables;
import java.time.Clock;
import java.util.List;

/**
 * Changes are streamed into the destination with what BigQuery needs to apply them itself, in the
 * order of their positions and not of their arrival.
 */
final class CdcMode implements Mode {
  private final TableId table;
  private final Parts parts;
  private final CdcOptions options;
  private final Deletes deletes;
  private final Departures departures;
  private final DepartureLog departureLog;
  private final WaitingRows waiting = new WaitingRows();
  private boolean stale;

  CdcMode(TableId table, Parts parts) {
    this.table = table;
    this.parts = parts;
    this.departures = new Departures(table, parts.departures());
    this.departureLog = new DepartureLog(parts, table);
    this.options = parts.tables().options(table).cdc();
    this.deletes = parts.tables().options(table).deletes();
    if (deletes == Deletes.SOFT && options.unavailable() != CdcOptions.Unavailable.LOOKUP) {
      throw new SinkException(
          ErrorCode.CONFIG_INVALID,
          "Table " + table + " has delete.mode=soft, which needs cdc.unavailable=lookup.");
    }
    if (options.contradictory()) {
      throw new SinkException(
          ErrorCode.CONFIG_INVALID,
          "Table "
              + table
              + " has cdc.unavailable=lookup and max.staleness, with which a query may not see what"
              + " was written before.");
    }
  }

  /** What every such lane of a task uses. */
  record Parts(
      Warehouse warehouse,
      Tables tables,
      OrderSettings.By order,
      SnapshotStore snapshots,
      Departures.Memory departures,
      WriteSettings settings,
      Patience patience,
      Counters counters,
      Clock clock,
      AwakeTime awake) {
    /** Whether a row may wait longer for what it builds on. */
    boolean mayWait(StagedRow row) {
      return awake.millis() - row.since() < settings.incompleteWait().toMillis();
    }
  }

  @Override
  public RowLayout fit(Shape shape, RowChange first) {
    if (!stale) {
      parts.tables().refuseMerged(table);
    }
    RowLayout layout = ChangeBytes.layout(parts.tables().fit(table, shape).columns());
    if (!stale) {
      parts.tables().stale(table, options.maxStaleness());
      stale = true;
    }
    return layout;
  }

  @Override
  public RowLayout prepare() {
    return ChangeBytes.layout(
        parts.tables().find(table).map(found -> found.columns()).orElse(List.of()));
  }

  @Override
  public boolean createsStreams() {
    return false;
  }

  @Override
  public boolean needsFormerRow(RowChange change) {
    boolean leaves = change.move() == RowChange.Move.AWAY && change.link() != null;
    return leaves || (deletes == Deletes.SOFT && change.isDelete());
  }

  /** What is streamed for a row; a delete that knows all columns may be a row that stays. */
  StagedRow streamed(StagedRow row) {
    boolean stays =
        deletes == Deletes.SOFT && row.op() == StagedRow.Op.DELETE && row.unavailable().isEmpty();
    return stays ? row.staying() : row;
  }

  @Override
  public Cycle cycle(RowLayout layout, RowCodec codec, long nowMillis) {
    return Cycle.compacted(layout, codec, nowMillis);
  }

  @Override
  public boolean takes(Change change) {
    if (change instanceof Truncate) {
      if (options.truncates() == CdcOptions.Truncates.FAIL) {
        throw new SinkException(
            ErrorCode.TRUNCATE_BARRED,
            "The truncate at " + change.at() + " cannot be done to " + table + ".");
      }
      return false;
    }
    if (parts.order() == OrderSettings.By.SOURCE) {
      refuseUnordered(change instanceof Moved moved ? moved.here() : (RowChange) change);
    }
    return true;
  }

  /**
   * A delete that tells nothing of its form may be the tombstone behind an envelope; it lies below
   * every envelope and does no harm.
   */
  private void refuseUnordered(RowChange change) {
    boolean told = change.row() != null || change.rowSchema() != null;
    if (told && change.position().isOfKafkaAlone()) {
      throw new SinkException(
          ErrorCode.POSITION_MISSING,
          "The record at " + change.at() + " for " + table + " has lost its envelope.");
    }
  }

  @Override
  public Landing fly(Cycle cycle) throws InterruptedException {
    return new CdcFlight(this, cycle, parts).fly();
  }

  TableId table() {
    return table;
  }

  CdcOptions options() {
    return options;
  }

  Departures departures() {
    return departures;
  }

  DepartureLog departureLog() {
    return departureLog;
  }

  WaitingRows waiting() {
    return waiting;
  }
}
