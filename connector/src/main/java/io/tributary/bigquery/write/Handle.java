package io.tributary.bigquery.write;

import io.tributary.bigquery.error.SinkException;

/**
 * The way back from a staged row to the record that it came from, for the dead letter queue. One
 * for each time that a record is read; none equals another.
 */
public interface Handle {
  /** About how much heap the record takes while it is held, in bytes. */
  long bytes();

  /** Whether the record's partition has been the task's since it was read. Thread-safe. */
  boolean ours();

  /**
   * Sets the record aside; throws when there is nowhere to set it. Called on the task's thread.
   *
   * @return false when its partition went since, so that it is for the next owner to decide
   */
  boolean deadLetter(SinkException reason);
}
