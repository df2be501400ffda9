package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;

/** One form in which values of a column arrive. */
interface Form {
  /** The column that a table gets when it is made for this form. */
  Column column(String name);

  /** The writer into an existing column; null when the two do not fit each other. */
  ValueWriter into(Target target);

  /** A value, never null, as people and other columns read it: exact, and the same every time. */
  String text(Object value);

  /**
   * The form of the same values inside an array. BigQuery widens no type there, and so a column of
   * a narrower one takes none of them.
   */
  default Form inArray() {
    return this;
  }

  /** The form for a column whose type was chosen: it takes every value that it can hold. */
  default Form forChoice() {
    return this;
  }
}
