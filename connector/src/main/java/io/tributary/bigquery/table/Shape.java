package io.tributary.bigquery.table;

import java.util.List;

/**
 * The columns that a change asks for: the key columns first and REQUIRED, then the others in the
 * source's order.
 *
 * @param keyColumns names of the primary key's columns, in key order; empty only where changes are
 *     rows of their own
 */
public record Shape(List<Column> columns, List<String> keyColumns) {
  public Shape {
    columns = List.copyOf(columns);
    keyColumns = List.copyOf(keyColumns);
  }
}
