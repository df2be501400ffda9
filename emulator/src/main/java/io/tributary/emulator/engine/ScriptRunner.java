package io.tributary.emulator.engine;

import com.google.zetasql.StructType;
import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.ZetaSQLType.TypeKind;
import com.google.zetasql.parser.ASTNode;
import com.google.zetasql.parser.ASTNodes;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.sql.Analysis;
import io.tributary.emulator.sql.QueryPrinter;
import io.tributary.emulator.sql.Types;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs the statements of one script. For one thread. */
final class ScriptRunner {
  private static final Type STRING = TypeFactory.createSimpleType(TypeKind.TYPE_STRING);
  private static final Type INT64 = TypeFactory.createSimpleType(TypeKind.TYPE_INT64);
  private static final Type BOOL = TypeFactory.createSimpleType(TypeKind.TYPE_BOOL);

  private final StatementRunner statements;
  private final Analysis analysis;
  private final Session session;
  private final byte[] sql;

  /** What the handler that runs at the moment caught. */
  private Optional<BigQueryError> handled = Optional.empty();

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
    boolean started = false;
    List<String> declared = new ArrayList<>();
    try {
      for (ASTNodes.ASTStatement statement : list.getStatementList()) {
        if (statement instanceof ASTNodes.ASTVariableDeclaration declaration) {
          if (started) {
            throw BigQueryError.invalidQuery(
                "Variable declarations are allowed only at the start of a block or script");
          }
          declare(declaration, declared);
          continue;
        }
        started = true;
        End end = statement(statement);
        if (end.kind() != End.Kind.NORMAL) {
          return end;
        }
      }
      return End.NORMAL;
    } finally {
      forget(declared);
    }
  }

  private void forget(List<String> names) {
    names.forEach(session.variables()::remove);
    if (!names.isEmpty()) {
      session.catalog().forgetVariables(names);
    }
  }

  private End statement(ASTNodes.ASTStatement node) {
    if (node instanceof ASTNodes.ASTSingleAssignment assignment) {
      assign(assignment.getVariable(), text(assignment.getExpression()));
    } else if (node instanceof ASTNodes.ASTAssignmentFromStruct assignment) {
      assignAll(assignment);
    } else if (node instanceof ASTNodes.ASTIfStatement branch) {
      return branch(branch);
    } else if (node instanceof ASTNodes.ASTCaseStatement choice) {
      return choice(choice);
    } else if (node instanceof ASTNodes.ASTLoopStatement loop) {
      return loop(loop);
    } else if (node instanceof ASTNodes.ASTBeginEndBlock block) {
      return block(block);
    } else if (node instanceof ASTNodes.ASTRaiseStatement raise) {
      throw raise.getMessage() == null
          ? handled.orElseThrow(
              () -> BigQueryError.invalidQuery("Cannot re-raise an error outside its handler"))
          : BigQueryError.invalidQuery(
              (String) statements.evaluate(text(raise.getMessage()), STRING, session));
    } else if (node instanceof ASTNodes.ASTExecuteImmediateStatement dynamic) {
      execute(dynamic);
    } else if (node instanceof ASTNodes.ASTBreakStatement leave) {
      return new End(End.Kind.BREAK, name(leave.getLabel()));
    } else if (node instanceof ASTNodes.ASTContinueStatement again) {
      return new End(End.Kind.CONTINUE, name(again.getLabel()));
    } else if (node instanceof ASTNodes.ASTReturnStatement) {
      return new End(End.Kind.RETURN, null);
    } else if (TransactionRunner.takes(node)) {
      add(statements.transactions().run(node, session));
    } else if (isPlain(node)) {
      add(statements.run(text(node), session));
    } else {
      throw BigQueryError.notImplemented(
          node.getClass().getSimpleName().replace("AST", "") + " is not supported in scripts");
    }
    return End.NORMAL;
  }

  private void add(StatementResult result) {
    session.children().add(result);
    if (result.dmlStats() != null) {
      long rows =
          result.dmlStats().inserted() + result.dmlStats().updated() + result.dmlStats().deleted();
      session.variables().set("@@row_count", INT64, rows);
    }
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

  private void declare(ASTNodes.ASTVariableDeclaration node, List<String> declared) {
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
      declare(name.getIdString(), type, value);
      declared.add(name.getIdString());
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

  /** The expression of CASE is evaluated once; NULL equals no branch. */
  private End choice(ASTNodes.ASTCaseStatement node) {
    String subject = null;
    if (node.getExpression() != null) {
      subject = text(node.getExpression()).strip();
    }
    for (ASTNodes.ASTWhenThenClause clause : node.getWhenThenClauses().getWhenThenClauses()) {
      String condition = text(clause.getCondition());
      String test = subject == null ? condition : "(" + subject + ") = (" + condition.strip() + ")";
      if (Boolean.TRUE.equals(statements.evaluate(test, BOOL, session))) {
        return list(clause.getBody());
      }
    }
    return list(node.getElseList());
  }

  private End loop(ASTNodes.ASTLoopStatement node) {
    if (node instanceof ASTNodes.ASTForInStatement each) {
      return each(each);
    }
    String label = name(node.getLabel());
    while (!(node instanceof ASTNodes.ASTWhileStatement loop)
        || loop.getCondition() == null
        || holds(loop.getCondition())) {
      session.next();
      End end = list(node.getBody());
      if (end.leaves(label)) {
        return end.outside(label);
      }
      if (node instanceof ASTNodes.ASTRepeatStatement repeat
          && holds(repeat.getUntilClause().getCondition())) {
        break;
      }
    }
    return End.NORMAL;
  }

  private End each(ASTNodes.ASTForInStatement node) {
    String name = node.getVariable().getIdString();
    String label = name(node.getLabel());
    if (session.variables().type(name).isPresent()) {
      throw BigQueryError.invalidQuery("Variable '" + name + "' redeclaration");
    }
    StatementResult rows = statements.run(text(node.getQuery()), session);
    Type type = Types.analyzerType(Column.struct(name, Mode.NULLABLE, rows.schema()));
    try {
      for (Object[] row : rows.rows().rows()) {
        session.next();
        declare(name, type, row);
        End end = list(node.getBody());
        if (end.leaves(label)) {
          return end.outside(label);
        }
      }
      return End.NORMAL;
    } finally {
      forget(List.of(name));
    }
  }

  private void declare(String name, Type type, Object value) {
    boolean fresh = session.variables().type(name).isEmpty();
    session.variables().set(name, type, value);
    if (fresh) {
      session.catalog().declare(name, type);
    }
  }

  private static String name(ASTNodes.ASTLabel label) {
    return label == null ? null : label.getName().getIdString().toLowerCase(Locale.ROOT);
  }

  private End block(ASTNodes.ASTBeginEndBlock node) {
    End end;
    try {
      end = list(node.getStatementListNode());
    } catch (BigQueryError e) {
      if (node.getHandlerList() == null
          || node.getHandlerList().getExceptionHandlerList().isEmpty()) {
        throw e;
      }
      Optional<BigQueryError> outer = handled;
      handled = Optional.of(e);
      session.variables().set("@@error.message", STRING, e.getMessage());
      try {
        end = list(node.getHandlerList().getExceptionHandlerList().get(0).getStatementList());
      } finally {
        handled = outer;
        session
            .variables()
            .set("@@error.message", STRING, outer.map(Throwable::getMessage).orElse(null));
      }
    }
    String label = name(node.getLabel());
    return label != null && label.equals(end.label()) ? End.NORMAL : end;
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
    add(result);
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
      String name = names.get(i).getIdString();
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
