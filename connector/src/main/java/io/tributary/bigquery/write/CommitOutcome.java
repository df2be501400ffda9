package io.tributary.bigquery.write;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Later;
import java.time.Duration;

/** What became of a batch commit. */
public sealed interface CommitOutcome {
  /** The rows are in the table: committed now, or already by an attempt whose answer was lost. */
  record Committed() implements CommitOutcome {}

  /**
   * Nothing is known or nothing happened; send the same set again.
   *
   * @param lasting what it is if it does not pass
   */
  record TryAgain(String reason, Duration pause, ErrorCode lasting)
      implements CommitOutcome, Later {
    public TryAgain(String reason, Duration pause) {
      this(reason, pause, ErrorCode.BIGQUERY_UNAVAILABLE);
    }
  }

  /** A stream no longer exists; nothing was committed. */
  record StreamGone(String reason) implements CommitOutcome {}

  /** A lasting refusal; nothing was committed. */
  record Refused(ErrorCode code, String reason) implements CommitOutcome {}
}
