package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.BOOL;
import static io.tributary.emulator.sql.Builtins.Kind.LONG;
import static io.tributary.emulator.sql.Builtins.Kind.TEXT;

import com.google.common.base.Strings;
import io.tributary.emulator.catalog.BigQueryError;
import java.sql.Connection;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Functions of STRING, by Unicode characters. */
final class StringBuiltins {
  private static final String CODES = "01230120022455012623010202";

  private StringBuiltins() {}

  static void register(Connection c) throws SQLException {
    List<Builtins.Kind> textAndLong = List.of(TEXT, LONG);
    Builtins.function(c, "tx_upper", TEXT, List.of(TEXT), a -> text(a).toUpperCase(Locale.ROOT));
    Builtins.function(c, "tx_lower", TEXT, List.of(TEXT), a -> text(a).toLowerCase(Locale.ROOT));
    Builtins.function(
        c, "tx_reverse", TEXT, List.of(TEXT), a -> new StringBuilder(text(a)).reverse().toString());
    Builtins.function(
        c, "tx_left", TEXT, textAndLong, a -> cut(text(a), 0, size((Long) a[1], "LEFT")));
    Builtins.function(c, "tx_right", TEXT, textAndLong, a -> right(text(a), (Long) a[1]));
    Builtins.function(
        c,
        "tx_repeat",
        TEXT,
        textAndLong,
        a -> text(a).repeat(Math.toIntExact(size((Long) a[1], "REPEAT"))));
    Builtins.function(
        c,
        "tx_lpad",
        TEXT,
        List.of(TEXT, LONG, TEXT),
        a -> pad(text(a), size((Long) a[1], "LPAD"), (String) a[2], true));
    Builtins.function(
        c,
        "tx_rpad",
        TEXT,
        List.of(TEXT, LONG, TEXT),
        a -> pad(text(a), size((Long) a[1], "RPAD"), (String) a[2], false));
    Builtins.function(
        c,
        "tx_replace",
        TEXT,
        List.of(TEXT, TEXT, TEXT),
        a -> ((String) a[1]).isEmpty() ? a[0] : text(a).replace((String) a[1], (String) a[2]));
    Builtins.function(
        c,
        "tx_instr",
        LONG,
        List.of(TEXT, TEXT, LONG, LONG),
        a -> position(text(a), (String) a[1], (Long) a[2], (Long) a[3]));
    Builtins.function(c, "tx_chr", TEXT, List.of(LONG), a -> character((Long) a[0]));
    Builtins.function(
        c,
        "tx_points",
        TEXT,
        List.of(TEXT),
        a ->
            text(a)
                .codePoints()
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(",", "[", "]")));
    Builtins.function(c, "tx_of_points", TEXT, List.of(TEXT), a -> ofPoints(text(a)));
    Builtins.function(
        c,
        "tx_normalize",
        TEXT,
        List.of(TEXT, TEXT),
        a -> Normalizer.normalize(text(a), Normalizer.Form.valueOf((String) a[1])));
    Builtins.function(
        c,
        "tx_casefold",
        TEXT,
        List.of(TEXT),
        a -> text(a).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    Builtins.function(
        c,
        "tx_contains",
        BOOL,
        List.of(TEXT, TEXT),
        a -> folded(text(a)).contains(folded((String) a[1])));
    Builtins.function(c, "tx_soundex", TEXT, List.of(TEXT), a -> soundex(text(a)));
    Builtins.function(
        c,
        "tx_edit_distance",
        LONG,
        List.of(TEXT, TEXT, LONG),
        a -> Math.min((Long) a[2], distance(text(a), (String) a[1])));
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  private static String text(Object[] args) {
    return (String) args[0];
  }

  private static long size(long length, String function) {
    if (length < 0) {
      throw BigQueryError.invalidQuery(
          "Second argument in " + function + "() cannot be negative: " + length);
    }
    return length;
  }

  private static String cut(String text, long from, long length) {
    return text.codePoints()
        .skip(from)
        .limit(length)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String right(String text, long length) {
    long points = text.codePointCount(0, text.length());
    return cut(text, Math.max(0, points - size(length, "RIGHT")), length);
  }

  private static String pad(String text, long length, String pattern, boolean left) {
    long points = text.codePointCount(0, text.length());
    if (length <= points) {
      return cut(text, 0, length);
    }
    int wide = pattern.codePointCount(0, pattern.length());
    if (wide == 0) {
      throw BigQueryError.invalidQuery("Third argument of a pad function cannot be empty");
    }
    int times = Math.toIntExact((length - points) / wide + 1);
    String padding = cut(pattern.repeat(times), 0, length - points);
    return left ? padding + text : text + padding;
  }

  /** A negative position searches backwards, from the end. */
  private static long position(String text, String part, long position, long occurrence) {
    if (position == 0 || occurrence < 1) {
      throw BigQueryError.invalidQuery("Position and occurrence of INSTR must not be zero");
    }
    int points = text.codePointCount(0, text.length());
    long start = position > 0 ? position - 1 : points + position;
    if (start < 0 || start > points) {
      return 0;
    }
    int at = text.offsetByCodePoints(0, (int) start);
    at = position > 0 ? text.indexOf(part, at) : text.lastIndexOf(part, at);
    for (long i = 1; at >= 0 && i < occurrence; i++) {
      at =
          position > 0 ? text.indexOf(part, at + 1) : at == 0 ? -1 : text.lastIndexOf(part, at - 1);
    }
    return at < 0 ? 0 : text.codePointCount(0, at) + 1L;
  }

  /** The code point 0 stands for no text at all. */
  private static String character(long point) {
    if (point < 0 || point > Character.MAX_CODE_POINT || (point >= 0xD800 && point <= 0xDFFF)) {
      throw BigQueryError.invalidQuery("Invalid codepoint " + point);
    }
    return point == 0 ? "" : Character.toString((int) point);
  }

  /** From DuckDB's text of a list; NULL if an element is. */
  private static Object ofPoints(String list) {
    String items = list.substring(1, list.length() - 1);
    if (items.contains("NULL")) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    for (String item : items.isEmpty() ? new String[0] : items.split(", ", -1)) {
      out.append(character(Long.parseLong(item)));
    }
    return out.toString();
  }

  private static String soundex(String text) {
    StringBuilder out = new StringBuilder();
    char last = '0';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int index = Character.toUpperCase(c) - 'A';
      if (index < 0 || index >= CODES.length()) {
        continue;
      }
      char code = CODES.charAt(index);
      if (out.isEmpty()) {
        out.append(c);
      } else if (code != '0' && code != last) {
        out.append(code);
      }
      // H and W do not part two letters of the same code
      last = Character.toUpperCase(c) == 'H' || Character.toUpperCase(c) == 'W' ? last : code;
    }
    return out.isEmpty() ? "" : Strings.padEnd(out.toString(), 4, '0').substring(0, 4);
  }

  private static long distance(String left, String right) {
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int above = row[j];
        int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length];
  }
}
