package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PARSE_TIMESTAMP and its kin: reads one text by one format string. */
final class TimeParser {
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");
  private static final List<String> DAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
  private static final Pattern ZONE_NAME =
      Pattern.compile("[A-Za-z][-+A-Za-z0-9_/]*|[-+]\\d{1,2}(:\\d{2})?");
  private static final Set<String> READ =
      Set.of(
          "Y", "E4Y", "y", "m", "d", "e", "j", "H", "k", "I", "l", "M", "s", "B", "b", "h", "A",
          "a", "P", "p", "F", "D", "x", "R", "T", "X", "c", "n", "t", "%", "Z", "z", "Ez");
  private static final Pattern OFFSET = Pattern.compile("[-+]\\d{2}:?(\\d{2})?|[Zz]");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,2}(?:\\.(\\d+))?");

  private final String pattern;
  private final String text;
  private final String type;
  private int at;
  private int year = 1970;
  private int month = 1;
  private int day = 1;
  private int dayOfYear;
  private int hour;
  private int minute;
  private int second;
  private long micros;
  private Boolean afternoon;
  private Long epoch;
  private ZoneId zone;

  private TimeParser(String pattern, String text, ZoneId zone, String type) {
    this.pattern = pattern;
    this.text = text;
    this.zone = zone;
    this.type = type;
  }

  /** Microseconds since 1970, of civil times in UTC. */
  static long parse(String pattern, String text, String zone, String type) {
    try {
      return new TimeParser(pattern, text, TimeText.zone(zone), type).run();
    } catch (DateTimeException e) {
      throw failed(text);
    }
  }

  /** Refuses what is not read here. */
  static void check(String pattern, String type) {
    for (TimePattern.Part part : TimePattern.parts(pattern, type)) {
      if (part.element() != null
          && !READ.contains(part.element())
          && !part.element().endsWith("S")) {
        throw refused(part.element(), type);
      }
    }
  }

  private static BigQueryError refused(String element, String type) {
    return BigQueryError.notImplemented(
        "Format element %" + element + " of PARSE_" + type + " is not supported");
  }

  private static BigQueryError failed(String text) {
    return BigQueryError.invalidQuery("Failed to parse input string \"" + text + "\"");
  }

  private long run() {
    skip();
    for (TimePattern.Part part : TimePattern.parts(pattern, type)) {
      read(part);
    }
    skip();
    if (at < text.length()) {
      throw BigQueryError.invalidQuery(
          "Illegal non-space trailing data '"
              + text.substring(at)
              + "' in string \""
              + text
              + "\"");
    }
    if (epoch != null) {
      return Math.multiplyExact(epoch, 1_000_000L);
    }
    int clock = afternoon == null ? hour : hour % 12 + (afternoon ? 12 : 0);
    LocalDate date =
        dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
    // a leap second is the first one of the next minute
    LocalDateTime time = date.atTime(LocalTime.of(clock, minute, Math.min(second, 59)));
    return Constants.micros(time.plusSeconds(second == 60 ? 1 : 0).atZone(zone).toInstant())
        + micros;
  }

  private void skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void read(TimePattern.Part part) {
    if (part.element() == null) {
      literal(part.literal());
      return;
    }
    switch (part.element()) {
      case "Y", "E4Y" -> year = number(4);
      case "y" -> {
        int two = number(2);
        year = two < 69 ? 2000 + two : 1900 + two;
      }
      case "m" -> month = number(2);
      case "d", "e" -> day = number(2);
      case "j" -> dayOfYear = number(3);
      case "H", "k" -> hour = number(2);
      case "I", "l" -> {
        hour = number(2);
        if (hour < 1 || hour > 12) {
          throw failed(text);
        }
        afternoon = afternoon != null && afternoon;
      }
      case "M" -> minute = number(2);
      case "S" -> second = number(2);
      case "s" -> epoch = Long.parseLong(matched(Pattern.compile("-?\\d{1,12}")).group());
      case "B", "b", "h" -> month = name(MONTHS) + 1;
      case "A", "a" -> name(DAYS);
      case "P", "p" -> afternoon = name(List.of("am", "pm")) == 1;
      case "F" -> all("%Y-%m-%d");
      case "D", "x" -> all("%m/%d/%y");
      case "R" -> all("%H:%M");
      case "T", "X" -> all("%H:%M:%S");
      case "c" -> all("%a %b %e %H:%M:%S %Y");
      case "n", "t" -> skip();
      case "%" -> literal('%');
      case "Z" -> zone = TimeText.zone(matched(ZONE_NAME).group());
      case "z", "Ez" -> zone = TimeText.zone(matched(OFFSET).group());
      default -> {
        if (!part.element().endsWith("S")) {
          throw refused(part.element(), type);
        }
        fraction(part.element().charAt(1));
      }
    }
  }

  private void all(String elements) {
    TimePattern.parts(elements, "TIMESTAMP").forEach(this::read);
  }

  private void literal(char c) {
    if (Character.isWhitespace(c)) {
      skip();
    } else if (at == text.length()) {
      throw failed(text);
    } else if (text.charAt(at) != c) {
      throw BigQueryError.invalidQuery(
          "Mismatch between format character '"
              + c
              + "' and string character '"
              + text.charAt(at)
              + "' at string index: "
              + at
              + " with format: '"
              + pattern
              + "'");
    } else {
      at++;
    }
  }

  private Matcher matched(Pattern wanted) {
    skip();
    Matcher matcher = wanted.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw failed(text);
    }
    at = matcher.end();
    return matcher;
  }

  private int number(int digits) {
    return Integer.parseInt(matched(Pattern.compile("\\d{1," + digits + "}")).group());
  }

  /** The index of the name that comes next, in full or its first three letters. */
  private int name(List<String> names) {
    skip();
    String rest = text.substring(at).toLowerCase(Locale.ROOT);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String shorter = name.substring(0, Math.min(3, name.length()));
      if (rest.startsWith(shorter)) {
        at += rest.startsWith(name) ? name.length() : shorter.length();
        return i;
      }
    }
    throw failed(text);
  }

  private void fraction(char digits) {
    Matcher matcher = matched(SECONDS);
    String found = matcher.group(1);
    int most = digits == '*' ? 9 : digits - '0';
    if (found != null && found.length() > most) {
      at -= found.length() - most;
      found = found.substring(0, most);
    }
    second = Integer.parseInt(matcher.group().split("\\.", -1)[0]);
    micros =
        found == null || found.isEmpty()
            ? 0
            : Fractions.micros(found.substring(0, Math.min(6, found.length())));
  }
}
