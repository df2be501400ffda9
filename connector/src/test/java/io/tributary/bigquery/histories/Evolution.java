package io.tributary.bigquery.histories;

/** How far the schema of a table changes. */
enum Evolution {
  /** Columns come, go and get other names. */
  OF_COLUMNS,
  /** Their types become wider as well. */
  OF_TYPES
}
