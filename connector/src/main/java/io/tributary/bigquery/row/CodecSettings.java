package io.tributary.bigquery.row;

import io.tributary.bigquery.config.ColumnChoices;
import io.tributary.bigquery.config.Secret;
import java.util.List;

/**
 * What a {@link RowCodec} needs to know of its table.
 *
 * @param placeholders what Debezium sends in the place of a value that it does not know; {@code
 *     hex:} starts one in bytes
 * @param choices what the configuration says of the table's columns
 * @param salt goes into every hash before the value
 * @param losses is told each time that a value is not kept as it came
 */
public record CodecSettings(
    List<String> placeholders, ColumnChoices choices, Secret salt, Losses losses) {
  /** Debezium's own default. */
  public static final String DEFAULT_PLACEHOLDER = "__debezium_unavailable_value";

  public CodecSettings {
    placeholders = List.copyOf(placeholders);
  }

  public static CodecSettings defaults() {
    return new CodecSettings(
        List.of(DEFAULT_PLACEHOLDER), ColumnChoices.NONE, new Secret(""), choice -> {});
  }

  /** The same for a table of which the configuration says more. */
  public CodecSettings with(ColumnChoices newChoices) {
    return new CodecSettings(placeholders, newChoices, salt, losses);
  }
}
