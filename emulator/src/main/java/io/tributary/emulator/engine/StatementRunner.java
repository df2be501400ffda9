package io.tributary.emulator.engine;

import com.google.zetasql.Type;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAssertStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDeleteStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedInsertStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedMergeStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedQueryStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedTableScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedTruncateStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedUpdateStmt;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.limits.Quotas;
import io.tributary.emulator.sql.Analysis;
import io.tributary.emulator.sql.DefaultValues;
import io.tributary.emulator.sql.DmlPrinter;
import io.tributary.emulator.sql.DmlSteps;
import io.tributary.emulator.sql.PrintContext;
import io.tributary.emulator.sql.QueryPrinter;
import io.tributary.emulator.sql.Types;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Runs single statements, each in a transaction of its own. */
final class StatementRunner {
  private static final int ATTEMPTS = 4;

  /** Statements of which only so many may be outstanding per table. */
  private static final Set<String> QUEUED = Set.of("UPDATE", "DELETE", "MERGE");

  /** Whether to look for ALTER at all, which costs one more parse. */
  private static final Pattern ALTER = Pattern.compile("(?i)\\balter\\b");

  private final TableStore store;
  private final Analysis analysis;
  private final TablePaths paths;
  private final DefaultValues defaults;
  private final DdlRunner ddl;
  private final StatementHook hook;
  private final DmlGate gate;
  private final TransactionRunner transactions;

  StatementRunner(
      TableStore store, Analysis analysis, StatementHook hook, DmlGate gate, ServiceViews service) {
    this.store = store;
    this.analysis = analysis;
    this.hook = hook;
    this.gate = gate;
    this.paths = new TablePaths(store, analysis, service);
    this.defaults = new DefaultValues(analysis);
    this.ddl = new DdlRunner(store, defaults);
    this.transactions = new TransactionRunner(store);
  }

  TransactionRunner transactions() {
    return transactions;
  }

  /** Runs a statement; one that loses a race is rerun on the newer state. */
  StatementResult run(String sql, Session session) {
    int index = session.next();
    hook.beforeStatement(sql.strip(), index);
    session.checkRunning();
    for (int attempt = 1; ; attempt++) {
      List<StoredTable> tables = paths.prepare(sql, session);
      if (ALTER.matcher(sql).find()) {
        paths.prepareAltered(sql, session);
      }
      ResolvedStatement statement =
          analysis.statement(sql, session.catalog(), session.parameters());
      if (!(statement instanceof ResolvedQueryStmt && analysis.tables(sql).isEmpty())) {
        TransactionRunner.checkUndamaged(session);
      }
      try {
        PrintContext context = session.context(store.now());
        long bytes = BytesRead.count(statement, session, context);
        // what follows runs on a snapshot of its own start
        session.commit();
        return dispatch(statement, sql, index, session, tables).reading(bytes);
      } catch (LostRace race) {
        session.rollback();
        if (session.transaction().isPresent()) {
          throw session.transaction().get().aborted(race.table());
        }
        if (attempt == ATTEMPTS) {
          throw race.lost();
        }
      } catch (SQLException e) {
        boolean again =
            Database.isConflict(e) && attempt < ATTEMPTS && session.transaction().isEmpty();
        session.rollback();
        if (!again) {
          throw Database.translated(e);
        }
      } catch (RuntimeException e) {
        session.rollback();
        throw e;
      }
    }
  }

  private StatementResult dispatch(
      ResolvedStatement statement, String sql, int index, Session session, List<StoredTable> tables)
      throws SQLException {
    List<TableRef> refs = tables.stream().map(t -> t.definition().ref()).distinct().toList();
    Instant now = store.now();
    PrintContext context = session.context(now);
    if (statement instanceof ResolvedQueryStmt query) {
      return query(query, session, context, refs);
    }
    DmlPrinter printer = new DmlPrinter(context, defaults);
    if (statement instanceof ResolvedInsertStmt s) {
      return dml("INSERT", printer.insert(s), s.getTableScan(), sql, index, session, refs);
    } else if (statement instanceof ResolvedUpdateStmt s) {
      return dml("UPDATE", printer.update(s), s.getTableScan(), sql, index, session, refs);
    } else if (statement instanceof ResolvedDeleteStmt s) {
      return dml("DELETE", printer.delete(s), s.getTableScan(), sql, index, session, refs);
    } else if (statement instanceof ResolvedMergeStmt s) {
      return dml("MERGE", printer.merge(s), s.getTableScan(), sql, index, session, refs);
    } else if (statement instanceof ResolvedTruncateStmt s) {
      return dml(
          "TRUNCATE_TABLE", printer.truncate(s), s.getTableScan(), sql, index, session, refs);
    } else if (statement instanceof ResolvedAssertStmt s) {
      return check(s, session, context);
    }
    TransactionRunner.checkDdl(statement, session);
    if (!session.request().dryRun()) {
      DdlTargets.of(statement, session).ifPresent(table -> hook.admit(Quotas.DDL, table));
      hook.beforeCommit(sql.strip(), index);
    }
    return ddl.run(statement, session, context, refs);
  }

  private StatementResult query(
      ResolvedQueryStmt query, Session session, PrintContext context, List<TableRef> refs)
      throws SQLException {
    List<Column> schema = QueryPrinter.schema(query.getOutputColumnList());
    String sql =
        QueryPrinter.output(query.getQuery(), query.getOutputColumnList(), schema, context);
    List<Object[]> rows =
        session.request().dryRun() ? List.of() : RowReader.read(session.connection(), sql, schema);
    session.commit();
    return new StatementResult(
        "SELECT", schema, new ResultRows(rows), null, null, null, 0, List.of(), refs);
  }

  private StatementResult check(ResolvedAssertStmt statement, Session session, PrintContext context)
      throws SQLException {
    Object holds = value(statement.getExpression(), session, context);
    if (!Boolean.TRUE.equals(holds)) {
      throw BigQueryError.invalidQuery(
          statement.getDescription().isEmpty() ? "Assertion failed" : statement.getDescription());
    }
    return new StatementResult(
        "ASSERT", List.of(), ResultRows.NONE, null, null, null, 0, List.of(), List.of());
  }

  private StatementResult dml(
      String type,
      DmlSteps steps,
      ResolvedTableScan scan,
      String sql,
      int index,
      Session session,
      List<TableRef> refs)
      throws SQLException {
    StoredTable table = DmlPrinter.target(session.context(store.now()), scan);
    store.changes().admit(type, table);
    DmlStats stats = new DmlStats(0, 0, 0);
    if (!session.request().dryRun()) {
      hook.admit(Quotas.DML, table.definition().ref());
      stats =
          QUEUED.contains(type)
              ? queued(steps, sql, index, table, session)
              : applied(steps, sql, index, table, session);
      if (type.equals("TRUNCATE_TABLE")) {
        store.changes().clear(table);
      }
    }
    return new StatementResult(
        type, List.of(), ResultRows.NONE, stats, null, null, 0, List.of(), refs);
  }

  private DmlStats queued(DmlSteps steps, String sql, int index, StoredTable table, Session session)
      throws SQLException {
    TableRef ref = table.definition().ref();
    gate.enter(ref, session);
    try {
      return applied(steps, sql, index, table, session);
    } finally {
      gate.leave(ref);
    }
  }

  private DmlStats applied(
      DmlSteps steps, String sql, int index, StoredTable table, Session session)
      throws SQLException {
    return new DmlApplication(store, hook, defaults, session, table).run(steps, sql, index);
  }

  /** The value of an expression of a script. */
  Object evaluate(String sql, Type wanted, Session session) {
    paths.prepare("SELECT (" + sql + ")", session);
    ResolvedExpr expr = analysis.expression(sql, session.catalog(), session.parameters());
    PrintContext context = session.context(store.now());
    try {
      return wanted == null
          ? value(expr, session, context)
          : read(QueryPrinter.converted(expr, wanted, context), wanted, session);
    } catch (SQLException e) {
      session.rollback();
      throw Database.translated(e);
    }
  }

  /** The type of an expression of a script. */
  Type type(String sql, Session session) {
    paths.prepare("SELECT (" + sql + ")", session);
    return analysis.expression(sql, session.catalog(), session.parameters()).getType();
  }

  private static Object value(ResolvedExpr expr, Session session, PrintContext context)
      throws SQLException {
    return read(QueryPrinter.converted(expr, expr.getType(), context), expr.getType(), session);
  }

  /** The value of a DuckDB expression. */
  Object value(String duckSql, Type type, Session session) {
    try {
      return read(duckSql, type, session);
    } catch (SQLException e) {
      session.rollback();
      throw Database.translated(e);
    }
  }

  private static Object read(String duckSql, Type type, Session session) throws SQLException {
    Column column = Types.column("value", type);
    Object result =
        RowReader.read(session.connection(), QueryPrinter.output(duckSql, column), List.of(column))
            .get(0)[0];
    session.commit();
    return result;
  }
}
