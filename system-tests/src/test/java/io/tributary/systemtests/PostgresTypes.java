package io.tributary.systemtests;

import static io.tributary.systemtests.Loss.ALWAYS;
import static io.tributary.systemtests.Loss.DECIMALS;
import static io.tributary.systemtests.Loss.MICROSECONDS;
import static io.tributary.systemtests.Loss.MICROSECONDS_AND_CENTURIES;
import static io.tributary.systemtests.Loss.MONTHS;
import static io.tributary.systemtests.Loss.TEXT_OF_BYTES;
import static io.tributary.systemtests.SourceType.type;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every type of PostgreSQL that Debezium sends, but for those of PostGIS and pgvector, which are
 * {@link ExtensionTypes}.
 */
final class PostgresTypes {
  /** Types that the other ones need; run once. */
  static final String PREPARATION =
      """
      CREATE EXTENSION IF NOT EXISTS hstore;
      CREATE EXTENSION IF NOT EXISTS citext;
      CREATE EXTENSION IF NOT EXISTS ltree;
      CREATE TYPE mood AS ENUM ('sad', 'ok, so so', 'happy');
      CREATE TYPE address AS (street text, number int);
      CREATE DOMAIN age AS int CHECK (VALUE >= 0);
      CREATE DOMAIN price AS numeric(12, 2);
      CREATE DOMAIN label AS varchar(20);
      """;

  private static final String BASE64 = "replace(encode(%s, 'base64'), E'\\n', '')";
  private static final String DATE = "%s::text";
  private static final String CLOCK = "to_char(%s, 'HH24:MI:SS.US')";
  private static final String UTC_CLOCK = "to_char((%s AT TIME ZONE 'UTC')::time, 'HH24:MI:SS.US')";
  private static final String CIVIL = "to_char(%s, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')";
  private static final String MICROS = "trim_scale(extract(epoch FROM %s) * 1000000)::text";
  private static final String INTERVAL =
      "extract(year FROM %1$s) * 12 + extract(month FROM %1$s) || ' months '"
          + " || extract(day FROM %1$s) || ' days '"
          + " || trim_scale(extract(hour FROM %1$s) * 3600000000 + extract(minute FROM %1$s)"
          + " * 60000000 + extract(microseconds FROM %1$s)) || ' micros'";

  private static final String[] ODD_TEXTS = {
    "__debezium_unavailable_value_",
    "_debezium_unavailable_value",
    "{\"__debezium_unavailable_value\": \"1\"}",
    "NULL",
    "null",
    "NaN",
    "2020-02-29",
    "1e400",
    " lead and trail ",
    "line\nfeed\ttab \"quoted\" 'single' \\back\\ {brace}",
    "\u0001\u001f\u007f",
    "e\u0301 \u00e9 \u6f22\u5b57 \ud83e\udd86 \ufffd \ufeff \u202e"
  };

  private PostgresTypes() {}

  static List<SourceType> all() {
    return Stream.of(numbers(), decimals(), texts(), bits(), times(), instants(), structured())
        .flatMap(List::stream)
        .toList();
  }

  private static List<SourceType> numbers() {
    return List.of(
        type("boolean").typical("true", "false"),
        type("smallint").typical("7", "-7").least("-32768").most("32767").zero("0"),
        type("integer").typical("7", "-7").least("-2147483648").most("2147483647").zero("0"),
        type("bigint")
            .typical("9007199254740993", "-7")
            .least("-9223372036854775808")
            .most("9223372036854775807")
            .zero("0"),
        type("smallserial").typical("3").withoutArrays(),
        type("serial").typical("3").withoutArrays(),
        type("bigserial").typical("3").withoutArrays(),
        type("oid").typical("16384").most("4294967295").zero("0"),
        type("real")
            .typical("1.1", "-2.5e-5")
            .least("-3.4028235e38")
            .most("3.4028235e38")
            .zero("0")
            .special("NaN", "Infinity", "-Infinity", "-0", "1e-45", "16777217")
            .written("%s::float8::text"),
        type("double precision")
            .typical("1.1", "-2.5e-5")
            .least("-1.7976931348623157e308")
            .most("1.7976931348623157e308")
            .zero("0")
            .special("NaN", "Infinity", "-Infinity", "-0", "5e-324", "9007199254740993", "0.1"));
  }

  private static List<SourceType> decimals() {
    String[] none = {"NaN"};
    return List.of(
        type("numeric(p,s)", "numeric(10,2)")
            .typical("123.45", "-1.50")
            .least("-99999999.99")
            .most("99999999.99")
            .zero("0.00")
            .special(none)
            .losing(DECIMALS),
        type("numeric(p,s)", "numeric(38,9)")
            .typical("12345678901234567890123456789.123456789", "1.100000000")
            .least("-99999999999999999999999999999.999999999")
            .most("99999999999999999999999999999.999999999")
            .zero("0")
            .special(none)
            .losing(DECIMALS),
        type("numeric(p,s)", "numeric(50,20)")
            .typical("123456789012345678901234567890.12345678901234567890")
            .least("-999999999999999999999999999999.99999999999999999999")
            .most("999999999999999999999999999999.99999999999999999999")
            .zero("0")
            .special(none)
            .losing(DECIMALS),
        type("numeric(p,s)", "numeric(90,45)")
            .typical("1.5")
            .zero("0")
            .special(
                "0.000000000000000000000000000000000000000000001",
                "578960446186580977117854925043439539267",
                "-578960446186580977117854925043439539267",
                "1.00000000000000000000000000000000000000",
                "NaN")
            .losing(DECIMALS),
        type("numeric(p,-s)", "numeric(5,-2)")
            .typical("12300", "-100")
            .least("-9999900")
            .most("9999900")
            .zero("0")
            .losing(DECIMALS),
        type("numeric")
            .typical("1234.5", "-0.001", "1.500000000000")
            .least("-99999999999999999999999999999999999999")
            .most("99999999999999999999999999999999999999.99999999999999999999999999999999999999")
            .zero("0")
            .special(
                "NaN",
                "Infinity",
                "-Infinity",
                "1.50000000000000000000000000000000000000000000000000",
                "0.000000000000000000000000000000000000001",
                "578960446186580977117854925043439539266.34992332820282019728792003956564819967",
                "578960446186580977117854925043439539266.34992332820282019728792003956564819968",
                "-578960446186580977117854925043439539266.34992332820282019728792003956564819968",
                "1e300",
                "-1e1000",
                "1e-1000")
            .losing(DECIMALS),
        type("money")
            .typical("12.34", "-0.99")
            .least("-92233720368547758.08")
            .most("92233720368547758.07")
            .zero("0")
            .written("%s::numeric::text")
            .losing(DECIMALS)
            .withoutArrays());
  }

  private static List<SourceType> texts() {
    return List.of(
        type("char(n)", "char(5)").typical("ab", "abcde").empty("").written("rpad(%s::text, 5)"),
        type("varchar(n)", "varchar(200)").typical("word").empty("").special("NULL"),
        type("text").typical("word", "two words").empty("").special(ODD_TEXTS),
        type("citext").typical("Word").empty("").special("NULL", "\u00c4\u00d6\u00dc"),
        type("\"char\"").typical("a").special("\\377"),
        type("name").typical("word").losing(ALWAYS).withoutArrays(),
        type("uuid")
            .typical("123e4567-e89b-12d3-a456-426614174000")
            .least("00000000-0000-0000-0000-000000000000")
            .most("ffffffff-ffff-ffff-ffff-ffffffffffff"),
        type("xml").typical("<a b=\"1\">x</a>").special("<a><!-- \u6f22 --></a>").withoutArrays(),
        type("json").typical("{\"a\": 1, \"b\": [true, null]}").empty("{}", "[]").special(JSON),
        type("jsonb").typical("{\"a\": 1, \"b\": [true, null]}").empty("{}", "[]").special(JSON),
        type("tsvector").typical("'fat':2 'rat':3").empty(""),
        type("ltree").typical("Top.Science.Astronomy").empty(""),
        type("hstore")
            .typical("\"a\"=>\"1\", \"b\"=>NULL", "\"k\"=>\"\u6f22\"")
            .empty("")
            .special("\"__debezium_unavailable_value\"=>\"x\"", "\"\"=>\"\"", "\"a b\"=>\"\\\"\"")
            .losing(ALWAYS),
        type("enum", "mood").typical("happy", "ok, so so"),
        type("inet")
            .typical("10.0.0.1/24", "10.0.0.1")
            .special("2001:db8::1/64", "::ffff:1.2.3.4", "0.0.0.0/0")
            .losing(ALWAYS),
        type("cidr").typical("10.0.0.0/24").special("2001:db8::/32").losing(ALWAYS),
        type("macaddr").typical("08:00:2b:01:02:03"),
        type("macaddr8").typical("08:00:2b:01:02:03:04:05"));
  }

  private static final String[] JSON = {
    "null",
    "\"text\"",
    "\"\"",
    "1",
    "-0.0",
    "1.10",
    "0.1",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "12345678901234567890.123456789",
    "1e308",
    "1e400",
    "{\"b\": 1, \"a\": {\"d\": 1, \"c\": [2, {}]}}",
    "{\"k\u00e9\": \"\u6f22\ud83e\udd86\", \"\": 0, \"a.b\": 1}"
  };

  private static List<SourceType> bits() {
    return List.of(
        type("bit(1)").typical("1", "0").written("(%s::int = 1)::text"),
        type("varbit(1)", "bit varying(1)").typical("1").losing(ALWAYS).withoutArrays(),
        type("bit(n)", "bit(8)").typical("10110001", "00000001").zero("00000000").losing(ALWAYS),
        type("bit(n)", "bit(70)")
            .typical("1" + "01".repeat(34) + "1")
            .zero("0".repeat(70))
            .losing(ALWAYS),
        type("bit varying(n)", "bit varying(16)")
            .typical("101", "0000000011111111")
            .zero("000")
            .empty("")
            .losing(ALWAYS)
            .withoutArrays(),
        type("bit varying(n)", "bit varying")
            .typical("101")
            .empty("")
            .losing(ALWAYS)
            .withoutArrays(),
        type("bytea")
            .typical("\\x00ff10", "\\x616263")
            .zero("\\x00")
            .empty("\\x")
            .special("\\x" + "ab".repeat(100), "\\x5f5f646562657a69756d", "\\xc328")
            .written(BASE64)
            .losing(TEXT_OF_BYTES));
  }

  private static List<SourceType> times() {
    String[] clocks = {"24:00:00"};
    return List.of(
        type("date")
            .typical("2020-02-29", "1969-12-31")
            .least("0001-01-01")
            .most("9999-12-31")
            .zero("1970-01-01")
            .special("infinity", "-infinity", "0044-03-15 BC", "0001-12-31 BC", "10000-01-01")
            .special("5874897-12-31", "1582-10-10", "1500-02-28")
            .written(DATE),
        type("time(0..3)", "time(3)")
            .typical("01:02:03.456", "12:00:00")
            .zero("00:00:00")
            .most("23:59:59.999")
            .special(clocks)
            .written(CLOCK),
        type("time")
            .typical("01:02:03.456789", "12:00:00")
            .zero("00:00:00")
            .most("23:59:59.999999")
            .special(clocks)
            .written(CLOCK)
            .losing(MICROSECONDS),
        type("timetz")
            .typical("01:02:03.456789+00", "12:00:00+05:30")
            .zero("00:00:00+00")
            .most("23:59:59.999999+00")
            .special("24:00:00+00", "23:59:59.999999-15:59", "00:00:00+15:59", "24:00:00-08")
            .written(UTC_CLOCK),
        type("interval")
            .typical("1 year 2 months 3 days 04:05:06.78", "-1 days +02:00:00")
            .zero("0")
            .special("-1 year -2 months -3 days -04:05:06.000001", "1 microsecond", "100:00:00")
            .special("-178000000 years", "178000000 years", "9999 years 11 months", "10001 years")
            .special("3660001 days", "87840001:00:00", "infinity", "-infinity")
            .written(INTERVAL)
            .losing(MONTHS)
            .withoutArrays());
  }

  private static final String[] ENDS = {
    "infinity",
    "-infinity",
    "0044-03-15 12:00:00 BC",
    "4713-01-01 00:00:00 BC",
    "0001-12-31 23:59:59.999999 BC",
    "10000-01-01 00:00:00",
    "99999-12-31 00:00:00",
    "294276-12-31 23:59:59.999999"
  };

  private static List<SourceType> instants() {
    return List.of(
        type("timestamp(0..3)", "timestamp(3)")
            .typical("2020-02-29 12:34:56.789", "1969-12-31 23:59:59.999")
            .least("0001-01-01 00:00:00")
            .most("9999-12-31 23:59:59.999")
            .zero("1970-01-01 00:00:00")
            .special(ENDS)
            .written(CIVIL)
            .losing(MICROSECONDS_AND_CENTURIES),
        type("timestamp")
            .typical("2020-02-29 12:34:56.789123", "1969-12-31 23:59:59.999999")
            .least("0001-01-01 00:00:00")
            .most("9999-12-31 23:59:59.999999")
            .zero("1970-01-01 00:00:00")
            .special(ENDS)
            .written(CIVIL)
            .losing(MICROSECONDS_AND_CENTURIES),
        type("timestamptz", "timestamptz(0)")
            .typical("2020-02-29 12:34:56+02")
            .zero("1970-01-01 00:00:00+00")
            .special("infinity")
            .written(MICROS),
        type("timestamptz")
            .typical("2020-02-29 12:34:56.789123+02", "1969-12-31 23:59:59.999999+00")
            .least("0001-01-01 00:00:00+00")
            .most("9999-12-31 23:59:59.999999+00")
            .zero("1970-01-01 00:00:00+00")
            .special(ENDS)
            .written(MICROS));
  }

  private static List<SourceType> structured() {
    return List.of(
        range("int4range").typical("[1,10)").empty("empty").special("(,5)", "[1,)", "(,)"),
        range("int8range").typical("[1,10)").empty("empty").special("(,9007199254740993)"),
        range("numrange").typical("[1.5,10.25)").empty("empty").special("(1,2]", "[1,1]", "(,)"),
        range("tsrange")
            .typical("[2020-01-01 00:00:00,2020-02-01 12:34:56.789123)")
            .special("empty", "(,2020-01-01 00:00:00)", "[2020-01-01 00:00:00,)", "(,)")
            .special("(2020-01-01 00:00:00,2020-01-02 00:00:00]", "[2020-01-01,infinity)"),
        range("tstzrange")
            .typical("[2020-01-01 00:00:00+00,2020-02-01 12:34:56.789123+02)")
            .special("empty", "(,2020-01-01 00:00:00+00)", "[2020-01-01 00:00:00+00,)", "(,)")
            .special("[2020-01-01 00:00:00+00,2020-01-02 00:00:00+00]"),
        range("daterange")
            .typical("[2020-01-01,2020-02-01)")
            .special("empty", "(,2020-01-01)", "[2020-01-01,)", "(,)", "[2020-01-01,2020-01-01]")
            .special("[0044-03-15 BC,2020-01-01)", "[2020-01-01,10000-01-01)"),
        range("int4multirange").typical("{[1,3),[5,7)}").empty("{}").withoutArrays(),
        range("int8multirange").typical("{[1,3),[5,7)}").withoutArrays(),
        range("nummultirange").typical("{[1.5,3)}").withoutArrays(),
        range("datemultirange").typical("{[2020-01-01,2020-02-01)}").withoutArrays(),
        range("tsmultirange").typical("{[2020-01-01,2020-02-01)}").withoutArrays(),
        range("tstzmultirange").typical("{[2020-01-01,2020-02-01)}").withoutArrays(),
        type("tsquery").typical("'fat' & 'rat'").losing(ALWAYS).withoutArrays(),
        type("pg_lsn").typical("16/B374D848").losing(ALWAYS).withoutArrays(),
        type("regclass").typical("pg_class").losing(ALWAYS).withoutArrays(),
        type("txid_snapshot").typical("10:20:10,14,15").losing(ALWAYS).withoutArrays(),
        type("composite types", "address")
            .typical("(\"Main St\",5)")
            .losing(ALWAYS)
            .withoutArrays(),
        type("point")
            .typical("(1.5,-2)", "(13.4,52.5)")
            .zero("(0,0)")
            .special("(NaN,1)", "(Infinity,0)", "(181,91)")
            .losing(ALWAYS)
            .withoutArrays(),
        type("line").typical("{1,2,3}").losing(ALWAYS).withoutArrays(),
        type("lseg").typical("[(0,0),(1,1)]").losing(ALWAYS).withoutArrays(),
        type("box").typical("(2,2),(0,0)").losing(ALWAYS).withoutArrays(),
        type("path")
            .typical("[(0,0),(1,1),(2,0)]", "((0,0),(1,1),(2,0))")
            .losing(ALWAYS)
            .withoutArrays(),
        type("polygon").typical("((0,0),(1,1),(2,0))").losing(ALWAYS).withoutArrays(),
        type("circle").typical("<(1,2),3>").zero("<(0,0),0>").losing(ALWAYS).withoutArrays(),
        type("domain", "age").typical("42").zero("0").withoutArrays(),
        type("domain", "price").typical("12.50").losing(DECIMALS).withoutArrays(),
        type("domain", "label").typical("word").empty("").withoutArrays());
  }

  private static SourceType range(String sql) {
    return type(sql).losing(ALWAYS);
  }
}
