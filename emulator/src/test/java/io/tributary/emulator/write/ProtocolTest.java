package io.tributary.emulator.write;

import static io.tributary.emulator.RawConnection.request;
import static io.tributary.emulator.write.TableStreams.IDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.ArrowRecordBatch;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteGrpc;
import com.google.cloud.bigquery.storage.v1beta2.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1beta2.BigQueryWriteSettings;
import com.google.cloud.bigquery.storage.v1beta2.WriteStream;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.contract.Standing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What connections need, and need not. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class ProtocolTest {
  private final BigQueryUnderTest bigQuery;
  private final TableStreams streams;

  ProtocolTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.streams = TableStreams.ofNewTable(bigQuery);
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says = "The default stream takes rows over many connections at a time.",
      source = Sources.WRITE_API)
  void manyConnectionsToTheDefaultStream() {
    try (RawConnection first = bigQuery.connect();
        RawConnection second = bigQuery.connect()) {
      var row = request(streams.defaultStream(), IDS, IDS.rows(1L)).build();
      for (RawConnection connection : new RawConnection[] {first, second, first, second}) {
        assertThat(connection.call(row).hasError()).isFalse();
      }
    }
    assertThat(streams.ids()).hasSize(4);
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.APPEND,
      says = "A connection without the header x-goog-request-params is served.",
      source = Sources.CLIENT_CODE)
  void aConnectionNeedsNoHeaders() throws Exception {
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(bigQuery.emulator().grpcEndpoint()).usePlaintext().build();
    CompletableFuture<AppendRowsResponse> answer = new CompletableFuture<>();
    StreamObserver<AppendRowsRequest> requests =
        BigQueryWriteGrpc.newStub(channel)
            .appendRows(
                new StreamObserver<>() {
                  @Override
                  public void onNext(AppendRowsResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable cause) {
                    answer.completeExceptionally(cause);
                  }

                  @Override
                  public void onCompleted() {}
                });
    requests.onNext(request(streams.defaultStream(), IDS, IDS.rows(1L)).build());
    assertThat(answer.get(20, TimeUnit.SECONDS).hasAppendResult()).isTrue();
    requests.onCompleted();
    channel.shutdown();
    assertThat(channel.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  // Google's setter takes raw types, and the beta is deprecated
  @SuppressWarnings({"rawtypes", "deprecation"})
  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.STREAMS,
      says = "The service v1beta2 is gone: its calls are answered UNIMPLEMENTED.",
      source = "https://cloud.google.com/bigquery/docs/release-notes#July_17_2023")
  void theBetaIsGone() throws Exception {
    com.google.api.core.ApiFunction<ManagedChannelBuilder, ManagedChannelBuilder> plaintext =
        ManagedChannelBuilder::usePlaintext;
    BigQueryWriteSettings settings =
        BigQueryWriteSettings.newBuilder()
            .setEndpoint(bigQuery.emulator().grpcEndpoint())
            .setCredentialsProvider(NoCredentialsProvider.create())
            .setTransportChannelProvider(
                BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
                    .setChannelConfigurator(plaintext)
                    .build())
            .build();
    try (BigQueryWriteClient beta = BigQueryWriteClient.create(settings)) {
      assertThatThrownBy(
              () ->
                  beta.createWriteStream(
                      BigQueryUnderTest.path(streams.table()), WriteStream.getDefaultInstance()))
          .isInstanceOf(UnimplementedException.class);
    }
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.APPEND,
      says = "Rows may come as Arrow record batches; here they end the call with UNIMPLEMENTED.",
      source = "https://cloud.google.com/bigquery/docs/release-notes#October_27_2025",
      standing = Standing.NOT_SUPPORTED)
  void arrowRows() {
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(
          AppendRowsRequest.newBuilder()
              .setWriteStream(streams.defaultStream())
              .setArrowRows(
                  AppendRowsRequest.ArrowData.newBuilder()
                      .setRows(
                          ArrowRecordBatch.newBuilder().setSerializedRecordBatch(ByteString.EMPTY)))
              .build());
      Status end = connection.end();
      assertThat(end.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
      assertThat(end.getDescription()).contains("Arrow rows are not supported");
    }
    assertThat(streams.ids()).isEmpty();
  }
}
