package io.tributary.bigquery.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import java.io.IOException;
import java.util.List;

/**
 * A failed REST call.
 *
 * @param status HTTP status; 0 when there was no answer
 * @param reason Google's reason; empty when there is none
 */
record RestFault(int status, String reason, String message) {
  /** Our own reason for credentials that were refused while fetching a token. */
  static final String NO_TOKEN = "noToken";

  private static final int MAX_MESSAGE = 1_000;

  RestFault {
    reason = reason == null ? "" : reason;
    message = shorten(message);
  }

  static RestFault of(IOException failure) {
    if (failure instanceof GoogleJsonResponseException answered && answered.getDetails() != null) {
      GoogleJsonError details = answered.getDetails();
      List<GoogleJsonError.ErrorInfo> errors = details.getErrors();
      String reason = errors == null || errors.isEmpty() ? "" : errors.get(0).getReason();
      return new RestFault(answered.getStatusCode(), reason, details.getMessage());
    }
    if (failure instanceof HttpResponseException answered) {
      return new RestFault(
          answered.getStatusCode(), "", "HTTP status " + answered.getStatusCode() + ".");
    }
    if (failure instanceof Retryable token && !token.isRetryable()) {
      return new RestFault(0, NO_TOKEN, "No access token was given for the credentials.");
    }
    return new RestFault(0, "", "No answer (" + failure.getClass().getSimpleName() + ").");
  }

  private static String shorten(String text) {
    if (text == null) {
      return "";
    }
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
  }
}
