package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The registry of arrival forms, by semantic name and else by literal type. What is not named here
 * (durations, years, uuids, enums, intervals as text) is what its literal type says.
 */
final class Forms {
  private static final String PRECISION = "connect.decimal.precision";

  private static final Map<String, Function<Schema, Form>> NAMED =
      Map.ofEntries(
          Map.entry(Decimal.LOGICAL_NAME, Forms::decimal),
          Map.entry(Date.LOGICAL_NAME, schema -> Civil.connectDate()),
          Map.entry(Time.LOGICAL_NAME, schema -> Civil.connectTime()),
          Map.entry(Timestamp.LOGICAL_NAME, schema -> Civil.connectTimestamp()),
          Map.entry("io.debezium.data.VariableScaleDecimal", schema -> variableScale()),
          Map.entry("io.debezium.data.Json", schema -> Text.json()),
          Map.entry("io.debezium.time.Date", schema -> Civil.days()),
          Map.entry("io.debezium.time.Time", schema -> Civil.timeOfDay(TimeUnit.MILLISECONDS)),
          Map.entry("io.debezium.time.MicroTime", schema -> Civil.timeOfDay(TimeUnit.MICROSECONDS)),
          Map.entry("io.debezium.time.NanoTime", schema -> Civil.timeOfDay(TimeUnit.NANOSECONDS)),
          Map.entry("io.debezium.time.Timestamp", schema -> Civil.civil(TimeUnit.MILLISECONDS)),
          Map.entry(
              "io.debezium.time.MicroTimestamp", schema -> Civil.civil(TimeUnit.MICROSECONDS)),
          Map.entry("io.debezium.time.NanoTimestamp", schema -> Civil.civil(TimeUnit.NANOSECONDS)),
          Map.entry("io.debezium.time.ZonedTimestamp", schema -> Text.zonedTimestamp()),
          Map.entry("io.debezium.time.ZonedTime", schema -> Text.zonedTime()),
          Map.entry("io.debezium.time.IsoDate", schema -> Text.isoDate()),
          Map.entry("io.debezium.time.IsoTime", schema -> Text.zonedTime()),
          Map.entry("io.debezium.time.IsoTimestamp", schema -> Text.isoTimestamp()));

  private Forms() {}

  static Form of(Schema schema) {
    Function<Schema, Form> named = schema.name() == null ? null : NAMED.get(schema.name());
    return named == null ? literal(schema) : named.apply(schema);
  }

  private static Form literal(Schema schema) {
    return switch (schema.type()) {
      case BOOLEAN -> Numbers.bool();
      case INT8, INT16, INT32, INT64 -> Numbers.integer();
      case FLOAT32, FLOAT64 -> Numbers.floating();
      case STRING -> Text.plain();
      case BYTES -> Binary.bytes();
      case ARRAY -> new ListForm(of(schema.valueSchema()));
      case STRUCT -> new StructForm(schema);
      case MAP -> new JsonText();
    };
  }

  private static Form decimal(Schema schema) {
    return numericHolds(schema)
        ? Numbers.decimal().proposing(ColumnType.NUMERIC)
        : Numbers.decimal();
  }

  /** At most 9 digits after the point and 29 before it. */
  private static boolean numericHolds(Schema schema) {
    Map<String, String> parameters = schema.parameters();
    if (parameters == null || !parameters.containsKey(PRECISION)) {
      return false;
    }
    int precision = Integer.parseInt(parameters.get(PRECISION));
    int scale = Integer.parseInt(parameters.get(Decimal.SCALE_FIELD));
    return scale >= 0 && scale <= 9 && precision <= 38 && precision - scale <= 29;
  }

  private static Form variableScale() {
    return Numbers.decimal()
        .after(
            value -> {
              Struct struct = (Struct) value;
              byte[] unscaled = Binary.array(struct.getWithoutDefault("value"));
              int scale = ((Number) struct.getWithoutDefault("scale")).intValue();
              return new BigDecimal(new BigInteger(unscaled), scale);
            });
  }
}
