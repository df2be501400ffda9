package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.change.ChangeReader;
import io.tributary.bigquery.change.InMemorySnapshotMarks;
import io.tributary.bigquery.change.OrderBy;
import io.tributary.bigquery.change.ReaderSettings;
import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Shape;
import io.tributary.bigquery.testkit.Changes;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** Records as they come out of Kafka through the JSON converter, with and without schemas. */
class ConverterRoundTripTest {
  private final ChangeReader reader =
      new ChangeReader(
          new ReaderSettings(
              1, List.of(), OrderBy.SOURCE, "id", List.of(), origin -> TableOptions.NONE),
          new InMemorySnapshotMarks());
  private final RowCodec codec = new RowCodec(CodecSettings.defaults());
  private final Changes orders =
      Changes.postgres("public", "orders")
          .key("id", Schema.INT64_SCHEMA)
          .column("price", Decimal.builder(2).parameter("connect.decimal.precision", "10").build())
          .column("note", SchemaBuilder.string().optional().defaultValue("none").build())
          .column("blob", Schema.OPTIONAL_BYTES_SCHEMA)
          .column("day", SchemaBuilder.int32().name("io.debezium.time.Date").build());
  private final RowLayout layout =
      RowLayout.of(
          List.of(),
          List.of(
              Column.required("id", ColumnType.INT64),
              Column.nullable("price", ColumnType.NUMERIC),
              Column.nullable("note", ColumnType.STRING),
              Column.nullable("blob", ColumnType.BYTES),
              Column.nullable("day", ColumnType.DATE)));

  private RowChange read(SinkRecord record) {
    return (RowChange) reader.read(record);
  }

  private static SinkRecord convert(SinkRecord record, boolean schemas) {
    SchemaAndValue key = convert(record.keySchema(), record.key(), true, schemas);
    SchemaAndValue value = convert(record.valueSchema(), record.value(), false, schemas);
    return new SinkRecord(
        record.topic(),
        record.kafkaPartition(),
        key.schema(),
        key.value(),
        value.schema(),
        value.value(),
        record.kafkaOffset());
  }

  private static SchemaAndValue convert(
      Schema schema, Object value, boolean isKey, boolean schemas) {
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(
          Map.of("schemas.enable", Boolean.toString(schemas), "replace.null.with.default", "false"),
          isKey);
      return converter.toConnectData("t", converter.fromConnectData("t", schema, value));
    }
  }

  private static Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", 1L);
    row.put("price", new BigDecimal("12.34"));
    row.put("note", null);
    row.put("blob", new byte[] {1, 2, 3});
    row.put("day", 19_000);
    return row;
  }

  @Test
  void schemasKeepEverythingAndDefaultsDoNotReplaceNulls() {
    RowChange change = read(convert(orders.insert(row()), true));
    assertThat(Wire.bare(codec.shape(change)).columns()).isEqualTo(layout.columns());
    assertThat(Wire.read(layout, codec.encode(change, layout).columns()))
        .isEqualTo(
            Map.of(
                "id",
                1L,
                "price",
                ByteString.copyFrom(new byte[] {0, 0x75, (byte) 0x85, (byte) 0xdf, 2}),
                "blob",
                ByteString.copyFrom(new byte[] {1, 2, 3}),
                "day",
                19_000));
  }

  @Test
  void withoutSchemasTheTableTellsTheTypes() {
    Changes plain =
        Changes.postgres("public", "orders")
            .key("id", Schema.INT64_SCHEMA)
            .column("price", Schema.FLOAT64_SCHEMA)
            .column("blob", Schema.OPTIONAL_BYTES_SCHEMA)
            .column("day", Schema.INT32_SCHEMA);
    Map<String, Object> row = row();
    row.put("price", 12.5);
    EncodedRow encoded = codec.encode(read(convert(plain.insert(row), false)), layout);
    assertThat(Wire.read(layout, encoded.columns()))
        .containsEntry("blob", ByteString.copyFrom(new byte[] {1, 2, 3}))
        .containsEntry("day", 19_000)
        .containsEntry("id", 1L);
    RowChange decimal = read(convert(orders.insert(row()), false));
    assertThatThrownBy(() -> codec.encode(decimal, layout))
        .isInstanceOfSatisfying(
            BadRecord.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_CONFLICT))
        .hasMessageContaining("price");
  }

  @Test
  void withoutSchemasAndTableTheValuesTellTheTypes() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("n", 5L);
    values.put("f", 1.5);
    values.put("s", "x");
    values.put("b", true);
    values.put("none", null);
    values.put("empty", List.of());
    values.put("tags", List.of("a", "b"));
    values.put("mixed", Arrays.asList("a", 1L));
    values.put("object", Map.of("k", List.of(1L)));
    Shape shape = codec.shape(read(new SinkRecord("t", 0, null, 9L, null, values, 0)));
    assertThat(Wire.bare(shape))
        .isEqualTo(
            new Shape(
                List.of(
                    Column.required("id", ColumnType.INT64),
                    Column.nullable("n", ColumnType.INT64),
                    Column.nullable("f", ColumnType.FLOAT64),
                    Column.nullable("s", ColumnType.STRING),
                    Column.nullable("b", ColumnType.BOOL),
                    Column.repeated("tags", ColumnType.STRING),
                    Column.nullable("mixed", ColumnType.JSON),
                    Column.nullable("object", ColumnType.JSON)),
                List.of("id")));
  }

  @Test
  void keysAreEqualWhateverTheOrderOfTheirFields() {
    RowLayout pair =
        RowLayout.of(
            List.of(),
            List.of(
                Column.required("a", ColumnType.STRING), Column.required("b", ColumnType.STRING)));
    Changes ab =
        Changes.postgres("s", "t").key("a", Schema.STRING_SCHEMA).key("b", Schema.STRING_SCHEMA);
    Changes ba =
        Changes.postgres("s", "t").key("b", Schema.STRING_SCHEMA).key("a", Schema.STRING_SCHEMA);
    byte[] first = codec.encode(read(ab.delete(Map.of("a", "x", "b", "yz"))), pair).key();
    assertThat(codec.encode(read(ba.delete(Map.of("a", "x", "b", "yz"))), pair).key())
        .isEqualTo(first);
    assertThat(codec.encode(read(ab.delete(Map.of("a", "xy", "b", "z"))), pair).key())
        .isNotEqualTo(first);
  }

  @Test
  void aKeyThatBigQueryCannotHaveIsRefused() {
    Changes floats = Changes.postgres("s", "t").key("a", Schema.FLOAT64_SCHEMA);
    RowChange change = read(floats.insert(Map.of("a", 1.5)));
    assertThatThrownBy(() -> codec.shape(change))
        .isInstanceOfSatisfying(
            BadRecord.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED));
  }

  @Test
  void aColumnThatTheTableLacksIsRefusedWhenItHasAValue() {
    orders.column("extra", Schema.OPTIONAL_INT32_SCHEMA);
    assertThat(codec.encode(read(orders.insert(row())), layout).columns()).isNotEmpty();
    Map<String, Object> row = row();
    row.put("extra", 1);
    RowChange change = read(orders.insert(row));
    assertThatThrownBy(() -> codec.encode(change, layout))
        .isInstanceOf(BadRecord.class)
        .hasMessageContaining("extra");
  }
}
