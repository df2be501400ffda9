package io.tributary.emulator.catalog;

import java.util.Optional;

/**
 * A table and where its rows are.
 *
 * @param physicalName the name of the DuckDB table; empty for a view
 */
public record StoredTable(TableDefinition definition, String physicalName) {
  /** The hidden column that holds the partition of a row of an ingestion-time partitioned table. */
  public static final String PARTITION_TIME = "_PARTITIONTIME";

  /** Whether the table is partitioned by the time of ingestion. */
  public boolean ingestionTime() {
    Partitioning partitioning = definition.partitioning();
    return partitioning != null
        && partitioning.kind() != Partitioning.Kind.RANGE
        && partitioning.field() == null;
  }

  /** Finds a column by its name, whatever the case. */
  public Optional<Column> column(String name) {
    return definition.columns().stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }
}
