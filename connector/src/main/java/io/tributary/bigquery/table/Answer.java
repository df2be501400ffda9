package io.tributary.bigquery.table;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.time.Duration;

/** What BigQuery answered to one attempt. Whoever asked decides whether to try again. */
public sealed interface Answer<T> {
  /** It worked. */
  record Ok<T>(T value) implements Answer<T> {}

  /**
   * A passing failure; the same request may be sent again.
   *
   * @param lasting what it is if it does not pass
   */
  record TryAgain<T>(String reason, Duration pause, ErrorCode lasting) implements Answer<T>, Later {
    public TryAgain(String reason, Duration pause) {
      this(reason, pause, ErrorCode.BIGQUERY_UNAVAILABLE);
    }

    public TryAgain(String reason) {
      this(reason, Duration.ZERO);
    }
  }

  /** A lasting failure. */
  record Refused<T>(ErrorCode code, String reason) implements Answer<T> {
    public SinkException asException() {
      return new SinkException(code, reason);
    }
  }
}
