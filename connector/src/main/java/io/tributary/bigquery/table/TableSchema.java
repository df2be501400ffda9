package io.tributary.bigquery.table;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A table as BigQuery has it. Column names compare without case, as BigQuery's do.
 *
 * @param etag BigQuery's version of the table's metadata
 */
public record TableSchema(
    TableId id, List<Column> columns, List<String> primaryKey, Traits traits, String etag) {
  public TableSchema {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
  }

  /** A plain table with labels. */
  public TableSchema(
      TableId id,
      List<Column> columns,
      List<String> primaryKey,
      Map<String, String> labels,
      String etag) {
    this(id, columns, primaryKey, Traits.NONE.withLabels(labels), etag);
  }

  public Map<String, String> labels() {
    return traits.labels();
  }

  public Optional<Column> column(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return columns.stream()
        .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }
}
