package io.tributary.emulator.write;

import io.tributary.emulator.catalog.Column;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text literals that the Storage Write API takes for some types. */
final class TextValues {
  private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,6}))?");
  private static final Pattern DATE_TIME = Pattern.compile("(\\S+?)(?:[ Tt]+(\\S+))?");
  private static final Pattern INTERVAL =
      Pattern.compile(
          "([+-]?)(\\d+)-(\\d+) ([+-]?\\d+) ([+-]?)(\\d+):(\\d+):(\\d+)(?:\\.(\\d{1,6}))?");
  private static final Pattern GEOGRAPHY =
      Pattern.compile(
          "\\s*(?:\\{.*|(?:POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON"
              + "|GEOMETRYCOLLECTION|FULLGLOBE)\\s*(?:EMPTY|\\(.*\\))?\\s*)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private TextValues() {}

  static LocalDate date(String text, Column column) throws CellException {
    Matcher match = DATE.matcher(text.strip());
    if (!match.matches() || integer(match.group(1)) < 1) {
      throw invalid("date", text, column);
    }
    try {
      return LocalDate.of(
          integer(match.group(1)), integer(match.group(2)), integer(match.group(3)));
    } catch (DateTimeException e) {
      throw invalid("date", text, column);
    }
  }

  static LocalTime time(String text, Column column) throws CellException {
    Parsed parsed = parseTime(text.strip());
    if (parsed == null || (parsed.nextMinute() && parsed.time().equals(LocalTime.MIN))) {
      throw invalid("time", text, column);
    }
    return parsed.time();
  }

  static LocalDateTime dateTime(String text, Column column) throws CellException {
    Matcher match = DATE_TIME.matcher(text.strip());
    if (!match.matches()) {
      throw invalid("datetime", text, column);
    }
    LocalDate day = date(match.group(1), column);
    if (match.group(2) == null) {
      return day.atStartOfDay();
    }
    Parsed parsed = parseTime(match.group(2));
    if (parsed == null) {
      throw invalid("datetime", text, column);
    }
    boolean nextDay = parsed.nextMinute() && parsed.time().equals(LocalTime.MIN);
    if (nextDay && day.equals(LAST_DAY)) {
      throw invalid("datetime", text, column);
    }
    return parsed.time().atDate(nextDay ? day.plusDays(1) : day);
  }

  /** A time; second 60 means the next minute's second 0. */
  private record Parsed(LocalTime time, boolean nextMinute) {}

  private static Parsed parseTime(String text) {
    Matcher match = TIME.matcher(text);
    if (!match.matches()) {
      return null;
    }
    int second = integer(match.group(3));
    boolean leap = second == 60;
    try {
      LocalTime time =
          LocalTime.of(
              integer(match.group(1)),
              integer(match.group(2)),
              leap ? 59 : second,
              leap ? 0 : micros(match.group(4)) * 1000);
      return new Parsed(leap ? time.plus(1, ChronoUnit.SECONDS) : time, leap);
    } catch (DateTimeException e) {
      return null;
    }
  }

  static String interval(String text, Column column) throws CellException {
    Matcher match = INTERVAL.matcher(text.strip());
    if (!match.matches()) {
      throw invalid("interval", text, column);
    }
    try {
      long months = Long.parseLong(match.group(2)) * 12 + Long.parseLong(match.group(3));
      long days = Long.parseLong(match.group(4));
      long seconds =
          (Long.parseLong(match.group(6)) * 60 + Long.parseLong(match.group(7))) * 60
              + Long.parseLong(match.group(8));
      long micros = seconds * 1_000_000 + micros(match.group(9));
      return canonicalInterval(
          match.group(1).equals("-") ? -months : months,
          days,
          match.group(5).equals("-") ? -micros : micros,
          text,
          column);
    } catch (NumberFormatException e) {
      throw invalid("interval", text, column);
    }
  }

  static String interval(long seconds, int nanos, Column column) throws CellException {
    if (Math.abs(seconds) > 87_840_000L * 3600) {
      throw invalid("interval", seconds + "s", column);
    }
    return canonicalInterval(0, 0, seconds * 1_000_000 + nanos / 1000, seconds + "s", column);
  }

  private static String canonicalInterval(
      long months, long days, long micros, String text, Column column) throws CellException {
    if (Math.abs(months) > 120_000
        || Math.abs(days) > 3_660_000
        || Math.abs(micros) > 87_840_000L * 3_600_000_000L) {
      throw invalid("interval", text, column);
    }
    long m = Math.abs(months);
    long t = Math.abs(micros);
    long fraction = t % 1_000_000;
    String time =
        "%s%d:%d:%d"
            .formatted(
                micros < 0 ? "-" : "", t / 3_600_000_000L, t / 60_000_000 % 60, t / 1_000_000 % 60);
    String tail = fraction == 0 ? "" : ".%06d".formatted(fraction);
    String trimmed = tail.endsWith("000") ? tail.substring(0, tail.length() - 3) : tail;
    return "%s%d-%d %d %s%s".formatted(months < 0 ? "-" : "", m / 12, m % 12, days, time, trimmed);
  }

  static String geography(String text, Column column) throws CellException {
    if (!GEOGRAPHY.matcher(text).matches()) {
      throw invalid("geography", text, column);
    }
    return text;
  }

  private static int micros(String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "000000").substring(0, 6));
  }

  private static int integer(String digits) {
    return Integer.parseInt(digits);
  }

  private static CellException invalid(String type, String text, Column column) {
    return new CellException(
        "Invalid %s value '%s'. Field: %s"
            .formatted(type.toLowerCase(Locale.ROOT), text, column.name()));
  }
}
