package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.sql.BigNumericText;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** Hands canonical Java values to DuckDB's appender. */
final class AppendedCells {
  private AppendedCells() {}

  /** Whether the appender has a form for the values of this column. */
  static boolean takes(Column column) {
    return switch (column.type()) {
      case INTERVAL, RANGE -> false;
      case STRUCT -> column.fields().stream().allMatch(AppendedCells::takes);
      default -> true;
    };
  }

  static void append(DuckDBAppender out, Column column, Object value) throws SQLException {
    if (column.mode() == Mode.REPEATED) {
      out.append(items(column, value));
      return;
    }
    if (value == null) {
      out.appendNull();
      return;
    }
    switch (column.type()) {
      case INT64 -> out.append(((Long) value).longValue());
      case BOOL -> out.append(((Boolean) value).booleanValue());
      case FLOAT64 -> out.append(((Double) element(column, value)).doubleValue());
      case STRING, JSON, GEOGRAPHY, BIGNUMERIC -> out.append((String) element(column, value));
      case BYTES -> out.append((byte[]) value);
      case NUMERIC -> out.append((BigDecimal) element(column, value));
      case DATE -> out.append((LocalDate) value);
      case TIME -> out.append((LocalTime) value);
      case DATETIME -> out.append((LocalDateTime) value);
      case TIMESTAMP -> out.append(((Instant) value).atOffset(ZoneOffset.UTC));
      case STRUCT -> {
        out.beginStruct();
        Object[] fields = fields(column, value);
        for (int i = 0; i < fields.length; i++) {
          append(out, column.fields().get(i), fields[i]);
        }
        out.endStruct();
      }
      case INTERVAL, RANGE ->
          throw new IllegalStateException(column.type() + " is not appended this way");
    }
  }

  /** A struct's fields; those that its column got after the row was taken are NULL. */
  static Object[] fields(Column column, Object value) {
    return Arrays.copyOf((Object[]) value, column.fields().size());
  }

  /** An absent array is an empty one; one with an absent element is refused. */
  private static List<Object> items(Column column, Object value) {
    Column element = column.withMode(Mode.NULLABLE);
    List<Object> items = new ArrayList<>();
    if (value != null) {
      for (Object item : (List<?>) value) {
        items.add(element(element, presentItem(column, item)));
      }
    }
    return items;
  }

  static Object presentItem(Column column, Object item) {
    if (item == null) {
      throw BigQueryError.invalid(
          "Array cannot have a null element; error in writing field " + column.name());
    }
    return item;
  }

  /** The form that the appender takes inside a list; a struct is the list of its fields. */
  private static Object element(Column column, Object value) {
    if (column.mode() == Mode.REPEATED) {
      return items(column, value);
    }
    if (value == null) {
      return null;
    }
    return switch (column.type()) {
      // adding zero turns negative zero, which BigQuery does not store, into zero
      case FLOAT64 -> (Double) value + 0.0;
      case NUMERIC -> ((BigDecimal) value).setScale(9);
      case BIGNUMERIC -> BigNumericText.encode((BigDecimal) value);
      case TIMESTAMP -> ((Instant) value).atOffset(ZoneOffset.UTC);
      case STRUCT -> {
        Object[] fields = fields(column, value);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
          values.add(element(column.fields().get(i), fields[i]));
        }
        yield values;
      }
      default -> value;
    };
  }
}
