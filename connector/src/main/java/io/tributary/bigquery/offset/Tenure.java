package io.tributary.bigquery.offset;

/** The time from when a partition was assigned until it goes, also if it comes back. */
public interface Tenure {
  /** Whether the partition has been the task's without a break. Thread-safe. */
  boolean lasts();
}
