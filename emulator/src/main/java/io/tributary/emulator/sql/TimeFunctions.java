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
    forms.put("current_datetime", call -> current(call, "DATETIME"));
    forms.put("current_date", call -> current(call, "DATE"));
    forms.put("current_time", call -> current(call, "TIME"));
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
    forms.put("last_day", TimeFunctions::lastDay);
    forms.put("$extract", TimeFunctions::extract);
    forms.put("$extract_date", call -> of("DATE", civil(call, 0, 1)));
    forms.put("$extract_time", call -> of("TIME", civil(call, 0, 1)));
    forms.put("$extract_datetime", call -> of("DATETIME", civil(call, 0, 1)));
    forms.put("unix_micros", Functions.same("epoch_us"));
    forms.put("unix_millis", Functions.template("bq_floor_div(epoch_us($1), 1000)"));
    forms.put("unix_seconds", Functions.template("bq_floor_div(epoch_us($1), 1000000)"));
    forms.put("unix_date", Functions.template("CAST($1 - DATE '1970-01-01' AS BIGINT)"));
    forms.put("date_from_unix_date", call -> of("DATE", bound(call.arg(0) + " * 86400000000")));
    forms.put("timestamp_micros", call -> of("TIMESTAMP", bound(call.arg(0))));
    forms.put("timestamp_millis", call -> of("TIMESTAMP", bound(call.arg(0) + " * 1000")));
    forms.put("timestamp_seconds", call -> of("TIMESTAMP", bound(call.arg(0) + " * 1000000")));
    forms.put("timestamp_from_unix_micros", forms.get("timestamp_micros"));
    forms.put("timestamp_from_unix_millis", forms.get("timestamp_millis"));
    forms.put("timestamp_from_unix_seconds", forms.get("timestamp_seconds"));
  }

  private static String now(Call call) {
    return "make_timestamptz(" + Constants.micros(call.exprs().context().now()) + ")";
  }

  private static String current(Call call, String type) {
    String micros = "epoch_us(" + now(call) + ")";
    return of(type, call.count() == 0 ? micros : "tm_local(" + micros + ", " + call.arg(0) + ")");
  }

  /** A value of this type from microseconds. */
  static String of(String type, String micros) {
    return switch (type) {
      case "DATE" -> "CAST(make_timestamp(" + micros + ") AS DATE)";
      case "TIME" -> "CAST(make_timestamp(" + micros + ") AS TIME)";
      case "DATETIME" -> "make_timestamp(" + micros + ")";
      default -> "make_timestamptz(" + micros + ")";
    };
  }

  static String of(Type type, String micros) {
    return of(
        type.isDate() ? "DATE" : type.isDatetime() ? "DATETIME" : type.isTime() ? "TIME" : "",
        micros);
  }

  private static String bound(String micros) {
    return "tm_bound(" + micros + ", 'timestamp')";
  }

  static String micros(Call call, int index) {
    return micros(call.arg(index), call.type(index));
  }

  /** Microseconds since 1970 of a value of this type. */
  static String micros(String value, Type type) {
    return type.isDate()
        ? "epoch_us(CAST(" + value + " AS TIMESTAMP))"
        : type.isTime() ? "epoch_us(DATE '1970-01-01' + " + value + ")" : "epoch_us(" + value + ")";
  }

  /** Microseconds of an argument on the clock of the zone that another argument may name. */
  private static String civil(Call call, int index, int zone) {
    String micros = micros(call, index);
    return zone < call.count() ? "tm_local(" + micros + ", " + call.arg(zone) + ")" : micros;
  }

  private static String name(Call call) {
    return ExprPrinter.functionName(call.node()).replace("$", "").toUpperCase(Locale.ROOT);
  }

  private static String convert(Call call, String target) {
    Type from = call.type(0);
    if (target.equals("DATE") && call.count() == 3) {
      return of(
          "DATE",
          bound("epoch_us(CAST(make_date(" + String.join(", ", call.args()) + ") AS TIMESTAMP))"));
    }
    if (target.equals("TIME") && call.count() == 3) {
      return of("TIME", "tm_clock(" + String.join(", ", call.args()) + ")");
    }
    if (call.count() == 2 && call.type(1).isString()) {
      if (from.isTimestamp()) {
        return of(call.result(), civil(call, 0, 1));
      }
      String local = from.isString() ? "to_local_us(" + call.arg(0) + ")" : micros(call, 0);
      return of("TIMESTAMP", "tm_instant(" + local + ", " + call.arg(1) + ")");
    }
    if (target.equals("TIMESTAMP") && call.count() == 6) {
      return of(
          "DATETIME",
          "epoch_us(CAST(make_date("
              + String.join(", ", call.args().subList(0, 3))
              + ") AS TIMESTAMP)) + tm_clock("
              + String.join(", ", call.args().subList(3, 6))
              + ")");
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

  static long micros(String part) {
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

  private static String shift(Call call, String sign) {
    if (call.type(1).isInterval()) {
      return arithmetic(call, sign.isEmpty() ? "+" : "-");
    }
    String count = "(" + sign + call.arg(1) + ")";
    if (call.type(0).isTime()) {
      // a TIME wraps around midnight, which the day of a point in time does
      String micros = "to_microseconds(" + micros(part(call, 2)) + " * " + count + ")";
      return ExprPrinter.cast("(" + call.arg(0) + " + " + micros + ")", call.result());
    }
    return of(
        call.result(), "tm_shift(" + micros(call, 0) + ", " + count + ", '" + part(call, 2) + "')");
  }

  private static String difference(Call call) {
    String part = part(call, 2);
    if (call.type(0).isTimestamp()) {
      return "int_div(" + micros(call, 0) + " - " + micros(call, 1) + ", " + micros(part) + ")";
    }
    return "tm_diff(" + micros(call, 0) + ", " + micros(call, 1) + ", '" + part + "')";
  }

  /** Parts up to the hour keep the offset of the zone, also where its clock is set back. */
  private static String truncate(Call call) {
    String part = part(call, 1);
    if (call.count() < 3) {
      return of(call.result(), "tm_trunc(" + micros(call, 0) + ", '" + part + "')");
    }
    String local = civil(call, 0, 2);
    boolean clock = micros(part) > 0 && !part.equals("DAY");
    return of(
        "TIMESTAMP",
        clock
            ? "("
                + micros(call, 0)
                + " - ("
                + local
                + " - tm_trunc("
                + local
                + ", '"
                + part
                + "')))"
            : "tm_instant(tm_trunc(" + local + ", '" + part + "'), " + call.arg(2) + ")");
  }

  private static String extract(Call call) {
    if (call.type(0).isInterval()) {
      return IntervalFunctions.part(call.arg(0), part(call, 1));
    }
    return "tm_extract(" + civil(call, 0, 2) + ", '" + part(call, 1) + "')";
  }

  private static String lastDay(Call call) {
    String part = call.count() > 1 ? part(call, 1) : "MONTH";
    return of("DATE", "tm_last_day(" + micros(call, 0) + ", '" + part + "')");
  }

  private static String days(Call call, int date, String operator, int count) {
    return of(
        "DATE", "tm_shift(" + micros(call, date) + ", " + operator + call.arg(count) + ", 'DAY')");
  }

  /** Operators + and - on dates, times and intervals. */
  static String arithmetic(Call call, String operator) {
    Type left = call.type(0);
    Type right = call.type(1);
    if (left.isDate() && right.isInt64()) {
      return days(call, 0, operator, 1);
    } else if (left.isInt64() && right.isDate()) {
      return days(call, 1, operator, 0);
    } else if (right.isInterval() && !operator.equals("*") && !operator.equals("/")) {
      return sum(call, 0, 1, operator);
    } else if (left.isDate() && right.isDate()) {
      return IntervalFunctions.of("0", call.arg(0) + " - " + call.arg(1), "0");
    } else if (left.getKind() == right.getKind()
        && (left.isTimestamp() || left.isDatetime() || left.isTime())) {
      return IntervalFunctions.of("0", "0", micros(call, 0) + " - " + micros(call, 1));
    }
    if (call.result().isInterval() && (left.isInt64() || right.isInt64())) {
      return IntervalFunctions.scaled(call, operator);
    } else if (left.isInterval() && operator.equals("+")) {
      return sum(call, 1, 0, operator);
    }
    throw call.refused(
        "Operator " + operator + " on " + left.typeName() + " and " + right.typeName());
  }

  /** A date or time, or an interval, and an interval. */
  private static String sum(Call call, int value, int interval, String operator) {
    Type type = call.result();
    String added = call.arg(interval);
    if (call.type(value).isInterval()) {
      return IntervalFunctions.of(
          "iv_months(" + call.arg(value) + ") " + operator + " iv_months(" + added + ")",
          "iv_days(" + call.arg(value) + ") " + operator + " iv_days(" + added + ")",
          "iv_micros(" + call.arg(value) + ") " + operator + " iv_micros(" + added + ")");
    }
    String sign = operator.equals("-") ? "-" : "";
    String months =
        "tm_shift(" + micros(call, value) + ", " + sign + "iv_months(" + added + "), 'MONTH')";
    String days = "tm_shift(" + months + ", " + sign + "iv_days(" + added + "), 'DAY')";
    String sum = "tm_shift(" + days + ", " + sign + "iv_micros(" + added + "), 'MICROSECOND')";
    return of(type, type.isTimestamp() ? "tm_fixed(" + sum + ", iv_months(" + added + "))" : sum);
  }
}
