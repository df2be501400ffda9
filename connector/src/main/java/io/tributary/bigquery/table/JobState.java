package io.tributary.bigquery.table;

import java.time.Instant;
import java.util.Map;

/** What BigQuery says of a job id. */
public sealed interface JobState {
  /** No job has this id. */
  record Absent() implements JobState {}

  /** Pending or running. */
  record Underway() implements JobState {}

  /**
   * Ended well.
   *
   * @param labels what its submitter said of it
   */
  record Succeeded(Instant created, Map<String, String> labels) implements JobState {}

  /**
   * Ended with an error.
   *
   * @param reason BigQuery's reason and message, without row values
   * @param passing whether the same work may succeed in a later job (conflicts, rates, internal
   *     errors)
   */
  record Failed(Instant created, String reason, boolean passing) implements JobState {}
}
