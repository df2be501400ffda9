package io.tributary.bigquery.row;

import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.table.Column;

/**
 * Where values are written.
 *
 * @param column the column of the table, its type's parameters included
 * @param fit what becomes of values that the column cannot hold exactly
 * @param conflict what happens when types do not fit each other
 */
record Target(Column column, Fit fit, Conflict conflict) {
  static Target exact(Column column) {
    return new Target(column, Fit.EXACT, Conflict.FAIL);
  }

  /** The same for a column whose type was chosen, and is not that of a rewrite. */
  Target chosen() {
    return new Target(column, fit, Conflict.FAIL);
  }

  Target of(Column field) {
    return new Target(field, fit, conflict);
  }
}
