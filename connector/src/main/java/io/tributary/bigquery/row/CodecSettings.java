package io.tributary.bigquery.row;

import java.util.List;

/**
 * What a {@link RowCodec} needs to know.
 *
 * @param placeholders what Debezium sends in the place of a value that it does not know; {@code
 *     hex:} starts one in bytes
 */
public record CodecSettings(List<String> placeholders) {
  /** Debezium's own default. */
  public static final String DEFAULT_PLACEHOLDER = "__debezium_unavailable_value";

  public CodecSettings {
    placeholders = List.copyOf(placeholders);
  }

  public static CodecSettings defaults() {
    return new CodecSettings(List.of(DEFAULT_PLACEHOLDER));
  }
}
