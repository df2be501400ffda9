package io.tributary.emulator;

import com.google.api.core.ApiFunction;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;

/**
 * Where the contract suite runs. {@code TRIBUTARY_CONTRACT_PROJECT} names a Google Cloud project,
 * used with the credentials of the environment; with {@code TRIBUTARY_CONTRACT_REST} (an address)
 * and {@code TRIBUTARY_CONTRACT_GRPC} (host and port) a server without credentials. The suite makes
 * a dataset of its own there and removes it. Without them an emulator is started.
 *
 * @param project of all calls
 * @param dataset made by the suite
 * @param rest address of the REST API; null means Google's, or an emulator that is to be started
 * @param grpc host and port of the Storage Write API; null likewise
 * @param isEmulator whether the suite starts the server itself
 */
record ContractTarget(
    String project, String dataset, String rest, String grpc, boolean isEmulator) {

  static ContractTarget of(Map<String, String> environment) {
    String project = environment.getOrDefault("TRIBUTARY_CONTRACT_PROJECT", "");
    if (project.isEmpty()) {
      return new ContractTarget("test-project", "shop", null, null, true);
    }
    String dataset = "tributary_contract_" + UUID.randomUUID().toString().replace('-', '_');
    return new ContractTarget(
        project,
        dataset,
        environment.get("TRIBUTARY_CONTRACT_REST"),
        environment.get("TRIBUTARY_CONTRACT_GRPC"),
        false);
  }

  static ContractTarget at(String project, String dataset, String rest, String grpc) {
    return new ContractTarget(project, dataset, rest, grpc, true);
  }

  BigQuery connectRest() {
    BigQueryOptions.Builder options = BigQueryOptions.newBuilder().setProjectId(project);
    if (rest != null) {
      options.setHost(rest).setCredentials(NoCredentials.getInstance());
    }
    return options.build().getService();
  }

  // Google's setter takes raw types
  @SuppressWarnings("rawtypes")
  BigQueryWriteClient connectWrite() {
    ApiFunction<ManagedChannelBuilder, ManagedChannelBuilder> plaintext =
        ManagedChannelBuilder::usePlaintext;
    try {
      return grpc == null
          ? BigQueryWriteClient.create()
          : BigQueryWriteClient.create(
              BigQueryWriteSettings.newBuilder()
                  .setEndpoint(grpc)
                  .setCredentialsProvider(NoCredentialsProvider.create())
                  .setTransportChannelProvider(
                      BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
                          .setChannelConfigurator(plaintext)
                          .build())
                  .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
