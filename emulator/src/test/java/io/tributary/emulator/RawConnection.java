package io.tributary.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.rpc.ClientStream;
import com.google.api.gax.rpc.ResponseObserver;
import com.google.api.gax.rpc.StreamController;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.protobuf.Int64Value;
import io.grpc.Status;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An AppendRows connection without StreamWriter, for what that class hides. */
public final class RawConnection implements AutoCloseable {
  private final ClientStream<AppendRowsRequest> requests;
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

  RawConnection(BigQueryWriteClient client) {
    requests =
        client
            .appendRowsCallable()
            .splitCall(
                new ResponseObserver<>() {
                  @Override
                  public void onStart(StreamController controller) {}

                  @Override
                  public void onResponse(AppendRowsResponse response) {
                    events.add(response);
                  }

                  @Override
                  public void onError(Throwable cause) {
                    events.add(Status.fromThrowable(cause));
                  }

                  @Override
                  public void onComplete() {
                    events.add(Status.OK);
                  }
                });
  }

  public static AppendRowsRequest.Builder request(String stream, Message message, ProtoRows rows) {
    return AppendRowsRequest.newBuilder()
        .setWriteStream(stream)
        .setProtoRows(
            AppendRowsRequest.ProtoData.newBuilder()
                .setWriterSchema(message.schema())
                .setRows(rows));
  }

  /** A later request of the same connection: neither stream nor schema. */
  public static AppendRowsRequest.Builder next(ProtoRows rows) {
    return AppendRowsRequest.newBuilder()
        .setProtoRows(AppendRowsRequest.ProtoData.newBuilder().setRows(rows));
  }

  public static AppendRowsRequest at(long offset, AppendRowsRequest.Builder request) {
    return request.setOffset(Int64Value.of(offset)).build();
  }

  public void send(AppendRowsRequest request) {
    requests.send(request);
  }

  public void halfClose() {
    requests.closeSend();
  }

  public AppendRowsResponse call(AppendRowsRequest request) {
    send(request);
    return answer();
  }

  public AppendRowsResponse answer() {
    Object event = event();
    assertThat(event).isInstanceOf(AppendRowsResponse.class);
    return (AppendRowsResponse) event;
  }

  /** The status that ended the connection. */
  public Status end() {
    Object event = event();
    assertThat(event).isInstanceOf(Status.class);
    return (Status) event;
  }

  /** The status that ends the connection, after whatever answers come before it. */
  public Status lastStatus() {
    Object event = event();
    while (event instanceof AppendRowsResponse) {
      event = event();
    }
    return (Status) event;
  }

  @Override
  public void close() {
    requests.closeSendWithError(new CancellationException("the test is over"));
  }

  private Object event() {
    try {
      Object event = events.poll(20, TimeUnit.SECONDS);
      assertThat(event).as("an answer within 20 seconds").isNotNull();
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
