package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.sql.OutputForm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;

/** Reads rows that were selected in {@link OutputForm}. */
final class RowReader {
  private RowReader() {}

  static List<Object[]> read(DuckDBConnection connection, String sql, List<Column> schema)
      throws SQLException {
    List<Object[]> result = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        Object[] row = new Object[schema.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = OutputForm.read(rows.getObject(i + 1), schema.get(i));
        }
        result.add(row);
      }
    }
    return result;
  }
}
