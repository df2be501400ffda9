package io.tributary.bigquery.change;

import io.tributary.bigquery.offset.RecordPosition;

/**
 * Where snapshots, and new files of the source's log, began in each partition. Found by Kafka
 * offset, so that records that are read again get the positions that they had.
 */
public interface SnapshotMarks {
  /** The last mark of a kind and epoch at or before a record in its partition; null if none. */
  Mark at(Mark.Kind kind, long epoch, RecordPosition at);

  /** Keeps a new mark. It must be durable before anything at or behind it is settled. */
  void note(Mark mark);
}
