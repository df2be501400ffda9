package io.tributary.tools.verify;

/**
 * One thing that is not the same on both sides.
 *
 * @param table the table
 * @param key the row's key, or empty if the table as a whole differs
 * @param column the column, or empty if the row as a whole differs
 * @param source PostgreSQL's value as canonical text, or what is there instead
 * @param target BigQuery's value as canonical text, or what is there instead
 */
public record Difference(String table, String key, String column, String source, String target) {
  private static final int SHOWN = 60;

  /** Where the difference is, without any value but the key's. */
  public String place() {
    return table
        + (key.isEmpty() ? "" : " key " + key)
        + (column.isEmpty() ? "" : " column " + column);
  }

  /** The place and the beginnings of both values. */
  public String detail() {
    return place() + ": PostgreSQL " + shorten(source) + ", BigQuery " + shorten(target);
  }

  private static String shorten(String text) {
    return text.length() <= SHOWN
        ? text
        : text.substring(0, SHOWN) + "... (" + text.length() + " characters)";
  }
}
