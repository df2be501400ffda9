package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.BOOL;
import static io.tributary.emulator.sql.Builtins.Kind.DOUBLE;
import static io.tributary.emulator.sql.Builtins.Kind.LONG;
import static io.tributary.emulator.sql.Builtins.Kind.NUMERIC;
import static io.tributary.emulator.sql.Builtins.Kind.TEXT;

import com.google.common.base.Splitter;
import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;

/** Conversions of numbers and exact arithmetic. */
final class NumericBuiltins {
  private NumericBuiltins() {}

  static void register(Connection c) throws SQLException {
    Builtins.function(c, "to_int64", LONG, List.of(TEXT), a -> Numbers.parseInt64((String) a[0]));
    Builtins.function(
        c, "to_float64", DOUBLE, List.of(TEXT), a -> Numbers.parseFloat64((String) a[0]));
    Builtins.function(
        c,
        "to_numeric",
        NUMERIC,
        List.of(TEXT),
        a -> Numbers.numeric(Numbers.parse((String) a[0], "NUMERIC")));
    Builtins.function(c, "to_bool", BOOL, List.of(TEXT), a -> bool((String) a[0]));
    Builtins.function(c, "dbl_text", TEXT, List.of(DOUBLE), a -> Numbers.sqlText((Double) a[0]));
    Builtins.function(
        c,
        "dbl_int64",
        LONG,
        List.of(DOUBLE),
        a -> Numbers.toInt64(Numbers.finite((Double) a[0], "INT64")));
    Builtins.function(
        c,
        "dbl_numeric",
        NUMERIC,
        List.of(DOUBLE),
        a -> Numbers.numeric(Numbers.finite((Double) a[0], "NUMERIC")));
    Builtins.function(c, "num_text", TEXT, List.of(NUMERIC), a -> Numbers.plain((BigDecimal) a[0]));
    Builtins.function(
        c, "num_int64", LONG, List.of(NUMERIC), a -> Numbers.toInt64((BigDecimal) a[0]));
    Builtins.function(
        c,
        "num_round",
        NUMERIC,
        List.of(NUMERIC, LONG),
        a -> Numbers.numeric(round((BigDecimal) a[0], (Long) a[1])));
    numeric(c, "num_add", BigDecimal::add);
    numeric(c, "num_sub", BigDecimal::subtract);
    numeric(c, "num_mul", BigDecimal::multiply);
    numeric(c, "num_div", (x, y) -> Numbers.divide(x, y, false));
    Builtins.function(
        c,
        "bn_of",
        TEXT,
        List.of(TEXT),
        a -> BigNumericText.encode(Numbers.parse((String) a[0], "BIGNUMERIC")));
    Builtins.function(
        c,
        "bn_text",
        TEXT,
        List.of(TEXT),
        a -> BigNumericText.decode((String) a[0]).toPlainString());
    Builtins.function(
        c,
        "bn_int64",
        LONG,
        List.of(TEXT),
        a -> Numbers.toInt64(BigNumericText.decode((String) a[0])));
    Builtins.function(c, "bn_sum", TEXT, List.of(TEXT), a -> sum((String) a[0]));
    big(c, "bn_add", BigDecimal::add);
    big(c, "bn_sub", BigDecimal::subtract);
    big(c, "bn_mul", BigDecimal::multiply);
    big(c, "bn_div", (x, y) -> Numbers.divide(x, y, true));
  }

  private static void numeric(Connection c, String name, BinaryOperator<BigDecimal> operator)
      throws SQLException {
    Builtins.function(
        c,
        name,
        NUMERIC,
        List.of(NUMERIC, NUMERIC),
        a -> Numbers.numeric(operator.apply((BigDecimal) a[0], (BigDecimal) a[1])));
  }

  private static void big(Connection c, String name, BinaryOperator<BigDecimal> operator)
      throws SQLException {
    Builtins.function(
        c,
        name,
        TEXT,
        List.of(TEXT, TEXT),
        a ->
            BigNumericText.encode(
                operator.apply(
                    BigNumericText.decode((String) a[0]), BigNumericText.decode((String) a[1]))));
  }

  private static Object sum(String encoded) {
    BigDecimal total = BigDecimal.ZERO;
    for (String item : Splitter.on(',').split(encoded)) {
      total = total.add(BigNumericText.decode(item));
    }
    return BigNumericText.encode(total);
  }

  private static BigDecimal round(BigDecimal value, long digits) {
    int scale = (int) Math.max(-60, Math.min(digits, 9));
    return value.setScale(scale, RoundingMode.HALF_UP);
  }

  private static Object bool(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw BigQueryError.invalidQuery("Bad bool value: " + text);
    };
  }
}
