package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.sql.Types;
import io.tributary.emulator.sql.Upgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** DuckDB statements that create tables and follow changes of their definitions. */
final class PhysicalTables {
  private PhysicalTables() {}

  static String create(StoredTable table) {
    List<String> items = new ArrayList<>();
    if (table.ingestionTime()) {
      items.add(StoredTable.PARTITION_TIME + " TIMESTAMPTZ");
    }
    for (Column column : table.definition().columns()) {
      items.add(quote(column.name()) + " " + Types.duckType(column));
    }
    if (items.isEmpty()) {
      items.add("no_columns BOOLEAN");
    }
    return "CREATE TABLE " + table.physicalName() + " (" + String.join(", ", items) + ")";
  }

  /**
   * In DuckDB the columns keep the order in which they were added. A table is filled after all
   * else: DuckDB does not alter it any more in a transaction that has filled it.
   */
  static List<String> alter(StoredTable old, StoredTable changed) {
    Map<String, Column> before = byName(old);
    Map<String, Column> after = byName(changed);
    String alter = "ALTER TABLE " + old.physicalName() + " ";
    List<String> statements = new ArrayList<>();
    List<String> arrays = new ArrayList<>();
    after.forEach(
        (name, column) -> {
          Column known = before.get(name);
          String type = Types.duckType(column);
          if (known == null) {
            statements.add(alter + "ADD COLUMN " + quote(column.name()) + " " + type);
            if (column.mode() == Mode.REPEATED) {
              arrays.add(quote(column.name()));
            }
          } else if (!Types.duckType(known).equals(type) || known.type() != column.type()) {
            statements.add(
                alter
                    + "ALTER COLUMN "
                    + quote(known.name())
                    + " SET DATA TYPE "
                    + type
                    + " USING "
                    + Upgrade.print(quote(known.name()), known, column));
          }
        });
    before.forEach(
        (name, column) -> {
          if (!after.containsKey(name)) {
            statements.add(alter + "DROP COLUMN " + quote(column.name()));
          }
        });
    if (!arrays.isEmpty()) {
      arrays.forEach(array -> statements.add(alter + "ALTER COLUMN " + array + " SET DEFAULT []"));
      String empty =
          arrays.stream().map(array -> array + " = []").collect(Collectors.joining(", "));
      statements.add("UPDATE " + old.physicalName() + " SET " + empty);
    }
    return statements;
  }

  static String rename(StoredTable table, String from, String to) {
    return "ALTER TABLE "
        + table.physicalName()
        + " RENAME COLUMN "
        + quote(from)
        + " TO "
        + quote(to);
  }

  private static Map<String, Column> byName(StoredTable table) {
    return table.definition().columns().stream()
        .collect(
            Collectors.toMap(
                c -> c.name().toLowerCase(Locale.ROOT),
                Function.identity(),
                (a, b) -> a,
                java.util.LinkedHashMap::new));
  }

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
