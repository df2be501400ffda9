package io.tributary.bigquery.write;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Later;
import java.time.Duration;
import java.util.Map;

/** What became of one append request. */
public sealed interface AppendOutcome {
  /**
   * The rows are in the stream at the offset asked for (also when the service says that the offset
   * exists already).
   */
  record Accepted() implements AppendOutcome {}

  /** None of the rows was written; these indexes of the request are at fault. */
  record RowsRejected(Map<Integer, String> reasons) implements AppendOutcome {}

  /** The write path does not know something: not yet, or it is gone. */
  sealed interface Absent extends AppendOutcome {
    String reason();

    ErrorCode lasting();
  }

  /** The write path does not know a column. */
  record SchemaBehind(String reason) implements Absent {
    @Override
    public ErrorCode lasting() {
      return ErrorCode.SCHEMA_NOT_VISIBLE;
    }
  }

  /**
   * The write path does not know the table, or has no permission for it.
   *
   * @param lasting what it is if it does not pass
   */
  record Unseen(String reason, ErrorCode lasting) implements Absent {}

  /**
   * A passing failure, or an offset beyond the stream's end (which proves nothing): send it again
   * in order.
   *
   * @param pause how long BigQuery wants to be left alone; zero where it did not say
   * @param lasting what it is if it does not pass
   */
  record TryAgain(String reason, Duration pause, ErrorCode lasting)
      implements AppendOutcome, Later {
    public TryAgain(String reason, Duration pause) {
      this(reason, pause, ErrorCode.BIGQUERY_UNAVAILABLE);
    }

    public TryAgain(String reason) {
      this(reason, Duration.ZERO);
    }
  }

  /** The stream cannot take rows any more; its uncommitted rows are lost. */
  record StreamGone(String reason) implements AppendOutcome {}

  /** A lasting refusal. */
  record Refused(ErrorCode code, String reason) implements AppendOutcome {}
}
