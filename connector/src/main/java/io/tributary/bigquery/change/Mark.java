package io.tributary.bigquery.change;

import io.tributary.bigquery.offset.RecordPosition;
import java.util.Objects;

/**
 * How far one partition had come in the source's log.
 *
 * @param at the first record that had come so far
 * @param epoch the first section of its position
 * @param log name of the log, if there can be several
 * @param position unsigned place in the log; what it counts is the log's own affair
 * @param timeMicros the latest source time met up to there, in microseconds since the epoch
 */
public record Mark(
    Kind kind, RecordPosition at, long epoch, String log, long position, long timeMicros) {
  /** What had come so far. */
  public enum Kind {
    /** Rows of a snapshot. */
    SNAPSHOT,
    /** Changes. */
    STREAM
  }

  private static final long DAY_MICROS = 86_400_000_000L;

  /** The day of its time, counted from the epoch. */
  public long day() {
    return Math.floorDiv(timeMicros, DAY_MICROS);
  }

  public Mark {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(log, "log");
  }
}
