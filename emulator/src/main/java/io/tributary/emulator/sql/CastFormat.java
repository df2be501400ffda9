package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CAST of dates and times to STRING with FORMAT, and back. */
final class CastFormat {
  private static final Pattern ELEMENT =
      Pattern.compile(
          "\\G(?:(YYYY|RRRR|YYY|YY|RR|Y|MONTH|MON|MM|DAY|DY|DDD|DD|D|HH24|HH12|HH|MI|SSSSS|SS"
              + "|FF[1-9]|[AP]\\.M\\.|[AP]M|TZH|TZM)|\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"|([-./,';: ]))",
          Pattern.CASE_INSENSITIVE);
  private static final Set<String> DATES =
      Set.of(
          "YYYY", "RRRR", "YYY", "YY", "RR", "Y", "MONTH", "MON", "MM", "DAY", "DY", "DDD", "DD",
          "D");
  private static final Set<String> ZONES = Set.of("TZH", "TZM");
  private static final Set<String> READ =
      Set.of(
          "YYYY", "MONTH", "MON", "MM", "DD", "DDD", "HH24", "HH12", "HH", "MI", "SS", "AM", "PM");

  /**
   * A part of a format.
   *
   * @param element as written, or null for text
   */
  private record Part(String element, String text) {
    String upper() {
      return element.toUpperCase(Locale.ROOT);
    }
  }

  private CastFormat() {}

  private static List<Part> parts(String format, String type) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = ELEMENT.matcher(format);
    int at = 0;
    while (matcher.find()) {
      at = matcher.end();
      String element = matcher.group(1);
      if (element == null) {
        String quoted = matcher.group(2);
        parts.add(
            new Part(
                null,
                quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\([\"\\\\])", "$1")));
        continue;
      }
      Part part = new Part(element, null);
      boolean date = DATES.contains(part.upper());
      boolean fits =
          ZONES.contains(part.upper())
              ? type.equals("TIMESTAMP")
              : date ? !type.equals("TIME") : !type.equals("DATE");
      if (!fits) {
        throw BigQueryError.invalidQuery(type + " does not support '" + element + "'");
      }
      parts.add(part);
    }
    if (at < format.length()) {
      throw BigQueryError.invalidQuery("Cannot find matched format element at " + at);
    }
    return parts;
  }

  /** Refuses a format before the query runs. */
  static void check(String format, String type, boolean reads) {
    for (Part part : parts(format, type)) {
      if (reads && part.element() != null && !READ.contains(part.upper())) {
        throw BigQueryError.notImplemented(
            "Reading the format element " + part.element() + " is not supported");
      }
    }
  }

  static String format(String format, long micros, String zone, String type) {
    ZonedDateTime time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(TimeText.zone(zone));
    StringBuilder out = new StringBuilder();
    for (Part part : parts(format, type)) {
      out.append(part.element() == null ? part.text() : text(part, time));
    }
    return out.toString();
  }

  private static String text(Part part, ZonedDateTime time) {
    String year = String.format(Locale.ROOT, "%04d", time.getYear());
    String offset = TimePattern.offset(time.getOffset(), "");
    return switch (part.upper()) {
      case "YYYY", "RRRR" -> year;
      case "YYY" -> year.substring(year.length() - 3);
      case "YY", "RR" -> year.substring(year.length() - 2);
      case "Y" -> year.substring(year.length() - 1);
      case "MONTH" -> cased(by("MMMM", time), part.element());
      case "MON" -> cased(by("MMM", time), part.element());
      case "MM" -> by("MM", time);
      case "DAY" -> cased(String.format(Locale.ROOT, "%-9s", by("EEEE", time)), part.element());
      case "DY" -> cased(by("EEE", time), part.element());
      case "DDD" -> String.format(Locale.ROOT, "%03d", time.getDayOfYear());
      case "DD" -> by("dd", time);
      case "D" -> Integer.toString(time.getDayOfWeek().getValue() % 7 + 1);
      case "HH24" -> by("HH", time);
      case "HH", "HH12" -> by("hh", time);
      case "MI" -> by("mm", time);
      case "SS" -> by("ss", time);
      case "SSSSS" -> String.format(Locale.ROOT, "%05d", time.toLocalTime().toSecondOfDay());
      case "AM", "PM" -> first(time.getHour() < 12 ? "AM" : "PM", part.element());
      case "A.M.", "P.M." -> first(time.getHour() < 12 ? "A.M." : "P.M.", part.element());
      case "TZH" -> offset.substring(0, 3);
      case "TZM" -> offset.substring(3);
      default ->
          String.format(Locale.ROOT, "%06d000", time.get(ChronoField.MICRO_OF_SECOND))
              .substring(0, part.element().charAt(2) - '0');
    };
  }

  private static String by(String pattern, ZonedDateTime time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
  }

  /** In the case of the first two letters of the element. */
  private static String cased(String name, String element) {
    if (Character.isLowerCase(element.charAt(0))) {
      return name.toLowerCase(Locale.ROOT);
    }
    return Character.isLowerCase(element.charAt(1)) ? name : name.toUpperCase(Locale.ROOT);
  }

  private static String first(String text, String element) {
    return Character.isLowerCase(element.charAt(0)) ? text.toLowerCase(Locale.ROOT) : text;
  }

  /** Microseconds since 1970; what the format does not name is of the first day of this month. */
  static long parse(String format, String text, String zone, String type, long now) {
    LocalDate today =
        Instant.EPOCH.plus(now, ChronoUnit.MICROS).atZone(TimeText.zone(zone)).toLocalDate();
    StringBuilder pattern = new StringBuilder();
    boolean year = false;
    boolean month = false;
    for (Part part : parts(format, type)) {
      pattern.append(part.element() == null ? part.text().replace("%", "%%") : percent(part));
      year |= part.element() != null && part.upper().equals("YYYY");
      month |= part.element() != null && part.upper().matches("MM|MON|MONTH|DDD");
    }
    boolean dated = !type.equals("TIME");
    String prefix = (dated && !year ? "%Y " : "") + (dated && !month ? "%m " : "");
    String given =
        (dated && !year ? today.getYear() + " " : "")
            + (dated && !month ? today.getMonthValue() + " " : "");
    return TimeParser.parse(prefix + pattern, given + text, zone, "TIMESTAMP");
  }

  private static String percent(Part part) {
    return switch (part.upper()) {
      case "YYYY" -> "%Y";
      case "MONTH", "MON" -> "%b";
      case "MM" -> "%m";
      case "DD" -> "%d";
      case "DDD" -> "%j";
      case "HH24" -> "%H";
      case "HH", "HH12" -> "%I";
      case "MI" -> "%M";
      case "SS" -> "%S";
      default -> "%p";
    };
  }
}
