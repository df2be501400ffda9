package io.tributary.emulator.engine;

import com.google.zetasql.SimpleTable;
import com.google.zetasql.Table;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnDefinition;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateTableStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateViewStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedOption;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedTableScan;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.sql.PrintContext;
import io.tributary.emulator.sql.QuerySource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What new tables and views take from others: CREATE TABLE with LIKE, COPY or CLONE. */
final class TableCopies {
  private TableCopies() {}

  /** The table that a new one is made after. */
  static Optional<StoredTable> model(ResolvedCreateTableStmt statement, PrintContext context) {
    ResolvedScan scan =
        statement.getCopyFrom() != null ? statement.getCopyFrom() : statement.getCloneFrom();
    if (scan == null) {
      return Optional.ofNullable(statement.getLikeTable()).map(t -> stored(t, context));
    }
    if (!(scan instanceof ResolvedTableScan table) || table.getForSystemTimeExpr() != null) {
      throw BigQueryError.notImplemented("COPY and CLONE of a former state are not supported");
    }
    return Optional.of(stored(table.getTable(), context));
  }

  private static StoredTable stored(Table table, PrintContext context) {
    if (context.sources().get(((SimpleTable) table).getId()) instanceof QuerySource.Stored source) {
      return source.table();
    }
    throw BigQueryError.invalidQuery(table.getFullName() + " is not a table and cannot be copied");
  }

  /** All rows of a table, with columns w0, w1... */
  static String rows(StoredTable model) {
    List<String> items = new ArrayList<>();
    for (String name : names(model)) {
      items.add(PhysicalTables.quote(name) + " AS w" + items.size());
    }
    return "SELECT " + String.join(", ", items) + " FROM " + model.physicalName();
  }

  /** What {@link #rows} selects. */
  static List<String> names(StoredTable table) {
    List<String> names =
        table.definition().columns().stream().map(Column::name).collect(Collectors.toList());
    if (table.ingestionTime()) {
      names.add(StoredTable.PARTITION_TIME);
    }
    return names;
  }

  /** The columns of a view, by the names and descriptions that its list of columns gives. */
  static List<Column> described(
      ResolvedCreateViewStmt statement, List<Column> columns, DdlOptions options)
      throws SQLException {
    List<Column> described = new ArrayList<>(columns);
    List<ResolvedColumnDefinition> list = statement.getColumnDefinitionList();
    for (int i = 0; i < list.size(); i++) {
      String description = null;
      if (list.get(i).getAnnotations() != null) {
        for (ResolvedOption option : list.get(i).getAnnotations().getOptionList()) {
          if (option.getName().equalsIgnoreCase("description")) {
            description = (String) options.value(option);
          }
        }
      }
      described.set(i, DdlColumns.with(columns.get(i), description, null));
    }
    return described;
  }
}
