package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms of databases' own types: durations, bits, structured times, vectors, maps, sets. */
class SourceFormsTest {
  private static final Schema INTERVAL = Debezium.string("time.Interval").build();
  private static final Schema MICROS = Debezium.int64("time.MicroDuration").build();
  private static final Schema MICRO_TIME = Debezium.int64("time.MicroTime").build();

  static Stream<Arguments> intervals() {
    return Stream.of(
        Arguments.of(INTERVAL, "P1Y2M3DT4H5M6.78S", "1-2 3 4:5:6.780000"),
        Arguments.of(INTERVAL, "P0Y0M0DT0H0M0.0S", "0-0 0 0:0:0"),
        Arguments.of(INTERVAL, "P-1Y-2M-3DT-4H-5M-6.000001S", "-1-2 -3 -4:5:6.000001"),
        Arguments.of(INTERVAL, "P1Y-2M3DT-4H5M0S", "0-10 3 -3:55:0"),
        Arguments.of(INTERVAL, "P2W", "0-0 14 0:0:0"),
        Arguments.of(INTERVAL, "P10000YT87840000H", "10000-0 0 87840000:0:0"),
        Arguments.of(INTERVAL, "PT-0.5S", "0-0 0 -0:0:0.500000"),
        Arguments.of(MICROS, 0L, "0-0 0 0:0:0"),
        Arguments.of(MICROS, -3_723_000_004L, "0-0 0 -1:2:3.000004"),
        Arguments.of(MICROS, 31_557_600_000_000L, "0-0 0 8766:0:0"),
        Arguments.of(
            Debezium.int64("time.NanoDuration").build(), 1_000_001_000L, "0-0 0 0:0:1.000001"));
  }

  @ParameterizedTest
  @MethodSource("intervals")
  void durationsAreIntervals(Schema schema, Object value, String expected) {
    assertThat(Forms.of(schema).column("c").type()).isEqualTo(ColumnType.INTERVAL);
    assertThat(Wire.proposed(schema, value)).isEqualTo(expected);
  }

  static Stream<Arguments> noIntervals() {
    return Stream.of(
        Arguments.of(INTERVAL, "P"),
        Arguments.of(INTERVAL, "1 year"),
        Arguments.of(INTERVAL, "infinity"),
        Arguments.of(INTERVAL, "PT0.0000001S"),
        Arguments.of(INTERVAL, "P10000Y1M"),
        Arguments.of(INTERVAL, "P3660001D"),
        Arguments.of(INTERVAL, "PT87840000H0.000001S"),
        Arguments.of(INTERVAL, "PT999999999999999H999999999999999M999999999999999S"),
        Arguments.of(INTERVAL, "P9999999999999999999Y"),
        Arguments.of(MICROS, Long.MAX_VALUE),
        Arguments.of(MICROS, Long.MIN_VALUE),
        Arguments.of(Debezium.int64("time.NanoDuration").build(), 1L));
  }

  @ParameterizedTest
  @MethodSource("noIntervals")
  void durationsThatAreNoIntervalsAreRefused(Schema schema, Object value) {
    assertThatThrownBy(() -> Wire.proposed(schema, value)).isInstanceOf(Unfit.class);
  }

  @Test
  void timesBeyondTheDayMayBeIntervalsOrText() {
    long late = (838 * 3_600 + 59 * 60 + 59) * 1_000_000L;
    assertThatThrownBy(() -> Wire.proposed(MICRO_TIME, late)).isInstanceOf(Unfit.class);
    assertThat(Wire.chosen(MICRO_TIME, late, "INTERVAL")).isEqualTo("0-0 0 838:59:59");
    assertThat(Wire.chosen(MICRO_TIME, -late, "INTERVAL")).isEqualTo("0-0 0 -838:59:59");
    assertThat(Wire.chosen(MICRO_TIME, -late, "STRING")).isEqualTo("-838:59:59");
  }

  static Stream<Arguments> structured() {
    Map<String, Object> day = Map.of("year", 2020, "month", 2, "day", 29);
    Map<String, Object> noon = Map.of("hour", 12, "minute", 34, "second", 56, "nanos", 789_000);
    Map<String, Object> both = new TreeMap<>(day);
    both.putAll(noon);
    Map<String, Object> zoned = new TreeMap<>(both);
    zoned.put("offsetSeconds", 7_200);
    Map<String, Object> east = new TreeMap<>(noon);
    east.put("offsetSeconds", 46_800);
    long instant = LocalDate.of(2020, 2, 29).toEpochDay() * 86_400 + 10 * 3_600 + 34 * 60 + 56;
    return Stream.of(
        Arguments.of("Date", day, ColumnType.DATE, LocalDate.of(2020, 2, 29).toEpochDay()),
        Arguments.of("Time", noon, ColumnType.TIME, (12L << 12 | 34 << 6 | 56) << 20 | 789),
        // half past eleven in the evening before, in UTC
        Arguments.of("ZonedTime", east, ColumnType.TIME, (23L << 12 | 34 << 6 | 56) << 20 | 789),
        Arguments.of(
            "Timestamp",
            both,
            ColumnType.DATETIME,
            (2020L << 26 | 2 << 22 | 29 << 17 | 12 << 12 | 34 << 6 | 56) << 20 | 789),
        Arguments.of("ZonedTimestamp", zoned, ColumnType.TIMESTAMP, instant * 1_000_000 + 789),
        Arguments.of(
            "Duration",
            Map.of("years", -1, "months", -2, "days", 3, "hours", 4, "seconds", 5L, "nanos", 6_000),
            ColumnType.INTERVAL,
            "-1-2 3 4:0:5.000006"));
  }

  @ParameterizedTest
  @MethodSource("structured")
  void structuredTimesAreTimes(
      String name, Map<String, Object> members, ColumnType type, Object expected) {
    Struct value = Debezium.structured(name, members);
    assertThat(Forms.of(value.schema()).column("c").type()).isEqualTo(type);
    assertThat(Wire.proposed(value.schema(), value)).isEqualTo(expected.toString());
  }

  static Stream<Arguments> noTimes() {
    return Stream.of(
        Arguments.of("Date", Map.of()),
        Arguments.of("Date", Map.of("year", 0, "month", 0, "day", 0)),
        Arguments.of("Date", Map.of("year", 2021, "month", 2, "day", 29)),
        Arguments.of("Date", Map.of("year", -43, "month", 3, "day", 15)),
        Arguments.of("Date", Map.of("year", 10_000, "month", 1, "day", 1)),
        Arguments.of("Date", Map.of("specialValue", "POSITIVE_INFINITY")),
        Arguments.of("Date", Map.of("specialValue", "NAN")),
        Arguments.of("Timestamp", Map.of("specialValue", "NEGATIVE_INFINITY")),
        Arguments.of("Timestamp", Map.of("year", 2020, "month", 1, "day", 1, "nanos", 1)),
        Arguments.of("ZonedTimestamp", Map.of("year", 2020, "month", 1, "day", 1, "zoneId", "CET")),
        Arguments.of("Time", Map.of("hour", 24)),
        Arguments.of("Duration", Map.of("years", Integer.MAX_VALUE)));
  }

  @ParameterizedTest
  @MethodSource("noTimes")
  void structuredTimesThatNoColumnHasAreRefused(String name, Map<String, Object> members) {
    Struct value = Debezium.structured(name, members);
    assertThatThrownBy(() -> Wire.proposed(value.schema(), value)).isInstanceOf(Unfit.class);
  }

  @Test
  void bitsAreBytesDigitsOrANumber() {
    byte[] value = {5, 1};
    assertThat(Forms.of(Debezium.bits(10)).column("c").type()).isEqualTo(ColumnType.BYTES);
    assertThat(Wire.chosen(Debezium.bits(10), value, "STRING")).isEqualTo("0100000101");
    assertThat(Wire.chosen(Debezium.bits(Integer.MAX_VALUE), value, "STRING"))
        .isEqualTo("100000101");
    assertThat(Wire.chosen(Debezium.bits(10), value, "INT64")).isEqualTo("261");
    assertThat(Wire.chosen(Debezium.bits(64), new byte[0], "INT64")).isEqualTo("0");
    byte[] wide = {0, 0, 0, 0, 0, 0, 0, -128};
    assertThatThrownBy(() -> Wire.chosen(Debezium.bits(64), wide, "INT64"))
        .isInstanceOf(Unfit.class);
  }

  @Test
  void setsAreTextOrArrays() {
    Schema set = Debezium.string("data.EnumSet").build();
    assertThat(Wire.proposed(set, "a,b")).isEqualTo("a,b");
    assertThat(Wire.chosen(set, "a,b", "ARRAY<STRING>")).isEqualTo("[a, b]");
    assertThat(Wire.chosen(set, "", "ARRAY<STRING>")).isEqualTo("null");
  }

  @Test
  void mapsAreJsonOrPairs() {
    Map<String, Object> map = new TreeMap<>(Map.of("a", "1"));
    map.put("b", null);
    Schema schema = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA).build();
    Schema json = Debezium.string("data.Json").build();
    String pairs = "ARRAY<STRUCT<key STRING, value STRING>>";
    assertThat(Wire.proposed(schema, map)).isEqualTo("{\"a\":\"1\",\"b\":null}");
    String expected = "[key: \"a\" value: \"1\" , key: \"b\" ]";
    assertThat(Wire.chosen(schema, map, pairs)).isEqualTo(expected);
    assertThat(Wire.chosen(json, "{\"a\": \"1\", \"b\": null}", pairs)).isEqualTo(expected);
    assertThatThrownBy(() -> Wire.chosen(json, "{\"a\": 1}", pairs)).isInstanceOf(Unfit.class);
    assertThatThrownBy(() -> Wire.chosen(json, "[]", pairs)).isInstanceOf(Unfit.class);
    assertThatThrownBy(() -> Wire.chosen(json, "{\"a\":", pairs)).isInstanceOf(Unfit.class);
  }

  @Test
  void vectorsKeepTheirNumbers() {
    Schema floats =
        SchemaBuilder.array(Schema.FLOAT32_SCHEMA).name("io.debezium.data.FloatVector").build();
    assertThat(Wire.proposed(floats, List.of(0.5f, -1f))).isEqualTo("[0.5, -1.0]");
    Struct sparse =
        new Struct(Debezium.SPARSE)
            .put("dimensions", (short) 5)
            .put("vector", new TreeMap<>(Map.of((short) 1, 1.5, (short) 4, -2.0)));
    assertThat(Wire.proposed(Debezium.SPARSE, sparse))
        .isEqualTo("dimensions: 5 vector { index: 1 value: 1.5 } vector { index: 4 value: -2.0 }");
  }

  static Stream<Arguments> numbers() {
    Schema numeric =
        Debezium.text("NUMERIC")
            .parameter("__debezium.source.column.length", "10")
            .parameter("__debezium.source.column.scale", "2")
            .build();
    Schema wide =
        Debezium.text("DECIMAL UNSIGNED")
            .parameter("__debezium.source.column.length", "60")
            .parameter("__debezium.source.column.scale", "30")
            .build();
    Schema unsigned =
        SchemaBuilder.int64().parameter("__debezium.source.column.type", "BIGINT UNSIGNED").build();
    Schema money = Decimal.builder(2).parameter("__debezium.source.column.type", "MONEY").build();
    return Stream.of(
        Arguments.of(numeric, "-1.50", ColumnType.NUMERIC, "-1500000000", 9),
        Arguments.of(wide, "1e-30", ColumnType.BIGNUMERIC, "100000000", 38),
        Arguments.of(Debezium.text("NUMERIC").build(), "7", ColumnType.BIGNUMERIC, "7e38", 38),
        Arguments.of(Debezium.text("MONEY").build(), "7.01", ColumnType.NUMERIC, "7010000000", 9),
        Arguments.of(money, new BigDecimal("7.01"), ColumnType.NUMERIC, "7010000000", 9),
        Arguments.of(unsigned, -1L, ColumnType.NUMERIC, "18446744073709551615e9", 9));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void numbersAreAsWideAsTheirSource(
      Schema schema, Object value, ColumnType type, String unscaled, int scale) {
    Form form = Forms.of(schema);
    boolean signed = schema.type() != Schema.Type.INT64;
    assertThat(form.column("c").type()).isEqualTo(signed ? type : ColumnType.INT64);
    Object bytes = Wire.written(form, value, Target.exact(Column.nullable("c", type)));
    byte[] little = ((com.google.protobuf.ByteString) bytes).toByteArray();
    byte[] big = new byte[little.length];
    for (int i = 0; i < big.length; i++) {
      big[i] = little[big.length - 1 - i];
    }
    assertThat(new BigInteger(big)).isEqualTo(new BigDecimal(unscaled).toBigIntegerExact());
    assertThat(scale).isEqualTo(type == ColumnType.NUMERIC ? 9 : 38);
  }

  @Test
  void unsignedNumbersThatTheSourceHasOverflownAreRefused() {
    Schema schema =
        SchemaBuilder.int64().parameter("__debezium.source.column.type", "BIGINT UNSIGNED").build();
    assertThat(Wire.proposed(schema, 5L)).isEqualTo("5");
    assertThatThrownBy(() -> Wire.proposed(schema, -1L)).isInstanceOf(Unfit.class);
    assertThat(Forms.of(schema).text(-1L)).isEqualTo("18446744073709551615");
  }

  @Test
  void bytesOfAnUnknownTypesTextAreText() {
    Schema schema =
        SchemaBuilder.bytes().parameter("__debezium.source.column.type", "INT4MULTIRANGE").build();
    assertThat(Wire.proposed(schema, "{[1,2)}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("{[1,2)}");
    assertThatThrownBy(() -> Wire.proposed(schema, new byte[] {-1})).isInstanceOf(Unfit.class);
  }

  @Test
  void aNameOnAnotherLiteralTypeSaysNothing() {
    Schema text = SchemaBuilder.string().name("io.debezium.time.Date").build();
    assertThat(Wire.proposed(text, "x")).isEqualTo("x");
    Schema struct =
        SchemaBuilder.struct()
            .name("io.debezium.data.VariableScaleDecimal")
            .field("scale", Schema.STRING_SCHEMA)
            .build();
    assertThat(Wire.proposed(struct, new Struct(struct).put("scale", "x")))
        .isEqualTo("scale: \"x\"");
  }

  @Test
  void arraysOfArraysOfUnknownLengthAreRefused() {
    Schema schema = SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).build();
    assertThatThrownBy(() -> Wire.proposed(schema, Arrays.asList(null, null)))
        .isInstanceOf(Unfit.class);
  }
}
