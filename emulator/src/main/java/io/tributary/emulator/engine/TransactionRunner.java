package io.tributary.emulator.engine;

import com.google.zetasql.parser.ASTNodes;
import com.google.zetasql.resolvedast.ResolvedCreateStatementEnums.CreateScope;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateStatement;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDropStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import io.tributary.emulator.catalog.BigQueryError;
import java.sql.SQLException;
import java.util.List;

/** BEGIN, COMMIT and ROLLBACK TRANSACTION. */
final class TransactionRunner {
  private final TableStore store;

  TransactionRunner(TableStore store) {
    this.store = store;
  }

  static boolean takes(ASTNodes.ASTStatement node) {
    return node instanceof ASTNodes.ASTBeginStatement
        || node instanceof ASTNodes.ASTCommitStatement
        || node instanceof ASTNodes.ASTRollbackStatement;
  }

  StatementResult run(ASTNodes.ASTStatement node, Session session) {
    session.checkRunning();
    try {
      if (node instanceof ASTNodes.ASTBeginStatement) {
        session.begin(store.version());
        return result("BEGIN_TRANSACTION");
      } else if (node instanceof ASTNodes.ASTCommitStatement) {
        session.commitTransaction(store::nextVersion);
        return result("COMMIT_TRANSACTION");
      }
      session.rollbackTransaction();
      return result("ROLLBACK_TRANSACTION");
    } catch (SQLException e) {
      throw Database.translated(e);
    }
  }

  private static StatementResult result(String type) {
    return new StatementResult(
        type, List.of(), ResultRows.NONE, null, null, null, 0, List.of(), List.of());
  }

  /** DuckDB gives a transaction up with the first statement that fails; BigQuery does not. */
  static void checkUndamaged(Session session) {
    if (session.transaction().filter(Transaction::isFailed).isPresent()) {
      throw BigQueryError.notImplemented(
          "Anything but ROLLBACK TRANSACTION after a failed statement of a transaction");
    }
  }

  /** In a transaction only temporary tables are made and dropped. */
  static void checkDdl(ResolvedStatement statement, Session session) {
    if (session.transaction().isEmpty()) {
      return;
    }
    boolean temporary =
        statement instanceof ResolvedCreateStatement create
            ? create.getCreateScope() == CreateScope.CREATE_TEMP
            : statement instanceof ResolvedDropStmt drop
                && TablePaths.temporary(drop.getNamePath(), session).isPresent();
    if (!temporary) {
      throw BigQueryError.invalidQuery(
          "DDL statements are not supported in a transaction, except for those creating or dropping"
              + " temporary tables or temporary functions.");
    }
  }
}
