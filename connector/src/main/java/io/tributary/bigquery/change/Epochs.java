package io.tributary.bigquery.change;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Which life of the source's log a change belongs to. It follows from the change alone, so a record
 * that is read again, from whatever partition, gets the epoch that it had.
 */
final class Epochs {
  private final long first;
  private final long[] restartMicros;

  /**
   * @param first the epoch of changes before every restart
   * @param restarts when the log started over, in source time, ascending
   */
  Epochs(long first, List<Instant> restarts) {
    this.first = first;
    restartMicros =
        restarts.stream()
            .mapToLong(restart -> ChronoUnit.MICROS.between(Instant.EPOCH, restart))
            .toArray();
  }

  long of(SourceBlock source, RecordPosition at) {
    if (restartMicros.length == 0) {
      return first;
    }
    if (source.timeMicros() == null) {
      throw new SinkException(
          ErrorCode.POSITION_UNKNOWN,
          "The record at " + at + " does not tell its time, which source.restarts needs.");
    }
    long epoch = first;
    for (long restart : restartMicros) {
      if (restart <= source.timeMicros()) {
        epoch++;
      }
    }
    return epoch;
  }
}
