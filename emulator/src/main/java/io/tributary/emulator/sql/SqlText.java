package io.tributary.emulator.sql;

import java.util.HexFormat;

/** Quotes names and constants for DuckDB. */
final class SqlText {
  /** Encloses a message of ours in DuckDB's error texts, so that it can be found again. */
  static final char MARK = '\u0001';

  /** Follows the mark if the message says what is not supported. */
  static final char REFUSED = '\u0002';

  private SqlText() {}

  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String string(String value) {
    // DuckDB's parser stops at U+0000
    return '\'' + value.replace("'", "''").replace("\0", "'||chr(0)||'") + '\'';
  }

  static String bytes(byte[] value) {
    return value.length == 0
        ? "''::BLOB"
        : "unhex('" + HexFormat.of().withUpperCase().formatHex(value) + "')";
  }

  /** Fails if it is evaluated; of any type, but not possible inside TRY. */
  static String error(String message) {
    return "error(" + string(MARK + message + MARK) + ")";
  }

  /** A message computed while the statement runs. */
  static String errorOf(String sqlMessage) {
    return "error(chr(1)||" + sqlMessage + "||chr(1))";
  }

  /** Evaluates a value once and names it in a body that uses it several times. */
  static String let(String name, String value, String body) {
    return "list_transform([" + value + "], lambda " + name + ": " + body + ")[1]";
  }
}
