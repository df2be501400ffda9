package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * How cells leave DuckDB: times as microseconds and intervals as text, at any depth, because the
 * driver would pass nested ones through the zone of the JVM.
 */
public final class OutputForm {
  private OutputForm() {}

  /** The expression to select in place of a column of this kind. */
  public static String select(String text, Column column) {
    return select(text, column, 0);
  }

  private static String select(String text, Column column, int depth) {
    if (column.mode() == Mode.REPEATED) {
      Column element = column.withMode(Mode.NULLABLE);
      String item = "o" + depth;
      String list =
          "CASE WHEN "
              + text
              + " IS NULL THEN CAST([] AS "
              + Types.duckType(column)
              + ") WHEN list_count("
              + text
              + ") <> len("
              + text
              + ") THEN "
              + SqlText.error(
                  "Array cannot have a null element; error in writing field " + column.name())
              + " ELSE "
              + text
              + " END";
      return plain(element)
          ? list
          : "list_transform("
              + list
              + ", lambda "
              + item
              + ": "
              + select(item, element, depth + 1)
              + ")";
    }
    return switch (column.type()) {
      case DATETIME, TIMESTAMP -> "epoch_us(" + text + ")";
      case TIME -> "CAST(" + text + " AS VARCHAR)";
      case INTERVAL -> CastPrinter.toText(text, Types.analyzerType(column));
      case STRUCT -> struct(text, column.fields(), depth);
      case RANGE -> {
        Column element = Column.nullable("bound", column.rangeElementType());
        yield struct(text, List.of(element, element), depth);
      }
      default -> text;
    };
  }

  private static boolean plain(Column column) {
    return select("x", column, 0).equals("x");
  }

  private static String struct(String text, List<Column> fields, int depth) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      String field = Types.field(i);
      items.add(
          "'"
              + field
              + "': "
              + select("struct_extract(" + text + ", '" + field + "')", fields.get(i), depth));
    }
    return "CASE WHEN " + text + " IS NOT NULL THEN {" + String.join(", ", items) + "} END";
  }

  /** The canonical Java value of a cell that was selected in this form. */
  public static Object read(Object cell, Column column) throws SQLException {
    if (column.mode() == Mode.REPEATED) {
      Column element = column.withMode(Mode.NULLABLE);
      List<Object> items = new ArrayList<>();
      for (Object item : (Object[]) ((Array) cell).getArray()) {
        items.add(read(item, element));
      }
      return items;
    }
    if (cell == null) {
      return null;
    }
    return switch (column.type()) {
      case BYTES -> bytes(cell);
      case BIGNUMERIC -> BigNumericText.decode((String) cell);
      case TIME -> java.time.LocalTime.parse((String) cell);
      case DATETIME -> LocalDateTime.ofInstant(instant(cell), ZoneOffset.UTC);
      case TIMESTAMP -> instant(cell);
      case STRUCT -> struct(cell, column.fields());
      case RANGE -> {
        Column element = Column.nullable("bound", column.rangeElementType());
        yield struct(cell, List.of(element, element));
      }
      case INT64, FLOAT64, BOOL, NUMERIC, STRING, DATE, JSON, GEOGRAPHY, INTERVAL -> cell;
    };
  }

  private static Instant instant(Object micros) {
    return Instant.EPOCH.plus((Long) micros, ChronoUnit.MICROS);
  }

  private static byte[] bytes(Object cell) throws SQLException {
    Blob blob = (Blob) cell;
    return blob.getBytes(1, Math.toIntExact(blob.length()));
  }

  private static Object[] struct(Object cell, List<Column> fields) throws SQLException {
    Object[] values = ((Struct) cell).getAttributes();
    Object[] row = new Object[fields.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = read(values[i], fields.get(i));
    }
    return row;
  }
}
