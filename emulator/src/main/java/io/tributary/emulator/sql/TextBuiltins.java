package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.LONG;
import static io.tributary.emulator.sql.Builtins.Kind.TEXT;

import io.tributary.emulator.catalog.BigQueryError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBScalarFunctionBuilder;

/** Functions of STRING and BYTES; bytes travel as hexadecimal text. */
final class TextBuiltins {
  private static final String SPACE = "[\\s\\u0085\\p{Z}]+";

  private TextBuiltins() {}

  static void register(Connection c) throws SQLException {
    Builtins.function(
        c,
        "tx_substr",
        TEXT,
        List.of(TEXT, LONG, LONG),
        a -> substr((String) a[0], (Long) a[1], (Long) a[2]));
    Builtins.function(
        c,
        "tx_substr_hex",
        TEXT,
        List.of(TEXT, LONG, LONG),
        a -> substrHex((String) a[0], (Long) a[1], (Long) a[2]));
    Builtins.function(
        c,
        "tx_fit",
        TEXT,
        List.of(TEXT, LONG),
        a -> fitted(a, ((String) a[0]).codePoints().count(), "STRING"));
    Builtins.function(
        c,
        "tx_fit_bytes",
        TEXT,
        List.of(TEXT, LONG),
        a -> fitted(a, ((String) a[0]).length() / 2, "BYTES"));
    Builtins.function(c, "tx_quoted", TEXT, List.of(TEXT), a -> TextFormat.quoted((String) a[0]));
    Builtins.function(
        c, "tx_floating", TEXT, List.of(TEXT), a -> TextFormat.floating((String) a[0]));
    Builtins.function(c, "tx_float_literal", TEXT, List.of(TEXT), a -> floatLiteral((String) a[0]));
    Builtins.function(c, "tx_like_pattern", TEXT, List.of(TEXT), a -> pattern((String) a[0]));
    Regexps.register(c);
    StringBuiltins.register(c);
    BytesBuiltins.register(c);
    Builtins.function(
        c, "tx_ltrim", TEXT, List.of(TEXT), a -> ((String) a[0]).replaceFirst("^" + SPACE, ""));
    Builtins.function(
        c, "tx_rtrim", TEXT, List.of(TEXT), a -> ((String) a[0]).replaceFirst(SPACE + "$", ""));
    Builtins.function(
        c,
        "tx_trim",
        TEXT,
        List.of(TEXT),
        a -> ((String) a[0]).replaceFirst("^" + SPACE, "").replaceFirst(SPACE + "$", ""));
    Builtins.function(
        c, "tx_initcap", TEXT, List.of(TEXT, TEXT), a -> initcap((String) a[0], (String) a[1]));
    Builtins.function(c, "bytes_text", TEXT, List.of(TEXT), a -> utf8((String) a[0]));
    Builtins.function(
        c,
        "bytes_safe_text",
        TEXT,
        List.of(TEXT),
        a -> new String(HexFormat.of().parseHex((String) a[0]), StandardCharsets.UTF_8));
    Regexps.register(c);
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName("tx_format")
          .withVarArgs(DuckDBLogicalType.of(DuckDBColumnType.VARCHAR))
          .withReturnType(String.class)
          .withVarArgsFunction(TextBuiltins::format)
          .register(c);
    }
  }

  private static Object format(Object[] args) {
    try {
      return TextFormat.format(args);
    } catch (BigQueryError e) {
      throw Builtins.marked(e);
    }
  }

  private static Object fitted(Object[] args, long length, String type) {
    long limit = (Long) args[1];
    if (length > limit) {
      throw BigQueryError.invalidQuery(
          type
              + "("
              + limit
              + ") has maximum length "
              + limit
              + " but got a value with length "
              + length);
    }
    return args[0];
  }

  private static Object substr(String text, long position, long length) {
    int[] points = text.codePoints().toArray();
    int[] range = range(points.length, position, length);
    return new String(points, range[0], range[1] - range[0]);
  }

  private static Object substrHex(String hex, long position, long length) {
    int[] range = range(hex.length() / 2, position, length);
    return hex.substring(range[0] * 2, range[1] * 2);
  }

  /** Start and end, from 0, of what SUBSTR takes of so many characters. */
  private static int[] range(int size, long position, long length) {
    if (length < 0) {
      throw BigQueryError.invalidQuery("Third argument in SUBSTR() cannot be negative");
    }
    long start = position > 0 ? position - 1 : position == 0 ? 0 : Math.max(0, size + position);
    start = Math.min(start, size);
    long end = length > size - start ? size : start + length;
    return new int[] {(int) start, (int) end};
  }

  private static Object floatLiteral(String text) {
    return text.endsWith("inf") || text.equals("nan")
        ? "CAST(\"" + text + "\" AS FLOAT64)"
        : TextFormat.floating(text);
  }

  /** The pattern of LIKE, which must not end with a lone backslash. */
  private static Object pattern(String pattern) {
    int end = pattern.length();
    while (end > 0 && pattern.charAt(end - 1) == '\\') {
      end--;
    }
    if ((pattern.length() - end) % 2 == 1) {
      throw BigQueryError.invalidQuery("LIKE pattern ends with a backslash");
    }
    return pattern;
  }

  private static Object utf8(String hex) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex)))
          .toString();
    } catch (CharacterCodingException e) {
      throw BigQueryError.invalidQuery("Invalid cast of bytes to UTF8 string");
    }
  }

  private static Object initcap(String text, String delimiters) {
    StringBuilder out = new StringBuilder();
    boolean start = true;
    for (int point : text.toLowerCase(Locale.ROOT).codePoints().toArray()) {
      out.appendCodePoint(start ? Character.toTitleCase(point) : point);
      start = delimiters.indexOf(point) >= 0;
    }
    return out.toString();
  }
}
