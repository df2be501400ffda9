package io.tributary.bigquery.config;

/** What happens when the source's column and the table's have types that do not fit each other. */
public enum Conflict {
  /** The task stops with a coded error. */
  FAIL,
  /** Records with such a column are bad. */
  DEAD_LETTER,
  /** The new type gets a column of its own; the old column keeps what it has. */
  NEW_COLUMN,
  /** The table is rewritten with the new type, its values converted. */
  RECREATE
}
