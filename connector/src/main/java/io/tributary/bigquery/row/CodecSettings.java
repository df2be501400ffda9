package io.tributary.bigquery.row;

import io.tributary.bigquery.config.ColumnChoices;
import io.tributary.bigquery.config.ColumnSettings;
import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.config.Encoding;
import io.tributary.bigquery.config.KafkaColumn;
import io.tributary.bigquery.config.Lossy;
import io.tributary.bigquery.config.Secret;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.util.List;

/**
 * What a {@link RowCodec} needs to know of its table.
 *
 * @param placeholders what Debezium sends in the place of a value that it does not know; {@code
 *     hex:} starts one in bytes
 * @param choices what the configuration says of the table's columns
 * @param salt goes into every hash before the value
 * @param losses is told each time that a value is not kept as it came
 * @param kafka columns that tell where the record stands
 * @param conflict what happens when types do not fit each other
 * @param binary how the source sends bytes
 */
public record CodecSettings(
    List<String> placeholders,
    ColumnChoices choices,
    Secret salt,
    Losses losses,
    List<KafkaColumn> kafka,
    Conflict conflict,
    Encoding binary) {
  /** Debezium's own default. */
  public static final String DEFAULT_PLACEHOLDER = "__debezium_unavailable_value";

  public CodecSettings {
    placeholders = List.copyOf(placeholders);
    kafka = List.copyOf(kafka);
  }

  public static CodecSettings defaults() {
    return new CodecSettings(
        List.of(DEFAULT_PLACEHOLDER),
        ColumnChoices.NONE,
        new Secret(""),
        choice -> {},
        List.of(),
        Conflict.FAIL,
        Encoding.BYTES);
  }

  /** The same for a table of which the configuration says more. */
  public CodecSettings with(TableOptions options) {
    return new CodecSettings(
        placeholders, options.columns(), salt, losses, kafka, options.conflict(), binary);
  }

  /** The same for a table of which losses are told to another. */
  public CodecSettings telling(Losses newLosses) {
    return new CodecSettings(placeholders, choices, salt, newLosses, kafka, conflict, binary);
  }

  /** The same for columns of the key, of which no value is changed: rows would fall together. */
  CodecSettings exact() {
    ColumnChoices ofKey =
        field -> {
          ColumnSettings wish = choices.of(field);
          if (wish.excluded()) {
            throw new SinkException(
                ErrorCode.CONFIG_INVALID,
                "table.override: column " + field + " is part of a key and cannot be excluded.");
          }
          return new ColumnSettings(
              wish.type(), false, wish.hashed(), wish.policyTag(), Lossy.REFUSE, wish.encoding());
        };
    return new CodecSettings(placeholders, ofKey, salt, losses, kafka, conflict, binary);
  }
}
