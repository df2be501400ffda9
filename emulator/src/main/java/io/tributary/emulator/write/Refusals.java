package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.Any;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tributary.emulator.catalog.TableRef;

/** The errors of the Storage Write API, with the texts and details of the service. */
final class Refusals {
  private Refusals() {}

  static Status status(Code code, String message) {
    return Status.newBuilder().setCode(code.value()).setMessage(message).build();
  }

  static Status storageError(
      Code code, StorageErrorCode error, String message, String errorMessage, String entity) {
    StorageError detail =
        StorageError.newBuilder()
            .setCode(error)
            .setEntity(entity)
            .setErrorMessage(errorMessage)
            .build();
    return Status.newBuilder()
        .setCode(code.value())
        .setMessage(message + " Entity: " + entity)
        .addDetails(Any.pack(detail))
        .build();
  }

  /** The service tells a missing table from a missing right by neither code nor text. */
  static StatusRuntimeException denied(String permission, TableRef table) {
    return exception(
        status(
            Code.PERMISSION_DENIED,
            "Permission '%s' denied on resource '%s' (or it may not exist)."
                .formatted(permission, StreamName.tablePath(table))));
  }

  static StatusRuntimeException tableNotFound(TableRef table) {
    return exception(
        storageError(
            Code.NOT_FOUND,
            StorageErrorCode.TABLE_NOT_FOUND,
            "Requested entity was not found.",
            "Requested entity was not found.",
            StreamName.tablePath(table)));
  }

  static Status streamNotFound(String stream) {
    return storageError(
        Code.NOT_FOUND,
        StorageErrorCode.STREAM_NOT_FOUND,
        "Requested entity was not found.",
        "Requested entity was not found.",
        stream);
  }

  static Status finalized(String stream) {
    return storageError(
        Code.INVALID_ARGUMENT,
        StorageErrorCode.STREAM_FINALIZED,
        "Stream has been finalized and cannot be appended.",
        "Stream has been finalized and cannot be appended.",
        stream);
  }

  static Status wrongOffset(long expected, long received, String stream) {
    String texts = ", expected offset %d, received %d".formatted(expected, received);
    return received < expected
        ? storageError(
            Code.ALREADY_EXISTS,
            StorageErrorCode.OFFSET_ALREADY_EXISTS,
            "The offset is within stream" + texts,
            "The offset is within stream" + texts,
            stream)
        : storageError(
            Code.OUT_OF_RANGE,
            StorageErrorCode.OFFSET_OUT_OF_RANGE,
            "The offset is beyond stream" + texts,
            "The offset is beyond stream" + texts,
            stream);
  }

  static Status schema(WriterSchemaException refused, String stream) {
    return refused.hasExtraFields()
        ? storageError(
            Code.INVALID_ARGUMENT,
            StorageErrorCode.SCHEMA_MISMATCH_EXTRA_FIELDS,
            refused.getMessage(),
            "Schema mismatch due to extra fields in user schema",
            stream)
        : status(Code.INVALID_ARGUMENT, refused.getMessage() + " Entity: " + stream);
  }

  static StatusRuntimeException invalidArgument(String message) {
    return exception(status(Code.INVALID_ARGUMENT, message));
  }

  static StatusRuntimeException exception(Status status) {
    return StatusProto.toStatusRuntimeException(status);
  }
}
