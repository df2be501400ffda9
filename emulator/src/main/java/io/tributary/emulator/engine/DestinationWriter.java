package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.TableWrites.Filling;
import io.tributary.emulator.sql.DefaultValues;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/** Writes the rows of a query into a table, all or none. */
final class DestinationWriter {
  private final Engine engine;
  private final Database database;
  private final TableStore store;
  private final DefaultValues defaults;

  DestinationWriter(Engine engine, Database database, TableStore store, DefaultValues defaults) {
    this.engine = engine;
    this.database = database;
    this.store = store;
    this.defaults = defaults;
  }

  void write(Destination destination, StatementResult result) {
    if (!result.statementType().equals("SELECT")) {
      throw BigQueryError.invalid(
          "Cannot set destination table in jobs with "
              + (result.dmlStats() == null ? "DDL" : "DML")
              + " statements");
    }
    RowBatch rows = new RowBatch(result.schema(), result.rows().rows());
    Optional<StoredTable> present = store.find(destination.table());
    if (present.isEmpty()) {
      if (!destination.mayCreate()) {
        throw BigQueryError.tableNotFound(destination.table());
      }
      TableDefinition made =
          TableEdits.of(TableDefinition.of(destination.table(), result.schema()))
              .partitioning(destination.partitioning())
              .clustering(destination.clustering())
              .done();
      filled(rows, (connection, filling) -> store.create(made, connection, filling));
      return;
    }
    StoredTable table = present.get();
    boolean full = engine.rowCount(destination.table()) > 0;
    switch (destination.write()) {
      case WRITE_TRUNCATE -> {
        TableDefinition replaced =
            TableEdits.of(table.definition()).columns(result.schema()).primaryKey(List.of()).done();
        filled(rows, (connection, filling) -> store.replace(replaced, connection, filling));
      }
      case WRITE_APPEND -> append(destination, table, rows);
      default -> {
        if (full) {
          throw BigQueryError.duplicate("Already Exists: Table " + destination.table());
        }
        append(destination, table, rows);
      }
    }
  }

  private void append(Destination destination, StoredTable table, RowBatch rows) {
    List<Column> merged = merged(destination, table.definition(), rows.columns());
    if (!merged.equals(table.definition().columns())) {
      store.change(table, table.definition().withColumns(merged));
    }
    engine.append(destination.table(), List.of(rows));
  }

  private static List<Column> merged(
      Destination destination, TableDefinition table, List<Column> given) {
    TableRef ref = table.ref();
    List<Column> merged = new ArrayList<>();
    for (Column column : table.columns()) {
      Optional<Column> source = find(given, column);
      boolean misses =
          column.mode() == Mode.REQUIRED
              && source.map(Column::mode).orElse(Mode.NULLABLE) != Mode.REQUIRED;
      if (misses && !destination.relaxFields()) {
        throw SchemaRules.mismatch(
            ref, "Field " + column.name() + " has changed mode from REQUIRED to NULLABLE");
      }
      source
          .filter(s -> s.type() != column.type())
          .ifPresent(
              s -> {
                throw SchemaRules.mismatch(
                    ref,
                    "Field %s has changed type from %s to %s"
                        .formatted(
                            column.name(), column.type().legacyName(), s.type().legacyName()));
              });
      merged.add(misses ? column.withMode(Mode.NULLABLE) : column);
    }
    for (Column column : given) {
      if (find(table.columns(), column).isEmpty()) {
        if (!destination.addFields()) {
          throw SchemaRules.mismatch(ref, "Cannot add fields (field: " + column.name() + ")");
        }
        merged.add(column);
      }
    }
    return merged;
  }

  private static Optional<Column> find(List<Column> columns, Column column) {
    return columns.stream().filter(c -> TableStore.sameColumn(c, column)).findFirst();
  }

  /** Places a table by means of what fills it. */
  @FunctionalInterface
  private interface Placing {
    StoredTable place(DuckDBConnection connection, Filling filling) throws SQLException;
  }

  private void filled(RowBatch rows, Placing placing) {
    try (DuckDBConnection connection = database.connect()) {
      Instant now = store.now();
      RowWriter writer = new RowWriter(connection, defaults, now, now);
      try {
        Database.begin(connection);
        var unused = placing.place(connection, table -> writer.write(table, rows));
      } catch (SQLException | RuntimeException e) {
        Database.rollback(connection);
        throw e;
      }
    } catch (SQLException e) {
      throw Database.translated(e);
    }
  }
}
