package io.tributary.emulator.faults;

import io.grpc.Status;

/**
 * What a failed call answers.
 *
 * @param grpc the status of a gRPC call
 * @param httpStatus the status of a REST call
 * @param reason Google's reason of a REST call, such as {@code backendError}
 * @param message the text both carry
 */
public record Failure(Status.Code grpc, int httpStatus, String reason, String message) {
  /** The service is away for a moment. */
  public static Failure unavailable() {
    return new Failure(
        Status.Code.UNAVAILABLE, 503, "backendError", "The service is currently unavailable.");
  }

  /** An error inside the service. */
  public static Failure internal() {
    return new Failure(
        Status.Code.INTERNAL, 500, "backendError", "Error encountered during execution. Retry.");
  }

  /** A rate limit is exceeded. */
  public static Failure rateLimitExceeded() {
    return new Failure(
        Status.Code.RESOURCE_EXHAUSTED,
        403,
        "rateLimitExceeded",
        "Exceeded rate limits: too many requests. For more information, see"
            + " https://cloud.google.com/bigquery/docs/troubleshoot-quotas");
  }

  /** A quota is used up. */
  public static Failure quotaExceeded() {
    return new Failure(
        Status.Code.RESOURCE_EXHAUSTED,
        403,
        "quotaExceeded",
        "Quota exceeded: Your project exceeded quota. For more information, see"
            + " https://cloud.google.com/bigquery/docs/troubleshoot-quotas");
  }
}
