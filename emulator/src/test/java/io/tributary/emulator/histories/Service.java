package io.tributary.emulator.histories;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.at;
import static io.tributary.emulator.RawConnection.request;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Any;
import com.google.protobuf.Int64Value;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.histories.Step.Append;
import io.tributary.emulator.histories.Step.AppendAt;
import io.tributary.emulator.histories.Step.AppendUnheard;
import io.tributary.emulator.histories.Step.Change;
import io.tributary.emulator.histories.Step.Commit;
import io.tributary.emulator.histories.Step.Create;
import io.tributary.emulator.histories.Step.Feed;
import io.tributary.emulator.histories.Step.Finalize;
import io.tributary.emulator.histories.Step.Flush;
import io.tributary.emulator.histories.Step.Insert;
import io.tributary.emulator.histories.Step.Look;
import io.tributary.emulator.histories.Step.Reconnect;
import io.tributary.emulator.histories.Step.Replay;
import io.tributary.emulator.histories.Step.RowChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The service itself: each history gets tables of its own. */
final class Service implements World, AutoCloseable {
  private static final Message IDS = Message.ids();
  private static final Message CHANGES =
      Message.of(
          field("id", TYPE_INT64),
          field("name", TYPE_STRING),
          field("_CHANGE_TYPE", TYPE_STRING),
          field("_CHANGE_SEQUENCE_NUMBER", TYPE_STRING));

  private final BigQueryUnderTest bigQuery;
  private final TableId rows;
  private final Map<Feed, TableId> changed = new TreeMap<>();
  private final List<String> streams = new ArrayList<>();
  private final Map<String, Integer> ends = new HashMap<>();
  private final List<Sent> sent = new ArrayList<>();
  private final Map<String, RawConnection> connections = new HashMap<>();
  private final List<RawConnection> opened = new ArrayList<>();

  private record Sent(int number, Change change) {}

  Service(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    Field id = Field.of("id", StandardSQLTypeName.INT64);
    Field name = Field.of("name", StandardSQLTypeName.STRING);
    rows = bigQuery.newTable(id);
    for (Feed feed : Feed.values()) {
      changed.put(feed, bigQuery.newKeyedTable(List.of("id"), id, name));
    }
  }

  @Override
  public String take(int number, Step step) {
    if (step instanceof Create create) {
      WriteStream.Type type = WriteStream.Type.valueOf(create.kind().name());
      WriteStream wanted = WriteStream.newBuilder().setType(type).build();
      String stream =
          bigQuery.write().createWriteStream(BigQueryUnderTest.path(rows), wanted).getName();
      streams.add(stream);
      ends.put(stream, 0);
    } else if (step instanceof Insert insert) {
      String stream = BigQueryUnderTest.defaultStream(rows);
      return outcome(call(stream, request(stream, IDS, ids(number, insert.rows())).build()));
    } else if (step instanceof Change change) {
      sent.add(new Sent(number, change));
      return change(number, change);
    } else if (step instanceof Replay replay) {
      if (!sent.isEmpty()) {
        Sent again = sent.get(replay.change() % sent.size());
        return change(again.number(), again.change());
      }
    } else if (step instanceof Look) {
      return tables().toString();
    } else if (!streams.isEmpty()) {
      return onStreams(number, step);
    }
    return "OK";
  }

  private String onStreams(int number, Step step) {
    if (step instanceof Append append) {
      String stream = stream(append.stream());
      ProtoRows ids = ids(number, append.rows());
      return appended(stream, append.rows(), call(stream, request(stream, IDS, ids).build()));
    } else if (step instanceof AppendAt append) {
      String stream = stream(append.stream());
      int offset = Math.max(0, ends.get(stream) - append.back());
      AppendRowsRequest request = at(offset, request(stream, IDS, ids(number, append.rows())));
      return appended(stream, append.rows(), call(stream, request));
    } else if (step instanceof AppendUnheard append) {
      String stream = stream(append.stream());
      int offset = ends.get(stream);
      AppendRowsRequest request = at(offset, request(stream, IDS, ids(number, append.rows())));
      unheard(stream, request);
      String outcome = appended(stream, append.rows(), call(stream, request));
      if (outcome.equals("OFFSET_ALREADY_EXISTS")) {
        ends.put(stream, offset + append.rows());
      }
      return outcome;
    } else if (step instanceof Reconnect reconnect) {
      connections.remove(stream(reconnect.stream()));
      return "OK";
    } else if (step instanceof Flush flush) {
      String stream = stream(flush.stream());
      int offset = Math.max(0, ends.get(stream) - 1 - flush.back());
      FlushRowsRequest request =
          FlushRowsRequest.newBuilder()
              .setWriteStream(stream)
              .setOffset(Int64Value.of(offset))
              .build();
      return answer(() -> "OK " + bigQuery.write().flushRows(request).getOffset());
    } else if (step instanceof Finalize finalize) {
      String stream = stream(finalize.stream());
      return answer(() -> "OK " + bigQuery.write().finalizeWriteStream(stream).getRowCount());
    } else if (step instanceof Commit commit) {
      return commit(commit.streams().stream().map(this::stream).distinct().toList());
    }
    throw new IllegalArgumentException(step.toString());
  }

  private void unheard(String stream, AppendRowsRequest request) {
    CallMatch next = CallMatch.of("AppendRows").onStream(stream::equals).times(1);
    try (Fault fault = bigQuery.emulator().faults().loseAnswer(next)) {
      connection(stream).send(request);
      connections.remove(stream).end();
      if (fault.fired() != 1) {
        throw new AssertionError("the answer was heard");
      }
    }
  }

  private String commit(List<String> together) {
    BatchCommitWriteStreamsRequest request =
        BatchCommitWriteStreamsRequest.newBuilder()
            .setParent(BigQueryUnderTest.path(rows))
            .addAllWriteStreams(together)
            .build();
    return answer(
        () -> {
          List<String> errors =
              bigQuery.write().batchCommitWriteStreams(request).getStreamErrorsList().stream()
                  .map(error -> error.getCode().name())
                  .toList();
          return errors.isEmpty() ? "OK" : errors.toString();
        });
  }

  private String change(int number, Change change) {
    String stream = BigQueryUnderTest.defaultStream(changed.get(change.feed()));
    ProtoRows.Builder sending = ProtoRows.newBuilder();
    for (int i = 0; i < change.rows().size(); i++) {
      RowChange row = change.rows().get(i);
      sending.addSerializedRows(
          row.deletes()
              ? CHANGES.row((long) row.key(), null, "DELETE", row.sequence())
              : CHANGES.row((long) row.key(), World.name(number, i), "UPSERT", row.sequence()));
    }
    return outcome(call(stream, request(stream, CHANGES, sending.build()).build()));
  }

  private String appended(String stream, int count, AppendRowsResponse response) {
    if (!response.hasAppendResult()) {
      return outcome(response);
    }
    int offset = (int) response.getAppendResult().getOffset().getValue();
    ends.put(stream, offset + count);
    return "OK " + offset;
  }

  private AppendRowsResponse call(String stream, AppendRowsRequest request) {
    return connection(stream).call(request);
  }

  private RawConnection connection(String stream) {
    return connections.computeIfAbsent(
        stream,
        name -> {
          RawConnection connection = bigQuery.connect();
          opened.add(connection);
          return connection;
        });
  }

  private static String outcome(AppendRowsResponse response) {
    return response.hasAppendResult() ? "OK" : storageError(response.getError());
  }

  private static String storageError(Status status) {
    for (Any detail : status.getDetailsList()) {
      try {
        if (detail.is(StorageError.class)) {
          return detail.unpack(StorageError.class).getCode().name();
        }
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
    }
    return status.toString();
  }

  private static String answer(Supplier<String> call) {
    try {
      return call.get();
    } catch (ApiException e) {
      return e.getStatusCode().getCode().name();
    }
  }

  private String stream(int number) {
    return streams.get(number % streams.size());
  }

  private static ProtoRows ids(int number, int rows) {
    return IDS.rows(World.ids(number, rows).toArray());
  }

  @Override
  public List<String> tables() {
    List<String> lines = new ArrayList<>();
    bigQuery.rows(rows).forEach(row -> lines.add(ROWS + " " + row.get(0).getLongValue()));
    changed.forEach(
        (feed, table) ->
            bigQuery
                .rows(table)
                .forEach(
                    row ->
                        lines.add(
                            feed + " " + row.get(0).getLongValue() + " " + row.get(1).getValue())));
    Collections.sort(lines);
    return lines;
  }

  @Override
  public void close() {
    opened.forEach(RawConnection::close);
  }
}
