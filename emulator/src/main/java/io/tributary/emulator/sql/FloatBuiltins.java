package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.DOUBLE;
import static io.tributary.emulator.sql.Builtins.Kind.LONG;

import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** FLOAT64 and INT64 arithmetic whose failures GoogleSQL reports and DuckDB does not. */
final class FloatBuiltins {
  private FloatBuiltins() {}

  static void register(Connection c) throws SQLException {
    operator(c, "dbl_add", "+", Double::sum);
    operator(c, "dbl_sub", "-", (x, y) -> x - y);
    operator(c, "dbl_mul", "*", (x, y) -> x * y);
    operator(c, "dbl_div", "/", FloatBuiltins::divide);
    unary(c, "sqrt", FloatBuiltins::root);
    unary(c, "exp", Math::exp);
    unary(c, "ln", Math::log);
    unary(c, "log10", Math::log10);
    unary(c, "sin", Math::sin);
    unary(c, "cos", Math::cos);
    unary(c, "tan", Math::tan);
    unary(c, "asin", Math::asin);
    unary(c, "acos", Math::acos);
    unary(c, "atan", Math::atan);
    unary(c, "acosh", FloatBuiltins::acosh);
    unary(c, "atanh", x -> Math.log1p(2 * x / (1 - x)) / 2);
    unary(c, "sign", Math::signum);
    unary(c, "sinh", Math::sinh);
    unary(c, "cosh", Math::cosh);
    unary(c, "tanh", Math::tanh);
    unary(c, "cbrt", Math::cbrt);
    unary(c, "cot", x -> 1 / Math.tan(x));
    unary(c, "sec", x -> 1 / Math.cos(x));
    unary(c, "csc", x -> 1 / Math.sin(x));
    unary(c, "coth", x -> 1 / Math.tanh(x));
    unary(c, "sech", x -> 1 / Math.cosh(x));
    unary(c, "csch", x -> 1 / Math.sinh(x));
    binary(c, "pow", FloatBuiltins::power);
    binary(c, "log", FloatBuiltins::log);
    rounding(c, "dbl_round", RoundingMode.HALF_UP);
    rounding(c, "dbl_trunc", RoundingMode.DOWN);
    List<Builtins.Kind> two = List.of(LONG, LONG);
    Builtins.function(c, "int_div", LONG, two, a -> divide((Long) a[0], (Long) a[1]));
    Builtins.function(c, "int_mod", LONG, two, a -> remainder((Long) a[0], (Long) a[1]));
    Builtins.function(c, "int_shl", LONG, two, a -> left((Long) a[0], (Long) a[1]));
    Builtins.function(c, "int_shr", LONG, two, a -> right((Long) a[0], (Long) a[1]));
  }

  private static void operator(Connection c, String name, String sign, DoubleBinaryOperator body)
      throws SQLException {
    Builtins.function(
        c,
        name,
        DOUBLE,
        List.of(DOUBLE, DOUBLE),
        a -> {
          double x = (Double) a[0];
          double y = (Double) a[1];
          double result = body.applyAsDouble(x, y);
          if (Double.isInfinite(result) && Double.isFinite(x) && Double.isFinite(y)) {
            throw BigQueryError.invalidQuery(
                "double overflow: " + Numbers.text(x) + " " + sign + " " + Numbers.text(y));
          }
          return result;
        });
  }

  private static void unary(Connection c, String name, DoubleUnaryOperator body)
      throws SQLException {
    Builtins.function(
        c,
        "dbl_" + name,
        DOUBLE,
        List.of(DOUBLE),
        a -> {
          double x = (Double) a[0];
          return defined(name, body.applyAsDouble(x), x);
        });
  }

  private static void binary(Connection c, String name, DoubleBinaryOperator body)
      throws SQLException {
    Builtins.function(
        c,
        "dbl_" + name,
        DOUBLE,
        List.of(DOUBLE, DOUBLE),
        a -> {
          double x = (Double) a[0];
          double y = (Double) a[1];
          return defined(name, body.applyAsDouble(x, y), x, y);
        });
  }

  /** The result, unless it is not finite although all arguments are. */
  private static double defined(String name, double result, double... arguments) {
    if (!Double.isFinite(result) && Arrays.stream(arguments).allMatch(Double::isFinite)) {
      throw BigQueryError.invalidQuery(
          "Floating point error in function: " + name.toUpperCase(java.util.Locale.ROOT));
    }
    return result;
  }

  private static void rounding(Connection c, String name, RoundingMode mode) throws SQLException {
    Builtins.function(
        c, name, DOUBLE, List.of(DOUBLE, LONG), a -> rounded((Double) a[0], (Long) a[1], mode));
  }

  private static double rounded(double value, long digits, RoundingMode mode) {
    double power = Math.pow(10, (int) Math.min(400, Math.abs(Math.max(-400, digits))));
    double scaled = digits < 0 ? value / power : value * power;
    if (!Double.isFinite(scaled) || power == Double.POSITIVE_INFINITY) {
      return digits < 0 ? 0 : value;
    }
    double whole = new BigDecimal(scaled).setScale(0, mode).doubleValue();
    return digits < 0 ? whole * power : whole / power;
  }

  private static double divide(double x, double y) {
    if (y == 0) {
      throw BigQueryError.invalidQuery("division by zero: " + Numbers.text(x) + " / 0");
    }
    return x / y;
  }

  private static double root(double x) {
    if (x < 0) {
      throw BigQueryError.invalidQuery("Argument to SQRT cannot be negative: " + Numbers.text(x));
    }
    return Math.sqrt(x);
  }

  /** Java has no such function; squares of large numbers would overflow. */
  private static double acosh(double x) {
    double more = x - 1;
    return x > 1e8 ? Math.log(x) + Math.log(2) : Math.log1p(more + Math.sqrt(more * (x + 1)));
  }

  /** As C has it, where 1 to any power is 1. */
  private static double power(double x, double y) {
    return x == 1 || (x == -1 && Double.isInfinite(y)) ? 1 : Math.pow(x, y);
  }

  private static double log(double x, double base) {
    if (base <= 0 || base == Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    return base == 10 ? Math.log10(x) : Math.log(x) / Math.log(base);
  }

  private static long divide(long x, long y) {
    if (y == 0) {
      throw BigQueryError.invalidQuery("division by zero: " + x + " / 0");
    } else if (y == -1 && x == Long.MIN_VALUE) {
      throw BigQueryError.invalidQuery("int64 overflow: " + x + " / -1");
    }
    return x / y;
  }

  private static long remainder(long x, long y) {
    if (y == 0) {
      throw BigQueryError.invalidQuery("division by zero: MOD(" + x + ", 0)");
    }
    return x % y;
  }

  private static long left(long value, long bits) {
    return bits >= Long.SIZE ? 0 : value << counted(bits);
  }

  /** No sign extension, as documented. */
  private static long right(long value, long bits) {
    return bits >= Long.SIZE ? 0 : value >>> counted(bits);
  }

  private static long counted(long bits) {
    if (bits < 0) {
      throw BigQueryError.invalidQuery("Bitwise shift by a negative number: " + bits);
    }
    return bits;
  }
}
