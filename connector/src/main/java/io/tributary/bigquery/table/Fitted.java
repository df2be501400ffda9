package io.tributary.bigquery.table;

/**
 * A destination and its staging table, as they were when both fitted.
 *
 * @param schema the destination
 * @param staging takes every column of the destination
 */
public record Fitted(TableSchema schema, TableSchema staging) {
  /** Where the destination's columns are staged. */
  public StagedColumns staged() {
    return StagedColumns.of(staging.columns(), schema.columns());
  }
}
