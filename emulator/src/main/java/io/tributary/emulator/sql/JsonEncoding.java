package io.tributary.emulator.sql;

import com.google.zetasql.StructType;
import com.google.zetasql.Type;
import io.tributary.emulator.catalog.BigQueryError;

/** How values of SQL are written as JSON, which differs in its numbers. */
enum JsonEncoding {
  /** TO_JSON_STRING: numbers beyond 2^53 and with fractions in quotes. */
  TEXT,

  /** TO_JSON: all numbers as numbers. */
  JSON,

  /** TO_JSON with stringify_wide_numbers: those in quotes that a FLOAT64 cannot hold. */
  WIDE;

  /** DuckDB's expression for the JSON text of a value; never NULL. */
  String of(String value, Type type) {
    return of(value, type, 0);
  }

  private String of(String value, Type type, int depth) {
    String text =
        switch (type.getKind()) {
          case TYPE_INT64, TYPE_NUMERIC, TYPE_BIGNUMERIC -> number(value, type);
          case TYPE_BOOL -> CastPrinter.toText(value, type);
          case TYPE_DOUBLE -> (this == TEXT ? "js_double(" : "js_json_double(") + value + ")";
          case TYPE_STRING, TYPE_GEOGRAPHY -> "js_quote(" + value + ")";
          case TYPE_JSON -> value;
          case TYPE_BYTES -> "js_quote(to_base64(" + value + "))";
          case TYPE_INTERVAL -> "js_quote(iv_iso(" + IntervalFunctions.fields(value) + "))";
          case TYPE_DATE, TYPE_TIME -> "js_quote(" + CastPrinter.toText(value, type) + ")";
          case TYPE_DATETIME ->
              "js_quote(replace(" + CastPrinter.toText(value, type) + ", ' ', 'T'))";
          case TYPE_TIMESTAMP -> "js_quote(timestamp_json(epoch_us(" + value + ")))";
          case TYPE_RANGE -> range(value, type.asRange().getElementType(), depth);
          case TYPE_ARRAY -> {
            String item = "x" + depth;
            yield "'[' || array_to_string(list_transform("
                + value
                + ", lambda "
                + item
                + ": "
                + of(item, type.asArray().getElementType(), depth + 1)
                + "), ',') || ']'";
          }
          case TYPE_STRUCT -> struct(value, type.asStruct(), depth);
          default ->
              throw BigQueryError.notImplemented(
                  "TO_JSON of " + type.typeName() + " is not supported");
        };
    return "COALESCE(" + text + ", 'null')";
  }

  private String number(String value, Type type) {
    String text = CastPrinter.toText(value, type);
    return switch (this) {
      case JSON -> text;
      case WIDE -> "js_wide(" + text + ")";
      case TEXT -> type.isInt64() ? "js_int(" + value + ")" : "js_number(" + text + ")";
    };
  }

  private String range(String value, Type element, int depth) {
    return "CASE WHEN "
        + value
        + " IS NOT NULL THEN '{\"start\":' || "
        + of("struct_extract(" + value + ", 'f1')", element, depth)
        + " || ',\"end\":' || "
        + of("struct_extract(" + value + ", 'f2')", element, depth)
        + " || '}' END";
  }

  private String struct(String value, StructType type, int depth) {
    StringBuilder text = new StringBuilder("CASE WHEN " + value + " IS NOT NULL THEN '{'");
    for (int i = 0; i < type.getFieldCount(); i++) {
      StructType.StructField field = type.getField(i);
      text.append(" || ")
          .append(SqlText.string((i == 0 ? "" : ",") + JsonText.quote(field.getName()) + ":"))
          .append(" || ")
          .append(
              of(
                  "struct_extract(" + value + ", '" + Types.field(i) + "')",
                  field.getType(),
                  depth));
    }
    return text + " || '}' END";
  }
}
