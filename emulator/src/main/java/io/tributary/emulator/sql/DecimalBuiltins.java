package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.LONG;
import static io.tributary.emulator.sql.Builtins.Kind.NUMERIC;
import static io.tributary.emulator.sql.Builtins.Kind.TEXT;

import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Exact arithmetic, once for NUMERIC as {@code num_...} and once for BIGNUMERIC as {@code bn_}. */
final class DecimalBuiltins {
  private static final MathContext WIDE = new MathContext(90, RoundingMode.HALF_UP);
  private static final int SCALE = 38;

  private DecimalBuiltins() {}

  static void register(Connection c) throws SQLException {
    binary(c, "add", BigDecimal::add);
    binary(c, "sub", BigDecimal::subtract);
    binary(c, "mul", BigDecimal::multiply);
    binary(c, "quotient", DecimalBuiltins::quotient);
    binary(c, "mod", DecimalBuiltins::remainder);
    binary(c, "pow", DecimalBuiltins::power);
    Builtins.function(
        c,
        "num_div",
        NUMERIC,
        List.of(NUMERIC, NUMERIC),
        a -> Numbers.numeric(Numbers.divide((BigDecimal) a[0], (BigDecimal) a[1], false)));
    Builtins.function(
        c,
        "bn_div",
        TEXT,
        List.of(TEXT, TEXT),
        a -> BigNumericText.encode(Numbers.divide(big(a[0]), big(a[1]), true)));
    unary(c, "abs", BigDecimal::abs);
    unary(c, "negate", BigDecimal::negate);
    unary(c, "sign", value -> BigDecimal.valueOf(value.signum()));
    unary(c, "sqrt", DecimalBuiltins::root);
    rounding(c, "round", RoundingMode.HALF_UP);
    rounding(c, "round_even", RoundingMode.HALF_EVEN);
    rounding(c, "trunc", RoundingMode.DOWN);
    rounding(c, "ceil", RoundingMode.CEILING);
    rounding(c, "floor", RoundingMode.FLOOR);
    Builtins.function(
        c,
        "num_fit",
        NUMERIC,
        List.of(NUMERIC, LONG, LONG),
        a -> fitted((BigDecimal) a[0], (Long) a[1], (Long) a[2], "NUMERIC"));
    Builtins.function(
        c,
        "bn_fit",
        TEXT,
        List.of(TEXT, LONG, LONG),
        a -> BigNumericText.encode(fitted(big(a[0]), (Long) a[1], (Long) a[2], "BIGNUMERIC")));
  }

  /** The prefix of the functions of this type. */
  static String prefix(com.google.zetasql.Type type) {
    return type.isBigNumeric() ? "bn_" : "num_";
  }

  private static BigDecimal big(Object text) {
    return BigNumericText.decode((String) text);
  }

  private static void binary(Connection c, String name, BinaryOperator<BigDecimal> operator)
      throws SQLException {
    Builtins.function(
        c,
        "num_" + name,
        NUMERIC,
        List.of(NUMERIC, NUMERIC),
        a -> Numbers.numeric(operator.apply((BigDecimal) a[0], (BigDecimal) a[1])));
    Builtins.function(
        c,
        "bn_" + name,
        TEXT,
        List.of(TEXT, TEXT),
        a -> BigNumericText.encode(operator.apply(big(a[0]), big(a[1]))));
  }

  private static void unary(Connection c, String name, UnaryOperator<BigDecimal> operator)
      throws SQLException {
    Builtins.function(
        c,
        "num_" + name,
        NUMERIC,
        List.of(NUMERIC),
        a -> Numbers.numeric(operator.apply((BigDecimal) a[0])));
    Builtins.function(
        c,
        "bn_" + name,
        TEXT,
        List.of(TEXT),
        a -> BigNumericText.encode(operator.apply(big(a[0]))));
  }

  private static void rounding(Connection c, String name, RoundingMode mode) throws SQLException {
    Builtins.function(
        c,
        "num_" + name,
        NUMERIC,
        List.of(NUMERIC, LONG),
        a -> Numbers.numeric(rounded((BigDecimal) a[0], (Long) a[1], mode)));
    Builtins.function(
        c,
        "bn_" + name,
        TEXT,
        List.of(TEXT, LONG),
        a -> BigNumericText.encode(rounded(big(a[0]), (Long) a[1], mode)));
  }

  private static BigDecimal rounded(BigDecimal value, long digits, RoundingMode mode) {
    return value.setScale((int) Math.max(-60, Math.min(digits, SCALE)), mode);
  }

  private static BigDecimal fitted(BigDecimal value, long precision, long scale, String type) {
    BigDecimal rounded = rounded(value, scale, RoundingMode.HALF_UP);
    if (rounded.abs().compareTo(BigDecimal.ONE.scaleByPowerOfTen((int) (precision - scale))) >= 0) {
      throw BigQueryError.invalidQuery(
          type
              + "("
              + precision
              + ", "
              + scale
              + ") has precision "
              + precision
              + " and scale "
              + scale
              + " but got a value that is not in range");
    }
    return rounded;
  }

  private static BigDecimal quotient(BigDecimal left, BigDecimal right) {
    refuseZero(left, right);
    return left.divideToIntegralValue(right);
  }

  private static BigDecimal remainder(BigDecimal left, BigDecimal right) {
    refuseZero(left, right);
    return left.remainder(right);
  }

  private static void refuseZero(BigDecimal left, BigDecimal right) {
    if (right.signum() == 0) {
      throw BigQueryError.invalidQuery("division by zero: " + Numbers.plain(left) + " / 0");
    }
  }

  private static BigDecimal root(BigDecimal value) {
    if (value.signum() < 0) {
      throw BigQueryError.invalidQuery("Argument to SQRT cannot be negative");
    }
    return value.sqrt(WIDE);
  }

  private static BigDecimal power(BigDecimal base, BigDecimal exponent) {
    if (exponent.stripTrailingZeros().scale() > 0 || exponent.abs().intValue() > 9999) {
      throw BigQueryError.notImplemented("POW of NUMERIC with a broken exponent is not supported");
    }
    if (base.signum() == 0 && exponent.signum() < 0) {
      throw BigQueryError.invalidQuery("division by zero: POW(0, " + exponent.intValue() + ")");
    }
    return base.pow(exponent.intValueExact(), WIDE);
  }
}
