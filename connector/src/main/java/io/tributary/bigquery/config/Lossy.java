package io.tributary.bigquery.config;

/** What becomes of a value that its column cannot hold exactly. */
public enum Lossy {
  /** The record is bad. */
  REFUSE,
  /** The column gets NULL. */
  NULL,
  /** The column gets the nearest value that it can hold; text loses its end. */
  CLAMP,
  /** Digits that are too many after the point are rounded, halves away from zero. */
  ROUND,
  /** The column gets NULL, and the exact text goes into a second column. */
  STRING_TWIN
}
