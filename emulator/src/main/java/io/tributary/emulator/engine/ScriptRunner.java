package io.tributary.emulator.engine;

import com.google.zetasql.StructType;
import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.ZetaSQLType.TypeKind;
import com.google.zetasql.parser.ASTNode;
import com.google.zetasql.parser.ASTNodes;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.sql.Analysis;
import io.tributary.emulator.sql.Types;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs the statements of one script. For one thread. */
final class ScriptRunner {
  private static final Type STRING = TypeFactory.createSimpleType(TypeKind.TYPE_STRING);
  private static final Type BOOL = TypeFactory.createSimpleType(TypeKind.TYPE_BOOL);

  /** How a list of statements ended. */
  private enum End {
    NORMAL,
    BREAK,
    CONTINUE,
    RETURN
  }

  private final StatementRunner statements;
  private final Analysis analysis;
  private final Session session;
  private final byte[] sql;

  ScriptRunner(StatementRunner statements, Analysis analysis, Session session, String sql) {
    this.statements = statements;
    this.analysis = analysis;
    this.session = session;
    this.sql = sql.getBytes(StandardCharsets.UTF_8);
  }

  void run(ASTNodes.ASTScript script) {
    list(script.getStatementListNode());
  }

  /** Whether a statement can run alone, without a script around it. */
  static boolean isPlain(ASTNodes.ASTStatement statement) {
    return !(statement instanceof ASTNodes.ASTScriptStatement)
        && !(statement instanceof ASTNodes.ASTExecuteImmediateStatement)
        && !(statement instanceof ASTNodes.ASTBeginStatement)
        && !(statement instanceof ASTNodes.ASTCommitStatement)
        && !(statement instanceof ASTNodes.ASTRollbackStatement);
  }

  private End list(ASTNodes.ASTStatementList list) {
    if (list == null) {
      return End.NORMAL;
    }
    for (ASTNodes.ASTStatement statement : list.getStatementList()) {
      End end = statement(statement);
      if (end != End.NORMAL) {
        return end;
      }
    }
    return End.NORMAL;
  }

  private End statement(ASTNodes.ASTStatement node) {
    if (node instanceof ASTNodes.ASTVariableDeclaration declaration) {
      declare(declaration);
    } else if (node instanceof ASTNodes.ASTSingleAssignment assignment) {
      assign(assignment.getVariable(), text(assignment.getExpression()));
    } else if (node instanceof ASTNodes.ASTAssignmentFromStruct assignment) {
      assignAll(assignment);
    } else if (node instanceof ASTNodes.ASTIfStatement branch) {
      return branch(branch);
    } else if (node instanceof ASTNodes.ASTWhileStatement loop) {
      return loop(loop);
    } else if (node instanceof ASTNodes.ASTBeginEndBlock block) {
      return block(block);
    } else if (node instanceof ASTNodes.ASTRaiseStatement raise) {
      throw BigQueryError.invalidQuery(
          raise.getMessage() == null
              ? "RAISE without a message is only possible in an exception handler"
              : (String) statements.evaluate(text(raise.getMessage()), STRING, session));
    } else if (node instanceof ASTNodes.ASTExecuteImmediateStatement dynamic) {
      execute(dynamic);
    } else if (node instanceof ASTNodes.ASTBreakStatement) {
      return End.BREAK;
    } else if (node instanceof ASTNodes.ASTContinueStatement) {
      return End.CONTINUE;
    } else if (node instanceof ASTNodes.ASTReturnStatement) {
      return End.RETURN;
    } else if (isPlain(node)) {
      session.children().add(statements.run(text(node), session));
    } else {
      throw BigQueryError.notImplemented(
          node.getClass().getSimpleName().replace("AST", "") + " is not supported in scripts");
    }
    return End.NORMAL;
  }

  /**
   * The text of a node, with blanks for all that precedes it, so that errors name positions in the
   * script.
   */
  private String text(ASTNode node) {
    int start = node.getParseLocationRange().start();
    int end = node.getParseLocationRange().end();
    String before = new String(sql, 0, start, StandardCharsets.UTF_8);
    return before.replaceAll("[^\\n]", " ")
        + new String(sql, start, end - start, StandardCharsets.UTF_8);
  }

  private void declare(ASTNodes.ASTVariableDeclaration node) {
    String initial = node.getDefaultValue() == null ? null : text(node.getDefaultValue());
    Type type =
        node.getType() == null
            ? statements.type(initial, session)
            : statements.type("CAST(NULL AS " + text(node.getType()).strip() + ")", session);
    for (ASTNodes.ASTIdentifier name : node.getVariableList().getIdentifierList()) {
      if (session.variables().type(name.getIdString()).isPresent()) {
        throw BigQueryError.invalidQuery("Variable '" + name.getIdString() + "' redeclaration");
      }
      Object value = initial == null ? null : statements.evaluate(initial, type, session);
      session.variables().set(name.getIdString(), type, value);
      session.catalog().declare(name.getIdString(), type);
    }
  }

  private Type typeOf(ASTNodes.ASTIdentifier name) {
    return session
        .variables()
        .type(name.getIdString())
        .orElseThrow(
            () -> BigQueryError.invalidQuery("Undeclared variable: " + name.getIdString()));
  }

  private void assign(ASTNodes.ASTIdentifier name, String expression) {
    Type type = typeOf(name);
    session
        .variables()
        .set(name.getIdString(), type, statements.evaluate(expression, type, session));
  }

  private void assignAll(ASTNodes.ASTAssignmentFromStruct node) {
    List<ASTNodes.ASTIdentifier> names = node.getVariables().getIdentifierList();
    List<StructType.StructField> fields = new ArrayList<>();
    for (ASTNodes.ASTIdentifier name : names) {
      fields.add(new StructType.StructField("", typeOf(name)));
    }
    Object[] values =
        (Object[])
            statements.evaluate(
                text(node.getStructExpression()), TypeFactory.createStructType(fields), session);
    for (int i = 0; i < names.size(); i++) {
      Object value = values == null ? null : values[i];
      session.variables().set(names.get(i).getIdString(), fields.get(i).getType(), value);
    }
  }

  private boolean holds(ASTNodes.ASTExpression condition) {
    return Boolean.TRUE.equals(statements.evaluate(text(condition), BOOL, session));
  }

  private End branch(ASTNodes.ASTIfStatement node) {
    if (holds(node.getCondition())) {
      return list(node.getThenList());
    }
    if (node.getElseifClauses() != null) {
      for (ASTNodes.ASTElseifClause clause : node.getElseifClauses().getElseifClauses()) {
        if (holds(clause.getCondition())) {
          return list(clause.getBody());
        }
      }
    }
    return list(node.getElseList());
  }

  private End loop(ASTNodes.ASTWhileStatement node) {
    while (node.getCondition() == null || holds(node.getCondition())) {
      session.next();
      End end = list(node.getBody());
      if (end == End.RETURN) {
        return end;
      } else if (end == End.BREAK) {
        break;
      }
    }
    return End.NORMAL;
  }

  private End block(ASTNodes.ASTBeginEndBlock node) {
    if (node.getHandlerList() == null
        || node.getHandlerList().getExceptionHandlerList().isEmpty()) {
      return list(node.getStatementListNode());
    }
    try {
      return list(node.getStatementListNode());
    } catch (BigQueryError e) {
      session.variables().set("@@error.message", STRING, e.getMessage());
      return list(node.getHandlerList().getExceptionHandlerList().get(0).getStatementList());
    }
  }

  private void execute(ASTNodes.ASTExecuteImmediateStatement node) {
    String dynamic = (String) statements.evaluate(text(node.getSql()), STRING, session);
    if (dynamic == null) {
      throw BigQueryError.invalidQuery("SQL created by EXECUTE IMMEDIATE is NULL");
    }
    ASTNodes.ASTScript script = analysis.parse(dynamic);
    List<ASTNodes.ASTStatement> parsed = script.getStatementListNode().getStatementList();
    if (parsed.size() != 1 || !isPlain(parsed.get(0))) {
      throw BigQueryError.invalidQuery(
          "SQL created by EXECUTE IMMEDIATE must contain exactly one statement");
    }
    if (node.getUsingClause() != null) {
      for (ASTNodes.ASTExecuteUsingArgument argument : node.getUsingClause().getArguments()) {
        String expression = text(argument.getExpression());
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
    session.children().add(result);
    if (node.getIntoClause() != null) {
      into(node.getIntoClause().getIdentifiers().getIdentifierList(), result);
    }
  }

  private void into(List<ASTNodes.ASTIdentifier> names, StatementResult result) {
    if (result.rows().size() > 1) {
      throw BigQueryError.invalidQuery("EXECUTE IMMEDIATE INTO clause expects at most one row");
    }
    for (int i = 0; i < names.size(); i++) {
      Type type = typeOf(names.get(i));
      Column column = result.schema().get(i);
      if (!Types.analyzerType(column).equals(type)) {
        throw BigQueryError.invalidQuery(
            "Cannot assign a value of type "
                + TypeText.of(column)
                + " to variable "
                + names.get(i).getIdString());
      }
      Object value = result.rows().size() == 0 ? null : result.rows().rows().get(0)[i];
      session.variables().set(names.get(i).getIdString(), type, value);
    }
  }
}
