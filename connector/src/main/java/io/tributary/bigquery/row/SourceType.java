package io.tributary.bigquery.row;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;

/**
 * The type of the source's column, where the source tells it ({@code
 * datatype.propagate.source.type}).
 *
 * @param name in upper case, as Debezium spells it; empty when the source tells nothing
 * @param length length or precision; 0 when unknown
 * @param scale digits after the point; 0 when unknown
 */
record SourceType(String name, int length, int scale) {
  static final SourceType UNKNOWN = new SourceType("", 0, 0);

  private static final Set<String> TEXTS =
      Set.of(
          "INT4MULTIRANGE",
          "INT8MULTIRANGE",
          "NUMMULTIRANGE",
          "DATEMULTIRANGE",
          "TSMULTIRANGE",
          "TSTZMULTIRANGE",
          "TSQUERY",
          "PG_LSN",
          "REGCLASS",
          "TXID_SNAPSHOT");

  private static final Set<String> BYTES =
      Set.of("BYTEA", "BINARY", "VARBINARY", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB");

  private static final String PREFIX = "__debezium.source.column.";

  static SourceType of(Schema schema) {
    Map<String, String> parameters = schema.parameters();
    String name = parameters == null ? null : parameters.get(PREFIX + "type");
    return name == null
        ? UNKNOWN
        : new SourceType(
            name.toUpperCase(Locale.ROOT),
            number(parameters.get(PREFIX + "length")),
            number(parameters.get(PREFIX + "scale")));
  }

  /** The type of an array's items, which PostgreSQL names after them. */
  SourceType item() {
    return name.startsWith("_") ? new SourceType(name.substring(1), length, scale) : UNKNOWN;
  }

  /** Whether it is the type or begins with its name, as {@code DECIMAL UNSIGNED} does. */
  boolean is(String type) {
    return name.equals(type) || name.startsWith(type + " ");
  }

  /** The first word of its name. */
  String firstWord() {
    int space = name.indexOf(' ');
    return space < 0 ? name : name.substring(0, space);
  }

  /** Whether Debezium sends its text as bytes, as it does with types that it does not know. */
  boolean isText() {
    return TEXTS.contains(name);
  }

  /** Whether its values are dates with times without a time zone. */
  boolean isCivil() {
    return name.equals("TIMESTAMP") || name.equals("DATETIME");
  }

  /** Whether its values are bytes. */
  boolean isBytes() {
    return BYTES.contains(firstWord());
  }

  /** A parameter's number; 0 when there is none. */
  static int number(String text) {
    try {
      return text == null ? 0 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
