package io.tributary.bigquery.bigquery;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import com.google.common.base.Throwables;
import java.util.List;

/** Whether an access token is refused or only late. */
final class TokenFault {
  static final String REFUSED = "No access token was given for the credentials.";

  private TokenFault() {}

  /**
   * Whether the endpoint refuses. Its status tells more than the library, which marks some passing
   * failures as lasting, and wraps others until no mark is left.
   */
  static boolean lasting(Throwable failure) {
    List<Throwable> causes = Throwables.getCausalChain(failure);
    for (Throwable each : causes) {
      if (each instanceof HttpResponseException answered) {
        int status = answered.getStatusCode();
        return status < 500 && status != 408 && status != 429;
      }
    }
    return causes.stream().anyMatch(each -> each instanceof Retryable said && !said.isRetryable());
  }
}
