package io.tributary.bigquery.write;

import io.tributary.bigquery.row.RowCodec;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Fitted;
import io.tributary.bigquery.table.Shape;
import io.tributary.bigquery.table.StagedColumns;
import io.tributary.bigquery.table.StagingTable;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Tables;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One table's ordered queue in a task. Cycles leave it one after the other: the next one fills
 * while one is in flight. A change of the table's shape closes the cycle that fills, because a
 * cycle is written with one shape. Owned by the task's thread.
 */
final class Lane {
  private final TableId table;
  private final TableId staging;
  private final Tables tables;
  private final RowCodec codec;
  private final Chain chain;
  private final Rewriter rewriter;
  private final ArrayDeque<Cycle> waiting = new ArrayDeque<>();
  private final Set<Shape> fitting = new HashSet<>();
  private Shape lastShape;
  private volatile List<String> key = List.of();
  private RowLayout layout;
  private Cycle filling;
  private Cycle flying;

  Lane(TableId table, Tables tables, RowCodec codec, Chain chain, Rewriter rewriter) {
    this.table = table;
    this.staging = tables.staging(table);
    this.tables = tables;
    this.codec = codec;
    this.chain = chain;
    this.rewriter = rewriter;
  }

  TableId table() {
    return table;
  }

  TableId staging() {
    return staging;
  }

  RowCodec codec() {
    return codec;
  }

  Chain chain() {
    return chain;
  }

  /** The source's key, as far as it is known; read by flights. */
  List<String> key() {
    return key;
  }

  /** The layout to encode a change of this shape with, after the table was made to fit it. */
  @SuppressWarnings("ReferenceEquality") // a schema's shape is cached; for others the set decides
  RowLayout fit(Shape shape, long nowMillis) {
    if (shape != lastShape) {
      if (layout == null || !fitting.contains(shape)) {
        adopt(tables.ensure(table, shape, rewriter::rewrite).staged(), nowMillis);
        fitting.add(shape);
        key = shape.keyColumns();
      }
      lastShape = shape;
    }
    return layout;
  }

  /** Makes the lane ready for a change without a shape, whether its table exists or not. */
  void prepare(long nowMillis) {
    if (layout == null) {
      adopt(
          tables.existing(table).map(Fitted::staged).orElse(StagedColumns.plain(List.of())),
          nowMillis);
    }
  }

  private void adopt(StagedColumns staged, long nowMillis) {
    if (layout != null && staged.equals(layout.staged())) {
      return;
    }
    if (filling != null && !filling.isEmpty()) {
      waiting.add(filling);
    }
    layout = RowLayout.of(StagingTable.METADATA, staged);
    filling = new Cycle(layout, codec, nowMillis);
  }

  /** Takes a row that was encoded with the layout of {@link #fit}. */
  void offer(StagedRow row, long nowMillis) {
    fillable(nowMillis).add(row);
  }

  /** Takes back a row that an earlier cycle could not complete. */
  void offerAgain(StagedRow row, long nowMillis) {
    fillable(nowMillis).addAgain(row);
  }

  private Cycle fillable(long nowMillis) {
    if (filling == null || filling.isEmpty()) {
      filling = new Cycle(layout, codec, nowMillis);
    }
    return filling;
  }

  /** The next cycle to fly, or null when one is flying or none is due. */
  Cycle takeOff(long nowMillis, Duration interval, long bytes) {
    if (flying != null) {
      return null;
    }
    if (waiting.isEmpty() && filling != null && due(nowMillis, interval, bytes)) {
      waiting.add(filling);
      filling = null;
    }
    flying = waiting.poll();
    return flying;
  }

  private boolean due(long nowMillis, Duration interval, long bytes) {
    return !filling.isEmpty()
        && (nowMillis - filling.openedAtMillis() >= interval.toMillis()
            || filling.bytes() >= bytes);
  }

  void landed() {
    flying = null;
  }

  /** Bytes that are not applied yet. */
  long bytes() {
    long sum = flying == null ? 0 : flying.bytes();
    sum += filling == null ? 0 : filling.bytes();
    for (Cycle cycle : waiting) {
      sum += cycle.bytes();
    }
    return sum;
  }

  /** Columns of the table beside its key. */
  List<String> columnsBeside(List<String> key) {
    List<String> names = new ArrayList<>();
    layout.columns().stream()
        .map(column -> column.name())
        .filter(name -> key.stream().noneMatch(name::equalsIgnoreCase))
        .forEach(names::add);
    return names;
  }
}
