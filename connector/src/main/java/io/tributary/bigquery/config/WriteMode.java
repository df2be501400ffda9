package io.tributary.bigquery.config;

/** How changes reach a table. */
public enum WriteMode {
  /** Staged, then applied by MERGE. */
  MERGE,
  /** Streamed with change types; BigQuery applies them itself. */
  CDC,
  /** Every change is a row of its own. */
  APPEND
}
