package io.tributary.tools.bench;

import com.google.api.core.ApiFunction;
import com.google.api.core.ApiFuture;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import io.grpc.ManagedChannelBuilder;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.QueryRequest;
import io.tributary.emulator.write.AppendedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One emulator, and one of Google's writers that sends rows over a socket as fast as it can. */
record BenchRun(AppendedRows kind, BenchRows data) {
  private static final TableRef TABLE = new DatasetRef("local", "bench").table("rows");

  long rowsPerSecond(int rows) throws IOException, InterruptedException, ExecutionException {
    try (BigQueryEmulator emulator =
            BigQueryEmulator.start(EmulatorOptions.builder().appendedRows(kind).build());
        BigQueryWriteClient client = connect(emulator.grpcEndpoint())) {
      emulator.engine().createDataset(DatasetDefinition.of(TABLE.datasetRef()));
      var unused =
          emulator
              .engine()
              .run(QueryRequest.of("local", "CREATE TABLE bench.rows (" + BenchRows.COLUMNS + ")"));
      long begun = System.nanoTime();
      long sent = send(client, rows / data.rowsPerRequest());
      long nanos = System.nanoTime() - begun;
      long found = emulator.engine().rowCount(TABLE);
      if (found != sent) {
        throw new IllegalStateException("sent %d rows, found %d".formatted(sent, found));
      }
      return sent * TimeUnit.SECONDS.toNanos(1) / nanos;
    }
  }

  private long send(BigQueryWriteClient client, int requests)
      throws IOException, InterruptedException, ExecutionException {
    String stream =
        "projects/local/datasets/bench/tables/%s/streams/_default".formatted(TABLE.table());
    try (StreamWriter writer =
        StreamWriter.newBuilder(stream, client).setWriterSchema(data.schema()).build()) {
      List<ApiFuture<AppendRowsResponse>> answers = new ArrayList<>();
      for (int request = 0; request < requests; request++) {
        answers.add(writer.append(data.request(request)));
      }
      for (ApiFuture<AppendRowsResponse> answer : answers) {
        if (answer.get().hasError()) {
          throw new IllegalStateException(answer.get().getError().getMessage());
        }
      }
      return (long) requests * data.rowsPerRequest();
    }
  }

  // Google's setter takes raw types
  @SuppressWarnings("rawtypes")
  private static BigQueryWriteClient connect(String endpoint) throws IOException {
    ApiFunction<ManagedChannelBuilder, ManagedChannelBuilder> plaintext =
        ManagedChannelBuilder::usePlaintext;
    return BigQueryWriteClient.create(
        BigQueryWriteSettings.newBuilder()
            .setEndpoint(endpoint)
            .setCredentialsProvider(NoCredentialsProvider.create())
            .setTransportChannelProvider(
                BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
                    .setChannelConfigurator(plaintext)
                    .build())
            .build());
  }
}
