package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The format strings of FORMAT_TIMESTAMP and its kin. */
final class TimePattern {
  private static final String DATES = "AaBbhCDdeFGgjJmQUuVWwxYy";
  private static final String TIMES = "HIklMPpRSTX";

  /** Elements of DATETIME and TIMESTAMP only. */
  private static final String BOTH = "cs";

  private static final String ZONES = "Zz";
  private static final String ANY = "nt%";

  /**
   * A part of a format string.
   *
   * @param element the letter behind the percent sign, and for {@code %E...} E and what follows;
   *     null for a character that stands for itself
   */
  record Part(String element, char literal) {}

  private TimePattern() {}

  /** Splits a format string; refuses elements that the type does not have. */
  static List<Part> parts(String pattern, String type) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '%' || i + 1 == pattern.length()) {
        parts.add(new Part(null, c));
        continue;
      }
      String element = pattern.substring(i + 1, i + 2);
      if (element.equals("E")) {
        element = extended(pattern.substring(i + 1));
      }
      if (!allowed(element, type)) {
        throw BigQueryError.notImplemented(
            "Format element %" + element + " of a " + type + " is not supported");
      }
      parts.add(new Part(element, '\0'));
      i += element.length();
    }
    return parts;
  }

  private static String extended(String rest) {
    int length = rest.startsWith("Ez") ? 2 : Math.min(3, rest.length());
    return rest.substring(0, length);
  }

  private static boolean allowed(String element, String type) {
    boolean date = !type.equals("TIME");
    boolean time = !type.equals("DATE");
    if (element.length() > 1) {
      return element.equals("Ez")
          ? type.equals("TIMESTAMP")
          : element.equals("E4Y") ? date : time && element.matches("E[0-9*]S");
    }
    return ANY.contains(element)
        || (date && DATES.contains(element))
        || (time && TIMES.contains(element))
        || (date && time && BOTH.contains(element))
        || (type.equals("TIMESTAMP") && ZONES.contains(element));
  }

  /** A point in time on the clock of a zone; of civil times the zone is UTC. */
  static String format(String pattern, long micros, String zone, String type) {
    ZonedDateTime time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(TimeText.zone(zone));
    StringBuilder out = new StringBuilder();
    for (Part part : parts(pattern, type)) {
      if (part.element() == null) {
        out.append(part.literal());
      } else {
        out.append(text(part.element(), time));
      }
    }
    return out.toString();
  }

  private static String text(String element, ZonedDateTime time) {
    return switch (element) {
      case "A" -> by("EEEE", time);
      case "a" -> by("EEE", time);
      case "B" -> by("MMMM", time);
      case "b", "h" -> by("MMM", time);
      case "C" -> two(time.getYear() / 100);
      case "c" ->
          by("EEE MMM ", time)
              + padded(time.getDayOfMonth())
              + by(" HH:mm:ss ", time)
              + time.getYear();
      case "D", "x" -> by("MM/dd/uu", time);
      case "d" -> by("dd", time);
      case "e" -> padded(time.getDayOfMonth());
      case "F" -> by("uuuu-MM-dd", time);
      case "G" -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
      case "g" -> two(time.get(IsoFields.WEEK_BASED_YEAR) % 100);
      case "H" -> by("HH", time);
      case "I" -> by("hh", time);
      case "J" ->
          three(
              (time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) - 1) * 7
                  + time.getDayOfWeek().getValue());
      case "j" -> three(time.getDayOfYear());
      case "k" -> padded(time.getHour());
      case "l" -> padded(time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case "M" -> by("mm", time);
      case "m" -> by("MM", time);
      case "n" -> "\n";
      case "P" -> by("a", time).toLowerCase(Locale.ROOT);
      case "p" -> by("a", time);
      case "Q" -> Integer.toString(time.get(IsoFields.QUARTER_OF_YEAR));
      case "R" -> by("HH:mm", time);
      case "S" -> by("ss", time);
      case "s" -> Long.toString(time.toEpochSecond());
      case "T", "X" -> by("HH:mm:ss", time);
      case "t" -> "\t";
      case "U" -> two((time.getDayOfYear() - 1 + 7 - time.getDayOfWeek().getValue() % 7) / 7);
      case "u" -> Integer.toString(time.getDayOfWeek().getValue());
      case "V" -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case "W" -> two((time.getDayOfYear() - 1 + 7 - (time.getDayOfWeek().getValue() - 1)) / 7);
      case "w" -> Integer.toString(time.getDayOfWeek().getValue() % 7);
      case "Y" -> Integer.toString(time.getYear());
      case "y" -> two(time.getYear() % 100);
      case "Z" -> zoneName(time.getOffset());
      case "z" -> offset(time.getOffset(), "");
      case "Ez" -> offset(time.getOffset(), ":");
      case "E4Y" -> by("uuuu", time);
      case "%" -> "%";
      default -> seconds(time, element.charAt(1));
    };
  }

  private static String by(String pattern, ZonedDateTime time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
  }

  private static String two(int number) {
    return (number < 10 ? "0" : "") + number;
  }

  private static String three(int number) {
    return (number < 100 ? "0" : "") + two(number);
  }

  private static String padded(int number) {
    return (number < 10 ? " " : "") + number;
  }

  private static String seconds(ZonedDateTime time, char digits) {
    String micros = String.format(Locale.ROOT, "%06d", time.get(ChronoField.MICRO_OF_SECOND));
    String fraction =
        digits == '*'
            ? micros.replaceFirst("0+$", "")
            : (micros + "000").substring(0, digits - '0');
    return by("ss", time) + (fraction.isEmpty() ? "" : "." + fraction);
  }

  static String offset(ZoneOffset offset, String separator) {
    int minutes = Math.abs(offset.getTotalSeconds()) / 60;
    return (offset.getTotalSeconds() < 0 ? "-" : "+")
        + two(minutes / 60)
        + separator
        + two(minutes % 60);
  }

  private static String zoneName(ZoneOffset offset) {
    int minutes = Math.abs(offset.getTotalSeconds()) / 60;
    if (minutes == 0) {
      return "UTC";
    }
    String sign = offset.getTotalSeconds() < 0 ? "-" : "+";
    return "UTC" + (minutes % 60 == 0 ? sign + minutes / 60 : offset(offset, ""));
  }
}
