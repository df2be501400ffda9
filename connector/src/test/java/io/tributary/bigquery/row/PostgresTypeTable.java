package io.tributary.bigquery.row;

import static io.tributary.bigquery.row.Debezium.decimal;
import static io.tributary.bigquery.row.Debezium.numericText;
import static io.tributary.bigquery.row.Debezium.planar;
import static io.tributary.bigquery.row.Debezium.shape;
import static io.tributary.bigquery.row.Debezium.string;
import static io.tributary.bigquery.row.Debezium.text;
import static io.tributary.bigquery.row.TypeEntry.DEFAULT;
import static io.tributary.bigquery.row.TypeEntry.PROPAGATED;
import static io.tributary.bigquery.row.TypeEntry.row;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** PostgreSQL's types, mode by mode; those of times have a table of their own. */
final class PostgresTypeTable {
  private static final Schema BYTES = Schema.BYTES_SCHEMA;
  private static final Schema TEXT = Schema.STRING_SCHEMA;

  private PostgresTypeTable() {}

  static List<TypeEntry> entries() {
    return Stream.of(
            numbers(),
            texts(),
            PostgresTimeTable.entries(),
            documentsAndAddresses(),
            ranges(),
            named(),
            shapes(),
            arrays())
        .flatMap(List::stream)
        .toList();
  }

  private static List<TypeEntry> numbers() {
    Schema unsized = text("NUMERIC").build();
    return List.of(
        row("boolean, bit(1), varbit(1)", DEFAULT, Schema.BOOLEAN_SCHEMA, true),
        row("smallint, smallserial", DEFAULT, Schema.INT16_SCHEMA, (short) 1),
        row("integer, serial", DEFAULT, Schema.INT32_SCHEMA, 1),
        row("bigint, bigserial, oid", DEFAULT, Schema.INT64_SCHEMA, 1L),
        row("real", DEFAULT, Schema.FLOAT32_SCHEMA, Float.NaN),
        row("double precision", DEFAULT, Schema.FLOAT64_SCHEMA, Double.NEGATIVE_INFINITY),
        row("numeric(p,s)", "p - s ≤ 29, s ≤ 9", decimal(10, 2), new BigDecimal("1.50"))
            .note("NaN arrives as NULL"),
        row("numeric(p,s)", "larger", decimal(50, 20), new BigDecimal("1.50"))
            .refuses(new BigDecimal("1e39"), new BigDecimal("1e-39")),
        row("numeric(p,-s)", DEFAULT, decimal(5, 2046), new BigDecimal("12300"))
            .refuses(new BigDecimal("1e39")),
        row("numeric", DEFAULT, FormsTest.LOOSE_DECIMAL, looseDecimal("1.5"))
            .refuses(looseDecimal("1e39"), looseDecimal("1e-39"))
            .note("NaN and infinity arrive as NULL"),
        row(
                "numeric(p,s)",
                "`decimal.handling.mode=string`, " + PROPAGATED,
                numericText("NUMERIC"),
                "1.50")
            .refuses("POSITIVE_INFINITY", "NAN"),
        row("numeric", "`decimal.handling.mode=string`, " + PROPAGATED, unsized, "1.50")
            .refuses("1e39", "1e-39", "NAN"),
        row("numeric, money", "`decimal.handling.mode=string`", TEXT, "1.50")
            .note("may be given a decimal type"),
        row("numeric, money", "`decimal.handling.mode=double`", Schema.FLOAT64_SCHEMA, Double.NaN)
            .note("digits are lost at the source"),
        row("money", DEFAULT, Decimal.schema(2), new BigDecimal("1.50")),
        row(
            "money",
            PROPAGATED,
            Decimal.builder(2).parameter("__debezium.source.column.type", "MONEY").build(),
            new BigDecimal("1.50")));
  }

  private static Struct looseDecimal(String number) {
    BigDecimal decimal = new BigDecimal(number);
    return new Struct(FormsTest.LOOSE_DECIMAL)
        .put("scale", decimal.scale())
        .put("value", decimal.unscaledValue().toByteArray());
  }

  private static List<TypeEntry> texts() {
    return List.of(
        row("char(n), varchar(n), text, citext, \"char\", name", DEFAULT, TEXT, "süß")
            .refuses("\ud800"),
        row("bytea", DEFAULT, BYTES, new byte[] {1}),
        row("bytea", "`binary.handling.mode=base64`, `base64-url-safe` or `hex`", TEXT, "AQ==")
            .note(
                "the text as it comes; BYTES with `source.binary.mode`, or the column's `encoding`"));
  }

  private static List<TypeEntry> documentsAndAddresses() {
    Schema json = string("data.Json").build();
    return List.of(
        row("uuid", DEFAULT, string("data.Uuid").build(), "b68a35a7-17ad-35b3-af2a-ae46edb4545a"),
        row("json, jsonb", DEFAULT, json, "{\"a\":1}")
            .refuses("{\"a\":1,\"a\":2}", "1e400", "[0.12345678901234567891]", "{")
            .note(
                "members named twice, numbers that would lose digits and more than 500 levels are refused"),
        row("xml", DEFAULT, string("data.Xml").build(), "<a/>"),
        row("bit(n), bit varying(n)", DEFAULT, Debezium.bits(10), new byte[] {5, 1})
            .note(
                "the last bits first; may be STRING of 0 and 1, or INT64 up to 63 bits; varbit loses leading zeros at the source"),
        row("inet, cidr, macaddr, macaddr8", DEFAULT, TEXT, "10.0.0.1/24"));
  }

  private static List<TypeEntry> ranges() {
    return List.of(
        row("int4range", PROPAGATED, text("INT4RANGE").build(), "[1,5)"),
        row("int8range", PROPAGATED, text("INT8RANGE").build(), "[1,5)"),
        row("numrange", PROPAGATED, text("NUMRANGE").build(), "[1.5,5)")
            .refuses("[1e-39,5)", "[1,infinity)"),
        row("daterange", PROPAGATED, text("DATERANGE").build(), "[2020-01-01,2020-02-01)")
            .refuses("empty", "[2020-01-01,10000-01-01)")
            .note("an infinite end is none"),
        row("tsrange", PROPAGATED, text("TSRANGE").build(), "[\"2020-01-01 00:00:00\",)")
            .refuses("empty")
            .note("an end on the other side is moved by one microsecond"),
        row("tstzrange", PROPAGATED, text("TSTZRANGE").build(), "[\"2020-01-01 00:00:00+00\",)")
            .refuses("empty")
            .note("an end on the other side is moved by one microsecond"),
        row("int4range, int8range, numrange, daterange, tsrange, tstzrange", DEFAULT, TEXT, "[1,5)")
            .note("those of dates and times may be given a RANGE type"),
        row(
                "int4multirange, int8multirange, nummultirange, datemultirange, tsmultirange, tstzmultirange, tsquery, pg_lsn, regclass, txid_snapshot",
                "`include.unknown.datatypes`, " + PROPAGATED,
                SchemaBuilder.bytes()
                    .parameter("__debezium.source.column.type", "INT4MULTIRANGE")
                    .build(),
                utf8("{[1,2)}"))
            .note("absent without `include.unknown.datatypes`"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<TypeEntry> named() {
    Schema json = string("data.Json").build();
    return List.of(
        row("composite types", "`include.unknown.datatypes`", BYTES, utf8("(1,a)"))
            .note("absent without `include.unknown.datatypes`; the bytes of the text"),
        row("domain", DEFAULT, TEXT, "x").note("as its base type"),
        row("enum", DEFAULT, string("data.Enum").build(), "red"),
        row("hstore", "`hstore.handling.mode=json`", json, "{\"a\":\"1\"}")
            .note("may be ARRAY<STRUCT<key STRING, value STRING>>"),
        row(
                "hstore",
                "`hstore.handling.mode=map`",
                SchemaBuilder.map(TEXT, Schema.OPTIONAL_STRING_SCHEMA).build(),
                Map.of("a", "1"))
            .note("may be ARRAY<STRUCT<key STRING, value STRING>>"),
        row("ltree", DEFAULT, string("data.Ltree").build(), "a.b"),
        row("tsvector", DEFAULT, string("data.Tsvector").build(), "'a':1"));
  }

  private static List<TypeEntry> shapes() {
    Schema geometry = Debezium.geometry("Geometry");
    Schema geography = Debezium.geometry("Geography");
    Struct box = planar("BOX");
    return List.of(
        row(
                "point",
                DEFAULT,
                Debezium.POINT,
                new Struct(Debezium.POINT).put("x", 1.0).put("y", 2.0))
            .note("may be GEOGRAPHY"),
        row("box, lseg, path, polygon", PROPAGATED, box.schema(), box).note("may be GEOGRAPHY"),
        row(
            "circle, line",
            DEFAULT,
            SchemaBuilder.struct()
                .field("center", Debezium.POINT)
                .field("radius", Schema.FLOAT64_SCHEMA)
                .build(),
            circle()),
        row("geometry", DEFAULT, geometry, shape(geometry, 4326))
            .refuses(shape(geometry, 3857))
            .note(
                "SRID 4326 or none; another SRID, a third coordinate, curves and what is no longitude and latitude are refused; so are PostgreSQL's box, lseg, path and polygon where the source does not tell their type"),
        row("geography", DEFAULT, geography, shape(geography, 4326))
            .refuses(shape(geography, 3857)));
  }

  private static Struct circle() {
    Schema schema =
        SchemaBuilder.struct()
            .field("center", Debezium.POINT)
            .field("radius", Schema.FLOAT64_SCHEMA)
            .build();
    return new Struct(schema)
        .put("center", new Struct(Debezium.POINT).put("x", 1.0).put("y", 2.0))
        .put("radius", 3.0);
  }

  private static List<TypeEntry> arrays() {
    return List.of(
        row(
            "vector",
            DEFAULT,
            SchemaBuilder.array(Schema.FLOAT64_SCHEMA)
                .name("io.debezium.data.DoubleVector")
                .build(),
            List.of(1.0)),
        row(
            "halfvec",
            DEFAULT,
            SchemaBuilder.array(Schema.FLOAT32_SCHEMA).name("io.debezium.data.FloatVector").build(),
            List.of(1f)),
        row(
            "sparsevec",
            DEFAULT,
            Debezium.SPARSE,
            new Struct(Debezium.SPARSE)
                .put("dimensions", (short) 5)
                .put("vector", Map.of((short) 1, 1.5))),
        row(
            "vector[] and halfvec[]",
            DEFAULT,
            array(
                SchemaBuilder.array(Schema.FLOAT64_SCHEMA)
                    .name("io.debezium.data.DoubleVector")
                    .optional()
                    .build()),
            List.of(List.of(1.0))),
        row("integer[] and other arrays", DEFAULT, array(Schema.OPTIONAL_INT32_SCHEMA), List.of(1))
            .refuses(Arrays.asList(1, null), Arrays.asList(null, null))
            .note(
                "items as their type has it; NULL items are refused, and so are arrays of two dimensions, which arrive as NULL items"),
        row(
            "daterange[] and arrays of other ranges",
            PROPAGATED,
            SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
                .parameter("__debezium.source.column.type", "_DATERANGE")
                .build(),
            List.of("[2020-01-01,)")));
  }

  private static Schema array(Schema item) {
    return SchemaBuilder.array(item).build();
  }
}
