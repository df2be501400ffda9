package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Timestamp;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.RowBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the rows of finalized pending streams visible, all at once or not at all. */
final class Commit {
  private static final int MAX_STREAMS = 10_000;

  private final WriteContext context;

  Commit(WriteContext context) {
    this.context = context;
  }

  /** One commit at a time: two that name a stream must not both find it uncommitted. */
  synchronized BatchCommitWriteStreamsResponse run(BatchCommitWriteStreamsRequest request) {
    StreamName.Parent parent =
        StreamName.parseParent(request.getParent())
            .orElseThrow(() -> Refusals.invalidArgument("Invalid parent: " + request.getParent()));
    TableRef table = parent.table();
    context.table(table, "TABLES_UPDATE_DATA");
    List<String> names = List.copyOf(new LinkedHashSet<>(request.getWriteStreamsList()));
    if (names.isEmpty() || names.size() > MAX_STREAMS) {
      throw Refusals.invalidArgument(
          "A batch commit takes 1 to %d streams, got %d.".formatted(MAX_STREAMS, names.size()));
    }
    List<StorageError> errors = new ArrayList<>();
    List<StreamState> streams = new ArrayList<>();
    for (String name : names) {
      StreamName parsed =
          StreamName.parse(name)
              .filter(parent::owns)
              .orElseThrow(
                  () ->
                      Refusals.invalidArgument(
                          "Stream %s does not belong to %s.".formatted(name, request.getParent())));
      Optional<StreamState> stream = context.streams().find(parsed, context.engine().table(table));
      refusal(parsed, stream, name).ifPresentOrElse(errors::add, () -> streams.add(stream.get()));
    }
    if (!errors.isEmpty()) {
      log(table, names, 0, codes(errors));
      return BatchCommitWriteStreamsResponse.newBuilder().addAllStreamErrors(errors).build();
    }
    return commit(table, names, streams);
  }

  private BatchCommitWriteStreamsResponse commit(
      TableRef table, List<String> names, List<StreamState> streams) {
    List<RowBatch> batches = new ArrayList<>();
    long rows = 0;
    for (StreamState stream : streams) {
      synchronized (stream) {
        batches.addAll(stream.hidden());
        rows += stream.end();
      }
    }
    context.rows().append(table, batches, context.partition(streams.get(0).name()));
    Instant when = context.clock().instant();
    for (StreamState stream : streams) {
      synchronized (stream) {
        stream.committedAt(when);
      }
    }
    log(table, names, rows, "OK");
    return BatchCommitWriteStreamsResponse.newBuilder().setCommitTime(timestamp(when)).build();
  }

  private static Optional<StorageError> refusal(
      StreamName name, Optional<StreamState> found, String entity) {
    if (name.isDefault()) {
      return error(
          StorageErrorCode.INVALID_STREAM_TYPE,
          "Stream must be created in pending mode, actual: WRITE_OPTIMIZED",
          entity);
    }
    if (found.isEmpty()) {
      return error(StorageErrorCode.STREAM_NOT_FOUND, "Stream is not found", entity);
    }
    StreamState stream = found.get();
    synchronized (stream) {
      if (stream.type() != WriteStream.Type.PENDING) {
        return error(
            StorageErrorCode.INVALID_STREAM_TYPE,
            "Stream must be created in pending mode, actual: WRITE_OPTIMIZED",
            entity);
      }
      if (stream.committed() != null) {
        return error(
            StorageErrorCode.STREAM_ALREADY_COMMITTED, "Stream has been already committed", entity);
      }
      return stream.isFinalized()
          ? Optional.empty()
          : error(StorageErrorCode.INVALID_STREAM_STATE, "Stream is not finalized", entity);
    }
  }

  private static Optional<StorageError> error(
      StorageErrorCode code, String message, String entity) {
    return Optional.of(
        StorageError.newBuilder().setCode(code).setErrorMessage(message).setEntity(entity).build());
  }

  private static String codes(List<StorageError> errors) {
    return errors.stream()
        .map(error -> error.getCode().name())
        .distinct()
        .collect(Collectors.joining(","));
  }

  private void log(TableRef table, List<String> names, long rows, String outcome) {
    context.log().add(new CommitRecord(table, names, rows, context.clock().instant(), outcome));
  }

  static Timestamp timestamp(Instant when) {
    return Timestamp.newBuilder()
        .setSeconds(when.getEpochSecond())
        .setNanos(when.getNano())
        .build();
  }
}
