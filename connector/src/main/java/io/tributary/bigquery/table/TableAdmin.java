package io.tributary.bigquery.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * BigQuery's table metadata, and its jobs. Calls block; each is one attempt with its own deadline.
 * Thread-safe.
 */
public interface TableAdmin {
  /** The table's schema, or empty when it does not exist. */
  Answer<Optional<TableSchema>> describe(TableId table);

  /**
   * Applies a step that is no statement. A dataset, table or column that is there already counts as
   * success.
   */
  Answer<Void> apply(Step step);

  /**
   * Starts a script as a query job (jobs.insert) under a given id, in the configured job project
   * and location.
   */
  Submission submit(String jobId, String script, Map<String, String> labels);

  /** What became of a job; a failure to ask is an answer of its own, never a state. */
  Answer<JobState> job(String jobId);

  /**
   * Runs a read-only query and returns all rows as text cells; null for NULL. For small results.
   */
  Answer<List<List<String>>> read(String sql);
}
