package io.tributary.bigquery.write;

import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.change.Truncate;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.offset.RecordPosition;
import io.tributary.bigquery.row.EncodedRow;
import io.tributary.bigquery.row.RowCodec;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Shape;
import io.tributary.bigquery.table.TableId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One table's ordered queue in a task. Cycles leave it one after the other: the next one fills
 * while one is in flight. A change of the table's shape closes the cycle that fills, because a
 * cycle is written with one shape. Owned by the task's thread.
 */
final class Lane {
  private final TableId table;
  private final RowCodec codec;
  private final Mode mode;
  private final Consumer<RecordPosition> settled;
  private final ArrayDeque<Cycle> waiting = new ArrayDeque<>();
  private final Set<Shape> fitting = new HashSet<>();
  private final Set<Shape> fittingDeletes = new HashSet<>();
  private Shape lastShape;
  private RowLayout layout;
  private Cycle filling;
  private Cycle flying;

  Lane(TableId table, RowCodec codec, Mode mode, Consumer<RecordPosition> settled) {
    this.table = table;
    this.codec = codec;
    this.mode = mode;
    this.settled = settled;
  }

  TableId table() {
    return table;
  }

  Mode mode() {
    return mode;
  }

  /** Is told of records that are durable and applied, or dead-lettered. */
  Consumer<RecordPosition> settled() {
    return settled;
  }

  /** A row's change, encoded; throws a bad record's error. */
  Lanes.Offer offer(RowChange change, Handle handle, long nowMillis) {
    Shape shape = codec.shape(change);
    if (change.isDelete() && change.rowSchema() == null) {
      fitDelete(shape, change, nowMillis);
    } else {
      fit(shape, change, nowMillis);
    }
    EncodedRow row = codec.encode(change, layout);
    if (mode.needsFormerRow(change)) {
      row = new EncodedRow(row.key(), row.columns(), columnsBeside(shape.keyColumns()));
    }
    if (row.columns().length > StagedRow.LARGEST) {
      throw new BadRecord(
          ErrorCode.ROW_TOO_LARGE,
          "Record " + change.at() + " of " + table + " has " + row.columns().length + " bytes.");
    }
    StagedRow staged = StagedRow.of(change, row, nowMillis, handle);
    return () -> fillable(nowMillis).add(staged);
  }

  /** A truncate, also of a table that does not exist yet. */
  Lanes.Offer offer(Truncate truncate, Handle handle, long nowMillis) {
    if (layout == null) {
      adopt(mode.prepare(), nowMillis);
    }
    return () -> fillable(nowMillis).add(StagedRow.of(truncate, nowMillis, handle));
  }

  /** Takes back a row that an earlier cycle could not complete. */
  void offerAgain(StagedRow row, long nowMillis) {
    fillable(nowMillis).addAgain(row);
  }

  /** Makes the table fit a shape, and the layout the table. */
  @SuppressWarnings("ReferenceEquality") // a schema's shape is cached; for others the set decides
  private void fit(Shape shape, RowChange change, long nowMillis) {
    if (shape != lastShape) {
      if (layout == null || !fitting.contains(shape)) {
        adopt(mode.fit(shape, change), nowMillis);
        fitting.add(shape);
      }
      lastShape = shape;
    }
  }

  /** A delete that tells its key only leaves it to the rows to make the table. */
  private void fitDelete(Shape shape, RowChange change, long nowMillis) {
    if (!fitting.contains(shape) && fittingDeletes.add(shape)) {
      adopt(mode.fitDelete(shape, change), nowMillis);
    }
  }

  private void adopt(RowLayout wanted, long nowMillis) {
    if (layout != null && wanted.staged().equals(layout.staged())) {
      return;
    }
    if (filling != null && !filling.isEmpty()) {
      waiting.add(filling);
    }
    layout = wanted;
    filling = mode.cycle(layout, codec, nowMillis);
  }

  private Cycle fillable(long nowMillis) {
    if (filling == null || filling.isEmpty()) {
      filling = mode.cycle(layout, codec, nowMillis);
    }
    return filling;
  }

  /** Whether a cycle is due and none is flying. */
  boolean ready(long nowMillis, Duration interval, long bytes) {
    return !flies() && (!waiting.isEmpty() || (filling != null && due(nowMillis, interval, bytes)));
  }

  boolean flies() {
    return flying != null;
  }

  /** Heap that the cycle in flight frees when it lands. */
  long aloft() {
    return flies() ? flying.held() - flying.waiting() : 0;
  }

  /** Heap that a cycle would free if it left before its time; not that of rows that wait. */
  long movable() {
    return flies() ? 0 : cycles().mapToLong(cycle -> cycle.held() - cycle.waiting()).sum();
  }

  /** The next cycle, which flies from now on. Only for a lane that has one, and none flying. */
  Cycle takeOff() {
    if (waiting.isEmpty()) {
      waiting.add(filling);
      filling = null;
    }
    flying = waiting.poll();
    return flying;
  }

  /** When the next cycle was opened. Only for a lane that is ready. */
  long openedAtMillis() {
    return (waiting.isEmpty() ? filling : waiting.peek()).openedAtMillis();
  }

  private boolean due(long nowMillis, Duration interval, long bytes) {
    return !filling.isEmpty()
        && (nowMillis - filling.openedAtMillis() >= interval.toMillis()
            || filling.bytes() >= bytes);
  }

  void landed() {
    flying = null;
  }

  /** What is not applied yet. */
  Stream<Cycle> cycles() {
    return Stream.concat(waiting.stream(), Stream.of(flying, filling).filter(Objects::nonNull));
  }

  /** Columns of the table beside its key. */
  private List<String> columnsBeside(List<String> key) {
    List<String> names = new ArrayList<>();
    layout.columns().stream()
        .map(column -> column.name())
        .filter(name -> key.stream().noneMatch(name::equalsIgnoreCase))
        .forEach(names::add);
    return names;
  }
}
