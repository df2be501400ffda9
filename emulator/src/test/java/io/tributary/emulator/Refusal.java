package io.tributary.emulator;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.bigquery.BigQueryException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How BigQuery refused a call of the REST API, as Google's client tells it. */
public record Refusal(int code, String reason, String message) {
  public static Refusal of(ThrowingCallable call) {
    BigQueryException refused = catchThrowableOfType(BigQueryException.class, call);
    if (refused == null) {
      throw new AssertionError("The call was not refused");
    }
    return new Refusal(refused.getCode(), refused.getReason(), refused.getMessage());
  }
}
