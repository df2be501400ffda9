package io.tributary.bigquery.table;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which columns may be left out of a change. */
public final class Absent {
  /**
   * PostgreSQL moves only long values out of line: numbers, dates and times are never left out of a
   * change.
   */
  private static final Set<ColumnType> SHORT =
      EnumSet.of(
          ColumnType.INT64,
          ColumnType.FLOAT64,
          ColumnType.BOOL,
          ColumnType.DATE,
          ColumnType.TIME,
          ColumnType.DATETIME,
          ColumnType.TIMESTAMP);

  private Absent() {}

  /**
   * Their names. A column that takes a field's values of another type is left out together with the
   * field's first one.
   */
  public static List<String> of(List<Column> columns) {
    Set<String> asides = new HashSet<>();
    for (Column column : columns) {
      if (isLong(column)) {
        SHORT.forEach(type -> asides.add(folded(ColumnNames.aside(column.name(), type))));
      }
    }
    return columns.stream()
        .filter(column -> isLong(column) || asides.contains(folded(column.name())))
        .map(Column::name)
        .toList();
  }

  private static boolean isLong(Column column) {
    return column.mode() == Column.Mode.REPEATED || !SHORT.contains(column.type());
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
