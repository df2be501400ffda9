package io.tributary.bigquery.change;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import java.util.OptionalLong;

/**
 * Gives every change its place in the order.
 *
 * <p>For PostgreSQL the base is the end of the last transaction finished before the change, because
 * the lsn alone is not ordered across transactions. A transaction that was open while the slot was
 * created streams below the rows of the snapshot, hence the base is never less than the lsn of the
 * last snapshot that knew of no earlier commit. At equality a snapshot read loses against a change.
 */
final class Positions {
  private static final long CHANGE = Long.MIN_VALUE;

  private final long epoch;
  private final OrderBy orderBy;
  private final SnapshotMarks marks;

  Positions(ReaderSettings settings, SnapshotMarks marks) {
    epoch = settings.epoch();
    orderBy = settings.orderBy();
    this.marks = marks;
  }

  /** The order of a partition whose records tell nothing of the source's log. */
  SourcePosition byKafka(RecordPosition at) {
    return new SourcePosition(epoch, 0, CHANGE, at.offset());
  }

  SourcePosition of(SourceBlock source, Operation operation, RecordPosition at) {
    if (orderBy == OrderBy.KAFKA) {
      return byKafka(at);
    }
    if (!"postgresql".equals(source.connector())) {
      throw unknown(at, "its source is not PostgreSQL");
    }
    Sequence sequence = Sequence.parse(source.sequence());
    if (sequence == null) {
      throw unknown(at, "source.sequence cannot be read");
    }
    Long lsn = source.lsn() != null ? source.lsn() : sequence.lsn();
    if (lsn == null) {
      throw unknown(at, "it has neither source.lsn nor source.sequence");
    }
    OptionalLong mark = marks.at(at.topic(), at.partition(), at.offset());
    if (operation == Operation.READ
        && sequence.committed() == null
        && !"incremental".equals(source.snapshot())) {
      noteSnapshot(at, lsn, mark);
      mark = OptionalLong.of(lsn);
    }
    long base = sequence.committed() != null ? sequence.committed() : lsn;
    if (mark.isPresent() && Long.compareUnsigned(mark.getAsLong(), base) > 0) {
      base = mark.getAsLong();
    }
    long change = operation == Operation.READ ? lsn : lsn | CHANGE;
    return new SourcePosition(epoch, base, change, at.offset());
  }

  private void noteSnapshot(RecordPosition at, long lsn, OptionalLong mark) {
    int order = mark.isEmpty() ? 1 : Long.compareUnsigned(lsn, mark.getAsLong());
    if (order < 0) {
      throw new SinkException(
          ErrorCode.LOG_RESTARTED, "The snapshot row at " + at + " is older than one before it.");
    }
    if (order > 0) {
      marks.note(at.topic(), at.partition(), at.offset(), lsn);
    }
  }

  private static SinkException unknown(RecordPosition at, String why) {
    return new SinkException(
        ErrorCode.POSITION_UNKNOWN, "The record at " + at + " has no known position: " + why + ".");
  }
}
