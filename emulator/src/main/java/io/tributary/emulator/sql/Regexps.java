package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.LONG;
import static io.tributary.emulator.sql.Builtins.Kind.TEXT;

import io.tributary.emulator.catalog.BigQueryError;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions where DuckDB's answer differs from GoogleSQL's. */
final class Regexps {
  private Regexps() {}

  static void register(Connection c) throws SQLException {
    Builtins.function(
        c,
        "tx_regexp_extract",
        TEXT,
        List.of(TEXT, TEXT),
        a -> extract((String) a[0], (String) a[1]));
    Builtins.function(c, "tx_groups", LONG, List.of(TEXT), a -> (long) groups((String) a[0]));
  }

  /** NULL if nothing matches; the one group if there is one. */
  private static Object extract(String text, String expression) {
    int groups = groups(expression);
    Matcher matcher = Pattern.compile(expression).matcher(text);
    return matcher.find() ? matcher.group(groups) : null;
  }

  private static int groups(String expression) {
    int groups;
    try {
      groups = Pattern.compile(expression).matcher("").groupCount();
    } catch (PatternSyntaxException e) {
      throw BigQueryError.invalidQuery("Cannot parse regular expression: " + e.getDescription());
    }
    if (groups > 1) {
      throw BigQueryError.invalidQuery(
          "Regular expressions passed into extraction functions must not have more than 1 capturing"
              + " group");
    }
    return groups;
  }
}
