package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.ArrayList;
import java.util.List;

/** Prints the texts that FORMAT's %t and %T give for a value of any type. */
final class DisplayPrinter {
  private DisplayPrinter() {}

  /** What {@link TextFormat} takes as one argument. */
  static String argument(String value, Type type) {
    return switch (type.getKind()) {
      case TYPE_STRING -> "'q' || " + value;
      case TYPE_JSON -> "'j' || " + value;
      case TYPE_INT64 -> "'i' || " + CastPrinter.toText(value, type);
      case TYPE_DOUBLE -> "'d' || " + both(CastPrinter.toText(value, type), literal(value, type));
      case TYPE_NUMERIC, TYPE_BIGNUMERIC ->
          "'n' || " + both(CastPrinter.toText(value, type), literal(value, type));
      default -> "'x' || " + both(shown(value, type, 0), literal(value, type));
    };
  }

  private static String both(String shown, String literal) {
    return shown + " || chr(" + (int) TextFormat.SEPARATOR + ") || " + literal;
  }

  private static String shown(String value, Type type, int depth) {
    return switch (type.getKind()) {
      case TYPE_ARRAY -> array(value, type, depth, false);
      case TYPE_STRUCT -> struct(value, type, depth, false);
      case TYPE_BYTES -> "by_escaped(hex(" + value + "))";
      case TYPE_JSON -> value;
      case TYPE_DOUBLE -> "tx_floating(" + CastPrinter.toText(value, type) + ")";
      default -> CastPrinter.toText(value, type);
    };
  }

  private static String literal(String value, Type type) {
    return literal(value, type, 0);
  }

  private static String literal(String value, Type type, int depth) {
    return switch (type.getKind()) {
      case TYPE_ARRAY -> array(value, type, depth, true);
      case TYPE_STRUCT -> struct(value, type, depth, true);
      case TYPE_INT64, TYPE_BOOL -> CastPrinter.toText(value, type);
      case TYPE_DOUBLE -> "tx_float_literal(" + CastPrinter.toText(value, type) + ")";
      case TYPE_STRING -> "tx_quoted(" + value + ")";
      case TYPE_BYTES -> "'b\"' || replace(by_escaped(hex(" + value + ")), '\"', '\\\"') || '\"'";
      case TYPE_JSON -> "'JSON ' || tx_quoted(" + value + ")";
      case TYPE_INTERVAL ->
          "'INTERVAL \"' || " + CastPrinter.toText(value, type) + " || '\" YEAR TO SECOND'";
      case TYPE_NUMERIC, TYPE_BIGNUMERIC, TYPE_DATE, TYPE_TIME, TYPE_DATETIME, TYPE_TIMESTAMP ->
          SqlText.string(type.typeName(Analysis.PRODUCT) + " \"")
              + " || "
              + CastPrinter.toText(value, type)
              + " || '\"'";
      default ->
          throw BigQueryError.notImplemented("FORMAT of " + type.typeName() + " is not supported");
    };
  }

  private static String item(String value, Type type, int depth, boolean literal) {
    return "COALESCE("
        + (literal ? literal(value, type, depth) : shown(value, type, depth))
        + ", 'NULL')";
  }

  private static String array(String value, Type type, int depth, boolean literal) {
    String item = "f" + depth;
    return "'[' || array_to_string(list_transform("
        + value
        + ", lambda "
        + item
        + ": "
        + item(item, type.asArray().getElementType(), depth + 1, literal)
        + "), ', ') || ']'";
  }

  private static String struct(String value, Type type, int depth, boolean literal) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < type.asStruct().getFieldCount(); i++) {
      items.add(
          item(
              "struct_extract(" + value + ", '" + Types.field(i) + "')",
              type.asStruct().getField(i).getType(),
              depth,
              literal));
    }
    return "CASE WHEN "
        + value
        + " IS NOT NULL THEN '"
        + (literal && items.size() == 1 ? "STRUCT" : "")
        + "(' || "
        + String.join(" || ', ' || ", items)
        + " || ')' END";
  }
}
