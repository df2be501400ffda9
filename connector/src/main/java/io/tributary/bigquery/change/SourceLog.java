package io.tributary.bigquery.change;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;

/** How one kind of source tells where a change sits in its log. */
sealed interface SourceLog permits PostgresLog, BinaryLog {
  /**
   * The position of a change.
   *
   * @param epoch its first section
   * @throws SinkException when the change does not tell, or when the log has started over
   */
  SourcePosition position(
      SourceBlock source,
      Operation operation,
      RecordPosition at,
      PartitionMemory memory,
      long epoch);

  /** A read of a snapshot that stands apart from the stream, at a place of its own in the log. */
  static boolean isSnapshot(SourceBlock source, Operation operation) {
    return operation == Operation.READ && !"incremental".equals(source.snapshot());
  }

  static SinkException unknown(RecordPosition at, String why) {
    return new SinkException(
        ErrorCode.POSITION_UNKNOWN, "The record at " + at + " has no known position: " + why + ".");
  }
}
