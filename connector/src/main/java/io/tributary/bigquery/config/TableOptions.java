package io.tributary.bigquery.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration says of one table.
 *
 * @param mode how changes reach it
 * @param history whether a second table beside it keeps every change
 * @param cdc what is said of it for mode {@code cdc}
 * @param deletes what a delete does to it
 * @param conflict what happens when types do not fit each other
 * @param partitioning how the table is partitioned when it is created; empty: not at all
 * @param clustering columns by which a new table is clustered; empty: its key
 * @param labels labels that the table bears beside others
 * @param description the table's description; empty: left alone
 * @param kmsKey resource name of the key that encrypts a new table
 * @param keyFields columns that are the key of records without one; empty: such records are bad
 * @param orderField field that orders changes; empty: their position in the source or in Kafka
 * @param columns what is said of its columns
 */
public record TableOptions(
    WriteMode mode,
    boolean history,
    CdcOptions cdc,
    Deletes deletes,
    Conflict conflict,
    Optional<PartitionChoice> partitioning,
    List<String> clustering,
    Map<String, String> labels,
    Optional<String> description,
    Optional<String> kmsKey,
    List<String> keyFields,
    Optional<String> orderField,
    ColumnChoices columns) {
  /** What the name of a table's history ends in. */
  public static final String HISTORY = "_history";

  /** Nothing is said. */
  public static final TableOptions NONE =
      new TableOptions(
          WriteMode.MERGE,
          false,
          CdcOptions.NONE,
          Deletes.HARD,
          Conflict.FAIL,
          Optional.empty(),
          List.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          ColumnChoices.NONE);

  public TableOptions {
    clustering = List.copyOf(clustering);
    labels = Map.copyOf(labels);
    keyFields = List.copyOf(keyFields);
  }
}
