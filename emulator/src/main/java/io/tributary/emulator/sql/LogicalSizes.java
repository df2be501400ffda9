package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a value counts for, whatever it takes to store it. */
public final class LogicalSizes {
  private static final String VERTEX = "[-+0-9.eE]+ +[-+0-9.eE]+";

  private LogicalSizes() {}

  /** The size of the stored cells of these columns in a row, as a DuckDB expression. */
  public static String print(List<Column> columns) {
    return columns.isEmpty()
        ? "0"
        : columns.stream()
            .map(column -> print(SqlText.name(column.name()), column, 0))
            .collect(Collectors.joining(" + "));
  }

  private static String print(String cell, Column column, int depth) {
    if (column.mode() == Mode.REPEATED) {
      String item = "s" + depth;
      return "coalesce(list_sum(list_transform(%s, lambda %s: %s)), 0)"
          .formatted(cell, item, print(item, column.withMode(Mode.NULLABLE), depth + 1));
    }
    return switch (column.type()) {
      case STRUCT -> struct(cell, column, depth);
      case BOOL -> fixed(cell, 1);
      case NUMERIC, INTERVAL, RANGE -> fixed(cell, 16);
      case BIGNUMERIC -> fixed(cell, 32);
      case STRING, JSON -> "coalesce(2 + strlen(%s), 0)".formatted(cell);
      case BYTES -> "coalesce(2 + octet_length(%s), 0)".formatted(cell);
      case GEOGRAPHY ->
          "coalesce(16 + 24 * len(regexp_extract_all(%s, '%s')), 0)".formatted(cell, VERTEX);
      default -> fixed(cell, 8);
    };
  }

  private static String fixed(String cell, int bytes) {
    return "CASE WHEN %s IS NULL THEN 0 ELSE %d END".formatted(cell, bytes);
  }

  private static String struct(String cell, Column column, int depth) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < column.fields().size(); i++) {
      String field = "struct_extract(%s, '%s')".formatted(cell, Types.field(i));
      fields.add(print(field, column.fields().get(i), depth));
    }
    return "(" + String.join(" + ", fields) + ")";
  }
}
