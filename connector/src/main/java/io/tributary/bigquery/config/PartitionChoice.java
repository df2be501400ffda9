package io.tributary.bigquery.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How a new table is partitioned.
 *
 * @param column the DATE, DATETIME or TIMESTAMP column; empty: by the time of ingestion
 * @param granularity length of a partition
 * @param expiration how long a partition lives; empty: for ever
 */
public record PartitionChoice(
    Optional<String> column, Granularity granularity, Optional<Duration> expiration) {
  /** BigQuery's partition lengths. */
  public enum Granularity {
    HOUR,
    DAY,
    MONTH,
    YEAR
  }
}
