package io.tributary.emulator.faults;

import com.google.protobuf.Any;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;

/**
 * What a failed call answers.
 *
 * @param grpc the status of a gRPC call
 * @param httpStatus the status of a REST call
 * @param reason Google's reason of a REST call, such as {@code backendError}
 * @param message the text both carry
 * @param retryAfterSeconds after how long BigQuery wants the call again, by google.rpc.RetryInfo
 *     and the header Retry-After; 0 where it does not say
 */
public record Failure(
    Status.Code grpc, int httpStatus, String reason, String message, int retryAfterSeconds) {
  /** A failure that does not say when to come again. */
  public Failure(Status.Code grpc, int httpStatus, String reason, String message) {
    this(grpc, httpStatus, reason, message, 0);
  }

  /** The same, and when to come again. */
  public Failure retryAfter(Duration wait) {
    return new Failure(grpc, httpStatus, reason, message, (int) wait.toSeconds());
  }

  /** As a gRPC call ends. */
  public StatusRuntimeException exception() {
    if (retryAfterSeconds == 0) {
      return Status.fromCode(grpc).withDescription(message).asRuntimeException();
    }
    RetryInfo wait =
        RetryInfo.newBuilder()
            .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(retryAfterSeconds))
            .build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(grpc.value())
            .setMessage(message)
            .addDetails(Any.pack(wait))
            .build());
  }

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
