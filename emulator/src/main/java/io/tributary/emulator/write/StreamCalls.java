package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamResponse;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.FlushRowsResponse;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.cloud.bigquery.storage.v1.WriteStreamView;
import io.grpc.Status.Code;
import io.tributary.emulator.catalog.TableDefinition;

/** Creates, shows, finalizes and flushes streams. */
final class StreamCalls {
  private final WriteContext context;

  StreamCalls(WriteContext context) {
    this.context = context;
  }

  WriteStream create(CreateWriteStreamRequest request) {
    StreamName.Parent parent =
        StreamName.parseParent(request.getParent())
            .orElseThrow(() -> Refusals.invalidArgument("Invalid parent: " + request.getParent()));
    TableDefinition definition = context.table(parent.table(), "TABLES_UPDATE_DATA");
    WriteStream.Type type = request.getWriteStream().getType();
    boolean known =
        type == WriteStream.Type.COMMITTED
            || type == WriteStream.Type.PENDING
            || type == WriteStream.Type.BUFFERED;
    if (!known) {
      throw Refusals.invalidArgument("Invalid stream type: " + type);
    }
    // refuses partitions that rows cannot be streamed to
    var unused = context.partition(parent.stream("new"));
    StreamState stream = context.streams().create(parent, type, definition);
    return describe(stream, definition, WriteStreamView.FULL);
  }

  WriteStream get(GetWriteStreamRequest request) {
    StreamName name = parse(request.getName());
    TableDefinition definition = context.table(name.table(), "TABLES_GET");
    if (!name.isDefault()) {
      return describe(find(name), definition, request.getView());
    }
    WriteStream.Builder stream =
        WriteStream.newBuilder()
            .setName(name.path())
            .setType(WriteStream.Type.COMMITTED)
            .setWriteMode(WriteStream.WriteMode.INSERT)
            .setCreateTime(Commit.timestamp(definition.created()))
            .setLocation(context.location(name.table()));
    return view(stream, definition, request.getView());
  }

  FinalizeWriteStreamResponse seal(FinalizeWriteStreamRequest request) {
    StreamName name = parse(request.getName());
    context.table(name.table(), "TABLES_UPDATE_DATA");
    if (name.isDefault()) {
      throw Refusals.invalidArgument(
          "The default stream cannot be finalized. Entity: " + request.getName());
    }
    StreamState stream = find(name);
    synchronized (stream) {
      stream.seal();
      return FinalizeWriteStreamResponse.newBuilder().setRowCount(stream.end()).build();
    }
  }

  FlushRowsResponse flush(FlushRowsRequest request) {
    StreamName name = parse(request.getWriteStream());
    context.table(name.table(), "TABLES_UPDATE_DATA");
    if (name.isDefault()) {
      throw Refusals.invalidArgument(
          "The default stream cannot be flushed. Entity: " + request.getWriteStream());
    }
    StreamState stream = find(name);
    synchronized (stream) {
      stream.touch(context.clock().instant());
      return flush(request, stream);
    }
  }

  private FlushRowsResponse flush(FlushRowsRequest request, StreamState stream) {
    String entity = request.getWriteStream();
    if (stream.type() != WriteStream.Type.BUFFERED) {
      throw Refusals.exception(
          Refusals.storageError(
              Code.INVALID_ARGUMENT,
              StorageErrorCode.INVALID_STREAM_TYPE,
              "Stream must be created in buffered mode to be flushed.",
              "Stream must be created in buffered mode to be flushed.",
              entity));
    }
    if (stream.isFinalized()) {
      throw Refusals.exception(Refusals.finalized(entity));
    }
    long offset = request.hasOffset() ? request.getOffset().getValue() : stream.end() - 1;
    if (offset >= stream.end()) {
      throw Refusals.exception(Refusals.wrongOffset(stream.end(), offset, entity));
    }
    if (offset < stream.flushedEnd()) {
      throw Refusals.exception(
          Refusals.status(
              Code.ALREADY_EXISTS, "The offset has been flushed already. Entity: " + entity));
    }
    context
        .rows()
        .append(
            stream.name().table(), stream.flushable(offset + 1), context.partition(stream.name()));
    stream.flushed(offset + 1);
    return FlushRowsResponse.newBuilder().setOffset(offset).build();
  }

  private StreamState find(StreamName name) {
    return context
        .streams()
        .find(name, context.engine().table(name.table()))
        .orElseThrow(() -> Refusals.exception(Refusals.streamNotFound(name.path())));
  }

  private static StreamName parse(String name) {
    return StreamName.parse(name)
        .orElseThrow(() -> Refusals.invalidArgument("Invalid stream name: " + name));
  }

  private WriteStream describe(
      StreamState state, TableDefinition definition, WriteStreamView view) {
    synchronized (state) {
      WriteStream.Builder stream =
          WriteStream.newBuilder()
              .setName(state.name().path())
              .setType(state.type())
              .setWriteMode(WriteStream.WriteMode.INSERT)
              .setCreateTime(Commit.timestamp(state.created()))
              .setLocation(context.location(state.name().table()));
      if (state.committed() != null) {
        stream.setCommitTime(Commit.timestamp(state.committed()));
      } else if (state.type() == WriteStream.Type.COMMITTED) {
        stream.setCommitTime(Commit.timestamp(state.created()));
      }
      return view(stream, definition, view);
    }
  }

  private static WriteStream view(
      WriteStream.Builder stream, TableDefinition definition, WriteStreamView view) {
    if (view == WriteStreamView.FULL) {
      stream.setTableSchema(ProtoSchemas.of(definition.columns()));
    }
    return stream.build();
  }
}
