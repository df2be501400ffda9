package io.tributary.emulator.engine;

import com.google.zetasql.parser.ASTNode;
import java.nio.charset.StandardCharsets;

/** The text of a script, whose positions the parser counts in bytes. */
final class ScriptText {
  private final byte[] sql;

  ScriptText(String sql) {
    this.sql = sql.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The text of a node, with blanks for all that precedes it, so that errors name positions in the
   * script.
   */
  String of(ASTNode node) {
    int start = node.getParseLocationRange().start();
    int end = node.getParseLocationRange().end();
    String before = new String(sql, 0, start, StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder(end);
    before.codePoints().forEach(c -> text.append(c == '\n' ? '\n' : ' '));
    return text.append(new String(sql, start, end - start, StandardCharsets.UTF_8)).toString();
  }
}
