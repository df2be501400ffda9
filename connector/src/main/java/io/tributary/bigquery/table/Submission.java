package io.tributary.bigquery.table;

import io.tributary.bigquery.error.ErrorCode;
import java.time.Duration;

/** What became of submitting a job under an id of our choice. */
public sealed interface Submission {
  /** The job is BigQuery's now. */
  record Taken() implements Submission {}

  /** The id is in use: by another task's job, or by an attempt of ours whose answer was lost. */
  record IdInUse() implements Submission {}

  /** Nothing is known; submit again under the same id. */
  record TryAgain(String reason, Duration pause) implements Submission, Later {}

  /** A lasting refusal. */
  record Refused(ErrorCode code, String reason) implements Submission {}
}
