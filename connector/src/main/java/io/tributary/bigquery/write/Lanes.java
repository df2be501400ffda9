package io.tributary.bigquery.write;

import io.tributary.bigquery.change.InMemorySnapshotMarks;
import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.change.RowChange.Move;
import io.tributary.bigquery.change.Truncate;
import io.tributary.bigquery.config.WriteSettings;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import io.tributary.bigquery.row.EncodedRow;
import io.tributary.bigquery.row.RowCodec;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.Shape;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Tables;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The lanes of a task. The task's thread offers changes and collects landings; cycles fly on a few
 * threads of their own. Only {@link #close()} may be called from elsewhere.
 */
public final class Lanes implements AutoCloseable {
  private static final long CLOSE_SECONDS = 3;

  private final WriteSettings settings;
  private final Function<TableId, RowCodec> codecs;
  private final InMemorySnapshotMarks marks;
  private final Flight.Parts parts;
  private final Counters counters;
  private final Clock clock;
  private final ExecutorService threads;
  private final Map<TableId, Lane> lanes = new HashMap<>();
  private final BlockingQueue<Landing> landings = new LinkedBlockingQueue<>();

  /**
   * @param codecs makes the codec of a table
   * @param threads runs flights; shut down by {@link #close()}
   */
  public Lanes(
      Warehouse warehouse,
      Tables tables,
      Function<TableId, RowCodec> codecs,
      WriteSettings settings,
      InMemorySnapshotMarks marks,
      TableId markTable,
      Counters counters,
      Clock clock,
      ExecutorService threads) {
    this.settings = settings;
    this.codecs = codecs;
    this.marks = marks;
    this.counters = counters;
    this.clock = clock;
    this.threads = threads;
    Staging staging = new Staging(warehouse, settings, counters, clock);
    Patience patience = new Patience(settings.retryDeadline());
    SnapshotStore store = new SnapshotStore(warehouse, tables, staging, patience, markTable);
    this.parts = new Flight.Parts(warehouse, tables, staging, store, patience, counters, clock);
  }

  /**
   * Reads the snapshot marks that tasks have saved; to be called before records of newly assigned
   * partitions come.
   */
  public void recall() {
    marks.load(parts.snapshots().load());
  }

  /**
   * Takes a row's change into its table's lane; throws a bad record's error without having kept any
   * of it.
   */
  public void offer(RowChange change, TableId table, Handle handle) {
    long now = clock.millis();
    Lane lane = lane(table);
    Shape shape = lane.codec().shape(change);
    RowLayout layout = lane.fit(shape, now);
    EncodedRow row = lane.codec().encode(change, layout);
    if (change.move() == Move.AWAY) {
      row = new EncodedRow(row.key(), row.columns(), lane.columnsBeside(shape.keyColumns()));
    }
    if (row.columns().length > StagedRow.LARGEST) {
      throw new BadRecord(
          ErrorCode.ROW_TOO_LARGE,
          "Record " + change.at() + " of " + table + " has " + row.columns().length + " bytes.");
    }
    StagedRow.Op op = change.isDelete() ? StagedRow.Op.DELETE : StagedRow.Op.UPSERT;
    lane.offer(
        new StagedRow(
            op,
            row,
            change.position(),
            change.move(),
            change.link(),
            change.operation(),
            change.sourceTimeMicros(),
            change.at(),
            null,
            now,
            handle),
        now);
  }

  /** Takes a truncate, also of a table that does not exist yet. */
  public void offer(Truncate truncate, TableId table, Handle handle) {
    long now = clock.millis();
    Lane lane = lane(table);
    lane.prepare(now);
    lane.offer(
        new StagedRow(
            StagedRow.Op.TRUNCATE,
            null,
            truncate.position(),
            Move.NONE,
            null,
            "t",
            null,
            truncate.at(),
            null,
            now,
            handle),
        now);
  }

  /**
   * Collects what has landed and lets due cycles take off. Never blocks.
   *
   * @param settled is told every record that is durable and applied, or dead-lettered
   * @throws SinkException when a flight failed for good
   */
  public void advance(Consumer<RecordPosition> settled) {
    for (Landing landing = landings.poll(); landing != null; landing = landings.poll()) {
      collect(landing, settled);
    }
    long now = clock.millis();
    for (Lane lane : lanes.values()) {
      Cycle cycle = lane.takeOff(now, settings.flushInterval(), settings.flushBytes());
      if (cycle != null) {
        parts.snapshots().collect(marks);
        threads.execute(() -> landings.add(new Flight(lane, cycle, parts).fly()));
      }
    }
  }

  private void collect(Landing landing, Consumer<RecordPosition> settled) {
    landing.lane().landed();
    if (landing.failure() != null) {
      throw landing.failure();
    }
    landing.settled().forEach(settled);
    landing
        .rejected()
        .forEach(
            (row, reason) ->
                deadLetter(
                    row,
                    new SinkException(
                        ErrorCode.ROW_REJECTED, landing.lane().table() + ": " + reason),
                    settled));
    long now = clock.millis();
    for (StagedRow row : landing.unresolved()) {
      if (now - row.since() < settings.incompleteWait().toMillis()) {
        counters.add(Counters.What.ROWS_WAITING_AGAIN, 1);
        landing.lane().offerAgain(row, now);
      } else {
        giveUp(row, landing.lane().table(), settled);
      }
    }
  }

  /**
   * A row whose missing columns nobody brought in time; its delete half has been applied anyway.
   */
  private void giveUp(StagedRow row, TableId table, Consumer<RecordPosition> settled) {
    if (row.op() == StagedRow.Op.DELETE) {
      row.records().forEach(settled);
      return;
    }
    SinkException reason =
        new SinkException(
            ErrorCode.ROW_INCOMPLETE,
            "Record " + row.at() + " of " + table + " lacks columns " + row.unavailable() + ".");
    if (settings.incomplete() == WriteSettings.Incomplete.FAIL) {
      throw reason;
    }
    deadLetter(row, reason, settled);
  }

  private void deadLetter(StagedRow row, SinkException reason, Consumer<RecordPosition> settled) {
    row.deadLetter(reason);
    counters.add(Counters.What.DEAD_LETTERS, row.records().size());
    row.records().forEach(settled);
  }

  /** Bytes that are not applied yet. */
  public long bytes() {
    return lanes.values().stream().mapToLong(Lane::bytes).sum();
  }

  private Lane lane(TableId table) {
    return lanes.computeIfAbsent(
        table,
        id ->
            new Lane(
                id,
                parts.tables(),
                codecs.apply(id),
                chain(id),
                new Rewriter(chain(id), parts.tables(), id, clock)));
  }

  private Chain chain(TableId table) {
    return new Chain(parts.warehouse(), parts.tables(), table, settings.retryDeadline(), counters);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
