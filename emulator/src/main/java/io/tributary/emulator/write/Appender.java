package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.engine.RowBatch;
import io.tributary.emulator.faults.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Carries out the requests of one connection, one after the other. */
final class Appender {
  private final WriteContext context;
  private final AppendAnswers answers;
  private final AppendConnection connection;
  private final ConnectionMode mode;
  private volatile AppendTarget target;
  private volatile StreamState claimed;
  private MissingValueInterpretation defaultInterpretation = MissingValueInterpretation.NULL_VALUE;
  private boolean lastFailed;

  Appender(WriteContext context, String connectionId, AppendConnection connection) {
    this.context = context;
    this.answers = new AppendAnswers(context, connectionId);
    this.connection = connection;
    this.mode = new ConnectionMode(context.settings().deleteRows());
  }

  /** The request as the fault script sees it. */
  Call describe(AppendRowsRequest request) {
    String text = request.getWriteStream().isEmpty() ? entity() : request.getWriteStream();
    return new Call(
        "AppendRows", StreamName.parse(text).map(StreamName::table).orElse(null), text, null);
  }

  /** The stream the connection writes to, empty before the first request. */
  String entity() {
    return target == null ? "" : target.streamText();
  }

  /** Gives up the stream, so that another connection may write to it. */
  void release() {
    StreamState held = claimed;
    if (held != null) {
      synchronized (held) {
        held.release(connection);
      }
    }
  }

  /** The answer; throws what ends the connection. */
  AppendRowsResponse append(AppendRowsRequest request) {
    if (request.getSerializedSize() > context.limits().appendBytes()) {
      return tooLarge(request);
    }
    if (target == null) {
      answers.traceId(request.getTraceId());
    }
    Optional<Status> refused = aim(request);
    if (refused.isPresent()) {
      String named = request.getWriteStream();
      return answers.refused(request, named.isEmpty() ? entity() : named, refused.get());
    }
    boolean changed = followTable();
    AppendRowsResponse answer = check(request).orElseGet(() -> store(request));
    lastFailed = answer.hasError();
    return changed
        ? answer.toBuilder().setUpdatedSchema(ProtoSchemas.of(target.table().columns())).build()
        : answer;
  }

  private AppendRowsResponse tooLarge(AppendRowsRequest request) {
    Status refusal =
        Refusals.status(
            Code.INVALID_ARGUMENT,
            "AppendRows request too large: %d limit %d"
                .formatted(request.getSerializedSize(), context.limits().appendBytes()));
    if (context.choices().largeRequests() == WriteChoices.LargeRequests.END_CONNECTION) {
      throw Refusals.exception(refusal);
    }
    return answers.refused(request, entity(), refusal);
  }

  /** Takes over stream and schema of the request; what it returns is refused in band. */
  private Optional<Status> aim(AppendRowsRequest request) {
    String text = request.getWriteStream().isEmpty() ? entity() : request.getWriteStream();
    StreamName name =
        StreamName.parse(text)
            .orElseThrow(
                () ->
                    Refusals.invalidArgument("Invalid stream name: " + text + " Entity: " + text));
    boolean moves = target != null && !name.equals(target.stream());
    if (moves && !(name.isDefault() && target.stream().isDefault())) {
      throw Refusals.invalidArgument(
          "Only default streams may share a connection. Entity: " + text);
    }
    boolean hasSchema = request.getProtoRows().hasWriterSchema();
    if (request.hasArrowRows()) {
      throw Refusals.exception(
          Refusals.status(
              Code.UNIMPLEMENTED, "Arrow rows are not supported here; send proto rows."));
    }
    if ((target == null || moves) && !hasSchema) {
      throw Refusals.invalidArgument(
          "Invalid proto schema: a writer_schema is required in the first request. Entity: "
              + text);
    }
    boolean followed =
        hasSchema && context.choices().laterSchema() == WriteChoices.LaterSchema.FOLLOWED;
    if (target != null && !moves && !followed) {
      return Optional.empty();
    }
    if (moves) {
      checkLocation(name, text);
    }
    return retarget(request, name, text);
  }

  /** A connection serves tables of one location only. */
  private void checkLocation(StreamName name, String text) {
    if (!context.location(name.table()).equals(context.location(target.stream().table()))) {
      throw Refusals.invalidArgument(
          "All tables of a connection must be in the same location. Entity: " + text);
    }
  }

  private Optional<Status> retarget(AppendRowsRequest request, StreamName name, String text) {
    TableDefinition table = context.table(name.table(), "TABLES_GET");
    try {
      Descriptor message =
          WriterSchema.message(request.getProtoRows().getWriterSchema().getProtoDescriptor());
      target = AppendTarget.compile(name, text, message, table, context.clock());
      return Optional.empty();
    } catch (WriterSchemaException e) {
      boolean goesOn =
          e.hasExtraFields()
              && context.choices().extraFields() == WriteChoices.ExtraFields.KEEP_CONNECTION;
      if (goesOn) {
        return Optional.of(Refusals.schema(e, text));
      }
      throw Refusals.exception(Refusals.schema(e, text));
    }
  }

  /** Compiles anew if the table's columns changed; tells whether they did. */
  private boolean followTable() {
    TableDefinition now = context.table(target.stream().table(), "TABLES_GET");
    if (target.fits(now)) {
      return false;
    }
    try {
      target =
          AppendTarget.compile(
              target.stream(), target.streamText(), target.message(), now, context.clock());
      return true;
    } catch (WriterSchemaException e) {
      throw Refusals.exception(Refusals.schema(e, target.streamText()));
    }
  }

  private Optional<AppendRowsResponse> check(AppendRowsRequest request) {
    MissingValueInterpretation others = request.getDefaultMissingValueInterpretation();
    if (others != MissingValueInterpretation.MISSING_VALUE_INTERPRETATION_UNSPECIFIED) {
      defaultInterpretation = others;
    }
    if (request
        .getMissingValueInterpretationsMap()
        .containsValue(MissingValueInterpretation.MISSING_VALUE_INTERPRETATION_UNSPECIFIED)) {
      return Optional.of(
          answers.invalid(
              request,
              entity(),
              "Invalid missing value interpretation: MISSING_VALUE_INTERPRETATION_UNSPECIFIED."));
    }
    if (request.getProtoRows().getRows().getSerializedRowsCount() == 0) {
      return Optional.of(answers.invalid(request, entity(), "Rows must be specified."));
    }
    if (target.stream().isDefault() && request.hasOffset()) {
      return Optional.of(
          answers.invalid(request, entity(), "Offset must not be set on the default stream."));
    }
    return Optional.empty();
  }

  private AppendRowsResponse store(AppendRowsRequest request) {
    if (target.stream().isDefault()) {
      return storeDefault(request);
    }
    StreamState stream =
        context
            .streams()
            .find(target.stream(), context.engine().table(target.stream().table()))
            .orElseThrow(() -> Refusals.exception(Refusals.streamNotFound(target.streamText())));
    AppendConnection previous;
    AppendRowsResponse answer;
    synchronized (stream) {
      previous = claimed == stream ? null : stream.claim(connection);
      claimed = stream;
      answer = storeCreated(request, stream);
      stream.touch(context.clock().instant());
    }
    if (previous != null) {
      previous.end(
          io.grpc.Status.ABORTED.withDescription(
              "Another connection writes to the stream. Entity: " + target.streamText()));
    }
    return answer;
  }

  private AppendRowsResponse storeDefault(AppendRowsRequest request) {
    RowMode rowMode = mode.begin(target);
    RowSet rows = decode(request, rowMode);
    if (rowMode.kind() == ConnectionMode.Kind.CHANGES) {
      target.checkTakesChanges();
    }
    if (!rows.errors().isEmpty()) {
      return answers.rowErrors(request, entity(), rows.errors());
    }
    if (rowMode.kind() == ConnectionMode.Kind.CHANGES) {
      context.rows().change(target.stream().table(), present(rows.batches()));
    } else {
      context
          .rows()
          .append(
              target.stream().table(),
              present(target.changes().strip(rows.batches())),
              target.partition());
    }
    mode.keep(rowMode);
    return answers.stored(request, entity(), null);
  }

  private AppendRowsResponse storeCreated(AppendRowsRequest request, StreamState stream) {
    if (connection.isEnded()) {
      throw Refusals.exception(Refusals.status(Code.ABORTED, "The connection has ended."));
    }
    String text = target.streamText();
    if (stream.isFinalized()) {
      return answers.refused(request, text, Refusals.finalized(text));
    }
    long offset = request.hasOffset() ? request.getOffset().getValue() : stream.end();
    if (offset != stream.end()) {
      return answers.refused(request, text, wrongOffset(stream.end(), offset));
    }
    RowSet rows = decode(request, mode.begin(target));
    if (!rows.errors().isEmpty()) {
      return answers.rowErrors(request, entity(), rows.errors());
    }
    List<RowBatch> batches = present(target.changes().strip(rows.batches()));
    if (stream.type() == WriteStream.Type.COMMITTED) {
      context.rows().append(target.stream().table(), batches, target.partition());
      stream.advance(request.getProtoRows().getRows().getSerializedRowsCount());
    } else {
      stream.keep(context.rows().held(batches));
    }
    return answers.stored(request, entity(), offset);
  }

  /** The rows as the table takes them, which may have fewer columns than the write path sees. */
  private List<RowBatch> present(List<RowBatch> batches) {
    List<Column> known = target.table().columns();
    return context
        .engine()
        .table(target.stream().table())
        .map(now -> LostColumns.drop(batches, known, now.columns()))
        .orElse(batches);
  }

  private Status wrongOffset(long expected, long received) {
    boolean follows = lastFailed && received > expected;
    return follows && context.choices().followers() == WriteChoices.Followers.ABORTED
        ? Refusals.status(
            Code.ABORTED, "An earlier append of the stream failed. Entity: " + entity())
        : Refusals.wrongOffset(expected, received, entity());
  }

  private RowSet decode(AppendRowsRequest request, RowMode rowMode) {
    Map<String, MissingValueInterpretation> byColumn = new HashMap<>();
    request
        .getMissingValueInterpretationsMap()
        .forEach((name, meaning) -> byColumn.put(name.toLowerCase(Locale.ROOT), meaning));
    return RowSet.decode(
        request.getProtoRows().getRows(),
        target,
        new RowSet.MissingValues(byColumn, defaultInterpretation),
        rowMode);
  }
}
