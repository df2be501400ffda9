package io.tributary.bigquery.write;

import io.tributary.bigquery.error.SinkException;

/** The way back from a staged row to the record that it came from, for the dead letter queue. */
public interface Handle {
  /** About how much heap the record takes while it is held, in bytes. */
  long bytes();

  /** Sets the record aside; throws when there is nowhere to set it. Called on the task's thread. */
  void deadLetter(SinkException reason);
}
