package io.tributary.emulator.engine;

import com.google.zetasql.resolvedast.ResolvedCreateStatementEnums.CreateMode;
import com.google.zetasql.resolvedast.ResolvedCreateStatementEnums.CreateScope;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAlterTableSetOptionsStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAlterTableStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnDefinition;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnRef;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateFunctionStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateSchemaStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateStatement;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateTableAsSelectStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateTableStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateTableStmtBase;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateViewStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDropStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.sql.DefaultValues;
import io.tributary.emulator.sql.DmlPrinter;
import io.tributary.emulator.sql.PrintContext;
import io.tributary.emulator.sql.QueryPrinter;
import io.tributary.emulator.sql.SqlFunction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Runs statements that create, change and drop tables. */
final class DdlRunner {
  private static final String ROWS = "ddl_rows";

  private final TableStore store;
  private final DefaultValues defaults;

  DdlRunner(TableStore store, DefaultValues defaults) {
    this.store = store;
    this.defaults = defaults;
  }

  StatementResult run(
      ResolvedStatement statement, Session session, PrintContext context, List<TableRef> refs)
      throws SQLException {
    DdlOptions options = new DdlOptions(session, context);
    if (statement instanceof ResolvedCreateTableAsSelectStmt s) {
      return createAs(s, session, context, options, refs);
    } else if (statement instanceof ResolvedCreateTableStmt s) {
      return create(s, session, context, options);
    } else if (statement instanceof ResolvedCreateViewStmt s) {
      return createView(s, session, options);
    } else if (statement instanceof ResolvedCreateSchemaStmt s) {
      return new SchemaDdl(store).create(s, session, options);
    } else if (statement instanceof ResolvedAlterTableStmt s) {
      return new AlterTable(store, options).run(s, session);
    } else if (statement instanceof ResolvedAlterTableSetOptionsStmt s) {
      return new AlterTable(store, options).setOptions(s, session);
    } else if (statement instanceof ResolvedDropStmt s) {
      return drop(s, session);
    } else if (statement instanceof ResolvedCreateFunctionStmt s && isTemporary(s)) {
      session.catalog().declare(SqlFunction.of(s));
      return result("CREATE_FUNCTION", null, "CREATE", List.of());
    }
    throw BigQueryError.notImplemented(
        "Statement "
            + statement.getClass().getSimpleName().replaceAll("^Resolved|Stmt$", "")
            + " is not supported");
  }

  static StatementResult result(
      String type, TableRef table, String operation, List<TableRef> refs) {
    return new StatementResult(
        type, List.of(), ResultRows.NONE, null, table, operation, 0, List.of(), refs);
  }

  private StatementResult create(
      ResolvedCreateTableStmt statement, Session session, PrintContext context, DdlOptions options)
      throws SQLException {
    Optional<StoredTable> model = TableCopies.model(statement, context);
    if (model.isPresent()) {
      return copy(statement, model.get(), session, context, options);
    }
    TableDefinition definition =
        definition(
            statement,
            statement.getPartitionByList(),
            statement.getClusterByList(),
            session,
            options);
    if (isTemporary(statement)) {
      createTemporary(definition, statement, session, null);
      return result("CREATE_TABLE", definition.ref(), "CREATE", List.of());
    }
    return place("CREATE_TABLE", definition, statement, session);
  }

  private String operation(TableDefinition definition, ResolvedCreateStatement statement) {
    if (store.find(definition.ref()).isEmpty()) {
      return "CREATE";
    }
    return switch (statement.getCreateMode()) {
      case CREATE_IF_NOT_EXISTS -> "SKIP";
      case CREATE_OR_REPLACE -> "REPLACE";
      default -> "CREATE";
    };
  }

  private StatementResult place(
      String type, TableDefinition definition, ResolvedCreateStatement statement, Session session) {
    String operation = operation(definition, statement);
    if (!operation.equals("SKIP") && !session.request().dryRun()) {
      if (statement.getCreateMode() == CreateMode.CREATE_OR_REPLACE) {
        store.replace(definition);
      } else {
        store.create(definition);
      }
    }
    return result(type, definition.ref(), operation, List.of());
  }

  private static boolean isTemporary(ResolvedCreateStatement statement) {
    return statement.getCreateScope() == CreateScope.CREATE_TEMP;
  }

  private static TableRef name(ResolvedCreateStatement statement, Session session) {
    return isTemporary(statement)
        ? new TableRef(
            session.request().project(),
            "_SESSION",
            statement.getNamePath().get(statement.getNamePath().size() - 1))
        : TablePaths.resolve(statement.getNamePath(), session.request());
  }

  private static TableDefinition definition(
      ResolvedCreateTableStmtBase statement,
      List<ResolvedExpr> partitions,
      List<ResolvedExpr> clusters,
      Session session,
      DdlOptions options)
      throws SQLException {
    DdlColumns columns = new DdlColumns(options);
    List<Column> list = new ArrayList<>();
    for (ResolvedColumnDefinition column : statement.getColumnDefinitionList()) {
      list.add(columns.column(column));
    }
    List<String> clustering = new ArrayList<>();
    for (ResolvedExpr cluster : clusters) {
      if (!(cluster instanceof ResolvedColumnRef column)) {
        throw BigQueryError.invalidQuery("CLUSTER BY takes columns only");
      }
      clustering.add(column.getColumn().getName());
    }
    TableEdits edits =
        TableEdits.of(TableDefinition.of(name(statement, session), list))
            .clustering(clustering)
            .partitioning(DdlPartitions.read(partitions));
    if (statement.getPrimaryKey() != null) {
      if (!statement.getPrimaryKey().getUnenforced()) {
        throw BigQueryError.invalidQuery(
            "Enforced primary keys are not supported; use NOT ENFORCED");
      }
      edits.primaryKey(statement.getPrimaryKey().getColumnNameList());
    }
    options.apply(statement.getOptionList(), edits);
    return edits.done();
  }

  private StatementResult createAs(
      ResolvedCreateTableAsSelectStmt statement,
      Session session,
      PrintContext context,
      DdlOptions options,
      List<TableRef> refs)
      throws SQLException {
    TableDefinition definition =
        definition(
            statement,
            statement.getPartitionByList(),
            statement.getClusterByList(),
            session,
            options);
    String rows = QueryPrinter.rows(statement.getQuery(), statement.getOutputColumnList(), context);
    if (isTemporary(statement)) {
      createTemporary(definition, statement, session, rows);
      return result("CREATE_TABLE_AS_SELECT", definition.ref(), "CREATE", refs);
    }
    return fill(
        "CREATE_TABLE_AS_SELECT",
        definition,
        statement,
        columnNames(definition),
        rows,
        session,
        context,
        refs);
  }

  private StatementResult copy(
      ResolvedCreateTableStmt statement,
      StoredTable model,
      Session session,
      PrintContext context,
      DdlOptions options)
      throws SQLException {
    if (isTemporary(statement)) {
      throw BigQueryError.notImplemented("Temporary copies of tables are not supported");
    }
    TableEdits edits = TableEdits.of(model.definition().withRef(name(statement, session)));
    options.apply(statement.getOptionList(), edits);
    TableDefinition definition = edits.done();
    if (statement.getLikeTable() != null) {
      return place("CREATE_TABLE", definition, statement, session);
    }
    List<TableRef> refs = List.of(model.definition().ref());
    return fill(
        "CREATE_TABLE",
        definition,
        statement,
        TableCopies.names(model),
        TableCopies.rows(model),
        session,
        context,
        refs);
  }

  private static List<String> columnNames(TableDefinition definition) {
    return definition.columns().stream().map(Column::name).toList();
  }

  private StatementResult fill(
      String type,
      TableDefinition definition,
      ResolvedCreateStatement statement,
      List<String> names,
      String rows,
      Session session,
      PrintContext context,
      List<TableRef> refs)
      throws SQLException {
    String operation = operation(definition, statement);
    if (!operation.equals("SKIP") && !session.request().dryRun()) {
      Database.execute(
          session.connection(), "CREATE OR REPLACE TEMP TABLE " + ROWS + " AS " + rows);
      session.commit();
      TableWrites.Filling filling =
          table -> insert(table, names, "SELECT * FROM " + ROWS, session, context);
      if (statement.getCreateMode() == CreateMode.CREATE_OR_REPLACE) {
        store.replace(definition, session.connection(), filling);
      } else {
        store.create(definition, session.connection(), filling);
      }
    }
    return result(type, definition.ref(), operation, refs);
  }

  private void insert(
      StoredTable table, List<String> names, String rows, Session session, PrintContext context)
      throws SQLException {
    Database.execute(
        session.connection(), new DmlPrinter(context, defaults).insertInto(table, names, rows));
  }

  private void createTemporary(
      TableDefinition definition, ResolvedCreateStatement statement, Session session, String rows)
      throws SQLException {
    Optional<StoredTable> old = session.temporary(definition.ref().table());
    if (old.isPresent()) {
      if (statement.getCreateMode() == CreateMode.CREATE_IF_NOT_EXISTS) {
        return;
      } else if (statement.getCreateMode() == CreateMode.CREATE_DEFAULT) {
        throw BigQueryError.duplicate("Already Exists: Table " + definition.ref().table());
      }
    }
    String name = "temp_" + UUID.randomUUID().toString().replace("-", "");
    StoredTable table =
        new StoredTable(
            definition.stamped(store.now(), store.now(), UUID.randomUUID().toString()), name);
    Database.execute(
        session.connection(),
        PhysicalTables.create(table).replaceFirst("CREATE TABLE", "CREATE TEMP TABLE"));
    if (rows != null) {
      insert(table, columnNames(definition), rows, session, session.context(store.now()));
    }
    if (old.isPresent()) {
      Database.execute(session.connection(), "DROP TABLE " + old.get().physicalName());
    }
    session.commit();
    session.addTemporary(table);
  }

  private StatementResult createView(
      ResolvedCreateViewStmt statement, Session session, DdlOptions options) throws SQLException {
    if (isTemporary(statement)) {
      throw BigQueryError.notImplemented("Temporary views are not supported");
    }
    List<Column> columns =
        TableCopies.described(
            statement, QueryPrinter.schema(statement.getOutputColumnList()), options);
    TableEdits edits =
        TableEdits.of(TableDefinition.of(name(statement, session), columns))
            .viewQuery(statement.getSql());
    options.apply(statement.getOptionList(), edits);
    TableDefinition definition = edits.done();
    return place("CREATE_VIEW", definition, statement, session);
  }

  private StatementResult drop(ResolvedDropStmt statement, Session session) throws SQLException {
    String kind = statement.getObjectType().toUpperCase(Locale.ROOT);
    if (kind.equals("SCHEMA")) {
      return new SchemaDdl(store).drop(statement, session);
    }
    if (!kind.equals("TABLE") && !kind.equals("VIEW")) {
      throw BigQueryError.notImplemented("DROP " + kind + " is not supported");
    }
    String type = "DROP_" + kind;
    Optional<StoredTable> temporary = TablePaths.temporary(statement.getNamePath(), session);
    if (temporary.isPresent()) {
      Database.execute(session.connection(), "DROP TABLE " + temporary.get().physicalName());
      session.commit();
      session.dropTemporary(temporary.get().definition().ref().table());
      return result(type, temporary.get().definition().ref(), "DROP", List.of());
    }
    TableRef ref = TablePaths.resolve(statement.getNamePath(), session.request());
    Optional<StoredTable> table = store.find(ref);
    if (table.isEmpty()) {
      if (statement.getIsIfExists()) {
        return result(type, ref, "SKIP", List.of());
      }
      throw BigQueryError.tableNotFound(ref);
    }
    boolean view = table.get().definition().viewQuery() != null;
    if (view != kind.equals("VIEW")) {
      throw BigQueryError.invalidQuery(
          ref
              + " is not allowed for this operation because it is currently a "
              + (view ? "VIEW." : "TABLE."));
    }
    if (!session.request().dryRun()) {
      store.delete(ref);
    }
    return result(type, ref, "DROP", List.of());
  }
}
