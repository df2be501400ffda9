package io.tributary.bigquery.row;

/** Writes values of one arrival form into a column of one type. */
@FunctionalInterface
interface ValueWriter {
  /**
   * Writes one value.
   *
   * @param value never null
   * @throws Unfit when the value has no exact form in the column
   */
  void write(WireOut out, int number, Object value);
}
