package io.tributary.bigquery.change;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Notices that a source's log has started over, because its places are then not to be compared with
 * earlier ones: another server, a restored one, or a log that was reset.
 *
 * <p>A stream goes back for two reasons. After a crash of the source it sends again what it has
 * sent, and that is no younger than what came since. Otherwise the log has started over. How far a
 * partition had come is noted from time to time, so that it is known to the next task as well.
 */
final class LogWatch {
  /** Between two notes of a partition, in source time. */
  private static final long INTERVAL_MICROS = 600_000_000;

  /**
   * After a snapshot on request a stream may go on below it. Those changes are older, but the
   * snapshot's time may be another clock's, and cut to seconds.
   */
  private static final long LEEWAY_MICROS = 10_000_000;

  private final SnapshotMarks marks;

  LogWatch(SnapshotMarks marks) {
    this.marks = marks;
  }

  /**
   * Where a record sits in the log.
   *
   * @param log name of the log, if there can be several
   * @param place unsigned
   * @param micros source time, 0 if it is not told
   */
  record Spot(RecordPosition at, long epoch, String log, long place, long micros) {
    static Spot of(SourceBlock source, RecordPosition at, long epoch, String log, long place) {
      return new Spot(at, epoch, log, place, source.timeMicros() == null ? 0 : source.timeMicros());
    }
  }

  /** The last mark of a kind that counts for a record; null if none. */
  Mark mark(Mark.Kind kind, Spot spot) {
    return marks.at(kind, spot.epoch(), spot.at());
  }

  /** A snapshot is of the server's present, so it never lies below anything that came before it. */
  void snapshot(Spot spot, PartitionMemory memory) {
    PartitionMemory.Reach reach = memory.reach(spot.epoch());
    for (Mark.Kind kind : Mark.Kind.values()) {
      Mark mark = mark(kind, spot);
      if (mark != null && (foreign(spot, mark) || below(spot, mark.position()))) {
        throw restarted(spot, Math.max(reach.micros(), mark.timeMicros()));
      }
    }
    if (below(spot, reach.place())) {
      throw restarted(spot, reach.micros());
    }
  }

  void streamed(Spot spot, PartitionMemory memory) {
    Mark stream = mark(Mark.Kind.STREAM, spot);
    Mark snapshot = mark(Mark.Kind.SNAPSHOT, spot);
    PartitionMemory.Reach reach = memory.reach(spot.epoch());
    long latest = Math.max(reach.micros(), stream == null ? 0 : stream.timeMicros());
    if (stream != null) {
      compare(spot, stream, latest);
    }
    if (snapshot != null) {
      compare(spot, snapshot, Math.max(latest, snapshot.timeMicros() + LEEWAY_MICROS));
    }
    if (below(spot, reach.place()) && spot.micros() > latest) {
      throw restarted(spot, latest);
    }
    reached(spot, memory);
  }

  /** Takes a change into account without comparing it. */
  void reached(Spot spot, PartitionMemory memory) {
    PartitionMemory.Reach reach = memory.reach(spot.epoch());
    reach.to(spot.place(), spot.micros());
    Mark stream = mark(Mark.Kind.STREAM, spot);
    if (stream == null) {
      note(Mark.Kind.STREAM, spot, reach.micros());
    } else if (spot.micros() >= stream.timeMicros() + INTERVAL_MICROS
        && !below(spot, stream.position())) {
      note(Mark.Kind.STREAM, spot, Math.max(stream.timeMicros(), reach.micros()));
    }
  }

  Mark note(Mark.Kind kind, Spot spot, long latestMicros) {
    Mark mark = new Mark(kind, spot.at(), spot.epoch(), spot.log(), spot.place(), latestMicros);
    marks.note(mark);
    return mark;
  }

  private static void compare(Spot spot, Mark mark, long latest) {
    if (foreign(spot, mark) || (below(spot, mark.position()) && spot.micros() > latest)) {
      throw restarted(spot, latest);
    }
  }

  private static boolean foreign(Spot spot, Mark mark) {
    return !mark.log().equals(spot.log());
  }

  private static boolean below(Spot spot, long place) {
    return Long.compareUnsigned(spot.place(), place) < 0;
  }

  private static SinkException restarted(Spot spot, long latest) {
    return new SinkException(
        ErrorCode.LOG_RESTARTED,
        "The record at "
            + spot.at()
            + " lies below one before it: the source's log started over between "
            + time(latest)
            + " and "
            + time(spot.micros())
            + ".");
  }

  /** As an operator writes it. */
  private static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
