package io.tributary.bigquery.row;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import io.tributary.bigquery.row.Calendar.Count;
import io.tributary.bigquery.table.ColumnType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Forms of dates and times that arrive as numbers. */
final class Civil {
  private static final Count CONNECT_MICROS =
      (value, fit) -> Calendar.micros(endless(millis(value)), TimeUnit.MILLISECONDS, fit);

  private Civil() {}

  static ScalarForm days() {
    Count days = (value, fit) -> day(((Number) value).longValue());
    return new ScalarForm(
        ColumnType.DATE, value -> isoDate(day(((Number) value).longValue())), Calendar.date(days));
  }

  static ScalarForm connectDate() {
    Count days = (value, fit) -> Calendar.coarser(millis(value), TimeUnit.DAYS.toMillis(1), fit);
    Function<Object, String> text =
        value -> isoDate(Math.floorDiv(millis(value), TimeUnit.DAYS.toMillis(1)));
    return new ScalarForm(ColumnType.DATE, text, Calendar.date(days));
  }

  static ScalarForm timeOfDay(TimeUnit unit) {
    Count micros = (value, fit) -> Calendar.micros(((Number) value).longValue(), unit, fit);
    Function<Object, String> text =
        value -> Times.clock(unit.toNanos(((Number) value).longValue()));
    return new ScalarForm(ColumnType.TIME, text, Calendar.time(micros))
        .or(ColumnType.INTERVAL, Intervals.time(micros));
  }

  static ScalarForm connectTime() {
    Count micros = (value, fit) -> Calendar.micros(millis(value), TimeUnit.MILLISECONDS, fit);
    Function<Object, String> text =
        value -> Times.clock(TimeUnit.MILLISECONDS.toNanos(millis(value)));
    return new ScalarForm(ColumnType.TIME, text, Calendar.time(micros))
        .or(ColumnType.INTERVAL, Intervals.time(micros));
  }

  /** A civil time encoded as if it were in UTC. */
  static ScalarForm civil(TimeUnit unit) {
    Count micros =
        (value, fit) -> Calendar.micros(endless(((Number) value).longValue()), unit, fit);
    Function<Object, String> text =
        value -> isoDatetime(endless(((Number) value).longValue()), unit);
    return new ScalarForm(ColumnType.DATETIME, text, Calendar.datetime(micros))
        .or(ColumnType.TIMESTAMP, Calendar.timestamp(micros));
  }

  /** An instant. */
  static ScalarForm connectTimestamp() {
    Function<Object, String> text =
        value -> {
          String civil = connectText(value);
          return civil.endsWith("infinity") ? civil : civil + "Z";
        };
    return new ScalarForm(ColumnType.TIMESTAMP, text, Calendar.timestamp(CONNECT_MICROS))
        .or(ColumnType.DATETIME, Calendar.datetime(CONNECT_MICROS));
  }

  /** A civil time encoded as if it were in UTC. */
  static ScalarForm connectDatetime() {
    return new ScalarForm(
            ColumnType.DATETIME, Civil::connectText, Calendar.datetime(CONNECT_MICROS))
        .or(ColumnType.TIMESTAMP, Calendar.timestamp(CONNECT_MICROS));
  }

  private static String connectText(Object date) {
    return isoDatetime(endless(millis(date)), TimeUnit.MILLISECONDS);
  }

  /**
   * PostgreSQL's infinite dates lie within the numbers of days, and wrap around in rows of a
   * snapshot.
   */
  private static long day(long day) {
    if (day == 2_146_033_979L || day == -622_191_234L) {
      return Long.MAX_VALUE;
    }
    return day == -2_147_472_691L || day == -625_821_272L ? Long.MIN_VALUE : day;
  }

  /** PostgreSQL's infinite timestamps, in any unit. */
  private static long endless(long count) {
    if (count == 9_223_372_036_825_200_000L) {
      return Long.MAX_VALUE;
    }
    return count == -9_223_372_036_832_400_000L ? Long.MIN_VALUE : count;
  }

  private static long millis(Object date) {
    return ((Date) date).toInstant().toEpochMilli();
  }

  private static String isoDate(long day) {
    if (day == Long.MAX_VALUE || day == Long.MIN_VALUE) {
      return infinity(day);
    }
    return LocalDate.ofEpochDay(day).toString();
  }

  private static String isoDatetime(long count, TimeUnit unit) {
    if (count == Long.MAX_VALUE || count == Long.MIN_VALUE) {
      return infinity(count);
    }
    try {
      Instant instant = Instant.EPOCH.plus(count, unit.toChronoUnit());
      return ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    } catch (DateTimeException | ArithmeticException beyond) {
      return count + " " + unit.name().toLowerCase(Locale.ROOT);
    }
  }

  private static String infinity(long sign) {
    return sign < 0 ? "-infinity" : "infinity";
  }
}
