package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.RowError;
import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import java.util.List;

/** Builds the answers of one connection, and logs each request with its outcome. */
final class AppendAnswers {
  private static final String ROW_ERRORS =
      "Errors found while processing rows. Please refer to the row_errors field for details. The"
          + " list may not be complete because of the size limitations.";

  private final WriteContext context;
  private final String connectionId;
  private String traceId = "";

  AppendAnswers(WriteContext context, String connectionId) {
    this.context = context;
    this.connectionId = connectionId;
  }

  /** The trace id of the first request is the connection's. */
  void traceId(String value) {
    traceId = value;
  }

  /** The rows were stored, at this offset or, if it is null, on a stream without offsets. */
  AppendRowsResponse stored(AppendRowsRequest request, String entity, Long offset) {
    record(request, entity, offset, "OK");
    AppendRowsResponse.AppendResult.Builder result = AppendRowsResponse.AppendResult.newBuilder();
    if (offset != null) {
      result.setOffset(Int64Value.of(offset));
    }
    return AppendRowsResponse.newBuilder()
        .setAppendResult(result)
        .setWriteStream(request.getWriteStream())
        .build();
  }

  AppendRowsResponse rowErrors(AppendRowsRequest request, String entity, List<RowError> errors) {
    int found = Math.min(errors.size(), context.choices().rowErrors());
    int named =
        StreamName.parse(entity)
            .map(stream -> context.gate().faults().namedRowErrors(stream.table(), found))
            .orElse(found);
    return answer(request, entity, invalid(ROW_ERRORS, entity), errors.subList(0, named));
  }

  AppendRowsResponse invalid(AppendRowsRequest request, String entity, String message) {
    return refused(request, entity, invalid(message, entity));
  }

  private static Status invalid(String message, String entity) {
    return Refusals.status(Code.INVALID_ARGUMENT, message + " Entity: " + entity);
  }

  /** The request failed; the connection goes on. */
  AppendRowsResponse refused(AppendRowsRequest request, String entity, Status error) {
    return answer(request, entity, error, List.of());
  }

  private AppendRowsResponse answer(
      AppendRowsRequest request, String entity, Status error, List<RowError> rowErrors) {
    Long offset = request.hasOffset() ? request.getOffset().getValue() : null;
    record(request, entity, offset, io.grpc.Status.fromCodeValue(error.getCode()).getCode().name());
    return AppendRowsResponse.newBuilder()
        .setError(error)
        .addAllRowErrors(rowErrors)
        .setWriteStream(request.getWriteStream())
        .build();
  }

  private void record(AppendRowsRequest request, String entity, Long offset, String outcome) {
    context
        .log()
        .add(
            new AppendRecord(
                entity,
                context.streamType(entity),
                offset,
                request.getProtoRows().getRows().getSerializedRowsCount(),
                request.getProtoRows().getRows().getSerializedRowsList().stream()
                    .mapToLong(ByteString::size)
                    .sum(),
                connectionId,
                traceId,
                context.clock().instant(),
                outcome));
  }
}
