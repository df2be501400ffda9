package io.tributary.bigquery.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A failed REST call.
 *
 * @param status HTTP status; 0 when there was no answer
 * @param reason Google's reason; empty when there is none
 * @param pause after how long the service wants the call again; zero where it does not say
 */
record RestFault(int status, String reason, String message, Duration pause) {
  /** Our own reason for credentials that were refused while fetching a token. */
  static final String NO_TOKEN = "noToken";

  private static final int MAX_MESSAGE = 1_000;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

  RestFault {
    reason = reason == null ? "" : reason;
    message = shorten(message);
  }

  RestFault(int status, String reason, String message) {
    this(status, reason, message, Duration.ZERO);
  }

  static RestFault of(IOException failure) {
    if (failure instanceof GoogleJsonResponseException answered && answered.getDetails() != null) {
      GoogleJsonError details = answered.getDetails();
      List<GoogleJsonError.ErrorInfo> errors = details.getErrors();
      String reason = errors == null || errors.isEmpty() ? "" : errors.get(0).getReason();
      return new RestFault(answered.getStatusCode(), reason, details.getMessage(), pause(answered));
    }
    if (failure instanceof HttpResponseException answered) {
      return new RestFault(
          answered.getStatusCode(),
          "",
          "HTTP status " + answered.getStatusCode() + ".",
          pause(answered));
    }
    if (TokenFault.lasting(failure)) {
      return new RestFault(0, NO_TOKEN, TokenFault.REFUSED);
    }
    return new RestFault(0, "", "No answer (" + failure.getClass().getSimpleName() + ").");
  }

  /** The header may also hold a date, which Google does not send. */
  private static Duration pause(HttpResponseException answered) {
    String seconds = answered.getHeaders().getRetryAfter();
    return seconds != null && SECONDS.matcher(seconds).matches()
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ZERO;
  }

  private static String shorten(String text) {
    if (text == null) {
      return "";
    }
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
  }
}
