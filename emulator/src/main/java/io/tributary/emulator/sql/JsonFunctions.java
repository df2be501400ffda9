package io.tributary.emulator.sql;

import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.util.List;
import java.util.Map;

/**
 * Functions of JSON; the work is done by functions in Java: {@code js_} those of JSON values, and
 * {@code jt_} those of STRING values that hold JSON.
 */
final class JsonFunctions {
  private static final String STANDARD = "js_standard_path";

  private JsonFunctions() {}

  static void addTo(Map<String, Form> forms) {
    forms.put("to_json_string", JsonFunctions::toText);
    forms.put("to_json", JsonFunctions::toJson);
    forms.put("parse_json", JsonFunctions::parse);
    forms.put("json_query", path("query"));
    forms.put("json_extract", legacy(path("query")));
    forms.put("json_value", path("value"));
    forms.put("json_extract_scalar", legacy(path("value")));
    forms.put("json_query_array", array("items"));
    forms.put("json_extract_array", legacy(array("items")));
    forms.put("json_value_array", array("values"));
    forms.put("json_extract_string_array", legacy(array("values")));
    forms.put("json_type", Functions.template("js_type($1)"));
    forms.put("lax_string", Functions.template("js_lax_string($1)"));
    forms.put("lax_int64", Functions.template("js_lax_int64($1)"));
    forms.put("lax_float64", Functions.template("TRY(to_float64(js_value($1, '$')))"));
    forms.put("lax_bool", Functions.template("js_lax_bool($1)"));
    forms.put("int64", Functions.template("js_int64($1)"));
    forms.put("float64", JsonFunctions::floating);
    forms.put("double", JsonFunctions::floating);
    forms.put("bool", Functions.template("js_bool($1)"));
    Form time = forms.get("string");
    forms.put(
        "string",
        call -> call.type(0).isJson() ? "js_string(" + call.arg(0) + ")" : time.print(call));
    forms.put(
        "$subscript",
        call ->
            call.type(1).isString()
                ? "js_member(" + call.arg(0) + ", " + call.arg(1) + ")"
                : "js_element(" + call.arg(0) + ", " + call.arg(1) + ")");
    forms.put("json_array", JsonFunctions::list);
    forms.put("json_object", JsonFunctions::object);
    forms.put("json_set", call -> edits(call, "js_set"));
    forms.put("json_array_append", call -> edits(call, "js_append"));
    forms.put("json_array_insert", call -> edits(call, "js_insert"));
    forms.put("json_remove", JsonFunctions::remove);
    forms.put("json_strip_nulls", Functions.template("COALESCE(js_strip($1, $2, $3, $4), $1)"));
    forms.put("json_keys", JsonFunctions::keys);
  }

  private static String prefix(Call call) {
    return call.type(0).isJson() ? "js_" : "jt_";
  }

  private static Form path(String function) {
    return call -> prefix(call) + function + "(" + call.arg(0) + ", " + path(call) + ")";
  }

  private static Form array(String function) {
    return call -> strings(prefix(call) + function + "(" + call.arg(0) + ", " + path(call) + ")");
  }

  /** For functions that escape names the old way. */
  private static Form legacy(Form form) {
    return call -> {
      if (call.count() < 2) {
        return form.print(call);
      }
      String path = literal(call);
      if (path != null) {
        JsonPath.legacy(path);
      }
      return form.print(
          new Call(
              call.exprs(), call.node(), List.of(call.arg(0), STANDARD + "(" + call.arg(1) + ")")));
    };
  }

  private static String literal(Call call) {
    return call.node().getArgumentList().get(1) instanceof ResolvedLiteral literal
            && !literal.getValue().isNull()
            && call.type(1).isString()
        ? literal.getValue().getStringValue()
        : null;
  }

  /** A path is checked before the query runs, if it is a constant. */
  private static String path(Call call) {
    if (call.count() < 2) {
      return "'$'";
    }
    String path = literal(call);
    if (path != null && !call.arg(1).startsWith(STANDARD)) {
      JsonPath.of(path);
    }
    return call.arg(1);
  }

  /** DuckDB's list of what a function returned as a JSON list of texts. */
  private static String strings(String json) {
    return "CAST(CAST(" + json + " AS JSON) AS VARCHAR[])";
  }

  private static String toText(Call call) {
    String text = JsonEncoding.TEXT.of(call.arg(0), call.type(0));
    return call.count() < 2 || call.arg(1).equals("FALSE")
        ? text
        : "CASE WHEN "
            + call.arg(1)
            + " THEN js_pretty("
            + text
            + ") WHEN NOT "
            + call.arg(1)
            + " THEN "
            + text
            + " END";
  }

  private static String toJson(Call call) {
    String value = json(call, 0);
    return call.count() < 2 || call.arg(1).equals("FALSE")
        ? value
        : "CASE WHEN "
            + call.arg(1)
            + " THEN js_parse("
            + JsonEncoding.WIDE.of(call.arg(0), call.type(0))
            + ") WHEN NOT "
            + call.arg(1)
            + " THEN "
            + value
            + " END";
  }

  /** The JSON value of an argument; never NULL. */
  private static String json(Call call, int index) {
    return "js_parse(" + JsonEncoding.JSON.of(call.arg(index), call.type(index)) + ")";
  }

  private static String parse(Call call) {
    String exact = "js_exact(" + call.arg(0) + ")";
    if (call.count() < 2) {
      return exact;
    }
    return "CASE "
        + call.arg(1)
        + " WHEN 'round' THEN js_parse("
        + call.arg(0)
        + ") WHEN 'exact' THEN "
        + exact
        + " ELSE bq_fail('"
        + JsonBuiltins.UNKNOWN_MODE
        + "' || "
        + call.arg(1)
        + ") END";
  }

  private static String floating(Call call) {
    return "js_float64(" + call.arg(0) + ", " + (call.count() < 2 ? "'round'" : call.arg(1)) + ")";
  }

  private static String list(Call call) {
    StringBuilder text = new StringBuilder("'['");
    for (int i = 0; i < call.count(); i++) {
      text.append(i == 0 ? " || " : " || ',' || ")
          .append(JsonEncoding.JSON.of(call.arg(i), call.type(i)));
    }
    return "js_parse(" + text + " || ']')";
  }

  private static String object(Call call) {
    if (call.count() == 2 && call.type(0).isArray()) {
      return "js_object("
          + JsonEncoding.JSON.of(call.arg(0), call.type(0))
          + ", "
          + JsonEncoding.JSON.of(call.arg(1), call.type(1))
          + ")";
    }
    StringBuilder text = new StringBuilder("'{'");
    for (int i = 0; i < call.count(); i += 2) {
      text.append(i == 0 ? " || " : " || ',' || ")
          .append("js_quote(COALESCE(")
          .append(call.arg(i))
          .append(", bq_fail('A key of JSON_OBJECT cannot be NULL'))) || ':' || ")
          .append(JsonEncoding.JSON.of(call.arg(i + 1), call.type(i + 1)));
    }
    return "js_parse(" + text + " || '}')";
  }

  /** One edit after the other; one whose path or switch is NULL changes nothing. */
  private static String edits(Call call, String function) {
    boolean flagged = call.count() % 2 == 0;
    String flag = flagged ? call.arg(call.count() - 1) : "TRUE";
    String text = call.arg(0);
    for (int i = 1; i + 1 < call.count(); i += 2) {
      boolean plain = !function.equals("js_set") && !call.type(i + 1).isArray();
      String path = "CASE WHEN " + flag + " IS NOT NULL THEN " + call.arg(i) + " END";
      text =
          function
              + "("
              + String.join(
                  ", ",
                  text,
                  pathOrNone(path),
                  json(call, i + 1),
                  plain ? "FALSE" : "COALESCE(" + flag + ", FALSE)")
              + ")";
    }
    return text;
  }

  private static String pathOrNone(String path) {
    return "COALESCE(" + path + ", '" + JsonEdits.NO_PATH + "')";
  }

  private static String remove(Call call) {
    String text = call.arg(0);
    for (int i = 1; i < call.count(); i++) {
      text = "js_remove(" + text + ", " + pathOrNone(call.arg(i)) + ")";
    }
    return text;
  }

  private static String keys(Call call) {
    String depth = call.count() > 1 ? "COALESCE(" + call.arg(1) + ", 1000000)" : "1000000";
    String mode = call.count() > 2 ? call.arg(2) : "'strict'";
    return strings("js_keys(" + call.arg(0) + ", CAST(" + depth + " AS BIGINT), " + mode + ")");
  }
}
