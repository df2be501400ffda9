package io.tributary.bigquery.config;

import java.util.Optional;

/**
 * Where BigQuery is reached.
 *
 * @param rest root of the REST service, for example {@code https://bigquery.googleapis.com}; empty
 *     for the client's default
 * @param grpc host and port of the Storage Write API; empty for the client's default
 * @param plaintext whether both are spoken without TLS, which goes with no credentials only
 */
public record Endpoints(Optional<String> rest, Optional<String> grpc, boolean plaintext) {}
