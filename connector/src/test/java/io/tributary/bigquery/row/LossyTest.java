package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.change.ChangeReader;
import io.tributary.bigquery.change.InMemorySnapshotMarks;
import io.tributary.bigquery.change.OrderBy;
import io.tributary.bigquery.change.ReaderSettings;
import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.config.ColumnSettings;
import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.config.Encoding;
import io.tributary.bigquery.config.Lossy;
import io.tributary.bigquery.config.Secret;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.TypeText;
import io.tributary.bigquery.testkit.Changes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of value that a column cannot hold, under every choice of what becomes of it. */
class LossyTest {
  private static final String REFUSED = "refused";

  private static Arguments row(
      String type, Schema schema, Object value, String clamped, String rounded, String text) {
    return Arguments.of(type, schema, value, clamped, rounded, text);
  }

  static Stream<Arguments> values() {
    Schema decimal = Decimal.builder(2).parameter("connect.decimal.precision", "9").build();
    Schema date = Debezium.int32("time.Date").build();
    Schema micros = Debezium.int64("time.MicroTimestamp").build();
    Schema nanos = Debezium.int64("time.NanoTimestamp").build();
    Schema time = Debezium.int64("time.MicroTime").build();
    Schema interval = Debezium.string("time.Interval").build();
    Schema json = Debezium.string("data.Json").build();
    Schema integers = SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).build();
    Schema geometry = Debezium.geometry("Geometry");
    Struct elsewhere =
        new Struct(geometry).put("wkb", new byte[] {1, 1, 0, 0, 0}).put("srid", 3857);
    return Stream.of(
        row("NUMERIC(3,1)", decimal, new BigDecimal("100"), numeric("99.9"), REFUSED, "100"),
        row("NUMERIC(3,1)", decimal, new BigDecimal("-100"), numeric("-99.9"), REFUSED, "-100"),
        row("NUMERIC(3,1)", decimal, new BigDecimal("1.25"), REFUSED, numeric("1.3"), "1.25"),
        row("INT64", decimal, new BigDecimal("-1.5"), REFUSED, "-2", "-1.5"),
        row(
            "INT64",
            decimal,
            new BigDecimal("1e19"),
            Long.MAX_VALUE + "",
            REFUSED,
            "1" + "0".repeat(19)),
        row(
            "FLOAT64",
            Schema.INT64_SCHEMA,
            (1L << 53) + 1,
            REFUSED,
            "9.007199254740992E15",
            "9007199254740993"),
        row(
            "FLOAT64",
            decimal,
            new BigDecimal("0.12345678901234567891"),
            REFUSED,
            "0.12345678901234568",
            "0.12345678901234567891"),
        row("NUMERIC", Schema.FLOAT64_SCHEMA, Double.NaN, REFUSED, REFUSED, "NaN"),
        row(
            "NUMERIC",
            Schema.FLOAT64_SCHEMA,
            Double.POSITIVE_INFINITY,
            numeric("99999999999999999999999999999.999999999"),
            REFUSED,
            "Infinity"),
        row("NUMERIC", Debezium.text("NUMERIC").build(), "NAN", REFUSED, REFUSED, "NAN"),
        row("BOOL", Schema.INT32_SCHEMA, 2, REFUSED, REFUSED, "2"),
        row("DATE", date, 2_932_897, "2932896", REFUSED, "+10000-01-01"),
        row("DATE", date, -719_163, "-719162", REFUSED, "0000-12-31"),
        row("DATE", date, -2_147_472_691, "-719162", REFUSED, "-infinity"),
        row("TIMESTAMP", micros, Long.MAX_VALUE, Calendar.LAST_MICRO + "", REFUSED, "infinity"),
        row("TIMESTAMP", nanos, 1_500L, REFUSED, "2", "1970-01-01T00:00:00.0000015"),
        row(
            "TIMESTAMP",
            Debezium.string("time.ZonedTimestamp").build(),
            "infinity",
            Calendar.LAST_MICRO + "",
            REFUSED,
            "infinity"),
        row(
            "TIME",
            time,
            86_400_000_000L,
            (23L << 32 | 59L << 26 | 59L << 20 | 999_999) + "",
            REFUSED,
            "24:00:00"),
        row("TIME", time, -1_000_000L, "0", REFUSED, "-00:00:01"),
        row("INTERVAL", interval, "P20000Y", "10000-0 0 0:0:0", REFUSED, "P20000Y"),
        row("INTERVAL", interval, "PT0.0000005S", REFUSED, "0-0 0 0:0:0.000001", "PT0.0000005S"),
        row("STRING(3)", Schema.STRING_SCHEMA, "ab😀d", "ab😀", REFUSED, "ab😀d"),
        row("BYTES(2)", Schema.BYTES_SCHEMA, new byte[] {65, 66, 67}, "AB", REFUSED, "414243"),
        row("ARRAY<INT64>", integers, Arrays.asList(1, 2, null), REFUSED, REFUSED, "[1,2,null]"),
        row("JSON", json, "{\"a\":1,\"a\":2}", REFUSED, REFUSED, "{\"a\":1,\"a\":2}"),
        row(
            "JSON",
            SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.FLOAT64_SCHEMA).build(),
            Map.of("a", Double.NaN),
            REFUSED,
            REFUSED,
            "{\"a\":\"NaN\"}"),
        row("RANGE<DATE>", Debezium.text("DATERANGE").build(), "empty", REFUSED, REFUSED, "empty"),
        row(
            "RANGE<DATE>",
            Debezium.text("DATERANGE").build(),
            "[1970-01-02,10000-01-01)",
            "start: 1 end: 2932896",
            REFUSED,
            "[1970-01-02,10000-01-01)"),
        row(
            "GEOGRAPHY",
            geometry,
            elsewhere,
            REFUSED,
            REFUSED,
            "{\"wkb\":\"AQEAAAA=\",\"srid\":3857,\"extensions\":null}"),
        row("STRING", Schema.STRING_SCHEMA, "\ud800", REFUSED, REFUSED, REFUSED));
  }

  @ParameterizedTest
  @MethodSource("values")
  void isWhatTheColumnsChoiceSays(
      String type, Schema schema, Object value, String clamped, String rounded, String text) {
    assertThat(outcome(type, schema, value, Lossy.REFUSE)).isEqualTo(REFUSED);
    assertThat(outcome(type, schema, value, Lossy.NULL)).isEqualTo("null");
    assertThat(outcome(type, schema, value, Lossy.CLAMP)).isEqualTo(clamped);
    assertThat(outcome(type, schema, value, Lossy.ROUND)).isEqualTo(rounded);
    assertThat(outcome(type, schema, value, Lossy.STRING_TWIN))
        .isEqualTo(text.equals(REFUSED) ? REFUSED : "null and " + text);
  }

  /** What is stored, after a look at what stands around it and at the count of losses. */
  private static String outcome(String type, Schema schema, Object value, Lossy choice) {
    List<Lossy> losses = new ArrayList<>();
    ColumnSettings wish =
        new ColumnSettings(
            Optional.of(type), false, false, Optional.empty(), choice, Encoding.BYTES);
    RowCodec codec =
        new RowCodec(
            new CodecSettings(
                List.of(),
                field -> field.equals("c") ? wish : ColumnSettings.NONE,
                new Secret(""),
                losses::add,
                List.of(),
                Conflict.FAIL,
                Encoding.BYTES));
    Changes changes =
        Changes.postgres("public", "t")
            .key("id", Schema.INT64_SCHEMA)
            .column("before", Schema.INT32_SCHEMA)
            .column("c", schema)
            .column("after", Schema.INT32_SCHEMA);
    RowChange change =
        (RowChange)
            new ChangeReader(
                    new ReaderSettings(
                        1, List.of(), OrderBy.SOURCE, "id", List.of(), origin -> TableOptions.NONE),
                    new InMemorySnapshotMarks())
                .read(changes.insert(Map.of("id", 1L, "before", 7, "c", value, "after", 8)));
    RowLayout layout =
        RowLayout.of(
            List.of(),
            List.of(
                Column.required("id", ColumnType.INT64),
                Column.nullable("before", ColumnType.INT64),
                TypeText.column(type).withName("c"),
                Column.nullable("c_text", ColumnType.STRING),
                Column.nullable("after", ColumnType.INT64)));
    assertThat(codec.shape(change).columns()).hasSize(choice == Lossy.STRING_TWIN ? 5 : 4);
    EncodedRow row;
    try {
      row = codec.encode(change, layout);
    } catch (BadRecord e) {
      assertThat(losses).isEmpty();
      return REFUSED;
    }
    assertThat(losses).containsExactly(choice);
    Map<String, Object> read = Wire.read(layout, row.columns());
    assertThat(read).containsEntry("before", 7L).containsEntry("after", 8L);
    String stored = Wire.shown(read.get("c"));
    Object twin = read.get("c_text");
    return twin == null ? stored : stored + " and " + twin;
  }

  private static String numeric(String number) {
    return Wire.shown(FormsTest.numeric(number, 9));
  }
}
