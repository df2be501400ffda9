package io.tributary.bigquery.change;

import java.util.OptionalLong;

/**
 * Where in each partition a snapshot began that knew of no earlier commit, and at which lsn. Found
 * by Kafka offset, so that records that are read again get the positions that they had.
 */
public interface SnapshotMarks {
  /** The lsn of the mark with the greatest offset that is not above {@code offset}. */
  OptionalLong at(String topic, int partition, long offset);

  /** Keeps a new mark. It must be durable before anything at or behind it is settled. */
  void note(String topic, int partition, long offset, long lsn);
}
