package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;

/** Forms of booleans, integers, floating point and decimal numbers. */
final class Numbers {
  private static final BigInteger LONG_MOST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger LONG_LEAST = BigInteger.valueOf(Long.MIN_VALUE);

  /** Stands for infinity where numbers are decimal: beyond every column's range. */
  static final BigDecimal ENDLESS = new BigDecimal(BigInteger.ONE, -100_000);

  private static final String INEXACT = "the number is not exact as FLOAT64";

  private Numbers() {}

  static ScalarForm bool() {
    return new ScalarForm(
            ColumnType.BOOL,
            String::valueOf,
            Into.always((out, number, value) -> out.bool(number, (Boolean) value)))
        .or(
            ColumnType.INT64,
            Into.always((out, number, value) -> out.int64(number, ((Boolean) value) ? 1 : 0)));
  }

  static ScalarForm integer() {
    Function<Object, BigDecimal> decimal = value -> BigDecimal.valueOf(whole(value));
    return new ScalarForm(
            ColumnType.INT64,
            String::valueOf,
            Into.always((out, number, value) -> out.int64(number, whole(value))))
        .or(ColumnType.NUMERIC, Decimals.numeric(decimal))
        .or(ColumnType.BIGNUMERIC, Decimals.bigNumeric(decimal))
        .or(
            ColumnType.FLOAT64,
            target -> (out, number, value) -> whole(out, number, whole(value), target.fit()))
        .or(
            ColumnType.BOOL,
            Into.always((out, number, value) -> zeroOrOne(out, number, whole(value))));
  }

  static ScalarForm floating() {
    return new ScalarForm(
            ColumnType.FLOAT64,
            String::valueOf,
            Into.always((out, number, value) -> out.float64(number, real(value))))
        .or(ColumnType.NUMERIC, Decimals.numeric(Numbers::exact))
        .or(ColumnType.BIGNUMERIC, Decimals.bigNumeric(Numbers::exact));
  }

  static ScalarForm decimal() {
    Function<Object, BigDecimal> number = value -> (BigDecimal) value;
    Function<Object, String> text = value -> plain((BigDecimal) value);
    return new ScalarForm(ColumnType.BIGNUMERIC, text, Decimals.bigNumeric(number))
        .or(ColumnType.NUMERIC, Decimals.numeric(number))
        .or(ColumnType.INT64, wholeNumber(number))
        .or(ColumnType.FLOAT64, nearest(number))
        .or(ColumnType.STRING, Text.into(text));
  }

  /** Decimal numbers as text; the column is as wide as their source's. */
  static ScalarForm decimalText() {
    return new ScalarForm(ColumnType.BIGNUMERIC, String::valueOf, Decimals.bigNumeric(Text::number))
        .or(ColumnType.NUMERIC, Decimals.numeric(Text::number))
        .or(ColumnType.INT64, wholeNumber(Text::number))
        .or(ColumnType.STRING, Text.into(String::valueOf));
  }

  /**
   * Unsigned numbers of 64 bits that the source has pressed into signed ones: those above the
   * signed range arrive below zero, 2^64 too low. Decimal columns get the true number.
   */
  static ScalarForm unsigned() {
    Function<Object, BigDecimal> decimal = value -> new BigDecimal(unsigned(whole(value)));
    return new ScalarForm(
            ColumnType.INT64, value -> unsigned(whole(value)).toString(), wholeNumber(decimal))
        .or(ColumnType.NUMERIC, Decimals.numeric(decimal))
        .or(ColumnType.BIGNUMERIC, Decimals.bigNumeric(decimal))
        .or(ColumnType.FLOAT64, nearest(decimal));
  }

  private static BigInteger unsigned(long bits) {
    BigInteger signed = BigInteger.valueOf(bits);
    return bits < 0 ? signed.add(BigInteger.ONE.shiftLeft(64)) : signed;
  }

  /** The way of decimal numbers into INT64. */
  static Into wholeNumber(Function<Object, BigDecimal> decimal) {
    return target -> {
      Fit fit = target.fit();
      return (out, number, value) -> out.int64(number, wholeNumber(decimal.apply(value), fit));
    };
  }

  private static long wholeNumber(BigDecimal value, Fit fit) {
    if (value.signum() == 0) {
      return 0;
    }
    BigDecimal whole = value.stripTrailingZeros();
    String outside = "the number is not one of 64 bits";
    if ((long) whole.precision() - whole.scale() > 19) {
      return fit.outside(value.signum() < 0 ? LONG_LEAST : LONG_MOST, outside).longValueExact();
    }
    if (whole.scale() > 0) {
      whole = fit.finer(whole, 0, "the number is not a whole one");
    }
    BigInteger integer = whole.toBigIntegerExact();
    return integer.bitLength() <= 63
        ? integer.longValue()
        : fit.outside(integer.signum() < 0 ? LONG_LEAST : LONG_MOST, outside).longValueExact();
  }

  /** Digits without an exponent; absurd exponents stay as they are written. */
  static String plain(BigDecimal value) {
    return Math.abs((long) value.scale()) > 100_000 ? value.toString() : value.toPlainString();
  }

  /** The shortest decimal that reads as this number, which is what its writer meant. */
  static BigDecimal exact(Object value) {
    double number = real(value);
    if (Double.isNaN(number)) {
      throw Unfit.value("NaN has no decimal form");
    }
    if (Double.isInfinite(number)) {
      return number < 0 ? ENDLESS.negate() : ENDLESS;
    }
    return new BigDecimal(value.toString());
  }

  private static long whole(Object value) {
    return ((Number) value).longValue();
  }

  private static double real(Object value) {
    return ((Number) value).doubleValue();
  }

  private static void whole(WireOut out, int number, long value, Fit fit) {
    double rounded = (double) value;
    boolean exact = rounded != 0x1p63 && (long) rounded == value;
    out.float64(number, exact ? rounded : fit.inexact(rounded, INEXACT));
  }

  /** The way of decimal numbers into FLOAT64: those that the double's shortest text reads as. */
  static Into nearest(Function<Object, BigDecimal> decimal) {
    return target -> {
      Fit fit = target.fit();
      return (out, number, value) -> out.float64(number, nearest(decimal.apply(value), fit));
    };
  }

  private static double nearest(BigDecimal value, Fit fit) {
    double nearest = value.doubleValue();
    if (Double.isInfinite(nearest)) {
      throw Unfit.value("the number is out of FLOAT64's range");
    }
    boolean exact = value.compareTo(BigDecimal.valueOf(nearest)) == 0;
    return exact ? nearest : fit.inexact(nearest, INEXACT);
  }

  private static void zeroOrOne(WireOut out, int number, long value) {
    if (value != 0 && value != 1) {
      throw Unfit.value("the number is neither 0 nor 1");
    }
    out.bool(number, value == 1);
  }
}
