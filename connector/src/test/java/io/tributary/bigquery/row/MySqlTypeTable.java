package io.tributary.bigquery.row;

import static io.tributary.bigquery.row.Debezium.decimal;
import static io.tributary.bigquery.row.Debezium.int32;
import static io.tributary.bigquery.row.Debezium.int64;
import static io.tributary.bigquery.row.Debezium.numericText;
import static io.tributary.bigquery.row.Debezium.planar;
import static io.tributary.bigquery.row.Debezium.shape;
import static io.tributary.bigquery.row.Debezium.shapeOf;
import static io.tributary.bigquery.row.Debezium.string;
import static io.tributary.bigquery.row.Debezium.typed;
import static io.tributary.bigquery.row.TypeEntry.DEFAULT;
import static io.tributary.bigquery.row.TypeEntry.PROPAGATED;
import static io.tributary.bigquery.row.TypeEntry.row;
import static io.tributary.bigquery.row.TypeEntry.structured;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** MySQL's and MariaDB's types, mode by mode. */
final class MySqlTypeTable {
  private static final Schema BYTES = Schema.BYTES_SCHEMA;
  private static final Schema TEXT = Schema.STRING_SCHEMA;

  private MySqlTypeTable() {}

  static List<TypeEntry> entries() {
    Schema unsigned =
        SchemaBuilder.int64().parameter("__debezium.source.column.type", "BIGINT UNSIGNED").build();
    Schema geometry = Debezium.geometry("Geometry");
    return List.of(
        row(
                "boolean, tinyint(1)",
                "streamed after DDL, or TinyIntOneToBooleanConverter",
                Schema.BOOLEAN_SCHEMA,
                true)
            .note("INT64 takes it as 0 or 1"),
        row("tinyint", DEFAULT, Schema.INT8_SCHEMA, (byte) 1),
        row("tinyint unsigned, smallint", DEFAULT, Schema.INT16_SCHEMA, (short) 1),
        row(
            "smallint unsigned, mediumint, mediumint unsigned, int",
            DEFAULT,
            Schema.INT32_SCHEMA,
            1),
        row("int unsigned, bigint", DEFAULT, Schema.INT64_SCHEMA, 1L),
        row(
            "bigint unsigned",
            "`bigint.unsigned.handling.mode=precise`",
            decimal(20, 0),
            new BigDecimal("18446744073709551615")),
        row("bigint unsigned", "`bigint.unsigned.handling.mode=long`, " + PROPAGATED, unsigned, 1L)
            .refuses(-1L)
            .note("may be NUMERIC, which gets the true number"),
        row("bigint unsigned", "`bigint.unsigned.handling.mode=long`", Schema.INT64_SCHEMA, 1L)
            .note("numbers above 2^63-1 arrive, and are stored, below zero"),
        row("float", DEFAULT, Schema.FLOAT32_SCHEMA, 1f),
        row("double", DEFAULT, Schema.FLOAT64_SCHEMA, 1.0),
        row("decimal(p,s)", "p - s ≤ 29, s ≤ 9", decimal(10, 2), new BigDecimal("1.50")),
        row("decimal(p,s)", "larger", decimal(65, 30), new BigDecimal("1.50"))
            .refuses(new BigDecimal("1e39")),
        row(
            "decimal(p,s)",
            "`decimal.handling.mode=string`, " + PROPAGATED,
            numericText("DECIMAL"),
            "1.50"),
        row("decimal(p,s)", "`decimal.handling.mode=double`", Schema.FLOAT64_SCHEMA, 1.5)
            .note("digits are lost at the source"),
        row("bit(1)", DEFAULT, Schema.BOOLEAN_SCHEMA, true),
        row("bit(n)", DEFAULT, Debezium.bits(10), new byte[] {5, 1})
            .note("may be STRING of 0 and 1, or INT64 up to 63 bits"),
        row("char, varchar, tinytext, text, mediumtext, longtext", DEFAULT, TEXT, "x"),
        row(
            "binary, varbinary, tinyblob, blob, mediumblob, longblob",
            DEFAULT,
            BYTES,
            new byte[] {1}),
        row(
                "binary, varbinary, blob",
                "`binary.handling.mode=base64`, `base64-url-safe` or `hex`",
                TEXT,
                "AQ==")
            .note(
                "the text as it comes; BYTES with `source.binary.mode`, or the column's `encoding`"),
        row("date", DEFAULT, int32("time.Date").build(), 0)
            .note("zero dates arrive as NULL, or as 1970-01-01 in a NOT NULL column"),
        row("time", DEFAULT, int64("time.MicroTime").build(), 1L)
            .refuses(-1_000_000L, 3_020_399_000_000L)
            .note("838:59:59 is beyond TIME; may be INTERVAL or STRING"),
        row("time", "`time.precision.mode=isostring`", string("time.IsoTime").build(), "01:02:03Z"),
        structured("time", "Duration", Map.of("hours", 838)),
        row("datetime(0..3)", DEFAULT, int64("time.Timestamp").build(), 1L),
        row("datetime(4..6)", DEFAULT, int64("time.MicroTimestamp").build(), 1L),
        row(
                "datetime",
                "`time.precision.mode=connect`, " + PROPAGATED,
                typed(Timestamp.builder(), "DATETIME"),
                date(0))
            .note("microseconds are lost at the source"),
        structured("datetime", "Timestamp", Map.of("year", 2020, "month", 2, "day", 29))
            .refuses(Debezium.structured("Timestamp", Map.of("year", 0, "month", 0, "day", 0)))
            .note("zero dates are refused"),
        row("timestamp", DEFAULT, string("time.ZonedTimestamp").build(), "2020-02-29T10:00:00Z"),
        row("year", DEFAULT, int32("time.Year").build(), 1999),
        row("enum", DEFAULT, string("data.Enum").build(), "red"),
        row("set", DEFAULT, string("data.EnumSet").build(), "a,b").note("may be ARRAY<STRING>"),
        row("json", DEFAULT, string("data.Json").build(), "{}").refuses("{\"a\":1,\"a\":2}"),
        row(
                "point",
                DEFAULT,
                Debezium.POINT,
                new Struct(Debezium.POINT).put("x", 1.0).put("y", 2.0))
            .note("may be GEOGRAPHY"),
        row(
                "geometry, linestring, multipoint, multilinestring, multipolygon, geometrycollection",
                DEFAULT,
                geometry,
                shape(geometry, 0))
            .refuses(shape(geometry, 3857))
            .note("SRID 4326, 0 or none"),
        row("polygon", PROPAGATED, shapeOf("POLYGON"), planar("POLYGON")).note("may be GEOGRAPHY"),
        row(
            "vector",
            DEFAULT,
            SchemaBuilder.array(Schema.FLOAT32_SCHEMA).name("io.debezium.data.FloatVector").build(),
            List.of(1f)));
  }

  private static Date date(long millis) {
    return Date.from(Instant.ofEpochMilli(millis));
  }
}
