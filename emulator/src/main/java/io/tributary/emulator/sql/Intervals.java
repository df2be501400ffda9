package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** INTERVAL values in canonical text, {@code Y-M D H:M:S.F}. */
public final class Intervals {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
  private static final Pattern ISO =
      Pattern.compile(
          "P(?:([-+]?\\d+)Y)?(?:([-+]?\\d+)M)?(?:([-+]?\\d+)W)?(?:([-+]?\\d+)D)?"
              + "(?:T(?:([-+]?\\d+)H)?(?:([-+]?\\d+)M)?(?:([-+]?\\d+(?:\\.\\d{1,6})?)S)?)?");
  private static final Pattern CANONICAL =
      Pattern.compile(
          "([-+]?)(\\d+)-(\\d+) ([-+]?\\d+) ([-+]?)(\\d+):(\\d+):(\\d+)(?:\\.(\\d{1,6}))?");

  private Intervals() {}

  /** The parts of an interval; their signs are independent of each other. */
  public record Parts(long months, long days, long micros) {}

  /** The canonical text. */
  public static String text(long months, long days, long micros) {
    long m = Math.abs(months);
    long u = Math.abs(micros);
    long seconds = u / MICROS_PER_SECOND;
    String fraction = Fractions.text(u % MICROS_PER_SECOND);
    return String.format(
        Locale.ROOT,
        "%s%d-%d %d %s%d:%d:%d%s",
        months < 0 ? "-" : "",
        m / 12,
        m % 12,
        days,
        micros < 0 ? "-" : "",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        fraction);
  }

  /** DuckDB's text of an interval, which may be cast to one; refuses what GoogleSQL cannot hold. */
  static String duck(long months, long days, long micros) {
    if (Math.abs(months) > 120_000
        || Math.abs(days) > 3_660_000
        || Math.abs(micros) > 316_224_000_000_000_000L) {
      throw BigQueryError.invalidQuery("Interval value is out of the supported range");
    }
    return months + " months " + days + " days " + micros + " microseconds";
  }

  static String duck(String text) {
    Parts parts = text.strip().startsWith("P") ? iso(text.strip()) : parse(text.strip());
    return duck(parts.months(), parts.days(), parts.micros());
  }

  private static Parts iso(String text) {
    Matcher matcher = ISO.matcher(text);
    if (!matcher.matches() || text.endsWith("P") || text.endsWith("T")) {
      throw BigQueryError.invalidQuery("Invalid INTERVAL value '" + text + "'");
    }
    long micros =
        (part(matcher, 5) * 3600 + part(matcher, 6) * 60) * MICROS_PER_SECOND
            + (matcher.group(7) == null
                ? 0
                : new BigDecimal(matcher.group(7)).movePointRight(6).longValue());
    return new Parts(
        part(matcher, 1) * 12 + part(matcher, 2), part(matcher, 3) * 7 + part(matcher, 4), micros);
  }

  private static long part(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
  }

  /** JUSTIFY_HOURS, JUSTIFY_DAYS and JUSTIFY_INTERVAL: a month has 30 days, a day 24 hours. */
  static String justified(long months, long days, long micros, String by) {
    long time = by.equals("DAYS") ? micros : days * MICROS_PER_DAY + micros;
    long wholeDays = by.equals("DAYS") ? days : time / MICROS_PER_DAY;
    long rest = by.equals("DAYS") ? micros : time % MICROS_PER_DAY;
    if (by.equals("HOURS")) {
      return duck(months, wholeDays, rest);
    }
    if (by.equals("DAYS")) {
      long total = months * 30 + wholeDays;
      return duck(total / 30, total % 30, rest);
    }
    long total = months * 30 * MICROS_PER_DAY + time;
    long month = 30 * MICROS_PER_DAY;
    return duck(total / month, total % month / MICROS_PER_DAY, total % MICROS_PER_DAY);
  }

  /** Division by a number: what is left of a field is carried into the next. */
  static String divided(long months, long days, long micros, long by) {
    if (by == 0) {
      throw BigQueryError.invalidQuery("Interval division by zero");
    }
    long allDays = months % by * 30 + days;
    long time = Math.addExact(Math.multiplyExact(allDays % by, MICROS_PER_DAY), micros);
    return duck(months / by, allDays / by, time / by);
  }

  /** The text by ISO 8601, in which every part has a sign of its own. */
  static String iso(long months, long days, long micros) {
    String date = iso(months / 12, "Y") + iso(months % 12, "M") + iso(days, "D");
    long minutes = micros / MICROS_PER_SECOND / 60;
    BigDecimal seconds =
        BigDecimal.valueOf(micros % (60 * MICROS_PER_SECOND), 6).stripTrailingZeros();
    String time =
        iso(minutes / 60, "H")
            + iso(minutes % 60, "M")
            + (seconds.signum() == 0 ? "" : seconds.toPlainString() + "S");
    return date.isEmpty() && time.isEmpty()
        ? "P0Y"
        : "P" + date + (time.isEmpty() ? "" : "T" + time);
  }

  private static String iso(long count, String letter) {
    return count == 0 ? "" : count + letter;
  }

  /** EXTRACT from an interval; every part has the sign of its own field. */
  static long part(long months, long days, long micros, String part) {
    return switch (part) {
      case "YEAR" -> months / 12;
      case "MONTH" -> months % 12;
      case "DAY" -> days;
      case "HOUR" -> micros / (3600 * MICROS_PER_SECOND);
      case "MINUTE" -> micros / (60 * MICROS_PER_SECOND) % 60;
      case "SECOND" -> micros / MICROS_PER_SECOND % 60;
      case "MILLISECOND" -> micros % MICROS_PER_SECOND / 1000;
      case "MICROSECOND" -> micros % MICROS_PER_SECOND;
      default -> throw BigQueryError.invalidQuery("Unsupported INTERVAL part " + part);
    };
  }

  /** Reads the canonical text. */
  public static Parts parse(String text) {
    Matcher matcher = CANONICAL.matcher(text);
    if (!matcher.matches()) {
      throw BigQueryError.invalidQuery("Invalid INTERVAL value '" + text + "'");
    }
    long months = Long.parseLong(matcher.group(2)) * 12 + Long.parseLong(matcher.group(3));
    long micros =
        (Long.parseLong(matcher.group(6)) * 3600
                    + Long.parseLong(matcher.group(7)) * 60
                    + Long.parseLong(matcher.group(8)))
                * MICROS_PER_SECOND
            + Fractions.micros(matcher.group(9));
    return new Parts(
        matcher.group(1).equals("-") ? -months : months,
        Long.parseLong(matcher.group(4)),
        matcher.group(5).equals("-") ? -micros : micros);
  }
}
