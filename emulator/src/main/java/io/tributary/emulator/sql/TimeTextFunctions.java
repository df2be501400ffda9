package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Dates and times in and out of text by format strings, and series of them. */
final class TimeTextFunctions {
  private TimeTextFunctions() {}

  static void addTo(Map<String, Form> forms) {
    for (String type : new String[] {"date", "time", "datetime", "timestamp"}) {
      String upper = type.toUpperCase(Locale.ROOT);
      forms.put("format_" + type, call -> format(call, upper));
      forms.put("parse_" + type, call -> parse(call, upper));
    }
    forms.put("string", TimeTextFunctions::string);
    forms.put("generate_date_array", TimeTextFunctions::series);
    forms.put("generate_timestamp_array", TimeTextFunctions::series);
  }

  private static String format(Call call, String type) {
    constant(call).ifPresent(pattern -> TimePattern.parts(pattern, type));
    String zone = call.count() > 2 ? call.arg(2) : "'UTC'";
    return "tm_format("
        + String.join(", ", call.arg(0), TimeFunctions.micros(call, 1), zone, "'" + type + "'")
        + ")";
  }

  private static String parse(Call call, String type) {
    constant(call).ifPresent(pattern -> TimeParser.check(pattern, type));
    String zone = call.count() > 2 ? call.arg(2) : "'UTC'";
    return TimeFunctions.of(
        type,
        "tm_parse(" + String.join(", ", call.arg(0), call.arg(1), zone, "'" + type + "'") + ")");
  }

  /** What a format string cannot hold is refused before the query runs, if it is a constant. */
  private static Optional<String> constant(Call call) {
    return call.node().getArgumentList().get(0) instanceof ResolvedLiteral literal
            && !literal.getValue().isNull()
        ? Optional.of(literal.getValue().getStringValue())
        : Optional.empty();
  }

  private static String string(Call call) {
    return call.count() > 1
        ? "timestamp_zoned(" + TimeFunctions.micros(call, 0) + ", " + call.arg(1) + ")"
        : CastPrinter.toText(call.arg(0), call.type(0));
  }

  private static String series(Call call) {
    Type element = call.result().asArray().getElementType();
    String list =
        "CAST(CAST(tm_series("
            + TimeFunctions.micros(call, 0)
            + ", "
            + TimeFunctions.micros(call, 1)
            + ", "
            + (call.count() > 2 ? call.arg(2) : "1")
            + ", '"
            + (call.count() > 3 ? TimeFunctions.part(call, 3) : "DAY")
            + "') AS JSON) AS BIGINT[])";
    return "list_transform(" + list + ", lambda t: " + TimeFunctions.of(element, "t") + ")";
  }
}
