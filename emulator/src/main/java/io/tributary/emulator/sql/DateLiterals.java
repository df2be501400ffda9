package io.tributary.emulator.sql;

import com.google.zetasql.Value;
import com.google.zetasql.resolvedast.ResolvedNode;
import com.google.zetasql.resolvedast.ResolvedNodes;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DATE literals in the place of a DATETIME: the analyzer makes 1970-01-01 00:00:00 of each of them,
 * though not of other expressions of type DATE.
 */
final class DateLiterals {
  private static final LocalDateTime MISREAD = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final Pattern HINT = Pattern.compile("(?i)date\\s*[rb]{0,2}[\"']");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)--[^\\n]*|#[^\\n]*|/\\*.*?\\*/|`[^`]*`"
              + "|(?:(?<![\\w.@])(?i:(date)\\s*))?(?i:rb|br|r|b)?"
              + "(?:\"\"\".*?\"\"\"|'''.*?'''"
              + "|'(?:\\\\.|[^'\\\\\\n])*'|\"(?:\\\\.|[^\"\\\\\\n])*\")");

  private DateLiterals() {}

  /** Whether the tree has a constant that may come from a DATE literal. */
  static boolean mayBeMisread(ResolvedNode tree) {
    boolean[] found = new boolean[1];
    tree.accept(
        new ResolvedNodes.Visitor() {
          @Override
          public void visit(ResolvedLiteral literal) {
            found[0] |= isMisread(literal.getValue());
          }
        });
    return found[0];
  }

  private static boolean isMisread(Value value) {
    if (value.isNull()) {
      return false;
    }
    return switch (value.getType().getKind()) {
      case TYPE_DATETIME -> value.getLocalDateTimeValue().equals(MISREAD);
      case TYPE_ARRAY -> value.getElementList().stream().anyMatch(DateLiterals::isMisread);
      case TYPE_STRUCT -> value.getFieldList().stream().anyMatch(DateLiterals::isMisread);
      default -> false;
    };
  }

  /** The statement with a call around each DATE literal. */
  static String inCalls(String sql) {
    if (!HINT.matcher(sql).find()) {
      return sql;
    }
    Matcher matcher = TOKEN.matcher(sql);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String token = matcher.group();
      matcher.appendReplacement(
          out,
          Matcher.quoteReplacement(
              matcher.group(1) == null ? token : "DATE_ADD(" + token + ", INTERVAL 0 DAY)"));
    }
    return matcher.appendTail(out).toString();
  }
}
