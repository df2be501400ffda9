package io.tributary.bigquery.histories;

/** What a history may ask of the mode that writes it. */
enum Scope {
  /**
   * Columns come, go and get other names. BigQuery does not widen the columns of a table that is
   * streamed to nor delete its rows, and a row that moves to another task cannot be completed.
   */
  CDC,
  /** Types become wider as well, tables are truncated, and two tasks share a table. */
  MERGE
}
