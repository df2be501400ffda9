package io.tributary.emulator.engine;

import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.ZetaSQLType.TypeKind;
import com.google.zetasql.parser.ASTNodes;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.sql.Analysis;
import io.tributary.emulator.sql.QueryPrinter;
import io.tributary.emulator.sql.Types;
import java.util.List;
import java.util.Optional;

/** EXECUTE IMMEDIATE within one script. For one thread. */
final class DynamicSql {
  private static final Type STRING = TypeFactory.createSimpleType(TypeKind.TYPE_STRING);

  private final StatementRunner statements;
  private final Analysis analysis;
  private final Session session;
  private final ScriptText text;

  DynamicSql(StatementRunner statements, Analysis analysis, Session session, ScriptText text) {
    this.statements = statements;
    this.analysis = analysis;
    this.session = session;
    this.text = text;
  }

  /** Runs the statement, and sets the variables that take its row. */
  StatementResult run(ASTNodes.ASTExecuteImmediateStatement node) {
    String dynamic = (String) statements.evaluate(text.of(node.getSql()), STRING, session);
    if (dynamic == null) {
      throw BigQueryError.invalidQuery("SQL created by EXECUTE IMMEDIATE is NULL");
    }
    ASTNodes.ASTScript script = analysis.parse(dynamic);
    List<ASTNodes.ASTStatement> parsed = script.getStatementListNode().getStatementList();
    if (parsed.size() != 1 || !ScriptRunner.isPlain(parsed.get(0))) {
      throw BigQueryError.invalidQuery(
          "SQL created by EXECUTE IMMEDIATE must contain exactly one statement");
    }
    if (node.getUsingClause() != null) {
      for (ASTNodes.ASTExecuteUsingArgument argument : node.getUsingClause().getArguments()) {
        String expression = text.of(argument.getExpression());
        Type type = statements.type(expression, session);
        session.add(
            argument.getAlias() == null ? null : argument.getAlias().getIdentifier().getIdString(),
            type,
            statements.evaluate(expression, type, session));
      }
    }
    StatementResult result = statements.run(dynamic, session);
    if (node.getUsingClause() != null) {
      session.clearParameters();
    }
    if (node.getIntoClause() != null) {
      into(node.getIntoClause().getIdentifiers().getIdentifierList(), result);
    }
    return result;
  }

  private void into(List<ASTNodes.ASTIdentifier> names, StatementResult result) {
    if (result.rows().size() > 1) {
      throw BigQueryError.invalidQuery("EXECUTE IMMEDIATE INTO clause expects at most one row");
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).getIdString();
      Type type = session.variables().declared(name);
      Column column = result.schema().get(i);
      Object cell = result.rows().size() == 0 ? null : result.rows().rows().get(0)[i];
      Optional<String> coerced = QueryPrinter.coerced(cell, Types.analyzerType(column), type);
      if (coerced.isEmpty()) {
        throw BigQueryError.invalidQuery(
            "Cannot assign a value of type " + TypeText.of(column) + " to variable " + name);
      }
      Object value = statements.value(coerced.get(), type, session);
      session.variables().set(name, type, value);
    }
  }
}
