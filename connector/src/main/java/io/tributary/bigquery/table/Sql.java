package io.tributary.bigquery.table;

/** The one place where names and texts become part of a statement. */
public final class Sql {
  private Sql() {}

  /** A column's name, quoted. */
  public static String name(String column) {
    return "`" + escaped(column, "`") + "`";
  }

  /** A table's whole name, quoted. */
  public static String name(TableId table) {
    return name(table.toString());
  }

  /** A string literal. */
  public static String text(String value) {
    return "'" + escaped(value, "'") + "'";
  }

  private static String escaped(String text, String quote) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            sign -> {
              if (sign < ' ' || sign == '\\' || quote.indexOf(sign) >= 0) {
                escaped.append(String.format("\\u%04x", sign));
              } else {
                escaped.appendCodePoint(sign);
              }
            });
    return escaped.toString();
  }
}
