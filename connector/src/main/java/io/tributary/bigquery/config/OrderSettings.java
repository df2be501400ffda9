package io.tributary.bigquery.config;

import java.util.Set;

/**
 * How changes are ordered and read.
 *
 * @param epoch raised by the operator when the source's log starts over
 * @param keyField column name of a key that is a single value
 * @param unavailablePlaceholders texts that stand for a column the source did not send
 */
public record OrderSettings(
    By by, long epoch, String keyField, Set<String> unavailablePlaceholders) {
  /** What decides which of two changes of one key is the newer. */
  public enum By {
    SOURCE,
    KAFKA
  }
}
