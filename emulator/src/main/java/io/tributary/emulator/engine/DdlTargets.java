package io.tributary.emulator.engine;

import com.google.zetasql.resolvedast.ResolvedCreateStatementEnums.CreateScope;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAlterObjectStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateStatement;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateTableStmtBase;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDropStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import io.tributary.emulator.catalog.TableRef;
import java.util.List;
import java.util.Optional;

/** Which permanent table a DDL statement defines, changes or drops. */
final class DdlTargets {
  private DdlTargets() {}

  static Optional<TableRef> of(ResolvedStatement statement, Session session) {
    List<String> path = List.of();
    if (statement instanceof ResolvedCreateTableStmtBase create) {
      path = isTemporary(create) ? path : create.getNamePath();
    } else if (statement instanceof ResolvedAlterObjectStmt alter) {
      path = alter.getNamePath();
    } else if (statement instanceof ResolvedDropStmt drop
        && drop.getObjectType().equalsIgnoreCase("TABLE")
        && TablePaths.temporary(drop.getNamePath(), session).isEmpty()) {
      path = drop.getNamePath();
    }
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(TablePaths.resolve(path, session.request()));
  }

  private static boolean isTemporary(ResolvedCreateStatement create) {
    return create.getCreateScope() == CreateScope.CREATE_TEMP;
  }
}
