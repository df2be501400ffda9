package io.tributary.bigquery.row;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Values in the spelling of GoogleSQL's CAST to STRING.
 *
 * @see <a
 *     href="https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_functions">
 *     conversion functions</a>
 */
final class CastText {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private CastText() {}

  /** 15 digits if they read as the same number, else 17. */
  static String of(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal rounded = rounded(value, 15);
    return rounded.doubleValue() == value ? spelled(rounded, 15) : spelled(rounded(value, 17), 17);
  }

  /** A time of day in its wire form. */
  static String time(long packed) {
    long seconds = packed >> 20;
    return "%02d:%02d:%02d".formatted(seconds >> 12, seconds >> 6 & 63, seconds & 63)
        + fraction(packed & 0xFFFFF);
  }

  /** A civil time in its wire form. */
  static String datetime(long packed) {
    long day = packed >> 37;
    return "%04d-%02d-%02d ".formatted(day >> 9, day >> 5 & 15, day & 31)
        + time(packed & (1L << 37) - 1);
  }

  /** An instant in microseconds. */
  static String timestamp(long micros) {
    long seconds = Math.floorDiv(micros, 1_000_000L);
    return SECONDS.format(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC))
        + fraction(Math.floorMod(micros, 1_000_000L))
        + "+00";
  }

  /** No digits, three or six. */
  private static String fraction(long micros) {
    if (micros == 0) {
      return "";
    }
    return micros % 1_000 == 0 ? ".%03d".formatted(micros / 1_000) : ".%06d".formatted(micros);
  }

  private static BigDecimal rounded(double value, int digits) {
    return new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  /** With an exponent where there would be many zeros. */
  private static String spelled(BigDecimal value, int digits) {
    BigDecimal bare = value.stripTrailingZeros();
    int exponent = bare.precision() - bare.scale() - 1;
    if (exponent >= -4 && exponent < digits) {
      return bare.toPlainString();
    }
    String mantissa = bare.scaleByPowerOfTen(-exponent).toPlainString();
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + "%02d".formatted(Math.abs(exponent));
  }
}
