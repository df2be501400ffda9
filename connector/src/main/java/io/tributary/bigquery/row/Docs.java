package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;

/** What the source says of a column is its description. */
final class Docs {
  /** Characters of a column's description that BigQuery keeps. */
  private static final int LONGEST = 1_024;

  private Docs() {}

  /**
   * The column with its description.
   *
   * @param doc null where the source says nothing
   */
  static Column described(Column column, String doc) {
    if (doc == null || doc.isBlank()) {
      return column;
    }
    String text = doc.length() > LONGEST ? doc.substring(0, LONGEST) : doc;
    return column.withDetails(column.details().withDescription(text));
  }
}
