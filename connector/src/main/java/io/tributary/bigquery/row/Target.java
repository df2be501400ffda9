package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;

/**
 * Where values are written.
 *
 * @param column the column of the table, its type's parameters included
 * @param fit what becomes of values that the column cannot hold exactly
 */
record Target(Column column, Fit fit) {
  static Target exact(Column column) {
    return new Target(column, Fit.EXACT);
  }

  Target of(Column field) {
    return new Target(field, fit);
  }
}
