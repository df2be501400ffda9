package io.tributary.emulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement in which quoted paths such as {@code `p.d.t`} are split into quoted names, as
 * BigQuery reads them, and the way back to positions in the statement as written.
 */
final class QuotedPaths {
  private static final Pattern TOKEN =
      Pattern.compile(
          // what can start no token is skipped at once
          "(?s)[^-#/rRbB\"'`]++|--[^\\n]*|#[^\\n]*|/\\*.*?\\*/"
              + "|(?i:rb|br|r)?(?:\"\"\".*?\"\"\"|'''.*?''')"
              + "|'(?:\\\\.|[^'\\\\\\n])*'|\"(?:\\\\.|[^\"\\\\\\n])*\""
              + "|`([^`\\n]*)`");
  private static final Pattern POSITION = Pattern.compile("\\[at (\\d+):(\\d+)\\]");

  private final String sql;
  private final List<int[]> edits = new ArrayList<>();
  private final String original;

  private QuotedPaths(String original) {
    this.original = original;
    StringBuilder out = new StringBuilder();
    Matcher matcher = TOKEN.matcher(original);
    int last = 0;
    while (matcher.find()) {
      String path = matcher.group(1);
      if (path == null || !path.contains(".") || path.startsWith(".") || path.endsWith(".")) {
        continue;
      }
      out.append(original, last, matcher.start());
      String split = "`" + path.replace(":", ".").replace(".", "`.`") + "`";
      out.append(split);
      last = matcher.end();
      edits.add(new int[] {out.length(), split.length() - (matcher.end() - matcher.start())});
    }
    this.sql = out.append(original.substring(last)).toString();
  }

  static QuotedPaths split(String sql) {
    return new QuotedPaths(sql);
  }

  String sql() {
    return sql;
  }

  /** BigQuery's form of an error of the analyzer: {@code at [1:8]}, in the original text. */
  String message(String analyzerMessage) {
    Matcher matcher = POSITION.matcher(analyzerMessage);
    return matcher.replaceAll(
        m -> {
          int offset = offset(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
          return "at " + position(original(offset));
        });
  }

  private int offset(int line, int column) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      at = sql.indexOf('\n', at) + 1;
    }
    return Math.min(sql.length(), at + column - 1);
  }

  private int original(int offset) {
    int shift = 0;
    for (int[] edit : edits) {
      if (edit[0] <= offset) {
        shift += edit[1];
      }
    }
    return Math.min(original.length(), offset - shift);
  }

  private String position(int offset) {
    int line = 1;
    int start = 0;
    for (int i = original.indexOf('\n'); i >= 0 && i < offset; i = original.indexOf('\n', i + 1)) {
      line++;
      start = i + 1;
    }
    return "[" + line + ":" + (offset - start + 1) + "]";
  }
}
