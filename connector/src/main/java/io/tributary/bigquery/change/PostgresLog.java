package io.tributary.bigquery.change;

import io.tributary.bigquery.offset.RecordPosition;

/**
 * PostgreSQL's log.
 *
 * <p>The base is the end of the last transaction finished before the change, because the lsn alone
 * is not ordered across transactions. A transaction that was open while the slot was created
 * streams below the rows of the snapshot, hence the base is never less than the lsn of the last
 * snapshot that knew of no earlier commit. At equality a snapshot read loses against a change.
 */
final class PostgresLog implements SourceLog {
  private static final long CHANGE = Long.MIN_VALUE;

  private final LogWatch watch;

  PostgresLog(LogWatch watch) {
    this.watch = watch;
  }

  @Override
  public SourcePosition position(
      SourceBlock source,
      Operation operation,
      RecordPosition at,
      PartitionMemory memory,
      long epoch) {
    Sequence sequence = Sequence.parse(source.sequence());
    if (sequence == null) {
      throw SourceLog.unknown(at, "source.sequence cannot be read");
    }
    Long lsn = source.lsn() != null ? source.lsn() : sequence.lsn();
    if (lsn == null) {
      throw SourceLog.unknown(at, "it has neither source.lsn nor source.sequence");
    }
    LogWatch.Spot spot = LogWatch.Spot.of(source, at, epoch, "", lsn);
    Mark mark = watch.mark(Mark.Kind.SNAPSHOT, spot);
    if (SourceLog.isSnapshot(source, operation)) {
      watch.snapshot(spot, memory);
      if (sequence.committed() == null && (mark == null || mark.position() != lsn)) {
        mark = watch.note(Mark.Kind.SNAPSHOT, spot, spot.micros());
      }
    }
    long base = sequence.committed() != null ? sequence.committed() : lsn;
    if (mark != null && Long.compareUnsigned(mark.position(), base) > 0) {
      base = mark.position();
    }
    if (operation != Operation.READ) {
      streamed(LogWatch.Spot.of(source, at, epoch, "", base), sequence, memory);
    }
    long change = operation == Operation.READ ? lsn : lsn | CHANGE;
    return new SourcePosition(epoch, base, change, at.offset());
  }

  /** The first transaction of a new slot may be older than anything that came before. */
  private void streamed(LogWatch.Spot spot, Sequence sequence, PartitionMemory memory) {
    if (sequence.committed() == null) {
      watch.reached(spot, memory);
    } else {
      watch.streamed(spot, memory);
    }
  }
}
