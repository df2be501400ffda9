package io.tributary.bigquery.bigquery;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/**
 * A failed call or append of the Storage Write API.
 *
 * @param detail the service's own code; unspecified when it gave none
 */
record RpcFault(Status.Code code, StorageErrorCode detail, String message) {
  RpcFault {
    message = message == null ? "" : message;
  }

  static RpcFault of(Throwable failure) {
    if (failure instanceof Exceptions.StreamWriterClosedException) {
      // its code is FAILED_PRECONDITION; what it means is that the connection has to be replaced
      return new RpcFault(Status.Code.ABORTED, NONE, "The connection is closed.");
    }
    StorageErrorCode detail = detail(failure);
    if (failure instanceof StatusRuntimeException status) {
      return new RpcFault(status.getStatus().getCode(), detail, text(status.getStatus()));
    }
    if (failure instanceof ApiException api
        && api.getStatusCode() instanceof GrpcStatusCode status) {
      return new RpcFault(status.getTransportCode(), detail, message(api));
    }
    return new RpcFault(Status.Code.UNKNOWN, NONE, failure.getClass().getSimpleName());
  }

  private static final StorageErrorCode NONE = StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED;

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
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status != null) {
      for (Any any : status.getDetailsList()) {
        if (any.is(StorageError.class)) {
          return unpack(any);
        }
      }
    }
    return NONE;
  }

  private static StorageErrorCode unpack(Any any) {
    try {
      return any.unpack(StorageError.class).getCode();
    } catch (InvalidProtocolBufferException unreadable) {
      return NONE;
    }
  }
}
