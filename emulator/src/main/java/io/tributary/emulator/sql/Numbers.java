package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers in and out of text, and exact arithmetic, by GoogleSQL's rules. */
public final class Numbers {
  private static final BigDecimal NUMERIC_LIMIT = new BigDecimal("1e29");
  private static final int NUMERIC_SCALE = 9;
  private static final int BIGNUMERIC_SCALE = 38;

  private Numbers() {}

  /** The text of a FLOAT64: the shortest of 15 and 17 digits that reads back as the same number. */
  public static String text(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    } else if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    String shortest = general(value, 15);
    return Double.parseDouble(shortest) == value ? shortest : general(value, 17);
  }

  static String sqlText(double value) {
    String text = text(value);
    return Double.isInfinite(value) ? text.replace("Infinity", "inf") : text.replace("NaN", "nan");
  }

  /** The fewest digits that read back as the same number, as JSON values print. */
  static String jsonText(double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= 17; digits++) {
      shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shortest.doubleValue() == value) {
        break;
      }
    }
    String text = printed(shortest.stripTrailingZeros(), 15);
    return text.contains(".") || text.contains("e") ? text : text + ".0";
  }

  /** C's %g. */
  private static String general(double value, int digits) {
    return general(new BigDecimal(value), digits);
  }

  static String general(BigDecimal value, int digits) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal rounded = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    return printed(rounded.stripTrailingZeros(), digits);
  }

  /** With an exponent if the number is below 0.0001 or has more digits than this. */
  private static String printed(BigDecimal stripped, int digits) {
    if (stripped.signum() == 0) {
      return "0";
    }
    int exponent = stripped.precision() - stripped.scale() - 1;
    if (exponent >= -4 && exponent < digits) {
      return stripped.toPlainString();
    }
    String unscaled = stripped.unscaledValue().abs().toString();
    return (stripped.signum() < 0 ? "-" : "")
        + unscaled.charAt(0)
        + (unscaled.length() > 1 ? "." + unscaled.substring(1) : "")
        + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  static BigDecimal numeric(BigDecimal value) {
    BigDecimal rounded = value.setScale(NUMERIC_SCALE, RoundingMode.HALF_UP);
    if (rounded.abs().compareTo(NUMERIC_LIMIT) >= 0) {
      throw BigQueryError.invalidQuery("numeric overflow");
    }
    return rounded;
  }

  static BigDecimal divide(BigDecimal left, BigDecimal right, boolean big) {
    if (right.signum() == 0) {
      throw BigQueryError.invalidQuery("division by zero: " + plain(left) + " / 0");
    }
    return left.divide(right, big ? BIGNUMERIC_SCALE : NUMERIC_SCALE, RoundingMode.HALF_UP);
  }

  static BigDecimal parse(String text, String type) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw BigQueryError.invalidQuery("Invalid " + type + " value: " + text);
    }
  }

  static long parseInt64(String text) {
    String stripped = text.strip();
    try {
      String digits = stripped.startsWith("+") ? stripped.substring(1) : stripped;
      boolean negative = digits.startsWith("-");
      String magnitude = negative ? digits.substring(1) : digits;
      if (magnitude.startsWith("0x") || magnitude.startsWith("0X")) {
        return new BigInteger((negative ? "-" : "") + magnitude.substring(2), 16).longValueExact();
      }
      return Long.parseLong(digits);
    } catch (NumberFormatException | ArithmeticException e) {
      throw BigQueryError.invalidQuery("Bad int64 value: " + text);
    }
  }

  static double parseFloat64(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    String unsigned = lower.startsWith("-") || lower.startsWith("+") ? lower.substring(1) : lower;
    if (unsigned.equals("inf") || unsigned.equals("infinity")) {
      return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    } else if (unsigned.equals("nan")) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(new BigDecimal(lower).toString());
    } catch (NumberFormatException e) {
      throw BigQueryError.invalidQuery("Bad double value: " + text);
    }
  }

  static long toInt64(BigDecimal value) {
    try {
      return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
    } catch (ArithmeticException e) {
      throw BigQueryError.invalidQuery("int64 out of range: " + plain(value));
    }
  }

  static BigDecimal finite(double value, String type) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw BigQueryError.invalidQuery(
          "Illegal conversion of non-finite floating point number to " + type + ": " + value);
    }
    return new BigDecimal(value);
  }
}
