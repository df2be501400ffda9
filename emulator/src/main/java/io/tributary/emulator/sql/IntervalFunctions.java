package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.util.Locale;
import java.util.Map;

/** Functions of INTERVAL, which DuckDB keeps as months, days and microseconds like GoogleSQL. */
final class IntervalFunctions {
  private IntervalFunctions() {}

  static void addTo(Map<String, Form> forms) {
    forms.put("$interval", call -> single(call.arg(0), TimeFunctions.part(call, 1)));
    forms.put("make_interval", IntervalFunctions::make);
    forms.put("justify_hours", justify("HOURS"));
    forms.put("justify_days", justify("DAYS"));
    forms.put("justify_interval", justify("INTERVAL"));
  }

  /** An interval from DuckDB expressions of its three fields. */
  static String of(String months, String days, String micros) {
    return "CAST(iv_text_of("
        + String.join(", ", big(months), big(days), big(micros))
        + ") AS INTERVAL)";
  }

  private static String big(String number) {
    return "CAST(" + number + " AS BIGINT)";
  }

  /** The three fields of an interval, as arguments. */
  static String fields(String interval) {
    return "iv_months(" + interval + "), iv_days(" + interval + "), iv_micros(" + interval + ")";
  }

  static String part(String interval, String part) {
    return "iv_part(" + fields(interval) + ", '" + part.toUpperCase(Locale.ROOT) + "')";
  }

  private static String single(String count, String part) {
    String number = "(" + count + ")";
    return switch (part) {
      case "YEAR" -> of(number + " * 12", "0", "0");
      case "QUARTER" -> of(number + " * 3", "0", "0");
      case "MONTH" -> of(number, "0", "0");
      case "WEEK" -> of("0", number + " * 7", "0");
      case "DAY" -> of("0", number, "0");
      default -> of("0", "0", number + " * " + TimeFunctions.micros(part));
    };
  }

  private static String make(Call call) {
    return of(
        "(" + call.arg(0) + ") * 12 + " + call.arg(1),
        call.arg(2),
        "((("
            + call.arg(3)
            + ") * 60 + "
            + call.arg(4)
            + ") * 60 + "
            + call.arg(5)
            + ") * 1000000");
  }

  private static Form justify(String by) {
    return call -> "CAST(iv_justify(" + fields(call.arg(0)) + ", '" + by + "') AS INTERVAL)";
  }

  /** INTERVAL times or divided by INT64, which divides each field and carries the rest down. */
  static String scaled(Call call, String operator) {
    Type left = call.type(0);
    String interval = call.arg(left.isInterval() ? 0 : 1);
    String factor = call.arg(left.isInterval() ? 1 : 0);
    return operator.equals("*")
        ? of(
            "iv_months(" + interval + ") * " + factor,
            "iv_days(" + interval + ") * " + factor,
            "iv_micros(" + interval + ") * " + factor)
        : "CAST(iv_divided(" + fields(interval) + ", " + factor + ") AS INTERVAL)";
  }

  static String negated(String interval) {
    return of(
        "-iv_months(" + interval + ")",
        "-iv_days(" + interval + ")",
        "-iv_micros(" + interval + ")");
  }
}
