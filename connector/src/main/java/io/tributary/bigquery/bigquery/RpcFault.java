package io.tributary.bigquery.bigquery;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.common.base.Throwables;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A failed call or append of the Storage Write API.
 *
 * @param detail the service's own code; unspecified when it gave none
 * @param pause after how long the service wants the call again; zero where it does not say
 */
record RpcFault(Status.Code code, StorageErrorCode detail, String message, Duration pause) {
  RpcFault {
    message = message == null ? "" : message;
  }

  RpcFault(Status.Code code, StorageErrorCode detail, String message) {
    this(code, detail, message, Duration.ZERO);
  }

  static RpcFault of(Throwable failure) {
    if (failure instanceof Exceptions.StreamWriterClosedException) {
      // its code is FAILED_PRECONDITION; what it means is that the connection has to be replaced
      return new RpcFault(Status.Code.ABORTED, NONE, "The connection is closed.");
    }
    Optional<RpcFault> token = token(failure);
    if (token.isPresent()) {
      return token.get();
    }
    StorageErrorCode detail = detail(failure);
    if (failure instanceof StatusRuntimeException status) {
      return new RpcFault(
          status.getStatus().getCode(), detail, text(status.getStatus()), pause(failure));
    }
    if (failure instanceof ApiException api
        && api.getStatusCode() instanceof GrpcStatusCode status) {
      return new RpcFault(status.getTransportCode(), detail, message(api), pause(failure));
    }
    return new RpcFault(Status.Code.UNKNOWN, NONE, failure.getClass().getSimpleName());
  }

  private static final StorageErrorCode NONE = StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED;

  /**
   * No access token for a call. Of every failure that does not call itself passing the client says
   * UNAUTHENTICATED; Google's libraries do not mark broken connections and busy metadata servers.
   */
  private static Optional<RpcFault> token(Throwable failure) {
    if (TokenFault.lasting(failure)) {
      return Optional.of(new RpcFault(Status.Code.UNAUTHENTICATED, NONE, TokenFault.REFUSED));
    }
    boolean broken =
        Status.fromThrowable(failure).getCode() == Status.Code.UNAUTHENTICATED
            && Throwables.getCausalChain(failure).stream().anyMatch(IOException.class::isInstance);
    return broken
        ? Optional.of(new RpcFault(Status.Code.UNAVAILABLE, NONE, "No access token was fetched."))
        : Optional.empty();
  }

  private static String message(ApiException api) {
    return api.getCause() instanceof StatusRuntimeException status
        ? text(status.getStatus())
        : api.getMessage();
  }

  private static String text(Status status) {
    return status.getDescription() == null ? status.getCode().name() : status.getDescription();
  }

  private static StorageErrorCode detail(Throwable failure) {
    if (failure instanceof Exceptions.OffsetAlreadyExists) {
      return StorageErrorCode.OFFSET_ALREADY_EXISTS;
    }
    if (failure instanceof Exceptions.OffsetOutOfRange) {
      return StorageErrorCode.OFFSET_OUT_OF_RANGE;
    }
    if (failure instanceof Exceptions.StreamFinalizedException) {
      return StorageErrorCode.STREAM_FINALIZED;
    }
    if (failure instanceof Exceptions.StreamNotFound) {
      return StorageErrorCode.STREAM_NOT_FOUND;
    }
    if (failure instanceof Exceptions.SchemaMismatchedException) {
      return StorageErrorCode.SCHEMA_MISMATCH_EXTRA_FIELDS;
    }
    return said(failure, StorageError.class).map(StorageError::getCode).orElse(NONE);
  }

  private static Duration pause(Throwable failure) {
    return said(failure, RetryInfo.class)
        .map(RetryInfo::getRetryDelay)
        .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos()))
        .filter(delay -> !delay.isNegative())
        .orElse(Duration.ZERO);
  }

  /** A detail that the service gave beside its status. */
  private static <T extends Message> Optional<T> said(Throwable failure, Class<T> type) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status != null) {
      for (Any any : status.getDetailsList()) {
        if (any.is(type)) {
          return unpack(any, type);
        }
      }
    }
    return Optional.empty();
  }

  private static <T extends Message> Optional<T> unpack(Any any, Class<T> type) {
    try {
      return Optional.of(any.unpack(type));
    } catch (InvalidProtocolBufferException unreadable) {
      return Optional.empty();
    }
  }
}
