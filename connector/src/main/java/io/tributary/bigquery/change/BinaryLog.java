package io.tributary.bigquery.change;

import io.tributary.bigquery.offset.RecordPosition;

/**
 * The binary log of MySQL and MariaDB: the number of its file, and the place in the file.
 *
 * <p>A snapshot read loses against a change at its place, because an incremental snapshot is told
 * the place of the change that it precedes. Changes at one place are told apart by Kafka's offset
 * and not by {@code source.row}: all events of a compressed transaction have one place, and each
 * counts its rows from zero.
 */
final class BinaryLog implements SourceLog {
  private static final int FILE_SHIFT = 32;
  private static final long LARGEST_PLACE = 0xffff_ffffL;

  private final LogWatch watch;
  private BinlogFile last;

  BinaryLog(LogWatch watch) {
    this.watch = watch;
  }

  @Override
  public SourcePosition position(
      SourceBlock source,
      Operation operation,
      RecordPosition at,
      PartitionMemory memory,
      long epoch) {
    BinlogFile file = file(source, at);
    Long place = source.place();
    if (place == null || place < 0) {
      throw SourceLog.unknown(at, "it has no source.pos");
    }
    long whole = file.number() << FILE_SHIFT | Math.min(place, LARGEST_PLACE);
    LogWatch.Spot spot = LogWatch.Spot.of(source, at, epoch, file.base(), whole);
    if (SourceLog.isSnapshot(source, operation)) {
      snapshot(spot, memory);
    } else if (operation != Operation.READ) {
      watch.streamed(spot, memory);
    }
    long change = place << 1 | (operation == Operation.READ ? 0 : 1);
    return new SourcePosition(epoch, file.number(), change, at.offset());
  }

  private BinlogFile file(SourceBlock source, RecordPosition at) {
    if (source.file() == null) {
      throw SourceLog.unknown(at, "it has no source.file");
    }
    if (last == null || !last.name().equals(source.file())) {
      last = BinlogFile.of(source.file());
      if (last == null) {
        throw SourceLog.unknown(at, "source.file does not end in a number");
      }
    }
    return last;
  }

  private void snapshot(LogWatch.Spot spot, PartitionMemory memory) {
    watch.snapshot(spot, memory);
    Mark before = watch.mark(Mark.Kind.SNAPSHOT, spot);
    if (before == null || before.position() != spot.place()) {
      watch.note(Mark.Kind.SNAPSHOT, spot, spot.micros());
    }
  }
}
