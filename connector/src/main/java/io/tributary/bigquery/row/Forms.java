package io.tributary.bigquery.row;

import static org.apache.kafka.connect.data.Schema.Type.BYTES;
import static org.apache.kafka.connect.data.Schema.Type.INT32;
import static org.apache.kafka.connect.data.Schema.Type.INT64;
import static org.apache.kafka.connect.data.Schema.Type.STRING;
import static org.apache.kafka.connect.data.Schema.Type.STRUCT;

import io.tributary.bigquery.config.Encoding;
import io.tributary.bigquery.table.ColumnType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The registry of arrival forms: by semantic name, else by the source's type where the schema tells
 * it, else by literal type. A name on another literal type than its own says nothing.
 */
final class Forms {
  /** Makes the form of a schema. */
  @FunctionalInterface
  private interface Maker {
    Form of(Schema schema, SourceType source);
  }

  private record Named(Schema.Type type, Maker maker) {}

  /**
   * Levels of structures, arrays and maps beyond which all is JSON; BigQuery has 15 of STRUCT. Each
   * takes the stack some frames.
   */
  private static final int DEEPEST = 50;

  private static final Map<String, Named> NAMED = named();

  private Forms() {}

  static Form of(Schema schema) {
    return of(schema, SourceType.of(schema));
  }

  /**
   * The form of a schema.
   *
   * @param binary how the source sends bytes
   */
  static Form of(Schema schema, Encoding binary) {
    Form coded =
        binary == Encoding.BYTES ? null : EncodedBytes.form(schema, SourceType.of(schema), binary);
    return coded == null ? of(schema) : coded;
  }

  private static Form of(Schema schema, SourceType source) {
    Named named = schema.name() == null ? null : NAMED.get(schema.name());
    return named == null || named.type() != schema.type()
        ? literal(schema, source)
        : named.maker().of(schema, source);
  }

  private static Form literal(Schema schema, SourceType source) {
    return switch (schema.type()) {
      case BOOLEAN -> Numbers.bool();
      case INT8, INT16, INT32 -> Numbers.integer();
      case INT64 -> source.is("BIGINT UNSIGNED") ? Numbers.unsigned() : Numbers.integer();
      case FLOAT32, FLOAT64 -> Numbers.floating();
      case STRING -> text(source);
      case BYTES -> source.isText() ? Binary.text() : Binary.bytes();
      case ARRAY, STRUCT, MAP -> nests(schema, DEEPEST) ? new JsonText() : nested(schema, source);
    };
  }

  private static Form nested(Schema schema, SourceType source) {
    return switch (schema.type()) {
      case ARRAY -> new ListForm(of(schema.valueSchema(), source.item()));
      case MAP -> new MapForm(of(schema.keySchema()), of(schema.valueSchema()));
      default -> new StructForm(schema);
    };
  }

  /** Whether there are more levels than so many. */
  private static boolean nests(Schema schema, int levels) {
    return switch (schema.type()) {
      case ARRAY -> levels == 0 || nests(schema.valueSchema(), levels - 1);
      case MAP ->
          levels == 0
              || nests(schema.keySchema(), levels - 1)
              || nests(schema.valueSchema(), levels - 1);
      case STRUCT ->
          levels == 0
              || schema.fields().stream().anyMatch(field -> nests(field.schema(), levels - 1));
      default -> false;
    };
  }

  private static Form text(SourceType source) {
    return switch (source.firstWord()) {
      case "DATERANGE" -> Ranges.form(ColumnType.RANGE_DATE);
      case "TSRANGE" -> Ranges.form(ColumnType.RANGE_DATETIME);
      case "TSTZRANGE" -> Ranges.form(ColumnType.RANGE_TIMESTAMP);
      case "INT4RANGE", "INT8RANGE" -> new NumberRange(ColumnType.INT64);
      case "NUMRANGE" -> new NumberRange(ColumnType.BIGNUMERIC);
      case "NUMERIC", "DECIMAL", "MONEY" -> DecimalForms.text(source);
      default -> Text.plain();
    };
  }

  /** A database's column with time zone arrives as text, so one that arrives so has none. */
  private static Form timestamp(Schema schema, SourceType source) {
    return source.isCivil() ? Civil.connectDatetime() : Civil.connectTimestamp();
  }

  private static Map<String, Named> named() {
    Map<String, Named> all = new HashMap<>();
    all.put(Decimal.LOGICAL_NAME, new Named(BYTES, DecimalForms::decimal));
    all.put(Date.LOGICAL_NAME, named(INT32, Civil::connectDate));
    all.put(Time.LOGICAL_NAME, named(INT32, Civil::connectTime));
    all.put(Timestamp.LOGICAL_NAME, new Named(INT64, Forms::timestamp));
    data().forEach((name, named) -> all.put("io.debezium.data." + name, named));
    time().forEach((name, named) -> all.put("io.debezium.time." + name, named));
    return Map.copyOf(all);
  }

  private static Map<String, Named> data() {
    return Map.ofEntries(
        Map.entry("VariableScaleDecimal", new Named(STRUCT, DecimalForms::variableScale)),
        Map.entry("Json", named(STRING, JsonDocument::new)),
        Map.entry("Uuid", named(STRING, Text::only)),
        Map.entry("Enum", named(STRING, Text::only)),
        Map.entry("EnumSet", named(STRING, EnumSetForm::new)),
        Map.entry("Xml", named(STRING, Text::only)),
        Map.entry("Ltree", named(STRING, Text::only)),
        Map.entry("Tsvector", named(STRING, Text::only)),
        Map.entry("Bits", new Named(BYTES, Bits::form)),
        Map.entry("geometry.Point", new Named(STRUCT, Spatial::point)),
        Map.entry("geometry.Geometry", new Named(STRUCT, Spatial::geometry)),
        Map.entry("geometry.Geography", new Named(STRUCT, Spatial::geography)),
        Map.entry("SparseDoubleVector", new Named(STRUCT, SparseVector::form)));
  }

  private static Map<String, Named> time() {
    return Map.ofEntries(
        Map.entry("Date", named(INT32, Civil::days)),
        Map.entry("Time", named(INT32, () -> Civil.timeOfDay(TimeUnit.MILLISECONDS))),
        Map.entry("MicroTime", named(INT64, () -> Civil.timeOfDay(TimeUnit.MICROSECONDS))),
        Map.entry("NanoTime", named(INT64, () -> Civil.timeOfDay(TimeUnit.NANOSECONDS))),
        Map.entry("Timestamp", named(INT64, () -> Civil.civil(TimeUnit.MILLISECONDS))),
        Map.entry("MicroTimestamp", named(INT64, () -> Civil.civil(TimeUnit.MICROSECONDS))),
        Map.entry("NanoTimestamp", named(INT64, () -> Civil.civil(TimeUnit.NANOSECONDS))),
        Map.entry("Year", named(INT32, Numbers::integer)),
        Map.entry("ZonedTimestamp", named(STRING, Text::zonedTimestamp)),
        Map.entry("ZonedTime", named(STRING, Text::zonedTime)),
        Map.entry("IsoDate", named(STRING, Text::isoDate)),
        Map.entry("IsoTime", named(STRING, Text::zonedTime)),
        Map.entry("IsoTimestamp", named(STRING, Text::isoTimestamp)),
        Map.entry("MicroDuration", named(INT64, Intervals::micros)),
        Map.entry("NanoDuration", named(INT64, Intervals::nanos)),
        Map.entry("Interval", named(STRING, Intervals::iso)),
        Map.entry("StructuredDate", named(STRUCT, Structured::date)),
        Map.entry("StructuredTime", named(STRUCT, Structured::time)),
        Map.entry("StructuredZonedTime", named(STRUCT, Structured::zonedTime)),
        Map.entry("StructuredTimestamp", named(STRUCT, Structured::timestamp)),
        Map.entry("StructuredZonedTimestamp", named(STRUCT, Structured::zonedTimestamp)),
        Map.entry("StructuredDuration", named(STRUCT, Structured::duration)));
  }

  private static Named named(Schema.Type type, Supplier<Form> form) {
    return new Named(type, (schema, source) -> form.get());
  }
}
