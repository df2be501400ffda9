package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.util.Map;

/** Functions of ARRAY. */
final class ArrayFunctions {
  private ArrayFunctions() {}

  static void addTo(Map<String, Form> forms) {
    forms.put(
        "$make_array",
        call ->
            "CAST(["
                + String.join(", ", call.args())
                + "] AS "
                + Types.duckType(call.result())
                + ")");
    forms.put("array_length", Functions.template("len($1)"));
    forms.put("array_concat", ArrayFunctions::concat);
    forms.put("array_reverse", Functions.template("list_reverse($1)"));
    forms.put("array_first", Functions.template("bq_at($1, 0, 'Array index 0 is out of bounds')"));
    forms.put(
        "array_last",
        Functions.template("bq_at($1, len($1) - 1, 'Array index 0 is out of bounds')"));
    forms.put("array_to_string", ArrayFunctions::toText);
    forms.put("array_includes", Functions.template("list_contains($1, $2)"));
    forms.put(
        "$array_at_offset",
        Functions.template("bq_at($1, $2, 'Array index ' || $2 || ' is out of bounds')"));
    forms.put(
        "$array_at_ordinal",
        Functions.template("bq_at($1, $2 - 1, 'Array index ' || $2 || ' is out of bounds')"));
    forms.put("$safe_array_at_offset", Functions.template("bq_safe_at($1, $2)"));
    forms.put("$safe_array_at_ordinal", Functions.template("bq_safe_at($1, $2 - 1)"));
    forms.put("generate_array", ArrayFunctions::generate);
  }

  private static String concat(Call call) {
    StringBuilder text = new StringBuilder("CASE WHEN ");
    text.append(call.arg(0)).append(" IS NULL");
    for (int i = 1; i < call.count(); i++) {
      text.append(" OR ").append(call.arg(i)).append(" IS NULL");
    }
    // DuckDB takes NULL for an empty list here
    return text + " THEN NULL ELSE (" + String.join(" || ", call.args()) + ") END";
  }

  private static String toText(Call call) {
    if (!call.type(0).asArray().getElementType().isString()) {
      throw call.refused("ARRAY_TO_STRING of " + call.type(0).typeName());
    }
    String items =
        call.count() == 3
            ? "list_transform(" + call.arg(0) + ", lambda x: COALESCE(x, " + call.arg(2) + "))"
            : call.arg(0);
    return "array_to_string(" + items + ", " + call.arg(1) + ")";
  }

  private static String generate(Call call) {
    Type element = call.result().asArray().getElementType();
    String step = call.count() == 3 ? call.arg(2) : ExprPrinter.cast("1", element);
    String all = call.arg(0) + ", " + call.arg(1) + ", ";
    if (element.isInt64()) {
      return "generate_series(" + all + "bq_step(" + step + "))";
    } else if (element.isDouble()) {
      return "CAST(CAST(dbl_series(" + all + step + ") AS JSON) AS DOUBLE[])";
    } else if (element.isNumeric()) {
      return "list_transform(CAST(CAST(num_series("
          + all
          + step
          + ") AS JSON) AS VARCHAR[]), lambda v: CAST(v AS DECIMAL(38,9)))";
    }
    throw call.refused("GENERATE_ARRAY of " + call.result().typeName());
  }
}
