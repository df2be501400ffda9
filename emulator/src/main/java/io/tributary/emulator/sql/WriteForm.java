package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The checks and roundings that a value undergoes on its way into a column. */
public final class WriteForm {
  private WriteForm() {}

  /** The expression to store; the text is used several times, so it should be a plain reference. */
  public static String store(String text, Column column) {
    if (column.mode() == Mode.REPEATED) {
      return repeated(text, column);
    }
    String value = checked(text, column);
    return column.mode() == Mode.REQUIRED
        ? "CASE WHEN "
            + text
            + " IS NULL THEN "
            + SqlText.error("Required field " + column.name() + " cannot be null")
            + " ELSE "
            + value
            + " END"
        : value;
  }

  private static String repeated(String text, Column column) {
    Column element = column.withMode(Mode.NULLABLE);
    String item = checked("e", element);
    return "CASE WHEN "
        + text
        + " IS NULL THEN CAST([] AS "
        + Types.duckType(column)
        + ") WHEN list_count("
        + text
        + ") <> len("
        + text
        + ") THEN "
        + SqlText.error("Array cannot have a null element; error in writing field " + column.name())
        + " ELSE "
        + (item.equals("e") ? text : "list_transform(" + text + ", lambda e: " + item + ")")
        + " END";
  }

  private static String checked(String text, Column column) {
    return switch (column.type()) {
      case STRING -> length(text, column, "length(" + text + ")");
      case BYTES -> length(text, column, "octet_length(" + text + ")");
      case NUMERIC -> column.precision() == null ? text : numeric(text, column);
      case BIGNUMERIC -> column.precision() == null ? text : bigNumeric(text, column);
      case STRUCT -> struct(text, column);
      default -> text;
    };
  }

  private static String length(String text, Column column, String length) {
    if (column.maxLength() == null) {
      return text;
    }
    String start =
        "Field "
            + column.name()
            + ": "
            + column.type()
            + "("
            + column.maxLength()
            + ") has maximum length "
            + column.maxLength()
            + " but got a value with length ";
    return "CASE WHEN "
        + length
        + " > "
        + column.maxLength()
        + " THEN "
        + SqlText.errorOf(SqlText.string(start) + " || " + length)
        + " ELSE "
        + text
        + " END";
  }

  private static String numeric(String text, Column column) {
    long scale = column.scale() == null ? 0 : column.scale();
    String rounded = "num_round(" + text + ", CAST(" + scale + " AS BIGINT))";
    BigDecimal limit = BigDecimal.TEN.pow(Math.toIntExact(column.precision() - scale));
    return "CASE WHEN abs("
        + rounded
        + ") >= "
        + limit.toPlainString()
        + " THEN "
        + outOfRange(column, scale)
        + " ELSE "
        + rounded
        + " END";
  }

  private static String bigNumeric(String text, Column column) {
    long scale = column.scale() == null ? 0 : column.scale();
    String fitted = "bn_fit(" + text + ", " + column.precision() + ", " + scale + ")";
    return "CASE WHEN "
        + text
        + " IS NOT NULL AND TRY("
        + fitted
        + ") IS NULL THEN "
        + outOfRange(column, scale)
        + " ELSE "
        + fitted
        + " END";
  }

  private static String outOfRange(Column column, long scale) {
    return SqlText.error(
        "Field "
            + column.name()
            + ": "
            + column.type()
            + "("
            + column.precision()
            + ", "
            + scale
            + ") has precision "
            + column.precision()
            + " and scale "
            + scale
            + " but got a value that is not in range");
  }

  private static String struct(String text, Column column) {
    List<String> items = new ArrayList<>();
    boolean plain = true;
    for (int i = 0; i < column.fields().size(); i++) {
      String field = "struct_extract(" + text + ", '" + Types.field(i) + "')";
      String stored = store(field, column.fields().get(i));
      plain &= stored.equals(field);
      items.add("'" + Types.field(i) + "': " + stored);
    }
    return plain
        ? text
        : "CASE WHEN " + text + " IS NOT NULL THEN {" + String.join(", ", items) + "} END";
  }
}
