package io.tributary.bigquery.config;

import java.util.Optional;

/**
 * How the connector proves who it is.
 *
 * @param impersonate service account to act as, or empty
 */
public record CredentialSettings(Source source, Optional<String> impersonate) {
  /** Where the credentials come from; each kind has a loader of its own. */
  public sealed interface Source {
    /** None, for a plaintext emulator. */
    record None() implements Source {}

    /** Application default credentials of the worker. */
    record ApplicationDefault() implements Source {}

    /** A service-account key in a file on the worker. */
    record KeyFile(String path) implements Source {}

    /** A service-account key in the configuration. */
    record KeyJson(Secret json) implements Source {}
  }
}
