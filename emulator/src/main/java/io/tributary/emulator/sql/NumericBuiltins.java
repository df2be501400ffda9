package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.BOOL;
import static io.tributary.emulator.sql.Builtins.Kind.DOUBLE;
import static io.tributary.emulator.sql.Builtins.Kind.LONG;
import static io.tributary.emulator.sql.Builtins.Kind.NUMERIC;
import static io.tributary.emulator.sql.Builtins.Kind.TEXT;

import com.google.common.base.Splitter;
import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conversions of numbers and exact arithmetic. */
final class NumericBuiltins {
  private static final Pattern WRITTEN =
      Pattern.compile("\\s*([-+]?)\\s*([0-9,]*\\.?[0-9]*(?:[eE][-+]?[0-9]+)?)\\s*([-+]?)\\s*");

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
    Builtins.function(
        c, "parse_numeric", NUMERIC, List.of(TEXT), a -> Numbers.numeric(written((String) a[0])));
    Builtins.function(
        c,
        "parse_bignumeric",
        TEXT,
        List.of(TEXT),
        a -> BigNumericText.encode(written((String) a[0])));
    DecimalBuiltins.register(c);
    FloatBuiltins.register(c);
  }

  private static Object sum(String encoded) {
    BigDecimal total = BigDecimal.ZERO;
    for (String item : Splitter.on(',').split(encoded)) {
      total = total.add(BigNumericText.decode(item));
    }
    return BigNumericText.encode(total);
  }

  /** A number with commas, white space, and its sign on either side. */
  private static BigDecimal written(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches() || (!matcher.group(1).isEmpty() && !matcher.group(3).isEmpty())) {
      throw BigQueryError.invalidQuery("Invalid input to PARSE_NUMERIC: " + text);
    }
    BigDecimal value = Numbers.parse(matcher.group(2).replace(",", ""), "NUMERIC");
    return (matcher.group(1) + matcher.group(3)).contains("-") ? value.negate() : value;
  }

  private static Object bool(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw BigQueryError.invalidQuery("Bad bool value: " + text);
    };
  }
}
