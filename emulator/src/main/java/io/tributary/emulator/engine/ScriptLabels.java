package io.tributary.emulator.engine;

import com.google.zetasql.parser.ASTNode;
import com.google.zetasql.parser.ASTNodes;
import com.google.zetasql.parser.ParseTreeVisitor;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Looks at the labels of a script before it runs: inside of one, none has the same name. */
final class ScriptLabels extends ParseTreeVisitor {
  private final Set<String> around = new HashSet<>();

  private ScriptLabels() {}

  static void check(ASTNodes.ASTScript script) {
    script.accept(new ScriptLabels());
  }

  @Override
  protected void defaultVisit(ASTNode node) {
    if (node instanceof ASTNodes.ASTStatement statement && ScriptRunner.isPlain(statement)) {
      return;
    }
    ASTNodes.ASTLabel label =
        node instanceof ASTNodes.ASTLoopStatement loop
            ? loop.getLabel()
            : node instanceof ASTNodes.ASTBeginEndBlock block ? block.getLabel() : null;
    if (label == null) {
      super.defaultVisit(node);
      return;
    }
    String name = label.getName().getIdString();
    String key = name.toLowerCase(Locale.ROOT);
    if (!around.add(key)) {
      throw BigQueryError.invalidQuery("Label " + name + " already exists");
    }
    super.defaultVisit(node);
    around.remove(key);
  }
}
