package io.tributary.bigquery.bigquery;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteGrpc;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamResponse;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Any;
import com.google.protobuf.Int64Value;
import com.google.protobuf.Timestamp;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A Storage Write API with one stream, whose next calls go wrong as told. */
final class ScriptedWrites implements AutoCloseable {
  /** What happens to one call. */
  sealed interface Turn {
    /** The rows are stored and the connection breaks before the answer. */
    record AnswerLost() implements Turn {}

    /** Nothing happens and no answer comes. */
    record Silence() implements Turn {}

    /** The call, of an append the connection, ends with this error. */
    record Failed(StatusRuntimeException with) implements Turn {}

    /** The append is answered with this error, on a connection that goes on. */
    record Answered(com.google.rpc.Status error) implements Turn {}
  }

  private final Server server;
  private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();
  private final AtomicLong end = new AtomicLong();
  private final AtomicInteger connections = new AtomicInteger();

  ScriptedWrites() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(new Service())
            .build()
            .start();
  }

  String endpoint() {
    return "127.0.0.1:" + server.getPort();
  }

  ScriptedWrites next(Turn turn) {
    turns.add(turn);
    return this;
  }

  int connections() {
    return connections.get();
  }

  static Turn failed(Status.Code code) {
    return new Turn.Failed(code.toStatus().withDescription("told to").asRuntimeException());
  }

  static Turn failed(Status.Code code, StorageErrorCode detail) {
    return new Turn.Failed(StatusProto.toStatusRuntimeException(error(code, detail, "told to")));
  }

  static com.google.rpc.Status error(Status.Code code, StorageErrorCode detail, String message) {
    return com.google.rpc.Status.newBuilder()
        .setCode(code.value())
        .setMessage(message)
        .addDetails(
            Any.pack(StorageError.newBuilder().setCode(detail).setErrorMessage(message).build()))
        .build();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Service extends BigQueryWriteGrpc.BigQueryWriteImplBase {
    @Override
    public void createWriteStream(
        CreateWriteStreamRequest request, StreamObserver<WriteStream> answer) {
      reply(
          answer,
          WriteStream.newBuilder()
              .setName(request.getParent() + "/streams/s")
              .setType(request.getWriteStream().getType())
              .build());
    }

    @Override
    public StreamObserver<AppendRowsRequest> appendRows(StreamObserver<AppendRowsResponse> answer) {
      connections.incrementAndGet();
      return new Appends(answer);
    }

    @Override
    public void finalizeWriteStream(
        FinalizeWriteStreamRequest request, StreamObserver<FinalizeWriteStreamResponse> answer) {
      reply(answer, FinalizeWriteStreamResponse.newBuilder().setRowCount(end.get()).build());
    }

    @Override
    public void batchCommitWriteStreams(
        BatchCommitWriteStreamsRequest request,
        StreamObserver<BatchCommitWriteStreamsResponse> answer) {
      reply(
          answer,
          BatchCommitWriteStreamsResponse.newBuilder()
              .setCommitTime(Timestamp.newBuilder().setSeconds(1))
              .build());
    }

    private <T> void reply(StreamObserver<T> answer, T value) {
      if (turns.poll() instanceof Turn.Failed failed) {
        answer.onError(failed.with());
      } else {
        answer.onNext(value);
        answer.onCompleted();
      }
    }
  }

  private final class Appends implements StreamObserver<AppendRowsRequest> {
    private final StreamObserver<AppendRowsResponse> answer;

    Appends(StreamObserver<AppendRowsResponse> answer) {
      this.answer = answer;
    }

    @Override
    public void onNext(AppendRowsRequest request) {
      Turn turn = turns.poll();
      if (turn instanceof Turn.Failed failed) {
        answer.onError(failed.with());
      } else if (turn instanceof Turn.Answered answered) {
        answer.onNext(AppendRowsResponse.newBuilder().setError(answered.error()).build());
      } else if (turn instanceof Turn.AnswerLost) {
        store(request);
        answer.onError(Status.UNAVAILABLE.asRuntimeException());
      } else if (turn == null) {
        answer.onNext(store(request));
      }
    }

    private AppendRowsResponse store(AppendRowsRequest request) {
      long offset = request.getOffset().getValue();
      long expected = end.get();
      if (offset < expected) {
        return AppendRowsResponse.newBuilder()
            .setError(
                error(
                    Status.Code.ALREADY_EXISTS,
                    StorageErrorCode.OFFSET_ALREADY_EXISTS,
                    "The offset is within stream, expected offset " + expected + ", received 0"))
            .build();
      }
      end.addAndGet(request.getProtoRows().getRows().getSerializedRowsCount());
      return AppendRowsResponse.newBuilder()
          .setAppendResult(
              AppendRowsResponse.AppendResult.newBuilder().setOffset(Int64Value.of(offset)))
          .build();
    }

    @Override
    public void onError(Throwable gone) {
      // the client hung up
    }

    @Override
    public void onCompleted() {
      answer.onCompleted();
    }
  }
}
