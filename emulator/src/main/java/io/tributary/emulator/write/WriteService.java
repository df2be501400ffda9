package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteGrpc;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamResponse;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.FlushRowsResponse;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.faults.Call;
import io.tributary.emulator.faults.Faults;
import io.tributary.emulator.faults.InjectedFailure;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The six calls of the Storage Write API. */
final class WriteService extends BigQueryWriteGrpc.BigQueryWriteImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(WriteService.class);

  private final WriteContext context;
  private final StreamCalls calls;
  private final Commit commit;
  private final Consumer<AppendConnection> opened;

  WriteService(WriteContext context, Consumer<AppendConnection> opened) {
    this.context = context;
    this.calls = new StreamCalls(context);
    this.commit = new Commit(context);
    this.opened = opened;
  }

  @Override
  public StreamObserver<AppendRowsRequest> appendRows(StreamObserver<AppendRowsResponse> answers) {
    try {
      AppendConnection connection =
          new AppendConnection(
              context, UUID.randomUUID().toString(), answers, context.gate().connections().take());
      opened.accept(connection);
      return connection;
    } catch (InjectedFailure e) {
      answers.onError(e.failure().exception());
      return new IgnoredRequests();
    }
  }

  @Override
  public void createWriteStream(
      CreateWriteStreamRequest request, StreamObserver<WriteStream> answer) {
    Call call =
        new Call(
            "CreateWriteStream",
            StreamName.parseParent(request.getParent()).map(StreamName.Parent::table).orElse(null),
            request.getParent(),
            null);
    unary(call, () -> calls.create(request), answer);
  }

  @Override
  public void getWriteStream(GetWriteStreamRequest request, StreamObserver<WriteStream> answer) {
    unary(about("GetWriteStream", request.getName()), () -> calls.get(request), answer);
  }

  @Override
  public void finalizeWriteStream(
      FinalizeWriteStreamRequest request, StreamObserver<FinalizeWriteStreamResponse> answer) {
    unary(about("FinalizeWriteStream", request.getName()), () -> calls.seal(request), answer);
  }

  @Override
  public void batchCommitWriteStreams(
      BatchCommitWriteStreamsRequest request,
      StreamObserver<BatchCommitWriteStreamsResponse> answer) {
    Call call =
        new Call(
            "BatchCommitWriteStreams",
            StreamName.parseParent(request.getParent()).map(StreamName.Parent::table).orElse(null),
            String.join(",", request.getWriteStreamsList()),
            null);
    unary(call, () -> commit.run(request), answer);
  }

  @Override
  public void flushRows(FlushRowsRequest request, StreamObserver<FlushRowsResponse> answer) {
    unary(about("FlushRows", request.getWriteStream()), () -> calls.flush(request), answer);
  }

  private static Call about(String method, String stream) {
    return new Call(
        method, StreamName.parse(stream).map(StreamName::table).orElse(null), stream, null);
  }

  private <T> void unary(Call call, Supplier<T> effect, StreamObserver<T> answer) {
    try {
      Faults.AfterCall after = context.gate().enter(call);
      T result = after.effect(effect);
      if (after.losesAnswer()) {
        answer.onError(
            Status.UNAVAILABLE
                .withDescription("Connection closed by the peer")
                .asRuntimeException());
        return;
      }
      answer.onNext(result);
      answer.onCompleted();
    } catch (StatusRuntimeException e) {
      answer.onError(e);
    } catch (InjectedFailure e) {
      answer.onError(e.failure().exception());
    } catch (BigQueryError e) {
      answer.onError(status(e));
    } catch (RuntimeException e) {
      LOG.error("{} failed inside the emulator", call.method(), e);
      answer.onError(Status.INTERNAL.withDescription(e.toString()).asRuntimeException());
    }
  }

  /** An engine's error as this API reports it. */
  static StatusRuntimeException status(BigQueryError error) {
    Status.Code code =
        switch (error.httpStatus()) {
          case 400 -> Status.Code.INVALID_ARGUMENT;
          case 403 -> Status.Code.PERMISSION_DENIED;
          case 404 -> Status.Code.NOT_FOUND;
          case 409 -> Status.Code.ALREADY_EXISTS;
          case 501 -> Status.Code.UNIMPLEMENTED;
          default -> Status.Code.INTERNAL;
        };
    return Status.fromCode(code).withDescription(error.getMessage()).asRuntimeException();
  }
}
