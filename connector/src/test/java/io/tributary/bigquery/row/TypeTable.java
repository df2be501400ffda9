package io.tributary.bigquery.row;

import static io.tributary.bigquery.row.Debezium.int32;
import static io.tributary.bigquery.row.Debezium.int64;
import static io.tributary.bigquery.row.Debezium.string;
import static io.tributary.bigquery.row.Debezium.text;
import static io.tributary.bigquery.row.Debezium.typed;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Every source type, mode by mode: how it arrives, a value that fits, and values that do not. */
final class TypeTable {
  private static final String DEFAULT = "";
  private static final String PROPAGATED = "`datatype.propagate.source.type`";
  private static final Schema BYTES = Schema.BYTES_SCHEMA;
  private static final Schema TEXT = Schema.STRING_SCHEMA;

  private TypeTable() {}

  /**
   * A row of the page.
   *
   * @param source the type as the database spells it
   * @param setting the source's settings under which it arrives so
   * @param sample a value that fits
   * @param unfit values that do not
   * @param note what else is to be said
   */
  record Entry(
      String source,
      String setting,
      Schema schema,
      Object sample,
      List<Object> unfit,
      String note) {
    Entry refuses(Object... values) {
      return new Entry(source, setting, schema, sample, Arrays.asList(values), note);
    }

    Entry note(String text) {
      return new Entry(source, setting, schema, sample, unfit, text);
    }
  }

  private static Entry row(String source, String setting, Schema schema, Object sample) {
    return new Entry(source, setting, schema, sample, List.of(), "");
  }

  private static Date date(long millis) {
    return Date.from(Instant.ofEpochMilli(millis));
  }

  private static Schema decimal(int precision, int scale) {
    return Decimal.builder(scale)
        .parameter("connect.decimal.precision", Integer.toString(precision))
        .build();
  }

  private static Schema numericText(String type) {
    return text(type)
        .parameter("__debezium.source.column.length", "10")
        .parameter("__debezium.source.column.scale", "2")
        .build();
  }

  private static Schema array(Schema item) {
    return SchemaBuilder.array(item).build();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Struct looseDecimal(String number) {
    BigDecimal decimal = new BigDecimal(number);
    return new Struct(FormsTest.LOOSE_DECIMAL)
        .put("scale", decimal.scale())
        .put("value", decimal.unscaledValue().toByteArray());
  }

  private static Struct shape(Schema schema, Integer srid) {
    return new Struct(schema)
        .put("wkb", HexFormat.of().parseHex("0101000000000000000000e03f000000000000f03f"))
        .put("srid", srid);
  }

  private static Struct planar(String type) {
    Schema schema = shapeOf(type);
    return new Struct(schema).put("wkb", HexFormat.of().parseHex("010200000000000000"));
  }

  private static Schema shapeOf(String type) {
    Schema geometry = Debezium.geometry("Geometry");
    SchemaBuilder schema =
        SchemaBuilder.struct()
            .name(geometry.name())
            .parameter("__debezium.source.column.type", type);
    geometry.fields().forEach(field -> schema.field(field.name(), field.schema()));
    return schema.build();
  }

  private static Entry structured(String source, String name, Map<String, Object> members) {
    Struct value = Debezium.structured(name, members);
    return row(source, "`time.precision.mode=structured`", value.schema(), value);
  }

  static List<Entry> postgres() {
    Schema unsized = text("NUMERIC").build();
    Schema date = int32("time.Date").build();
    Schema json = string("data.Json").build();
    Schema geometry = Debezium.geometry("Geometry");
    Schema geography = Debezium.geometry("Geography");
    Struct box = planar("BOX");
    Map<String, Object> day = Map.of("year", 2020, "month", 2, "day", 29);
    Struct infinite = Debezium.structured("Date", Map.of("specialValue", "POSITIVE_INFINITY"));
    Struct late = Debezium.structured("Timestamp", Map.of("year", 10_000, "month", 1, "day", 1));
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
            new BigDecimal("1.50")),
        row("char(n), varchar(n), text, citext, \"char\", name", DEFAULT, TEXT, "süß")
            .refuses("\ud800"),
        row("bytea", DEFAULT, BYTES, new byte[] {1}),
        row("bytea", "`binary.handling.mode=base64`, `base64-url-safe` or `hex`", TEXT, "AQ==")
            .note(
                "the text as it comes; BYTES with `source.binary.mode`, or the column's `encoding`"),
        row("date", "`time.precision.mode` of numbers", date, 0)
            .refuses(2_932_897, -735_160, 2_146_033_979, -2_147_472_691, -622_191_234, -625_821_272)
            .note("infinity and years before Christ are refused; a snapshot sends 44 BC as 44 AD"),
        row(
            "date",
            "`time.precision.mode=connect`",
            org.apache.kafka.connect.data.Date.SCHEMA,
            date(0)),
        row(
                "date",
                "`time.precision.mode=isostring`",
                string("time.IsoDate").build(),
                "2020-02-29Z")
            .refuses("+5877611-06-21Z"),
        structured("date", "Date", day).refuses(infinite),
        row("time(0..3)", "`time.precision.mode=adaptive`", int32("time.Time").build(), 1)
            .refuses(86_400_000),
        row(
                "time",
                "`adaptive`, `adaptive_time_microseconds`, `microseconds`",
                int64("time.MicroTime").build(),
                1L)
            .refuses(86_400_000_000L)
            .note("24:00:00 is beyond TIME; may be INTERVAL"),
        row("time", "`time.precision.mode=nanoseconds`", int64("time.NanoTime").build(), 1_000L)
            .refuses(86_400_000_000_000L, 1L),
        row("time", "`time.precision.mode=connect`", Time.SCHEMA, date(0))
            .refuses(date(86_400_000)),
        row(
            "time",
            "`time.precision.mode=isostring`",
            string("time.IsoTime").build(),
            "01:02:03.456789Z"),
        structured("time", "Time", Map.of("hour", 1)),
        row("timetz", DEFAULT, string("time.ZonedTime").build(), "19:32:03.4Z")
            .note("in UTC; the zone is lost"),
        structured("timetz", "ZonedTime", Map.of("hour", 1, "offsetSeconds", 3_600)).note("in UTC"),
        row(
                "timestamp(0..3)",
                "`time.precision.mode=adaptive`",
                int64("time.Timestamp").build(),
                1L)
            .refuses(9_223_372_036_825_200_000L, -9_223_372_036_832_400_000L),
        row(
                "timestamp",
                "`adaptive`, `adaptive_time_microseconds`, `microseconds`",
                int64("time.MicroTimestamp").build(),
                1L)
            .refuses(Long.MAX_VALUE, Long.MIN_VALUE, 253_402_300_800_000_000L),
        row(
                "timestamp",
                "`time.precision.mode=nanoseconds`",
                int64("time.NanoTimestamp").build(),
                1_000L)
            .refuses(Long.MAX_VALUE, 1L)
            .note("years outside 1677 to 2262 arrive as NULL"),
        row(
                "timestamp",
                "`time.precision.mode=connect`, " + PROPAGATED,
                typed(Timestamp.builder(), "TIMESTAMP"),
                date(0))
            .refuses(date(Long.MAX_VALUE))
            .note("microseconds are lost at the source"),
        row("timestamp", "`time.precision.mode=connect`", Timestamp.SCHEMA, date(0))
            .refuses(date(Long.MAX_VALUE))
            .note("microseconds are lost at the source; may be DATETIME"),
        row(
                "timestamp",
                "`time.precision.mode=isostring`",
                string("time.IsoTimestamp").build(),
                "2020-02-29T01:02:03Z")
            .refuses("+292278994-08-16T23:00:00Z"),
        structured("timestamp", "Timestamp", day).refuses(late),
        row(
                "timestamptz",
                DEFAULT,
                string("time.ZonedTimestamp").build(),
                "2020-02-29T10:00:00.000001Z")
            .refuses(
                "infinity", "-infinity", "-0043-03-15T00:00:00.000000Z", "+99999-12-31T00:00:00Z"),
        structured("timestamptz", "ZonedTimestamp", day),
        row(
                "interval",
                "`interval.handling.mode=string`",
                string("time.Interval").build(),
                "P1Y2M3DT4H5M6.78S")
            .refuses("P10001Y0M0DT0H0M0S"),
        row("interval", "`interval.handling.mode=numeric`", int64("time.MicroDuration").build(), 1L)
            .refuses(Long.MAX_VALUE)
            .note(
                "the exact microseconds as hours, minutes and seconds; months and days are lost at the source"),
        structured("interval", "Duration", Map.of("years", 1)),
        row("uuid", DEFAULT, string("data.Uuid").build(), "b68a35a7-17ad-35b3-af2a-ae46edb4545a"),
        row("json, jsonb", DEFAULT, json, "{\"a\":1}")
            .refuses("{\"a\":1,\"a\":2}", "1e400", "[0.12345678901234567891]", "{")
            .note(
                "members named twice, numbers that would lose digits and more than 500 levels are refused"),
        row("xml", DEFAULT, string("data.Xml").build(), "<a/>"),
        row("bit(n), bit varying(n)", DEFAULT, Debezium.bits(10), new byte[] {5, 1})
            .note(
                "the last bits first; may be STRING of 0 and 1, or INT64 up to 63 bits; varbit loses leading zeros at the source"),
        row("inet, cidr, macaddr, macaddr8", DEFAULT, TEXT, "10.0.0.1/24"),
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
            .note("absent without `include.unknown.datatypes`"),
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
        row("tsvector", DEFAULT, string("data.Tsvector").build(), "'a':1"),
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
            .refuses(shape(geography, 3857)),
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

  static List<Entry> mysql() {
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

  static List<Entry> connect() {
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
}
