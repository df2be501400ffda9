package io.tributary.bigquery.change;

import java.util.Objects;

/**
 * One snapshot in one partition.
 *
 * @param topic original topic
 * @param partition original partition
 * @param offset original offset of the first row of the snapshot that was met
 * @param lsn PostgreSQL's log position of the snapshot
 */
public record Mark(String topic, int partition, long offset, long lsn) {
  public Mark {
    Objects.requireNonNull(topic, "topic");
  }
}
