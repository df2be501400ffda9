package io.tributary.bigquery.table;

import io.tributary.bigquery.config.ColumnChoices;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which columns may be left out of a change. */
public final class Absent {
  /**
   * PostgreSQL moves only long values out of line: numbers, dates and times are never left out of a
   * change. A column of such a type may still take long texts, by the configuration's choice.
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
   * Their names. The columns that take one field's values of different types are left out together.
   *
   * @param choices what the configuration says of them
   */
  public static List<String> of(List<Column> columns, ColumnChoices choices) {
    Map<String, Column> byName = new HashMap<>();
    columns.forEach(column -> byName.put(folded(column.name()), column));
    Set<String> absent = new HashSet<>();
    for (Column column : columns) {
      if (isLong(column) || choices.mayType(column.name())) {
        absent.add(folded(column.name()));
        SHORT.forEach(type -> absent.add(folded(ColumnNames.aside(column.name(), type))));
      } else if (hasLongAside(column, byName)) {
        absent.add(folded(column.name()));
      }
    }
    return columns.stream().map(Column::name).filter(n -> absent.contains(folded(n))).toList();
  }

  private static boolean hasLongAside(Column column, Map<String, Column> byName) {
    for (ColumnType type : ColumnType.values()) {
      Column aside = byName.get(folded(ColumnNames.aside(column.name(), type)));
      if (aside != null && isLong(aside)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLong(Column column) {
    return column.mode() == Column.Mode.REPEATED || !SHORT.contains(column.type());
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
