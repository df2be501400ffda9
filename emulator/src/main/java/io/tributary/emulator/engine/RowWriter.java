package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.sql.Constants;
import io.tributary.emulator.sql.DefaultValues;
import io.tributary.emulator.sql.Partitions;
import io.tributary.emulator.sql.PrintContext;
import io.tributary.emulator.sql.Types;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Appends rows of canonical Java values. */
final class RowWriter {
  private static final int LITERAL_ROWS = 500;

  private final DuckDBConnection connection;
  private final DefaultValues defaults;
  private final Instant now;
  private final Instant partition;

  /** Writes rows that are ingested at a time into the partition of that or another time. */
  RowWriter(DuckDBConnection connection, DefaultValues defaults, Instant now, Instant partition) {
    this.connection = connection;
    this.defaults = defaults;
    this.now = now;
    this.partition = partition;
  }

  /** Throws unless the table takes these rows. */
  void check(StoredTable table, RowBatch batch) {
    List<Column> columns = table.definition().columns();
    int[] sources = sources(columns, batch.columns());
    for (Object[] row : batch.rows()) {
      for (int i = 0; i < sources.length; i++) {
        Object cell = sources[i] < 0 ? null : row[sources[i]];
        boolean missing =
            columns.get(i).mode() == Mode.REQUIRED
                && cell == null
                && !(sources[i] < 0 && columns.get(i).defaultValueExpression() != null);
        if (missing) {
          throw BigQueryError.invalid(
              "Field " + columns.get(i).name() + ": value cannot be missing.");
        }
      }
    }
  }

  void write(StoredTable table, RowBatch batch) throws SQLException {
    List<Column> columns = table.definition().columns();
    int[] sources = sources(columns, batch.columns());
    boolean plain = !table.ingestionTime();
    for (int i = 0; i < sources.length; i++) {
      Column column = columns.get(i);
      plain &= AppendedCells.takes(column);
      plain &= sources[i] >= 0 || column.defaultValueExpression() == null;
    }
    if (plain) {
      append(table, columns, sources, batch.rows());
    } else {
      insert(table, columns, sources, batch.rows());
    }
  }

  private static int[] sources(List<Column> columns, List<Column> given) {
    int[] sources = new int[columns.size()];
    Arrays.fill(sources, -1);
    for (int i = 0; i < given.size(); i++) {
      int target = -1;
      for (int j = 0; j < columns.size(); j++) {
        target = TableStore.sameColumn(columns.get(j), given.get(i)) ? j : target;
      }
      if (target < 0) {
        throw BigQueryError.invalid("no such field: " + given.get(i).name());
      }
      sources[target] = i;
    }
    return sources;
  }

  private void append(StoredTable table, List<Column> columns, int[] sources, List<Object[]> rows)
      throws SQLException {
    try (DuckDBAppender appender = connection.createAppender(table.physicalName())) {
      for (Object[] row : rows) {
        appender.beginRow();
        for (int i = 0; i < sources.length; i++) {
          AppendedCells.append(appender, columns.get(i), sources[i] < 0 ? null : row[sources[i]]);
        }
        appender.endRow();
      }
      appender.flush();
    }
  }

  /** For shapes that the appender does not take: the values as text. */
  private void insert(StoredTable table, List<Column> columns, int[] sources, List<Object[]> rows)
      throws SQLException {
    PrintContext context = new PrintContext(Map.of(), Map.of(), Map.of(), List.of(), now, Map.of());
    for (int from = 0; from < rows.size(); from += LITERAL_ROWS) {
      List<String> lines = new ArrayList<>();
      for (Object[] row : rows.subList(from, Math.min(rows.size(), from + LITERAL_ROWS))) {
        List<String> cells = new ArrayList<>();
        if (table.ingestionTime()) {
          cells.add(Partitions.now(table, partition));
        }
        for (int i = 0; i < sources.length; i++) {
          Column column = columns.get(i);
          cells.add(
              sources[i] < 0 && column.defaultValueExpression() != null
                  ? defaults.print(column, context)
                  : constant(column, sources[i] < 0 ? null : row[sources[i]]));
        }
        lines.add("(" + String.join(", ", cells) + ")");
      }
      Database.execute(
          connection,
          "INSERT INTO " + table.physicalName() + " VALUES " + String.join(", ", lines));
    }
  }

  private static String constant(Column column, Object value) {
    Object present = value == null && column.mode() == Mode.REPEATED ? List.of() : value;
    if (present instanceof List<?> items) {
      items.forEach(item -> AppendedCells.presentItem(column, item));
    }
    return Constants.print(Types.analyzerType(column), present);
  }
}
