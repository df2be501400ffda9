package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** INTERVAL values in canonical text, {@code Y-M D H:M:S.F}. */
public final class Intervals {
  private static final long MICROS_PER_SECOND = 1_000_000L;
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
