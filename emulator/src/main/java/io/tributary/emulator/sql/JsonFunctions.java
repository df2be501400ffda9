package io.tributary.emulator.sql;

import com.google.zetasql.StructType;
import com.google.zetasql.Type;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.util.Map;

/** Functions of JSON; the work is done by functions in Java, see {@link JsonBuiltins}. */
final class JsonFunctions {
  private JsonFunctions() {}

  static void addTo(Map<String, Form> forms) {
    forms.put("to_json_string", call -> plain(call, 1));
    forms.put("to_json", call -> plain(call, 1));
    forms.put("parse_json", Functions.template("js_parse($1)"));
    forms.put("json_query", path("js_query"));
    forms.put("json_extract", path("js_query"));
    forms.put("json_value", path("js_value"));
    forms.put("json_extract_scalar", path("js_value"));
    forms.put("json_query_array", path("js_items"));
    forms.put("json_extract_array", path("js_items"));
    forms.put("json_value_array", path("js_values"));
    forms.put("json_extract_string_array", path("js_values"));
    forms.put("json_type", Functions.template("js_type($1)"));
    forms.put("lax_string", Functions.template("js_value($1, '$')"));
    forms.put("lax_int64", Functions.template("js_lax_int64($1)"));
    forms.put("lax_float64", Functions.template("TRY(to_float64(js_value($1, '$')))"));
    forms.put("lax_bool", Functions.template("js_lax_bool($1)"));
    forms.put("int64", Functions.template("js_int64($1)"));
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
  }

  private static Form path(String function) {
    return call ->
        function + "(" + call.arg(0) + ", " + (call.count() > 1 ? call.arg(1) : "'$'") + ")";
  }

  private static String plain(Call call, int expected) {
    // TO_JSON and TO_JSON_STRING have a second argument that is false unless given
    boolean wide = call.count() > expected && !call.arg(1).equals("FALSE");
    if (wide) {
      throw call.refused(ExprPrinter.functionName(call.node()) + " with a second argument");
    }
    return text(call.arg(0), call.type(0), 0);
  }

  /** JSON text of a value; never NULL. */
  static String text(String value, Type type, int depth) {
    String text =
        switch (type.getKind()) {
          case TYPE_INT64 -> "js_int(" + value + ")";
          case TYPE_BOOL -> CastPrinter.toText(value, type);
          case TYPE_DOUBLE -> "js_double(" + value + ")";
          case TYPE_NUMERIC, TYPE_BIGNUMERIC ->
              "js_number(" + CastPrinter.toText(value, type) + ")";
          case TYPE_STRING, TYPE_GEOGRAPHY -> "js_quote(" + value + ")";
          case TYPE_JSON -> value;
          case TYPE_BYTES -> "js_quote(to_base64(" + value + "))";
          case TYPE_DATE, TYPE_TIME, TYPE_INTERVAL ->
              "js_quote(" + CastPrinter.toText(value, type) + ")";
          case TYPE_DATETIME ->
              "js_quote(replace(" + CastPrinter.toText(value, type) + ", ' ', 'T'))";
          case TYPE_TIMESTAMP -> "js_quote(timestamp_json(epoch_us(" + value + ")))";
          case TYPE_ARRAY -> {
            String item = "x" + depth;
            yield "'[' || array_to_string(list_transform("
                + value
                + ", lambda "
                + item
                + ": "
                + text(item, type.asArray().getElementType(), depth + 1)
                + "), ',') || ']'";
          }
          case TYPE_STRUCT -> struct(value, type.asStruct(), depth);
          default ->
              throw io.tributary.emulator.catalog.BigQueryError.notImplemented(
                  "TO_JSON of " + type.typeName() + " is not supported");
        };
    return "COALESCE(" + text + ", 'null')";
  }

  private static String struct(String value, StructType type, int depth) {
    StringBuilder text = new StringBuilder("CASE WHEN " + value + " IS NOT NULL THEN '{'");
    for (int i = 0; i < type.getFieldCount(); i++) {
      StructType.StructField field = type.getField(i);
      text.append(" || ")
          .append(SqlText.string((i == 0 ? "" : ",") + JsonText.quote(field.getName()) + ":"))
          .append(" || ")
          .append(
              text(
                  "struct_extract(" + value + ", '" + Types.field(i) + "')",
                  field.getType(),
                  depth));
    }
    return text + " || '}' END";
  }
}
