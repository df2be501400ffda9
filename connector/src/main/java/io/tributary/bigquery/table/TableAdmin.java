package io.tributary.bigquery.table;

import java.util.Optional;

/**
 * BigQuery's table metadata. Calls block; each is one attempt with its own deadline. Thread-safe.
 */
public interface TableAdmin {
  /** The table's schema, or empty when it does not exist. */
  Answer<Optional<TableSchema>> describe(TableId table);

  /** Applies a step. A table or column that is there already counts as success. */
  Answer<Void> apply(Step step);
}
