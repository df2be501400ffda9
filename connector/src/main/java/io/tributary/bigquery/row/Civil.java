package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.util.Date;
import java.util.concurrent.TimeUnit;

/** Dates and times that arrive as numbers, and how BigQuery's wire holds them. */
final class Civil {
  static final long DAY_MICROS = 86_400_000_000L;
  private static final int FIRST_DAY = -719_162;
  private static final int LAST_DAY = 2_932_896;
  private static final long FIRST_MICRO = FIRST_DAY * DAY_MICROS;
  private static final long LAST_MICRO = (LAST_DAY + 1) * DAY_MICROS - 1;

  private Civil() {}

  static ScalarForm days() {
    return new ScalarForm(
        ColumnType.DATE, (out, number, value) -> date(out, number, ((Number) value).longValue()));
  }

  static ScalarForm connectDate() {
    return new ScalarForm(
        ColumnType.DATE,
        (out, number, value) ->
            date(
                out,
                number,
                exactQuotient(
                    ((Date) value).toInstant().toEpochMilli(), TimeUnit.DAYS.toMillis(1))));
  }

  static ScalarForm timeOfDay(TimeUnit unit) {
    return new ScalarForm(
        ColumnType.TIME,
        (out, number, value) -> time(out, number, micros(((Number) value).longValue(), unit)));
  }

  static ScalarForm connectTime() {
    return new ScalarForm(
        ColumnType.TIME,
        (out, number, value) ->
            time(out, number, millis(((Date) value).toInstant().toEpochMilli())));
  }

  /** A civil time encoded as if it were in UTC. */
  static ScalarForm civil(TimeUnit unit) {
    return new ScalarForm(
            ColumnType.DATETIME,
            (out, number, value) ->
                datetime(out, number, micros(((Number) value).longValue(), unit)))
        .or(
            ColumnType.TIMESTAMP,
            (out, number, value) ->
                timestamp(out, number, micros(((Number) value).longValue(), unit)));
  }

  static ScalarForm connectTimestamp() {
    return new ScalarForm(
            ColumnType.TIMESTAMP,
            (out, number, value) ->
                timestamp(out, number, millis(((Date) value).toInstant().toEpochMilli())))
        .or(
            ColumnType.DATETIME,
            (out, number, value) ->
                datetime(out, number, millis(((Date) value).toInstant().toEpochMilli())));
  }

  static void date(WireOut out, int number, long day) {
    if (day < FIRST_DAY || day > LAST_DAY) {
      throw Unfit.value("the date is not in the years 1 to 9999");
    }
    out.int32(number, (int) day);
  }

  static void time(WireOut out, int number, long micros) {
    if (micros < 0 || micros >= DAY_MICROS) {
      throw Unfit.value("the time of day is not below 24 hours");
    }
    out.int64(number, packedTime(micros));
  }

  static void datetime(WireOut out, int number, long micros) {
    requireYears(micros);
    long day = Math.floorDiv(micros, DAY_MICROS);
    out.int64(number, packedDay(day) << 37 | packedTime(Math.floorMod(micros, DAY_MICROS)));
  }

  static void timestamp(WireOut out, int number, long micros) {
    requireYears(micros);
    out.int64(number, micros);
  }

  /** Microseconds; finer parts are refused, not cut off. */
  static long micros(long value, TimeUnit unit) {
    return switch (unit) {
      case NANOSECONDS -> exactQuotient(value, 1_000);
      case MICROSECONDS -> value;
      default -> millis(value);
    };
  }

  private static long millis(long millis) {
    if (Math.abs(millis / 1_000) > LAST_MICRO / 1_000_000 + 1) {
      throw Unfit.value("the time is not in the years 1 to 9999");
    }
    return millis * 1_000;
  }

  private static long exactQuotient(long value, long divisor) {
    if (value % divisor != 0) {
      throw Unfit.value("the value is finer than the column");
    }
    return value / divisor;
  }

  private static void requireYears(long micros) {
    if (micros < FIRST_MICRO || micros > LAST_MICRO) {
      throw Unfit.value("the time is not in the years 1 to 9999");
    }
  }

  /** Hour, minute and second in fields of 5, 6 and 6 bits above 20 bits of microseconds. */
  private static long packedTime(long micros) {
    long seconds = micros / 1_000_000;
    long hour = seconds / 3_600;
    long minute = seconds / 60 % 60;
    return (hour << 12 | minute << 6 | seconds % 60) << 20 | micros % 1_000_000;
  }

  /** Year, month and day in fields of 14, 4 and 5 bits, computed without objects. */
  private static long packedDay(long epochDay) {
    // Counts from 0000-03-01, so that the leap day ends the year and 400 years are one era.
    long shifted = epochDay + 719_468;
    long era = Math.floorDiv(shifted, 146_097);
    long dayOfEra = shifted - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long monthFromMarch = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return year << 9 | month << 5 | day;
  }
}
