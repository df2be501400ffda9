package io.tributary.bigquery.row;

/** The way of one arrival form into columns of one type. */
@FunctionalInterface
interface Into {
  /** The writer into this very column, with its limits. */
  ValueWriter writer(Target target);

  /** A way on which neither the column's limits nor its fit matter. */
  static Into always(ValueWriter writer) {
    return target -> writer;
  }
}
