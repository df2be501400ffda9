package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.sql.LogicalSizes;
import io.tributary.emulator.sql.OutputForm;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** What is read of tables without a query: how much they hold, and pages of their rows. */
final class TableReads {
  private final Database database;
  private final TableStore store;

  TableReads(Database database, TableStore store) {
    this.database = database;
    this.store = store;
  }

  long count(TableRef ref) {
    StoredTable table = refreshed(ref);
    try (DuckDBConnection connection = database.connect()) {
      return count(connection, table);
    } catch (SQLException e) {
      throw Database.translated(e);
    }
  }

  List<TableRows> all() {
    List<TableRows> all = new ArrayList<>();
    try (DuckDBConnection connection = database.connect()) {
      for (StoredTable table : store.all()) {
        store.refresh(table);
        boolean view = TableWrites.isView(table);
        all.add(new TableRows(table.definition(), view ? 0 : count(connection, table)));
      }
      return all;
    } catch (SQLException e) {
      throw Database.translated(e);
    }
  }

  TableSize size(TableRef ref) {
    StoredTable table = refreshed(ref);
    try (DuckDBConnection connection = database.connect()) {
      String bytes =
          "SELECT coalesce(sum(%s), 0)::BIGINT FROM "
              .formatted(LogicalSizes.print(table.definition().columns()));
      return new TableSize(
          count(connection, table), Database.number(connection, bytes + table.physicalName()));
    } catch (SQLException e) {
      throw Database.translated(e);
    }
  }

  ResultPage page(TableRef ref, List<String> selectedFields, long startIndex, int maxResults) {
    StoredTable table = refreshed(ref);
    SelectedFields selected = SelectedFields.of(table.definition().columns(), selectedFields);
    List<Column> schema = selected.read();
    String items =
        schema.stream()
            .map(c -> OutputForm.select(PhysicalTables.quote(c.name()), c))
            .collect(Collectors.joining(", "));
    String from = " FROM " + table.physicalName();
    String page = " ORDER BY rowid LIMIT " + maxResults + " OFFSET " + startIndex;
    try (DuckDBConnection connection = database.connect()) {
      long total = Database.number(connection, "SELECT count(*)" + from);
      List<Object[]> rows = RowReader.read(connection, "SELECT " + items + from + page, schema);
      return new ResultPage(selected.shown(), selected.cut(rows), total);
    } catch (SQLException e) {
      throw Database.translated(e);
    }
  }

  private StoredTable refreshed(TableRef ref) {
    StoredTable table = store.get(ref);
    store.refresh(table);
    return table;
  }

  private long count(DuckDBConnection connection, StoredTable table) throws SQLException {
    return Database.number(connection, "SELECT count(*) FROM " + table.physicalName())
        + store.counted(table).sum();
  }
}
