package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Details;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every arrival form: the column it asks for, its wire form, and what it refuses. */
class FormsTest {
  static final Schema LOOSE_DECIMAL =
      SchemaBuilder.struct()
          .name("io.debezium.data.VariableScaleDecimal")
          .version(1)
          .field("scale", Schema.INT32_SCHEMA)
          .field("value", Schema.BYTES_SCHEMA)
          .build();

  private static Schema int32(String name) {
    return SchemaBuilder.int32().name("io.debezium." + name).build();
  }

  private static Schema int64(String name) {
    return SchemaBuilder.int64().name("io.debezium." + name).build();
  }

  private static Schema string(String name) {
    return SchemaBuilder.string().name("io.debezium." + name).build();
  }

  private static Schema decimal(int precision, int scale) {
    return Decimal.builder(scale)
        .parameter("connect.decimal.precision", Integer.toString(precision))
        .build();
  }

  private static Struct looseDecimal(BigDecimal value) {
    return new Struct(LOOSE_DECIMAL)
        .put("scale", value.scale())
        .put("value", value.unscaledValue().toByteArray());
  }

  private static Date date(String instant) {
    return Date.from(Instant.parse(instant));
  }

  static ByteString numeric(String value, int scale) {
    byte[] bytes = new BigDecimal(value).setScale(scale).unscaledValue().toByteArray();
    for (int i = 0; i < bytes.length / 2; i++) {
      byte b = bytes[i];
      bytes[i] = bytes[bytes.length - 1 - i];
      bytes[bytes.length - 1 - i] = b;
    }
    return ByteString.copyFrom(bytes);
  }

  private static long time(int hour, int minute, int second, int micros) {
    return ((long) hour << 12 | minute << 6 | second) << 20 | micros;
  }

  private static long datetime(String text) {
    LocalDateTime t = LocalDateTime.parse(text);
    long day = (long) t.getYear() << 9 | t.getMonthValue() << 5 | t.getDayOfMonth();
    int micros = t.getNano() / 1_000;
    return day << 37 | time(t.getHour(), t.getMinute(), t.getSecond(), micros);
  }

  private static long micros(String datetime) {
    Instant instant = LocalDateTime.parse(datetime).toInstant(ZoneOffset.UTC);
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  static Stream<Arguments> proposals() {
    return Stream.of(
        Arguments.of(Schema.BOOLEAN_SCHEMA, true, ColumnType.BOOL, true),
        Arguments.of(Schema.INT8_SCHEMA, (byte) -8, ColumnType.INT64, -8L),
        Arguments.of(Schema.INT16_SCHEMA, (short) 300, ColumnType.INT64, 300L),
        Arguments.of(Schema.INT32_SCHEMA, -70_000, ColumnType.INT64, -70_000L),
        Arguments.of(Schema.INT64_SCHEMA, Long.MIN_VALUE, ColumnType.INT64, Long.MIN_VALUE),
        Arguments.of(Schema.FLOAT32_SCHEMA, 0.1f, ColumnType.FLOAT64, (double) 0.1f),
        Arguments.of(Schema.FLOAT64_SCHEMA, Double.NaN, ColumnType.FLOAT64, Double.NaN),
        Arguments.of(Schema.STRING_SCHEMA, "süß 😀\0", ColumnType.STRING, "süß 😀\0"),
        Arguments.of(
            Schema.BYTES_SCHEMA,
            ByteBuffer.wrap(new byte[] {9, 1, 2}, 1, 2),
            ColumnType.BYTES,
            ByteString.copyFrom(new byte[] {1, 2})),
        Arguments.of(
            decimal(10, 2), new BigDecimal("-12.50"), ColumnType.NUMERIC, numeric("-12.50", 9)),
        Arguments.of(
            decimal(38, 9),
            new BigDecimal("99999999999999999999999999999.999999999"),
            ColumnType.NUMERIC,
            numeric("99999999999999999999999999999.999999999", 9)),
        Arguments.of(
            decimal(39, 9), new BigDecimal("1.5"), ColumnType.BIGNUMERIC, numeric("1.5", 38)),
        Arguments.of(
            decimal(5, 2046),
            new BigDecimal(BigInteger.TEN.pow(2046).multiply(BigInteger.valueOf(12_300)), 2046),
            ColumnType.BIGNUMERIC,
            numeric("12300", 38)),
        Arguments.of(
            LOOSE_DECIMAL,
            looseDecimal(new BigDecimal("-0.00000000000000000000000000000000000001")),
            ColumnType.BIGNUMERIC,
            ByteString.copyFrom(new byte[] {-1})),
        Arguments.of(
            LOOSE_DECIMAL,
            looseDecimal(BigDecimal.ZERO),
            ColumnType.BIGNUMERIC,
            ByteString.copyFrom(new byte[] {0})),
        Arguments.of(int32("time.Date"), -719_162, ColumnType.DATE, -719_162),
        Arguments.of(
            org.apache.kafka.connect.data.Date.SCHEMA,
            date("2020-02-29T00:00:00Z"),
            ColumnType.DATE,
            (int) LocalDate.parse("2020-02-29").toEpochDay()),
        Arguments.of(int32("time.Time"), 3_723_004, ColumnType.TIME, time(1, 2, 3, 4_000)),
        Arguments.of(
            int64("time.MicroTime"), 86_399_999_999L, ColumnType.TIME, time(23, 59, 59, 999_999)),
        Arguments.of(int64("time.NanoTime"), 5_000L, ColumnType.TIME, time(0, 0, 0, 5)),
        Arguments.of(
            Time.SCHEMA, date("1970-01-01T01:02:03.004Z"), ColumnType.TIME, time(1, 2, 3, 4_000)),
        Arguments.of(
            int64("time.Timestamp"),
            micros("2024-02-29T12:34:56.789") / 1_000,
            ColumnType.DATETIME,
            datetime("2024-02-29T12:34:56.789")),
        Arguments.of(
            int64("time.MicroTimestamp"),
            micros("0001-01-01T00:00:00"),
            ColumnType.DATETIME,
            datetime("0001-01-01T00:00:00")),
        Arguments.of(
            int64("time.MicroTimestamp"),
            micros("9999-12-31T23:59:59.999999"),
            ColumnType.DATETIME,
            datetime("9999-12-31T23:59:59.999999")),
        Arguments.of(
            int64("time.NanoTimestamp"),
            micros("1969-12-31T23:59:59.000001") * 1_000,
            ColumnType.DATETIME,
            datetime("1969-12-31T23:59:59.000001")),
        Arguments.of(
            Timestamp.SCHEMA,
            date("1960-01-01T00:00:00.001Z"),
            ColumnType.TIMESTAMP,
            micros("1960-01-01T00:00:00.001")),
        Arguments.of(
            Debezium.typed(Timestamp.builder(), "TIMESTAMP"),
            date("1960-01-01T00:00:00.001Z"),
            ColumnType.DATETIME,
            datetime("1960-01-01T00:00:00.001")),
        Arguments.of(
            Debezium.typed(Timestamp.builder(), "TIMESTAMP WITH TIME ZONE"),
            date("1960-01-01T00:00:00.001Z"),
            ColumnType.TIMESTAMP,
            micros("1960-01-01T00:00:00.001")),
        Arguments.of(
            string("time.ZonedTimestamp"),
            "2020-02-29T10:00:00.000001+02:00",
            ColumnType.TIMESTAMP,
            micros("2020-02-29T08:00:00.000001")),
        Arguments.of(
            string("time.ZonedTimestamp"),
            "2020-02-29T10:00:00Z",
            ColumnType.TIMESTAMP,
            micros("2020-02-29T10:00:00")),
        Arguments.of(
            string("time.ZonedTime"), "19:32:03.4Z", ColumnType.TIME, time(19, 32, 3, 400_000)),
        Arguments.of(
            string("time.IsoDate"),
            "2020-02-29Z",
            ColumnType.DATE,
            (int) LocalDate.parse("2020-02-29").toEpochDay()),
        Arguments.of(
            string("time.IsoTime"), "01:02:03.456789Z", ColumnType.TIME, time(1, 2, 3, 456_789)),
        Arguments.of(
            string("time.IsoTimestamp"),
            "2020-02-29T01:02:03Z",
            ColumnType.DATETIME,
            datetime("2020-02-29T01:02:03")),
        Arguments.of(int32("time.Year"), 1999, ColumnType.INT64, 1999L),
        Arguments.of(string("data.Json"), "{\"a\":1}", ColumnType.JSON, "{\"a\":1}"),
        Arguments.of(string("data.Enum"), "red", ColumnType.STRING, "red"),
        Arguments.of(string("of.a.custom.converter"), "x", ColumnType.STRING, "x"),
        Arguments.of(
            SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA).build(),
            Map.of("a", "\"b\""),
            ColumnType.JSON,
            "{\"a\":\"\\\"b\\\"\"}"));
  }

  @ParameterizedTest
  @MethodSource("proposals")
  void becomeTheColumnThatTheyAskFor(
      Schema schema, Object value, ColumnType type, Object expected) {
    Column column = Forms.of(schema).column("c");
    assertThat(column.withDetails(Details.NONE)).isEqualTo(Column.nullable("c", type));
    assertThat(write(schema, value, column)).isEqualTo(expected);
  }

  static Stream<Arguments> widenings() {
    return Stream.of(
        Arguments.of(Schema.INT16_SCHEMA, (short) 7, ColumnType.NUMERIC, numeric("7", 9)),
        Arguments.of(Schema.INT64_SCHEMA, -7L, ColumnType.BIGNUMERIC, numeric("-7", 38)),
        Arguments.of(Schema.INT64_SCHEMA, 1L << 53, ColumnType.FLOAT64, 0x1p53),
        Arguments.of(Schema.INT8_SCHEMA, (byte) 1, ColumnType.BOOL, true),
        Arguments.of(Schema.BOOLEAN_SCHEMA, true, ColumnType.INT64, 1L),
        Arguments.of(Schema.STRING_SCHEMA, "-1.5", ColumnType.NUMERIC, numeric("-1.5", 9)),
        Arguments.of(decimal(10, 2), new BigDecimal("7.00"), ColumnType.INT64, 7L),
        Arguments.of(decimal(10, 2), new BigDecimal("7"), ColumnType.BIGNUMERIC, numeric("7", 38)),
        Arguments.of(int64("time.MicroTimestamp"), 5L, ColumnType.TIMESTAMP, 5L),
        Arguments.of(string("data.Json"), "[1]", ColumnType.STRING, "[1]"));
  }

  @ParameterizedTest
  @MethodSource("widenings")
  void goIntoWiderColumns(Schema schema, Object value, ColumnType type, Object expected) {
    assertThat(write(schema, value, Column.nullable("c", type))).isEqualTo(expected);
  }

  static Stream<Arguments> unfit() {
    return Stream.of(
        Arguments.of(Schema.STRING_SCHEMA, "\udc00", ColumnType.STRING),
        Arguments.of(Schema.STRING_SCHEMA, "NAN", ColumnType.NUMERIC),
        Arguments.of(Schema.INT64_SCHEMA, (1L << 53) + 1, ColumnType.FLOAT64),
        Arguments.of(Schema.INT64_SCHEMA, Long.MAX_VALUE, ColumnType.FLOAT64),
        Arguments.of(Schema.INT64_SCHEMA, 2L, ColumnType.BOOL),
        Arguments.of(Schema.FLOAT64_SCHEMA, Double.POSITIVE_INFINITY, ColumnType.NUMERIC),
        Arguments.of(decimal(38, 9), new BigDecimal("1e29"), ColumnType.NUMERIC),
        Arguments.of(decimal(38, 10), new BigDecimal("0.0000000001"), ColumnType.NUMERIC),
        Arguments.of(decimal(90, 9), new BigDecimal("6e38"), ColumnType.BIGNUMERIC),
        Arguments.of(
            LOOSE_DECIMAL, looseDecimal(new BigDecimal("1e2000000000")), ColumnType.BIGNUMERIC),
        Arguments.of(LOOSE_DECIMAL, looseDecimal(new BigDecimal("1e-39")), ColumnType.BIGNUMERIC),
        Arguments.of(decimal(10, 2), new BigDecimal("7.5"), ColumnType.INT64),
        // what Debezium sends for infinity and for years before Christ
        Arguments.of(int32("time.Date"), 2_146_033_979, ColumnType.DATE),
        Arguments.of(int32("time.Date"), -735_160, ColumnType.DATE),
        Arguments.of(int32("time.Date"), 2_932_897, ColumnType.DATE),
        Arguments.of(int64("time.Timestamp"), 9_223_372_036_825_200_000L, ColumnType.DATETIME),
        Arguments.of(int64("time.Timestamp"), -9_223_372_036_832_400_000L, ColumnType.DATETIME),
        Arguments.of(int64("time.MicroTimestamp"), Long.MAX_VALUE, ColumnType.DATETIME),
        Arguments.of(int64("time.MicroTimestamp"), Long.MIN_VALUE, ColumnType.DATETIME),
        Arguments.of(int64("time.NanoTimestamp"), 1L, ColumnType.DATETIME),
        Arguments.of(int64("time.MicroTime"), 86_400_000_000L, ColumnType.TIME),
        Arguments.of(int64("time.MicroTime"), -1L, ColumnType.TIME),
        Arguments.of(
            Timestamp.SCHEMA,
            Date.from(Instant.ofEpochMilli(Long.MAX_VALUE)),
            ColumnType.TIMESTAMP),
        Arguments.of(string("time.ZonedTimestamp"), "infinity", ColumnType.TIMESTAMP),
        Arguments.of(
            string("time.ZonedTimestamp"), "-0043-03-15T00:00:00.000000Z", ColumnType.TIMESTAMP),
        Arguments.of(string("time.ZonedTimestamp"), "+99999-12-31T00:00:00Z", ColumnType.TIMESTAMP),
        Arguments.of(
            string("time.ZonedTimestamp"), "2020-01-01T00:00:00.0000001Z", ColumnType.TIMESTAMP),
        Arguments.of(string("time.IsoDate"), "+5877611-06-21Z", ColumnType.DATE),
        Arguments.of(
            string("time.IsoTimestamp"), "+292278994-08-16T23:00:00Z", ColumnType.DATETIME));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void refuseWhatHasNoExactForm(Schema schema, Object value, ColumnType type) {
    Column column = Column.nullable("c", type);
    assertThatThrownBy(() -> write(schema, value, column)).isInstanceOf(Unfit.class);
  }

  static Stream<Arguments> conflicts() {
    return Stream.of(
        Arguments.of(Schema.STRING_SCHEMA, Column.nullable("c", ColumnType.INT64)),
        Arguments.of(Schema.INT64_SCHEMA, Column.nullable("c", ColumnType.STRING)),
        Arguments.of(Schema.INT64_SCHEMA, Column.repeated("c", ColumnType.INT64)),
        Arguments.of(Schema.STRING_SCHEMA, Column.nullable("c", ColumnType.JSON)),
        Arguments.of(Schema.BYTES_SCHEMA, Column.nullable("c", ColumnType.STRING)),
        Arguments.of(
            SchemaBuilder.array(Schema.STRING_SCHEMA).build(),
            Column.repeated("c", ColumnType.INT64)));
  }

  @ParameterizedTest
  @MethodSource("conflicts")
  void haveNoWriterIntoOtherColumns(Schema schema, Column column) {
    assertThat(Forms.of(schema).into(Target.exact(column))).isNull();
  }

  @Test
  void arraysRepeat() {
    Schema schema = SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).build();
    Column column = Forms.of(schema).column("c");
    assertThat(column.withDetails(Details.NONE)).isEqualTo(Column.repeated("c", ColumnType.INT64));
    assertThat(write(schema, List.of(1, 2), column)).isEqualTo(List.of(1L, 2L));
    assertThatThrownBy(() -> write(schema, Arrays.asList(1, null), column))
        .isInstanceOf(Unfit.class)
        .hasMessageContaining("NULL");
  }

  @Test
  void arraysOfArraysAreJson() {
    Schema inner = SchemaBuilder.array(Schema.INT32_SCHEMA).build();
    Schema schema = SchemaBuilder.array(inner).build();
    Column column = Forms.of(schema).column("c");
    assertThat(column.withDetails(Details.NONE)).isEqualTo(Column.nullable("c", ColumnType.JSON));
    assertThat(write(schema, List.of(List.of(1), List.of()), column)).isEqualTo("[[1],[]]");
  }

  @Test
  void structsNest() {
    Schema point =
        SchemaBuilder.struct()
            .name("io.debezium.data.geometry.Point")
            .field("x", Schema.FLOAT64_SCHEMA)
            .field("wkb", Schema.OPTIONAL_BYTES_SCHEMA)
            .build();
    Schema circle =
        SchemaBuilder.struct()
            .field("center", point)
            .field("radius", Schema.FLOAT64_SCHEMA)
            .build();
    Schema schema = SchemaBuilder.array(circle).build();
    Column column = Forms.of(schema).column("c");
    Struct value =
        new Struct(circle).put("center", new Struct(point).put("x", 1.5)).put("radius", 2.0);
    assertThat(column.mode()).isEqualTo(Column.Mode.REPEATED);
    assertThat(column.type()).isEqualTo(ColumnType.STRUCT);
    assertThat(write(schema, List.of(value, value), column).toString().replaceAll("\\s+", " "))
        .isEqualTo("[center { x: 1.5 } radius: 2.0 , center { x: 1.5 } radius: 2.0 ]");
  }

  private static Object write(Schema schema, Object value, Column column) {
    return Wire.written(Forms.of(schema), value, Target.exact(column));
  }
}
