package io.tributary.bigquery.change;

import io.tributary.bigquery.config.TableOptions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a {@link ChangeReader} needs to know.
 *
 * @param epoch the first section of every position before all restarts
 * @param restarts when the source's log started over, ascending; each raises the epoch
 * @param keyField the column that a key of a single value stands for
 * @param placeholders what Debezium sends in the place of a value that it does not know
 * @param tables what the configuration says of the table that a change leads to
 */
public record ReaderSettings(
    long epoch,
    List<Instant> restarts,
    OrderBy orderBy,
    String keyField,
    List<String> placeholders,
    Function<Origin, TableOptions> tables) {
  public ReaderSettings {
    Objects.requireNonNull(orderBy, "orderBy");
    Objects.requireNonNull(keyField, "keyField");
    restarts = List.copyOf(restarts);
    placeholders = List.copyOf(placeholders);
    Objects.requireNonNull(tables, "tables");
  }
}
