package io.tributary.bigquery.write;

import io.tributary.bigquery.change.Change;
import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.row.RowCodec;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Shape;

/** How one table's changes reach BigQuery; each lane has one of its own. */
interface Mode {
  /**
   * The layout of a change's rows, after the table was made to fit them. On the task's thread.
   *
   * @param first the change that asks for this shape first
   */
  RowLayout fit(Shape shape, RowChange first);

  /**
   * The layout for a change without a shape, whether its table exists or not. On the task's thread.
   */
  RowLayout prepare();

  /**
   * The layout of deletes that tell their key only, which need no table. On the task's thread.
   *
   * @param shape the key's columns
   */
  default RowLayout fitDelete(Shape shape, RowChange first) {
    return fit(shape, first);
  }

  /**
   * False when a change asks nothing of the table in this mode; throws when the mode cannot do what
   * it asks. On the task's thread.
   */
  default boolean takes(Change change) {
    return true;
  }

  /** Whether each flight creates a write stream, of which BigQuery allows so many in an hour. */
  default boolean createsStreams() {
    return true;
  }

  /** Whether a delete builds on all columns of the row as it was. On the task's thread. */
  default boolean needsFormerRow(RowChange change) {
    return change.move() == RowChange.Move.AWAY;
  }

  /** A cycle that fills from now on. On the task's thread. */
  Cycle cycle(RowLayout layout, RowCodec codec, long nowMillis);

  /**
   * Brings a cycle into the table and returns when it is durable and applied. On a flight's thread,
   * one cycle after the other.
   */
  Landing fly(Cycle cycle) throws InterruptedException;
}
