package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;

/** Ranges of dates and times in PostgreSQL's text, on their way into RANGE. */
final class Ranges {
  private Ranges() {}

  /** The form of ranges whose source's type is known. */
  static ScalarForm form(ColumnType range) {
    return new ScalarForm(range, String::valueOf, into(range))
        .or(ColumnType.STRING, Text.into(String::valueOf));
  }

  static Into into(ColumnType range) {
    return switch (range) {
      case RANGE_DATE -> target -> writer(Ends.DAYS, target.fit());
      case RANGE_DATETIME -> target -> writer(Ends.CIVIL, target.fit());
      case RANGE_TIMESTAMP -> target -> writer(Ends.INSTANTS, target.fit());
      default -> throw new IllegalArgumentException("Not a range: " + range);
    };
  }

  /** What the ends of a range are. */
  private enum Ends {
    DAYS,
    CIVIL,
    INSTANTS;

    long read(String text) {
      return switch (this) {
        case DAYS -> PostgresText.days(text);
        case CIVIL -> PostgresText.micros(text, false);
        case INSTANTS -> PostgresText.micros(text, true);
      };
    }

    long held(long end, Fit fit) {
      return this == DAYS ? Calendar.day(end, fit) : Calendar.micro(end, fit);
    }

    void write(WireOut out, int number, long end) {
      switch (this) {
        case DAYS -> out.int32(number, (int) end);
        case CIVIL -> out.int64(number, Calendar.packedDatetime(end));
        case INSTANTS -> out.int64(number, end);
      }
    }
  }

  private static ValueWriter writer(Ends ends, Fit fit) {
    return (out, number, value) -> write(RangeText.parse((String) value), ends, fit, out, number);
  }

  /**
   * BigQuery's ranges hold their start but not their end. An infinite end is none: the two hold the
   * same dates and times.
   */
  private static void write(RangeText range, Ends ends, Fit fit, WireOut out, int number) {
    if (range.empty()) {
      throw Unfit.value("the range is empty, which BigQuery has not");
    }
    long start =
        end(range.lower(), ends, Long.MIN_VALUE, range.lower() == null || range.lowerInclusive());
    long end = end(range.upper(), ends, Long.MAX_VALUE, !range.upperInclusive());
    boolean started = start != Long.MIN_VALUE;
    boolean ended = end != Long.MAX_VALUE;
    start = started ? ends.held(start, fit) : start;
    end = ended ? ends.held(end, fit) : end;
    if (started && ended && start >= end) {
      throw Unfit.value("the range is empty, which BigQuery has not");
    }
    WireOut message = out.nested();
    if (started) {
      ends.write(message, RangeEnds.START, start);
    }
    if (ended) {
      ends.write(message, RangeEnds.END, end);
    }
    out.message(number, message);
  }

  /** An end, moved to the next day or microsecond when the range holds it otherwise than here. */
  private static long end(String text, Ends ends, long none, boolean sameSide) {
    if (text == null) {
      return none;
    }
    long end = ends.read(text);
    boolean endless = end == Long.MAX_VALUE || end == Long.MIN_VALUE;
    return endless || sameSide ? end : end + 1;
  }
}
