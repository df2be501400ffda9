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
import io.tributary.emulator.sql.Types;
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
  private final Session session;
  private final ScriptText text;
  private final DynamicSql dynamicSql;

  /** What the handler that runs at the moment caught. */
  private Optional<BigQueryError> handled = Optional.empty();

  ScriptRunner(StatementRunner statements, Analysis analysis, Session session, String sql) {
    this.statements = statements;
    this.session = session;
    this.text = new ScriptText(sql);
    this.dynamicSql = new DynamicSql(statements, analysis, session, text);
  }

  void run(ASTNodes.ASTScript script) {
    End end = list(script.getStatementListNode());
    if (end.kind() == End.Kind.BREAK || end.kind() == End.Kind.CONTINUE) {
      throw BigQueryError.invalidQuery(
          end.label() == null
              ? end.kind() + " is only allowed inside of a loop body"
              : "Cannot find label " + end.label() + " for " + end.kind());
    }
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
      add(node, dynamicSql.run(dynamic));
    } else if (node instanceof ASTNodes.ASTBreakStatement leave) {
      return new End(End.Kind.BREAK, name(leave.getLabel()));
    } else if (node instanceof ASTNodes.ASTContinueStatement again) {
      return new End(End.Kind.CONTINUE, name(again.getLabel()));
    } else if (node instanceof ASTNodes.ASTReturnStatement) {
      return new End(End.Kind.RETURN, null);
    } else if (TransactionRunner.takes(node)) {
      add(node, statements.transactions().run(node, session));
    } else if (isPlain(node)) {
      add(node, statements.run(text(node), session));
    } else {
      throw BigQueryError.notImplemented(
          node.getClass().getSimpleName().replace("AST", "") + " is not supported in scripts");
    }
    return End.NORMAL;
  }

  private void add(ASTNode node, StatementResult result) {
    session.children().add(new ScriptStatement(text(node).strip(), result));
    if (result.dmlStats() != null) {
      long rows =
          result.dmlStats().inserted() + result.dmlStats().updated() + result.dmlStats().deleted();
      session.variables().set("@@row_count", INT64, rows);
    }
  }

  private String text(ASTNode node) {
    return text.of(node);
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

  private void assign(ASTNodes.ASTIdentifier name, String expression) {
    Type type = session.variables().declared(name.getIdString());
    session
        .variables()
        .set(name.getIdString(), type, statements.evaluate(expression, type, session));
  }

  private void assignAll(ASTNodes.ASTAssignmentFromStruct node) {
    List<ASTNodes.ASTIdentifier> names = node.getVariables().getIdentifierList();
    List<StructType.StructField> fields = new ArrayList<>();
    for (ASTNodes.ASTIdentifier name : names) {
      fields.add(new StructType.StructField("", session.variables().declared(name.getIdString())));
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
    boolean named = label != null && label.equals(end.label());
    if (named && end.kind() == End.Kind.CONTINUE) {
      throw BigQueryError.invalidQuery("CONTINUE cannot name the label of a block: " + label);
    }
    return named ? End.NORMAL : end;
  }
}
