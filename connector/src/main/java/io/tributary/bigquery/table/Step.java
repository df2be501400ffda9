package io.tributary.bigquery.table;

import java.util.List;
import java.util.Map;

/** One change of a table's metadata, as data. Steps are safe to repeat. */
public sealed interface Step {
  TableId table();

  /**
   * Create the table.
   *
   * @param primaryKey empty for a staging table
   * @param hourlyBy TIMESTAMP column to partition by hour on, or null
   * @param partitionLifeMs life of such a partition in milliseconds, or null
   */
  record CreateTable(
      TableId table,
      List<Column> columns,
      List<String> primaryKey,
      List<String> clustering,
      String hourlyBy,
      Long partitionLifeMs,
      Map<String, String> labels,
      String description)
      implements Step {}

  /** Add nullable or repeated columns at the end. */
  record AddColumns(TableId table, List<Column> columns) implements Step {}

  /** Make REQUIRED columns NULLABLE. */
  record RelaxColumns(TableId table, List<String> columns) implements Step {}

  /** Set a label, keeping the others. */
  record SetLabel(TableId table, String key, String value) implements Step {}
}
