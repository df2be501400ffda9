package io.tributary.emulator.engine;

import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedQueryStmt;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.sql.Analysis;
import io.tributary.emulator.sql.QueryPrinter;
import io.tributary.emulator.sql.QuerySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the tables that a statement names, and shows them to the analyzer. */
final class TablePaths {
  private final TableStore store;
  private final Analysis analysis;
  private final InformationSchema informationSchema;

  TablePaths(TableStore store, Analysis analysis, ServiceViews service) {
    this.store = store;
    this.analysis = analysis;
    this.informationSchema = new InformationSchema(store, service);
  }

  /** Makes the tables of a statement known; returns the permanent ones. */
  List<StoredTable> prepare(String sql, Session session) {
    List<StoredTable> tables = new ArrayList<>();
    for (List<String> path : analysis.tables(sql)) {
      if (InformationSchema.isIn(path)) {
        informationSchema.add(path, session);
      } else {
        add(path, session, tables);
      }
    }
    return tables;
  }

  /** Makes the table of an ALTER TABLE statement known; 404 if it has to exist and does not. */
  void prepareAltered(String sql, Session session) {
    analysis
        .altered(sql)
        .ifPresent(
            altered -> {
              TableRef ref = resolve(altered.path(), session.request());
              Optional<StoredTable> table = store.find(ref);
              if (table.isEmpty() && !altered.ifExists()) {
                throw BigQueryError.notFound(missing(ref, session.request()));
              }
              table
                  .filter(t -> t.definition().viewQuery() == null)
                  .ifPresentOrElse(
                      t -> session.catalog().addTable(altered.path(), t),
                      () -> session.catalog().forget(altered.path()));
            });
  }

  private void add(List<String> path, Session session, List<StoredTable> tables) {
    Optional<StoredTable> temporary = temporary(path, session);
    if (temporary.isPresent()) {
      session.catalog().addTable(path, temporary.get());
      return;
    }
    TableRef ref = resolve(path, session.request());
    if (ref.table().endsWith("*")) {
      throw BigQueryError.notImplemented("Wildcard tables are not supported");
    }
    StoredTable table =
        store.find(ref).orElseThrow(() -> BigQueryError.notFound(missing(ref, session.request())));
    boolean elsewhere =
        store
            .datasets()
            .find(ref.datasetRef())
            .filter(dataset -> !dataset.location().equalsIgnoreCase(session.request().location()))
            .isPresent();
    if (elsewhere) {
      throw BigQueryError.notFound(
          "Not found: Dataset %s was not found in location %s"
              .formatted(ref.datasetRef(), session.request().location()));
    }
    tables.add(table);
    if (table.definition().viewQuery() != null) {
      addView(path, table, session, tables);
    } else {
      store.refresh(table);
      session.catalog().addTable(path, table);
    }
  }

  private String missing(TableRef ref, QueryRequest request) {
    boolean dataset = store.datasets().find(ref.datasetRef()).isPresent();
    return (dataset ? "Not found: Table " + ref : "Not found: Dataset " + ref.datasetRef())
        + " was not found in location "
        + request.location();
  }

  private void addView(
      List<String> path, StoredTable view, Session session, List<StoredTable> tables) {
    String sql = view.definition().viewQuery();
    tables.addAll(prepare(sql, session));
    ResolvedQueryStmt query =
        (ResolvedQueryStmt) analysis.statement(sql, session.catalog(), Analysis.Parameters.NONE);
    List<Column> columns =
        named(QueryPrinter.schema(query.getOutputColumnList()), view.definition().columns());
    List<String> names = columns.stream().map(Column::name).toList();
    session.catalog().addSource(path, columns, new QuerySource.View(query, names));
  }

  /** The columns of a view's query by the names that the view gives them. */
  private static List<Column> named(List<Column> columns, List<Column> names) {
    List<Column> named = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      boolean given = columns.size() == names.size();
      named.add(given ? DdlColumns.named(columns.get(i), names.get(i).name()) : columns.get(i));
    }
    return named;
  }

  static Optional<StoredTable> temporary(List<String> path, Session session) {
    boolean named =
        path.size() == 1 || (path.size() == 2 && path.get(0).equalsIgnoreCase("_SESSION"));
    return named ? session.temporary(path.get(path.size() - 1)) : Optional.empty();
  }

  /** The table that a path means. */
  static TableRef resolve(List<String> path, QueryRequest request) {
    return switch (path.size()) {
      case 1 -> {
        DatasetRef dataset = request.defaultDataset();
        if (dataset == null) {
          throw BigQueryError.invalid(
              "Table \""
                  + path.get(0)
                  + "\" must be qualified with a dataset (e.g. dataset.table).");
        }
        yield dataset.table(path.get(0));
      }
      case 2 -> new TableRef(request.project(), path.get(0), path.get(1));
      case 3 -> new TableRef(path.get(0), path.get(1), path.get(2));
      default ->
          throw BigQueryError.invalidQuery(
              "Invalid table name: `" + String.join(".", path).toLowerCase(Locale.ROOT) + "`");
    };
  }
}
