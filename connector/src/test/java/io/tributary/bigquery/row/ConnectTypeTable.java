package io.tributary.bigquery.row;

import static io.tributary.bigquery.row.Debezium.decimal;
import static io.tributary.bigquery.row.TypeEntry.DEFAULT;
import static io.tributary.bigquery.row.TypeEntry.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** The types of Kafka Connect, whatever the source. */
final class ConnectTypeTable {
  private static final Schema BYTES = Schema.BYTES_SCHEMA;
  private static final Schema TEXT = Schema.STRING_SCHEMA;

  private ConnectTypeTable() {}

  static List<TypeEntry> entries() {
    Schema inner = SchemaBuilder.struct().field("a", Schema.INT32_SCHEMA).build();
    Struct struct = new Struct(inner).put("a", 1);
    return List.of(
        row("boolean", DEFAULT, Schema.BOOLEAN_SCHEMA, true),
        row("int8, int16, int32, int64", DEFAULT, Schema.INT64_SCHEMA, 1L),
        row("float32, float64", DEFAULT, Schema.FLOAT64_SCHEMA, 1.0),
        row("string", DEFAULT, TEXT, "x").refuses("\ud800"),
        row("bytes", DEFAULT, BYTES, new byte[] {1}),
        row(
            "Decimal",
            "precision known, p - s ≤ 29, s ≤ 9",
            decimal(10, 2),
            new BigDecimal("1.50")),
        row("Decimal", DEFAULT, Decimal.schema(2), new BigDecimal("1.50"))
            .refuses(new BigDecimal("1e39")),
        row("Date", DEFAULT, org.apache.kafka.connect.data.Date.SCHEMA, date(0)),
        row("Time", DEFAULT, Time.SCHEMA, date(0)).refuses(date(86_400_000)),
        row("Timestamp", DEFAULT, Timestamp.SCHEMA, date(0)).refuses(date(Long.MAX_VALUE)),
        row("struct", DEFAULT, inner, struct)
            .note(
                "without fields, with names that differ in case only, or more than 15 deep: JSON"),
        row("array", DEFAULT, array(inner), List.of(struct)).refuses(Arrays.asList(struct, null)),
        row("array of arrays", DEFAULT, array(array(Schema.INT32_SCHEMA)), List.of(List.of(1))),
        row(
                "map",
                DEFAULT,
                SchemaBuilder.map(TEXT, Schema.FLOAT64_SCHEMA).build(),
                Map.of("a", 1.0))
            .refuses(Map.of("a", Double.NaN))
            .note("may be ARRAY<STRUCT<key STRING, value FLOAT64>>"));
  }

  private static Date date(long millis) {
    return Date.from(Instant.ofEpochMilli(millis));
  }

  private static Schema array(Schema item) {
    return SchemaBuilder.array(item).build();
  }
}
