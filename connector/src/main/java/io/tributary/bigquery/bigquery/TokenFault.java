package io.tributary.bigquery.bigquery;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import com.google.common.base.Throwables;
import java.util.List;
import java.util.regex.Pattern;

/** Whether an access token is refused or only late. */
final class TokenFault {
  static final String REFUSED = "No access token was given for the credentials.";

  /** How the library tells the answer to an exchange of tokens, without its status. */
  private static final String EXCHANGE = "Error code ";

  /** A no, in the words of RFC 6749 and RFC 8693; others tell of trouble at the endpoint. */
  private static final Pattern NO =
      Pattern.compile(
          EXCHANGE
              + "(invalid_[a-z_]+|unauthorized_client|unsupported_grant_type|access_denied)\\b.*",
          Pattern.DOTALL);

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
    return causes.stream().anyMatch(TokenFault::saysNo);
  }

  private static boolean saysNo(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof Retryable said
        && !said.isRetryable()
        && (!message.startsWith(EXCHANGE) || NO.matcher(message).matches());
  }
}
