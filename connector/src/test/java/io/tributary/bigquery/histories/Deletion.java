package io.tributary.bigquery.histories;

/** What the table has of rows that are gone at the source. */
enum Deletion {
  HARD,
  /** They stay as they were, with what took them. */
  SOFT
}
