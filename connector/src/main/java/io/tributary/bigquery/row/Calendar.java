package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.util.concurrent.TimeUnit;

/** The bounds of BigQuery's dates and times, and how its wire holds them. */
final class Calendar {
  static final long DAY_MICROS = 86_400_000_000L;
  static final long FIRST_DAY = -719_162;
  static final long LAST_DAY = 2_932_896;
  static final long FIRST_MICRO = FIRST_DAY * DAY_MICROS;
  static final long LAST_MICRO = (LAST_DAY + 1) * DAY_MICROS - 1;

  private static final String YEARS = "the years 1 to 9999";

  private Calendar() {}

  /** How a value tells a count of days or microseconds. */
  @FunctionalInterface
  interface Count {
    /**
     * The count.
     *
     * @param fit asked when the value is finer than the count
     */
    long of(Object value, Fit fit);
  }

  static Into date(Count days) {
    return target -> {
      Fit fit = target.fit();
      return (out, number, value) -> out.int32(number, (int) day(days.of(value, fit), fit));
    };
  }

  static Into time(Count micros) {
    return target -> {
      Fit fit = target.fit();
      return (out, number, value) -> {
        long time = micros.of(value, fit);
        boolean held = time >= 0 && time < DAY_MICROS;
        long written =
            held
                ? time
                : fit.outside(
                    time, 0, DAY_MICROS - 1, "the time of day is not between 0 and 24 hours");
        out.int64(number, packedTime(written));
      };
    };
  }

  static Into datetime(Count micros) {
    return target -> {
      Fit fit = target.fit();
      return (out, number, value) ->
          out.int64(number, packedDatetime(micro(micros.of(value, fit), fit)));
    };
  }

  static Into timestamp(Count micros) {
    return target -> {
      Fit fit = target.fit();
      return (out, number, value) -> out.int64(number, micro(micros.of(value, fit), fit));
    };
  }

  /** The way into a DATE, DATETIME or TIMESTAMP. */
  static Into into(ColumnType type, Count count) {
    return switch (type) {
      case DATE -> date(count);
      case DATETIME -> datetime(count);
      case TIMESTAMP -> timestamp(count);
      default -> throw new IllegalArgumentException("Not a type with years: " + type);
    };
  }

  /** A day that a DATE holds. */
  static long day(long day, Fit fit) {
    return day >= FIRST_DAY && day <= LAST_DAY
        ? day
        : fit.outside(day, FIRST_DAY, LAST_DAY, "the date is not in " + YEARS);
  }

  /** A microsecond that a DATETIME or TIMESTAMP holds. */
  static long micro(long micros, Fit fit) {
    return micros >= FIRST_MICRO && micros <= LAST_MICRO
        ? micros
        : fit.outside(micros, FIRST_MICRO, LAST_MICRO, "the time is not in " + YEARS);
  }

  /** Microseconds of a count of some unit; both ends of 64 bits mean infinity and stay. */
  static long micros(long value, TimeUnit unit, Fit fit) {
    if (value == Long.MAX_VALUE || value == Long.MIN_VALUE) {
      return value;
    }
    return switch (unit) {
      case NANOSECONDS -> coarser(value, 1_000, fit);
      case MICROSECONDS -> value;
      default -> unit.toMicros(value);
    };
  }

  static long coarser(long value, long divisor, Fit fit) {
    return value % divisor == 0
        ? value / divisor
        : fit.finer(value, divisor, "the value is finer than the column");
  }

  /** Hour, minute and second in fields of 5, 6 and 6 bits above 20 bits of microseconds. */
  private static long packedTime(long micros) {
    long seconds = micros / 1_000_000;
    long hour = seconds / 3_600;
    long minute = seconds / 60 % 60;
    return (hour << 12 | minute << 6 | seconds % 60) << 20 | micros % 1_000_000;
  }

  static long packedDatetime(long micros) {
    long day = Math.floorDiv(micros, DAY_MICROS);
    return packedDay(day) << 37 | packedTime(Math.floorMod(micros, DAY_MICROS));
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
