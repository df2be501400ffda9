package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.util.Locale;
import java.util.Map;

/** Functions of DATE, TIME, DATETIME, TIMESTAMP and INTERVAL; the session's time zone is UTC. */
final class TimeFunctions {
  private TimeFunctions() {}

  static void addTo(Map<String, Form> forms) {
    forms.put("current_timestamp", call -> now(call));
    forms.put("current_datetime", call -> zoneless(call, "(" + now(call) + " AT TIME ZONE 'UTC')"));
    forms.put("current_date", call -> zoneless(call, "CAST(" + now(call) + " AS DATE)"));
    forms.put("current_time", call -> zoneless(call, "CAST(" + now(call) + " AS TIME)"));
    forms.put("timestamp", call -> convert(call, "TIMESTAMPTZ"));
    forms.put("datetime", call -> convert(call, "TIMESTAMP"));
    forms.put("date", call -> convert(call, "DATE"));
    forms.put("time", call -> convert(call, "TIME"));
    for (String type : new String[] {"date", "time", "datetime", "timestamp"}) {
      forms.put(type + "_add", call -> shift(call, ""));
      forms.put(type + "_sub", call -> shift(call, "-"));
      forms.put(type + "_diff", TimeFunctions::difference);
      forms.put(type + "_trunc", TimeFunctions::truncate);
    }
    forms.put("last_day", Functions.template("last_day($1)"));
    forms.put("$extract", TimeFunctions::extract);
    forms.put("$extract_date", call -> zoneless(call, "CAST(" + call.arg(0) + " AS DATE)", 1));
    forms.put("$extract_time", call -> zoneless(call, "CAST(" + call.arg(0) + " AS TIME)", 1));
    forms.put("$interval", call -> interval(call.arg(0), part(call, 1)));
    forms.put("unix_micros", Functions.same("epoch_us"));
    forms.put("unix_millis", Functions.template("bq_floor_div(epoch_us($1), 1000)"));
    forms.put("unix_seconds", Functions.template("bq_floor_div(epoch_us($1), 1000000)"));
    forms.put("unix_date", Functions.template("CAST($1 - DATE '1970-01-01' AS BIGINT)"));
    forms.put("date_from_unix_date", call -> CastPrinter.date(call.arg(0)));
    forms.put("timestamp_micros", Functions.same("make_timestamptz"));
    forms.put("timestamp_millis", Functions.template("make_timestamptz($1 * 1000)"));
    forms.put("timestamp_seconds", Functions.template("make_timestamptz($1 * 1000000)"));
    forms.put("timestamp_from_unix_micros", forms.get("timestamp_micros"));
    forms.put("timestamp_from_unix_millis", forms.get("timestamp_millis"));
    forms.put("timestamp_from_unix_seconds", forms.get("timestamp_seconds"));
    forms.put("string", call -> zoneless(call, CastPrinter.toText(call.arg(0), call.type(0)), 1));
    forms.put("format_timestamp", call -> format(call, "epoch_us(" + call.arg(1) + ")"));
    forms.put("format_datetime", call -> format(call, "epoch_us(" + call.arg(1) + ")"));
    forms.put(
        "format_date", call -> format(call, "epoch_us(CAST(" + call.arg(1) + " AS TIMESTAMP))"));
    forms.put(
        "format_time", call -> format(call, "epoch_us(DATE '1970-01-01' + " + call.arg(1) + ")"));
  }

  private static String now(Call call) {
    return "make_timestamptz(" + Constants.micros(call.exprs().context().now()) + ")";
  }

  private static String zoneless(Call call, String text) {
    return zoneless(call, text, 0);
  }

  /** Refuses a time zone, which would come as one more argument. */
  private static String zoneless(Call call, String text, int expected) {
    if (call.count() > expected) {
      throw call.refused("A time zone in " + name(call));
    }
    return text;
  }

  private static String name(Call call) {
    return ExprPrinter.functionName(call.node()).replace("$", "").toUpperCase(Locale.ROOT);
  }

  private static String convert(Call call, String target) {
    Type from = call.type(0);
    if (target.equals("DATE") && call.count() == 3) {
      return "make_date(" + String.join(", ", call.args()) + ")";
    }
    if (target.equals("TIMESTAMP") && call.count() == 6) {
      return "make_timestamp("
          + String.join(", ", call.args().subList(0, 5))
          + ", CAST("
          + call.arg(5)
          + " AS DOUBLE))";
    }
    if (target.equals("TIMESTAMP") && call.count() == 2 && call.type(1).isTime()) {
      return "(" + call.arg(0) + " + " + call.arg(1) + ")";
    }
    if (call.count() > 1) {
      throw call.refused(name(call) + " of these arguments");
    }
    return CastPrinter.convert(call.arg(0), from, call.result());
  }

  static String part(Call call, int index) {
    if (call.node().getArgumentList().get(index) instanceof ResolvedLiteral literal) {
      return literal.getValue().getEnumName();
    }
    throw call.refused(name(call) + " with a computed part");
  }

  private static long micros(String part) {
    return switch (part) {
      case "MICROSECOND" -> 1;
      case "MILLISECOND" -> 1_000;
      case "SECOND" -> 1_000_000;
      case "MINUTE" -> 60_000_000L;
      case "HOUR" -> 3_600_000_000L;
      case "DAY" -> 86_400_000_000L;
      default -> 0;
    };
  }

  private static String interval(String count, String part) {
    String whole = "CAST(" + count + " AS INTEGER)";
    return switch (part) {
      case "YEAR" -> "to_years(" + whole + ")";
      case "QUARTER" -> "to_months(3 * " + whole + ")";
      case "MONTH" -> "to_months(" + whole + ")";
      case "WEEK" -> "to_days(7 * " + whole + ")";
      case "DAY" -> "to_days(" + whole + ")";
      default -> "to_microseconds(" + micros(part) + " * " + count + ")";
    };
  }

  private static String shift(Call call, String sign) {
    if (call.type(1).isInterval()) {
      throw call.refused(name(call) + " of an INTERVAL");
    }
    String text =
        "(" + call.arg(0) + " + " + interval("(" + sign + call.arg(1) + ")", part(call, 2)) + ")";
    return ExprPrinter.cast(text, call.result());
  }

  private static String difference(Call call) {
    String part = part(call, 2);
    String later = call.arg(0);
    String earlier = call.arg(1);
    if (call.type(0).isTimestamp()) {
      return "int_div(epoch_us(" + later + ") - epoch_us(" + earlier + "), " + micros(part) + ")";
    }
    return switch (part) {
      case "WEEK" -> weeks(later, 4) + " - " + weeks(earlier, 4);
      case "ISOWEEK" -> weeks(later, 3) + " - " + weeks(earlier, 3);
      case "ISOYEAR" -> "(isoyear(" + later + ") - isoyear(" + earlier + "))";
      default ->
          "date_diff('" + part.toLowerCase(Locale.ROOT) + "', " + earlier + ", " + later + ")";
    };
  }

  /** Weeks since a first day before 1970; the shift says which day of the week starts one. */
  private static String weeks(String date, int shift) {
    return "bq_floor_div(CAST(CAST("
        + date
        + " AS DATE) - DATE '1970-01-01' AS BIGINT) + "
        + shift
        + ", 7)";
  }

  private static String truncate(Call call) {
    String part = part(call, 1);
    if (call.count() > 2) {
      throw call.refused("A time zone in " + name(call));
    }
    String value = call.arg(0);
    String text =
        switch (part) {
          case "WEEK" -> "date_trunc('week', " + value + " + to_days(1)) - to_days(1)";
          case "ISOWEEK" -> "date_trunc('week', " + value + ")";
          case "YEAR",
              "QUARTER",
              "MONTH",
              "DAY",
              "HOUR",
              "MINUTE",
              "SECOND",
              "MILLISECOND",
              "MICROSECOND" ->
              "date_trunc('" + part.toLowerCase(Locale.ROOT) + "', " + value + ")";
          default -> throw call.refused(name(call) + " to " + part);
        };
    if (call.type(0).isTime()) {
      text =
          "CAST(date_trunc('"
              + part.toLowerCase(Locale.ROOT)
              + "', DATE '1970-01-01' + "
              + value
              + ") AS TIME)";
    }
    return ExprPrinter.cast(text, call.result());
  }

  private static String extract(Call call) {
    if (call.count() > 2) {
      throw call.refused("A time zone in EXTRACT");
    }
    String part = part(call, 1);
    String value =
        call.type(0).isTimestamp() ? "(" + call.arg(0) + " AT TIME ZONE 'UTC')" : call.arg(0);
    String text =
        switch (part) {
          case "DAYOFWEEK" -> "datepart('dow', " + value + ") + 1";
          case "DAYOFYEAR" -> "datepart('doy', " + value + ")";
          case "ISOWEEK" -> "datepart('week', " + value + ")";
          case "WEEK" -> "CAST(strftime(" + value + ", '%U') AS BIGINT)";
          case "MICROSECOND" -> "datepart('microsecond', " + value + ") % 1000000";
          case "MILLISECOND" -> "datepart('millisecond', " + value + ") % 1000";
          case "YEAR", "QUARTER", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "ISOYEAR" ->
              "datepart('" + part.toLowerCase(Locale.ROOT) + "', " + value + ")";
          default -> throw call.refused("EXTRACT of " + part);
        };
    return "CAST(" + text + " AS BIGINT)";
  }

  private static String format(Call call, String micros) {
    if (call.count() > 2) {
      throw call.refused("A time zone in " + name(call));
    }
    return "tm_format(" + call.arg(0) + ", " + micros + ")";
  }

  /** Operators + and - on dates, times and intervals. */
  static String arithmetic(Call call, String operator) {
    Type left = call.type(0);
    Type right = call.type(1);
    if (left.isDate() && right.isInt64()) {
      return "(" + call.arg(0) + " " + operator + " CAST(" + call.arg(1) + " AS INTEGER))";
    } else if (left.isInt64() && right.isDate()) {
      return "(" + call.arg(1) + " " + operator + " CAST(" + call.arg(0) + " AS INTEGER))";
    } else if (right.isInterval() && !operator.equals("*") && !operator.equals("/")) {
      return ExprPrinter.cast(
          "(" + call.arg(0) + " " + operator + " " + call.arg(1) + ")", call.result());
    } else if (left.isDate() && right.isDate()) {
      return "to_days(CAST(" + call.arg(0) + " - " + call.arg(1) + " AS INTEGER))";
    } else if (left.getKind() == right.getKind() && (left.isTimestamp() || left.isDatetime())) {
      return "to_microseconds(epoch_us(" + call.arg(0) + ") - epoch_us(" + call.arg(1) + "))";
    }
    throw call.refused(
        "Operator " + operator + " on " + left.typeName() + " and " + right.typeName());
  }
}
