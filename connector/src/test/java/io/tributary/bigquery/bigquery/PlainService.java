package io.tributary.bigquery.bigquery;

import io.tributary.bigquery.config.CredentialSettings;
import io.tributary.bigquery.config.Endpoints;
import io.tributary.bigquery.config.ServiceSettings;
import io.tributary.emulator.BigQueryEmulator;
import java.util.Optional;

/** A service without credentials, with one project and one dataset. */
record PlainService(String project, String dataset) {
  ServiceSettings at(Endpoints endpoints, Optional<String> location) {
    return new ServiceSettings(
        project,
        dataset,
        dataset,
        location,
        project,
        Optional.empty(),
        new CredentialSettings(new CredentialSettings.Source.None(), Optional.empty()),
        endpoints);
  }

  ServiceSettings at(BigQueryEmulator emulator) {
    return at(endpoints(emulator), Optional.empty());
  }

  static Endpoints endpoints(BigQueryEmulator emulator) {
    return new Endpoints(
        Optional.of(emulator.restUrl()), Optional.of(emulator.grpcEndpoint()), true);
  }
}
