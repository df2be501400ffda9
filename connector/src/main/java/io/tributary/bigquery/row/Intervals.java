package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Forms of durations on their way into INTERVAL, which keeps months, days and time apart. */
final class Intervals {
  private static final long MOST_MONTHS = 120_000;
  private static final long MOST_DAYS = 3_660_000;
  private static final long HOUR = 3_600_000_000L;
  private static final long MOST_MICROS = 87_840_000 * HOUR;
  private static final long MANY = 1_000_000_000;
  private static final String RANGE = "the interval is beyond 10000 years";

  /** Many digits are no interval, and more of them than a long has must not be read. */
  private static final String COUNT = "([+-]?\\d{1,15})";

  private static final Pattern ISO =
      Pattern.compile(
          ("P(?:#Y)?(?:#M)?(?:#W)?(?:#D)?"
                  + "(?:T(?:#H)?(?:#M)?(?:([+-]?\\d{1,15}(?:\\.\\d+)?)S)?)?")
              .replace("#", COUNT));

  private Intervals() {}

  /** An interval's three parts, each with a sign of its own. */
  record Parts(long months, long days, long micros) {
    private Parts within(Fit fit) {
      return new Parts(
          within(months, MOST_MONTHS, fit),
          within(days, MOST_DAYS, fit),
          within(micros, MOST_MICROS, fit));
    }

    private static long within(long value, long most, Fit fit) {
      return value >= -most && value <= most ? value : fit.outside(value, -most, most, RANGE);
    }

    /** As GoogleSQL writes it: {@code Y-M D H:M:S.F}. */
    String literal() {
      StringBuilder text = new StringBuilder(months < 0 ? "-" : "");
      text.append(Math.abs(months / 12)).append('-').append(Math.abs(months % 12));
      text.append(' ').append(days).append(micros < 0 ? " -" : " ");
      text.append(Math.abs(micros / HOUR)).append(':');
      text.append(Math.abs(micros / 60_000_000 % 60)).append(':');
      text.append(Math.abs(micros / 1_000_000 % 60));
      long fraction = Math.abs(micros % 1_000_000);
      if (fraction != 0) {
        text.append('.').append(Long.toString(1_000_000 + fraction), 1, 7);
      }
      return text.toString();
    }
  }

  /** How a value tells its parts. */
  @FunctionalInterface
  interface Reader {
    /**
     * The parts.
     *
     * @param fit asked when the value is finer than microseconds
     */
    Parts of(Object value, Fit fit);
  }

  /** Microseconds, in which the source has hidden years, months and days. */
  static ScalarForm micros() {
    return new ScalarForm(
            ColumnType.INTERVAL,
            value -> new Parts(0, 0, count(value)).literal(),
            into((value, fit) -> new Parts(0, 0, count(value))))
        .or(ColumnType.INT64, Into.always((out, number, value) -> out.int64(number, count(value))));
  }

  static ScalarForm nanos() {
    return new ScalarForm(
            ColumnType.INTERVAL,
            value -> "0-0 0 " + Times.clock(count(value)),
            into((value, fit) -> new Parts(0, 0, Calendar.coarser(count(value), 1_000, fit))))
        .or(ColumnType.INT64, Into.always((out, number, value) -> out.int64(number, count(value))));
  }

  /** Text as ISO 8601 has it. */
  static ScalarForm iso() {
    return new ScalarForm(ColumnType.INTERVAL, String::valueOf, isoText())
        .or(ColumnType.STRING, Text.into(String::valueOf));
  }

  /** The way of times of day, which may lie beyond the day. */
  static Into time(Calendar.Count micros) {
    return into((value, fit) -> new Parts(0, 0, micros.of(value, fit)));
  }

  static Into isoText() {
    return into((value, fit) -> parse((String) value, fit));
  }

  static Into into(Reader reader) {
    return target -> {
      Fit fit = target.fit();
      return (out, number, value) ->
          out.string(number, reader.of(value, fit).within(fit).literal());
    };
  }

  private static Parts parse(String text, Fit fit) {
    Matcher match = ISO.matcher(text);
    if (!match.matches() || text.length() < 3) {
      throw Unfit.value("the text is no interval that can be read");
    }
    BigDecimal seconds = match.group(7) == null ? BigDecimal.ZERO : new BigDecimal(match.group(7));
    long whole = seconds.longValue();
    BigDecimal fraction = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(6);
    if (fraction.stripTrailingZeros().scale() > 0) {
      fraction = fit.finer(fraction, 0, "the interval is finer than microseconds");
    }
    long clock = micros(count(match, 5), count(match, 6), whole) + fraction.longValue();
    return new Parts(
        bounded(count(match, 1)) * 12 + bounded(count(match, 2)),
        bounded(count(match, 3)) * 7 + bounded(count(match, 4)),
        clock);
  }

  /** Microseconds of a time; too many become others that are too many. */
  static long micros(long hours, long minutes, long seconds) {
    return bounded(hours, 500_000_000) * HOUR
        + bounded(minutes, 20_000_000_000L) * 60_000_000
        + bounded(seconds, 1_000_000_000_000L) * 1_000_000;
  }

  /** Keeps what is out of range anyhow from overflowing. */
  private static long bounded(long count, long most) {
    return Math.max(-most, Math.min(most, count));
  }

  /** A count of years, months or days, of which too many become others that are too many. */
  static long bounded(long count) {
    return bounded(count, MANY);
  }

  private static long count(Matcher match, int group) {
    return match.group(group) == null ? 0 : Long.parseLong(match.group(group));
  }

  private static long count(Object value) {
    return ((Number) value).longValue();
  }
}
