package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.LONG;
import static io.tributary.emulator.sql.Builtins.Kind.TEXT;

import io.tributary.emulator.catalog.BigQueryError;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;

/**
 * Calendar arithmetic. Dates and civil times travel as microseconds since 1970 without a zone,
 * points in time as microseconds since 1970 in UTC.
 */
final class CivilBuiltins {
  private static final long FIRST =
      Constants.micros(LocalDate.of(1, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC));
  private static final long END =
      Constants.micros(LocalDate.of(10000, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC));

  private CivilBuiltins() {}

  static void register(Connection c) throws SQLException {
    List<Builtins.Kind> zoned = List.of(LONG, TEXT);
    Builtins.function(
        c,
        "tm_shift",
        LONG,
        List.of(LONG, LONG, TEXT),
        a -> shifted((Long) a[0], (Long) a[1], (String) a[2]));
    Builtins.function(
        c,
        "tm_clock",
        LONG,
        List.of(LONG, LONG, LONG),
        a -> clock((Long) a[0], (Long) a[1], (Long) a[2]));
    Builtins.function(
        c, "tm_bound", LONG, List.of(LONG, TEXT), a -> bound((Long) a[0], (String) a[1]));
    Builtins.function(
        c,
        "tm_trunc",
        LONG,
        zoned,
        a -> bound(micros(truncated(local((Long) a[0]), (String) a[1])), "date"));
    Builtins.function(
        c,
        "tm_diff",
        LONG,
        List.of(LONG, LONG, TEXT),
        a -> difference(local((Long) a[0]), local((Long) a[1]), (String) a[2]));
    Builtins.function(c, "tm_extract", LONG, zoned, a -> field(local((Long) a[0]), (String) a[1]));
    Builtins.function(c, "tm_last_day", LONG, zoned, a -> lastDay((Long) a[0], (String) a[1]));
    Builtins.function(
        c,
        "tm_local",
        LONG,
        zoned,
        a ->
            micros(
                LocalDateTime.ofInstant(
                    local((Long) a[0]).toInstant(ZoneOffset.UTC), TimeText.zone((String) a[1]))));
    Builtins.function(
        c,
        "tm_instant",
        LONG,
        zoned,
        a ->
            bound(
                Constants.micros(
                    local((Long) a[0]).atZone(TimeText.zone((String) a[1])).toInstant()),
                "timestamp"));
  }

  private static long clock(long hour, long minute, long second) {
    // a leap second is the first one of the next minute
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
      throw BigQueryError.invalidQuery(
          "Input calculates to invalid time: "
              + String.format(Locale.ROOT, "%02d:%02d:%02d", hour, minute, second));
    }
    return ((hour * 60 + minute) * 60 + second) * 1_000_000;
  }

  private static LocalDateTime local(long micros) {
    return LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
  }

  private static long micros(LocalDateTime time) {
    return Constants.micros(time.toInstant(ZoneOffset.UTC));
  }

  private static long bound(long micros, String type) {
    if (micros < FIRST || micros >= END) {
      throw BigQueryError.invalidQuery(
          "The result is outside the range of " + type.toUpperCase(Locale.ROOT));
    }
    return micros;
  }

  static long shifted(long micros, long count, String part) {
    try {
      LocalDateTime time = local(micros);
      LocalDateTime result =
          switch (part) {
            case "YEAR" -> time.plusYears(count);
            case "QUARTER" -> time.plusMonths(Math.multiplyExact(3, count));
            case "MONTH" -> time.plusMonths(count);
            case "WEEK" -> time.plusWeeks(count);
            default -> time.plus(count, unit(part));
          };
      return bound(micros(result), "date");
    } catch (DateTimeException | ArithmeticException e) {
      throw BigQueryError.invalidQuery("Adding " + count + " " + part + " overflows");
    }
  }

  private static ChronoUnit unit(String part) {
    return switch (part) {
      case "DAY" -> ChronoUnit.DAYS;
      case "HOUR" -> ChronoUnit.HOURS;
      case "MINUTE" -> ChronoUnit.MINUTES;
      case "SECOND" -> ChronoUnit.SECONDS;
      case "MILLISECOND" -> ChronoUnit.MILLIS;
      case "MICROSECOND" -> ChronoUnit.MICROS;
      default -> throw BigQueryError.notImplemented("Date part " + part + " is not supported");
    };
  }

  /** The day that starts a week: WEEK is Sunday's, ISOWEEK Monday's, WEEK_x that of x. */
  private static DayOfWeek start(String part) {
    return switch (part) {
      case "WEEK" -> DayOfWeek.SUNDAY;
      case "ISOWEEK" -> DayOfWeek.MONDAY;
      default -> DayOfWeek.valueOf(part.substring("WEEK_".length()));
    };
  }

  private static boolean isWeek(String part) {
    return part.startsWith("WEEK") || part.equals("ISOWEEK");
  }

  private static LocalDateTime truncated(LocalDateTime time, String part) {
    LocalDate date = time.toLocalDate();
    if (isWeek(part)) {
      return date.with(TemporalAdjusters.previousOrSame(start(part))).atStartOfDay();
    }
    return switch (part) {
      case "YEAR" -> date.withDayOfYear(1).atStartOfDay();
      case "ISOYEAR" ->
          date.with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1).with(DayOfWeek.MONDAY).atStartOfDay();
      case "QUARTER" -> date.with(IsoFields.DAY_OF_QUARTER, 1).atStartOfDay();
      case "MONTH" -> date.withDayOfMonth(1).atStartOfDay();
      default -> time.truncatedTo(unit(part));
    };
  }

  /** How many boundaries of the part lie between the two. */
  private static long difference(LocalDateTime later, LocalDateTime earlier, String part) {
    return switch (part) {
      case "YEAR" -> later.getYear() - (long) earlier.getYear();
      case "ISOYEAR" ->
          later.get(IsoFields.WEEK_BASED_YEAR) - (long) earlier.get(IsoFields.WEEK_BASED_YEAR);
      case "QUARTER" ->
          Math.floorDiv(later.getLong(ChronoField.PROLEPTIC_MONTH), 3)
              - Math.floorDiv(earlier.getLong(ChronoField.PROLEPTIC_MONTH), 3);
      case "MONTH" ->
          later.getLong(ChronoField.PROLEPTIC_MONTH) - earlier.getLong(ChronoField.PROLEPTIC_MONTH);
      default ->
          isWeek(part)
              ? ChronoUnit.DAYS.between(truncated(earlier, part), truncated(later, part)) / 7
              : unit(part).between(truncated(earlier, part), truncated(later, part));
    };
  }

  private static long field(LocalDateTime time, String part) {
    if (part.startsWith("WEEK")) {
      // days before the first such day of the year are of week 0
      long past = time.getDayOfYear() - 1L;
      int since = time.getDayOfWeek().getValue() - start(part).getValue();
      return (past - Math.floorMod(since, 7) + 7) / 7;
    }
    return switch (part) {
      case "DAYOFWEEK" -> time.getDayOfWeek().getValue() % 7 + 1;
      case "DAYOFYEAR" -> time.getDayOfYear();
      case "ISOWEEK" -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case "ISOYEAR" -> time.get(IsoFields.WEEK_BASED_YEAR);
      case "YEAR" -> time.getYear();
      case "QUARTER" -> time.get(IsoFields.QUARTER_OF_YEAR);
      case "MONTH" -> time.getMonthValue();
      case "DAY" -> time.getDayOfMonth();
      case "HOUR" -> time.getHour();
      case "MINUTE" -> time.getMinute();
      case "SECOND" -> time.getSecond();
      case "MILLISECOND" -> time.get(ChronoField.MILLI_OF_SECOND);
      case "MICROSECOND" -> time.get(ChronoField.MICRO_OF_SECOND);
      default -> throw BigQueryError.notImplemented("EXTRACT of " + part + " is not supported");
    };
  }

  private static long lastDay(long micros, String part) {
    LocalDateTime first = truncated(local(micros), part);
    LocalDateTime next =
        switch (part) {
          case "YEAR" -> first.plusYears(1);
          case "QUARTER" -> first.plusMonths(3);
          case "MONTH" -> first.plusMonths(1);
          case "ISOYEAR" -> truncated(first.plusDays(380), "ISOYEAR");
          default -> first.plusWeeks(1);
        };
    return bound(micros(next.minusDays(1)), "date");
  }
}
