package io.tributary.bigquery.config;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * How changes are ordered and read.
 *
 * @param epoch raised by the operator when Kafka's offsets start over
 * @param restarts when the source's log started over, ascending
 * @param keyField column name of a key that is a single value
 * @param unavailablePlaceholders texts that stand for a column the source did not send
 */
public record OrderSettings(
    By by,
    long epoch,
    List<Instant> restarts,
    String keyField,
    Set<String> unavailablePlaceholders) {
  /** What decides which of two changes of one key is the newer. */
  public enum By {
    SOURCE,
    KAFKA,
    FIELD
  }
}
