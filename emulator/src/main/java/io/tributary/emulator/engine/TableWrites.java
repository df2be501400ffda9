package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.StoredTable;
import java.sql.SQLException;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/** Changes tables and, in the same transaction, the definitions kept of them. */
final class TableWrites {
  /** Puts the first rows into a table. */
  @FunctionalInterface
  interface Filling {
    Filling EMPTY = table -> {};

    void fill(StoredTable table) throws SQLException;
  }

  private final CatalogFile file;

  TableWrites(CatalogFile file) {
    this.file = file;
  }

  static boolean isView(StoredTable table) {
    return table.physicalName().isEmpty();
  }

  void create(DuckDBConnection connection, StoredTable table, Filling filling) throws SQLException {
    if (!isView(table)) {
      Database.execute(connection, PhysicalTables.create(table));
      filling.fill(table);
    }
    file.save(connection, table);
  }

  void replace(
      DuckDBConnection connection, Optional<StoredTable> old, StoredTable table, Filling filling)
      throws SQLException {
    if (old.isPresent()) {
      drop(connection, old.get());
    }
    create(connection, table, filling);
  }

  void alter(DuckDBConnection connection, StoredTable old, StoredTable changed)
      throws SQLException {
    if (!isView(changed)) {
      for (String statement : PhysicalTables.alter(old, changed)) {
        Database.execute(connection, statement);
      }
    }
    file.save(connection, changed);
  }

  void drop(DuckDBConnection connection, StoredTable table) throws SQLException {
    file.delete(connection, table.definition().ref());
    if (!isView(table)) {
      Database.execute(connection, "DROP TABLE " + table.physicalName());
    }
  }
}
