package io.tributary.bigquery.write;

import io.tributary.bigquery.error.SinkException;

/** The way back from a staged row to the record that it came from, for the dead letter queue. */
@FunctionalInterface
public interface Handle {
  /** Sets the record aside; throws when there is nowhere to set it. Called on the task's thread. */
  void deadLetter(SinkException reason);
}
