package io.tributary.bigquery.config;

import java.util.Optional;

/**
 * Which BigQuery to talk to, and as whom.
 *
 * @param project project of the destination tables
 * @param dataset dataset of the destination tables
 * @param stagingDataset dataset of the staging tables
 * @param location the datasets' location; empty means that it is asked of the dataset
 * @param jobProject project in which jobs run
 * @param quotaProject project whose quota is used, or empty for the credentials' own
 */
public record ServiceSettings(
    String project,
    String dataset,
    String stagingDataset,
    Optional<String> location,
    String jobProject,
    Optional<String> quotaProject,
    CredentialSettings credentials,
    Endpoints endpoints) {}
