package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.BOOL;
import static io.tributary.emulator.sql.Builtins.Kind.LONG;
import static io.tributary.emulator.sql.Builtins.Kind.TEXT;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tributary.emulator.catalog.BigQueryError;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Regular expressions in the syntax of RE2, as BigQuery documents it. */
final class Regexps {
  private static final int PATTERNS = 100;

  private final Cache<String, Pattern> patterns =
      CacheBuilder.newBuilder().maximumSize(PATTERNS).build();

  private Regexps() {}

  static void register(Connection c) throws SQLException {
    Regexps regexps = new Regexps();
    List<Builtins.Kind> two = List.of(TEXT, TEXT);
    Builtins.function(
        c, "tx_regexp_contains", BOOL, two, a -> regexps.matcher(a, "REGEXP_CONTAINS").find());
    Builtins.function(
        c,
        "tx_regexp_extract",
        TEXT,
        List.of(TEXT, TEXT, LONG, LONG),
        a -> regexps.extract(a, (Long) a[2], (Long) a[3]));
    Builtins.function(c, "tx_regexp_extract_all", TEXT, two, regexps::extractAll);
    Builtins.function(
        c,
        "tx_regexp_instr",
        LONG,
        List.of(TEXT, TEXT, LONG, LONG, LONG),
        a -> regexps.position(a, (Long) a[2], (Long) a[3], (Long) a[4]));
    Builtins.function(
        c,
        "tx_regexp_replace",
        TEXT,
        List.of(TEXT, TEXT, TEXT),
        a -> regexps.replace(a, (String) a[2]));
  }

  private Matcher matcher(Object[] args, String function) {
    String expression = (String) args[1];
    Pattern pattern = patterns.getIfPresent(expression);
    if (pattern == null) {
      try {
        pattern = Pattern.compile(expression);
      } catch (PatternSyntaxException e) {
        throw BigQueryError.invalidQuery(
            "Cannot parse regular expression: " + e.getDescription() + " in " + function);
      }
      patterns.put(expression, pattern);
    }
    return pattern.matcher((String) args[0]);
  }

  /** The whole match is meant, or the one group if there is one. */
  private Matcher extracting(Object[] args, String function) {
    Matcher matcher = matcher(args, function);
    if (matcher.groupCount() > 1) {
      throw BigQueryError.invalidQuery(
          "Regular expressions passed into extraction functions must not have more than 1 capturing"
              + " group");
    }
    return matcher;
  }

  /** Finds this occurrence from a position on, which counts characters from 1. */
  private static boolean find(Matcher matcher, String text, long position, long occurrence) {
    if (position < 1 || occurrence < 1) {
      throw BigQueryError.invalidQuery("Position and occurrence must be positive");
    }
    if (position - 1 > text.codePointCount(0, text.length())) {
      return false;
    }
    boolean found = matcher.find(text.offsetByCodePoints(0, Math.toIntExact(position - 1)));
    for (long i = 1; found && i < occurrence; i++) {
      found = matcher.find();
    }
    return found;
  }

  private Object extract(Object[] args, long position, long occurrence) {
    Matcher matcher = extracting(args, "REGEXP_EXTRACT");
    return find(matcher, (String) args[0], position, occurrence)
        ? matcher.group(matcher.groupCount())
        : null;
  }

  private Object extractAll(Object[] args) {
    Matcher matcher = extracting(args, "REGEXP_EXTRACT_ALL");
    List<String> found = new ArrayList<>();
    int end = ((String) args[0]).length();
    int from = -1;
    // behind the last character nothing more is looked for
    while (from < end && matcher.find()) {
      from = matcher.end() + (matcher.end() == matcher.start() ? 1 : 0);
      String group = matcher.group(matcher.groupCount());
      found.add(group == null ? "\"\"" : JsonText.quote(group));
    }
    return found.toString();
  }

  private Object position(Object[] args, long position, long occurrence, long after) {
    Matcher matcher = extracting(args, "REGEXP_INSTR");
    String text = (String) args[0];
    if (!find(matcher, text, position, occurrence)) {
      return 0L;
    }
    int group = matcher.groupCount();
    int at = after == 0 ? matcher.start(group) : matcher.end(group);
    return at < 0 ? 0L : text.codePointCount(0, at) + 1L;
  }

  /** Replaces every match; backslash and digit stand for a group, as documented. */
  private Object replace(Object[] args, String replacement) {
    Matcher matcher = matcher(args, "REGEXP_REPLACE");
    StringBuilder out = new StringBuilder();
    String text = (String) args[0];
    int last = 0;
    int end = -1;
    while (matcher.find()) {
      // as in RE2, nothing is no match right behind a match
      if (matcher.start() == matcher.end() && matcher.end() == end) {
        continue;
      }
      end = matcher.end();
      out.append(text, last, matcher.start());
      append(out, matcher, replacement);
      last = matcher.end();
    }
    return out.append(text.substring(last)).toString();
  }

  private static void append(StringBuilder out, Matcher matcher, String replacement) {
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char next = ++i < replacement.length() ? replacement.charAt(i) : ' ';
      if (next == '\\') {
        out.append('\\');
      } else if (next < '0' || next > '9' || next - '0' > matcher.groupCount()) {
        throw BigQueryError.invalidQuery("Invalid REGEXP_REPLACE pattern: " + replacement);
      } else {
        String group = matcher.group(next - '0');
        out.append(group == null ? "" : group);
      }
    }
  }
}
