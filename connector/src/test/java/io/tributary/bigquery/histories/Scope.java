package io.tributary.bigquery.histories;

/** What a history may ask of the mode that writes it. */
enum Scope {
  /**
   * Columns come, go and get other names. BigQuery does not widen the columns of a table that is
   * streamed to nor delete its rows.
   */
  CDC,
  /** Types become wider as well, and tables are truncated. */
  MERGE
}
