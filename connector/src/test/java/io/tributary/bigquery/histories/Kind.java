package io.tributary.bigquery.histories;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Date;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Single values as Debezium and plain Connect sources send them. */
@SuppressWarnings({
  "ImmutableEnumChecker", // its functions keep nothing
  "JavaUtilDate" // is what Connect has
})
enum Kind {
  BOOLEAN(SchemaBuilder::bool, Random::nextBoolean),
  SMALL(SchemaBuilder::int16, random -> (short) random.nextInt()),
  INTEGER(SchemaBuilder::int32, random -> Values.oneOf(random, random.nextInt(), 0, -1)),
  BIG(SchemaBuilder::int64, Values::big),
  REAL(SchemaBuilder::float32, random -> (float) random.nextGaussian()),
  DOUBLE(SchemaBuilder::float64, Values::real),
  TEXT(SchemaBuilder::string, Values::text),
  BINARY(SchemaBuilder::bytes, Values::bytes),
  BUFFER(SchemaBuilder::bytes, random -> ByteBuffer.wrap(Values.bytes(random))),
  UUID_TEXT(
      () -> SchemaBuilder.string().name("io.debezium.data.Uuid").version(1),
      random -> new UUID(random.nextLong(), random.nextLong()).toString()),
  ENUM(
      () -> SchemaBuilder.string().name("io.debezium.data.Enum").parameter("allowed", "red,blue"),
      random -> random.nextBoolean() ? "red" : "blue"),
  JSON(() -> SchemaBuilder.string().name("io.debezium.data.Json").version(1), Values::json),
  FREE_DECIMAL(
      () ->
          SchemaBuilder.struct()
              .name("io.debezium.data.VariableScaleDecimal")
              .version(1)
              .field("scale", SchemaBuilder.int32().build())
              .field("value", SchemaBuilder.bytes().build()),
      null),
  DAYS(
      () -> SchemaBuilder.int32().name("io.debezium.time.Date").version(1),
      random -> (int) Values.day(random)),
  MICRO_TIME(
      () -> SchemaBuilder.int64().name("io.debezium.time.MicroTime").version(1),
      random -> Values.microOfDay(random)),
  MILLI_TIME(
      () -> SchemaBuilder.int32().name("io.debezium.time.Time").version(1),
      random -> (int) (Values.microOfDay(random) / 1_000)),
  MICRO_TIMESTAMP(
      () -> SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp").version(1),
      Values::micro),
  MILLI_TIMESTAMP(
      () -> SchemaBuilder.int64().name("io.debezium.time.Timestamp").version(1),
      random -> Math.floorDiv(Values.micro(random), 1_000)),
  ZONED_TIMESTAMP(
      () -> SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp").version(1),
      Values::zoned),
  ISO_DATE(
      () -> SchemaBuilder.string().name("io.debezium.time.IsoDate").version(1),
      random -> LocalDate.ofEpochDay(Values.day(random)) + "Z"),
  INTERVAL(
      () -> SchemaBuilder.string().name("io.debezium.time.Interval").version(1), Values::interval),
  DURATION(
      () -> SchemaBuilder.int64().name("io.debezium.time.MicroDuration").version(1),
      random -> Values.micro(random) / 100),
  DAY_RANGE(
      () -> SchemaBuilder.string().parameter(Decoder.SOURCE, "DATERANGE"),
      random -> Values.range(LocalDate.ofEpochDay(Values.day(random)), random)),
  CIVIL_RANGE(
      () -> SchemaBuilder.string().parameter(Decoder.SOURCE, "TSRANGE"),
      random -> Values.range(Values.civil(random), random)),
  CONNECT_DATE(
      org.apache.kafka.connect.data.Date::builder,
      random -> new Date(Values.day(random) * 86_400_000)),
  CONNECT_TIME(Time::builder, random -> new Date(Values.microOfDay(random) / 1_000)),
  CONNECT_TIMESTAMP(
      Timestamp::builder, random -> new Date(Math.floorDiv(Values.micro(random), 1_000)));

  private final Supplier<SchemaBuilder> schema;
  private final Function<Random, Object> value;

  Kind(Supplier<SchemaBuilder> schema, Function<Random, Object> value) {
    this.schema = schema;
    this.value = value;
  }

  SchemaBuilder schema() {
    return schema.get();
  }

  Object value(Random random, Schema as) {
    if (this == FREE_DECIMAL) {
      BigDecimal number = Values.decimal(random, 40, 15);
      return new Struct(as)
          .put("scale", number.scale())
          .put("value", number.unscaledValue().toByteArray());
    }
    return value.apply(random);
  }

  /** Whether a schema tells it apart from other kinds inside of an array, too. */
  boolean isItem() {
    return this != DAY_RANGE && this != CIVIL_RANGE;
  }

  /** Whether BigQuery has keys of the type and Debezium sends such keys. */
  boolean isKey() {
    return this == INTEGER || this == BIG || this == TEXT || this == UUID_TEXT || this == DAYS;
  }

  /** What Debezium sends for a value that it does not know; null where it sends no such thing. */
  Object placeholder() {
    return switch (this) {
      case TEXT, JSON -> Values.PLACEHOLDER;
      case BINARY -> Values.PLACEHOLDER.getBytes(StandardCharsets.UTF_8);
      case BUFFER -> ByteBuffer.wrap(Values.PLACEHOLDER.getBytes(StandardCharsets.UTF_8));
      default -> null;
    };
  }
}
