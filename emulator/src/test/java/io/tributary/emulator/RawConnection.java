package io.tributary.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteGrpc;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.protobuf.Int64Value;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An AppendRows connection without the client library, for what the library hides. */
public final class RawConnection implements AutoCloseable {
  private final ManagedChannel channel;
  private final StreamObserver<AppendRowsRequest> requests;
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

  RawConnection(int port) {
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    requests =
        BigQueryWriteGrpc.newStub(channel)
            .appendRows(
                new StreamObserver<>() {
                  @Override
                  public void onNext(AppendRowsResponse response) {
                    events.add(response);
                  }

                  @Override
                  public void onError(Throwable cause) {
                    events.add(Status.fromThrowable(cause));
                  }

                  @Override
                  public void onCompleted() {
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
    requests.onNext(request);
  }

  public void halfClose() {
    requests.onCompleted();
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
    channel.shutdownNow();
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
