package io.tributary.emulator.sql;

import java.util.HexFormat;

/** Quotes names and constants for DuckDB. */
final class SqlText {
  /** Encloses a message of ours in DuckDB's error texts, so that it can be found again. */
  static final char MARK = '\u0001';

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

  static String error(String message) {
    return "error(" + string(MARK + message + MARK) + ")";
  }

  /** A message computed while the statement runs. */
  static String errorOf(String sqlMessage) {
    return "error(chr(1)||" + sqlMessage + "||chr(1))";
  }
}
