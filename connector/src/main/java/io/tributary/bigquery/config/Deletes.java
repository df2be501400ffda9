package io.tributary.bigquery.config;

/** What the delete of a row does to a table of rows. */
public enum Deletes {
  /** The row goes. */
  HARD,
  /** The row stays as it was last, and its metadata tell of the delete. */
  SOFT,
  /** Nothing; it is counted. */
  IGNORE
}
