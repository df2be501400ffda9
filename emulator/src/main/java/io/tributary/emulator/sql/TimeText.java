package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times in and out of text by GoogleSQL's rules. */
final class TimeText {
  private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{0,6}))?");
  private static final Pattern DATETIME =
      Pattern.compile(
          "(\\d{4}-\\d{1,2}-\\d{1,2})(?:[ Tt](\\d{1,2}:\\d{1,2}:\\d{1,2}(?:\\.\\d*)?))?");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4}-\\d{1,2}-\\d{1,2})(?:[ Tt](\\d{1,2}:\\d{1,2}:\\d{1,2}(?:\\.\\d*)?))?\\s*(.*)");
  private static final Pattern OFFSET = Pattern.compile("([-+])(\\d{1,2})(?::?(\\d{2}))?");

  private TimeText() {}

  static String datetime(long micros) {
    LocalDateTime time = local(micros);
    return time.toLocalDate() + " " + time(time.toLocalTime());
  }

  static String time(LocalTime time) {
    return DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).format(time)
        + Fractions.text(time.get(ChronoField.MICRO_OF_SECOND));
  }

  static long parseDate(String text) {
    return date(text.strip(), "date").toEpochDay();
  }

  static String parseTime(String text) {
    return clock(text.strip(), "time").toString();
  }

  static long parseDatetime(String text) {
    Matcher matcher = DATETIME.matcher(text.strip());
    if (!matcher.matches()) {
      throw invalid("datetime", text);
    }
    return micros(of(matcher, "datetime"), ZoneOffset.UTC);
  }

  static long parseTimestamp(String text) {
    Matcher matcher = TIMESTAMP.matcher(text.strip());
    if (!matcher.matches()) {
      throw invalid("timestamp", text);
    }
    return micros(of(matcher, "timestamp"), zone(matcher.group(3), text));
  }

  private static LocalDateTime of(Matcher matcher, String type) {
    LocalDate date = date(matcher.group(1), type);
    return matcher.group(2) == null
        ? date.atStartOfDay()
        : date.atTime(clock(matcher.group(2), type));
  }

  private static long micros(LocalDateTime time, ZoneId zone) {
    return Constants.micros(time.atZone(zone).toInstant());
  }

  /** The zone of this name or offset. */
  static ZoneId zone(String text) {
    try {
      return zone(text, text);
    } catch (BigQueryError e) {
      throw BigQueryError.invalidQuery("Invalid time zone: " + text);
    }
  }

  private static ZoneId zone(String text, String whole) {
    if (text.isEmpty() || text.equalsIgnoreCase("Z") || text.equalsIgnoreCase("UTC")) {
      return ZoneOffset.UTC;
    }
    Matcher matcher = OFFSET.matcher(text);
    try {
      if (matcher.matches()) {
        int minutes =
            Integer.parseInt(matcher.group(2)) * 60
                + (matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
        return ZoneOffset.ofTotalSeconds((matcher.group(1).equals("-") ? -minutes : minutes) * 60);
      }
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw invalid("timestamp", whole);
    }
  }

  private static LocalDate date(String text, String type) {
    Matcher matcher = DATE.matcher(text);
    if (!matcher.matches()) {
      throw invalid(type, text);
    }
    try {
      return LocalDate.of(number(matcher, 1), number(matcher, 2), number(matcher, 3));
    } catch (DateTimeException e) {
      throw invalid(type, text);
    }
  }

  private static LocalTime clock(String text, String type) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw invalid(type, text);
    }
    String fraction = matcher.group(4);
    try {
      return LocalTime.of(
          number(matcher, 1),
          number(matcher, 2),
          number(matcher, 3),
          (int) Fractions.micros(fraction == null || fraction.isEmpty() ? null : fraction) * 1000);
    } catch (DateTimeException e) {
      throw invalid(type, text);
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static BigQueryError invalid(String type, String text) {
    return BigQueryError.invalidQuery("Invalid " + type + ": '" + text + "'");
  }

  private static LocalDateTime local(long micros) {
    return LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
  }

  /** A timestamp on the clock of a zone, with its offset. */
  static String zoned(long micros, String zone) {
    ZonedDateTime time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(zone(zone));
    String offset = TimePattern.offset(time.getOffset(), ":");
    return time.toLocalDate()
        + " "
        + time(time.toLocalTime())
        + (offset.endsWith(":00") ? offset.substring(0, 3) : offset);
  }
}
