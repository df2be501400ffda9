package io.tributary.emulator.write;

/** What becomes of the rows that the Storage Write API and tabledata.insertAll took. */
public enum AppendedRows {
  /** They are stored, as in BigQuery. */
  KEPT,
  /** They are checked, counted and forgotten, to measure what a writer can do. */
  COUNTED
}
