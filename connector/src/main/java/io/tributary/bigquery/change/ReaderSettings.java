package io.tributary.bigquery.change;

import java.util.List;
import java.util.Objects;

/**
 * What a {@link ChangeReader} needs to know.
 *
 * @param epoch the first section of every position; raised when the source's log starts over
 * @param keyField the column that a key of a single value stands for
 * @param placeholders what Debezium sends in the place of a value that it does not know
 */
public record ReaderSettings(
    long epoch, OrderBy orderBy, String keyField, List<String> placeholders) {
  public ReaderSettings {
    Objects.requireNonNull(orderBy, "orderBy");
    Objects.requireNonNull(keyField, "keyField");
    placeholders = List.copyOf(placeholders);
  }
}
