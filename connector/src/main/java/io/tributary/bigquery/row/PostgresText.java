package io.tributary.bigquery.row;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times as PostgreSQL writes them in its ranges. Infinity is an end of 64 bits; years of
 * more than four digits and those before Christ are just beyond every column's.
 */
final class PostgresText {
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d+)-(\\d\\d)-(\\d\\d)"
              + "(?:[ T](\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?([+-][\\d:]{2,8}|Z)?)?( BC)?");

  private static final long FAR = Long.MAX_VALUE / 2;

  private PostgresText() {}

  static long days(String text) {
    Matcher match = match(text);
    if (match == null) {
      return endless(text);
    }
    if (match.group(4) != null) {
      throw unreadable();
    }
    if (match.group(9) != null) {
      return -FAR;
    }
    return match.group(1).length() > 4 ? FAR : date(match).toEpochDay();
  }

  /** A civil time, or with an offset an instant. */
  static long micros(String text, boolean zoned) {
    Matcher match = match(text);
    if (match == null) {
      return endless(text);
    }
    if (match.group(4) == null || zoned != (match.group(8) != null)) {
      throw unreadable();
    }
    if (match.group(9) != null) {
      return -FAR;
    }
    if (match.group(1).length() > 4) {
      return FAR;
    }
    try {
      ZoneOffset offset = zoned ? ZoneOffset.of(match.group(8)) : ZoneOffset.UTC;
      LocalDateTime time =
          date(match).atTime(integer(match, 4), integer(match, 5), integer(match, 6));
      return time.toEpochSecond(offset) * 1_000_000 + fraction(match.group(7));
    } catch (DateTimeException e) {
      throw unreadable();
    }
  }

  private static Matcher match(String text) {
    Matcher match = TIME.matcher(text);
    return match.matches() ? match : null;
  }

  private static long endless(String text) {
    return switch (text) {
      case "infinity" -> Long.MAX_VALUE;
      case "-infinity" -> Long.MIN_VALUE;
      default -> throw unreadable();
    };
  }

  private static LocalDate date(Matcher match) {
    try {
      return LocalDate.of(integer(match, 1), integer(match, 2), integer(match, 3));
    } catch (DateTimeException e) {
      throw unreadable();
    }
  }

  private static int integer(Matcher match, int group) {
    return Integer.parseInt(match.group(group));
  }

  private static int fraction(String digits) {
    return digits == null ? 0 : Integer.parseInt((digits + "00000").substring(0, 6));
  }

  private static Unfit unreadable() {
    return Unfit.value("the text is no date or time that can be read");
  }
}
