package io.tributary.systemtests;

import static io.tributary.systemtests.Loss.ALWAYS;
import static io.tributary.systemtests.Loss.DECIMALS;
import static io.tributary.systemtests.Loss.MICROSECONDS;
import static io.tributary.systemtests.Loss.MICROSECONDS_AND_CENTURIES;
import static io.tributary.systemtests.Loss.TEXT_OF_BYTES;
import static io.tributary.systemtests.SourceType.type;

import java.util.List;
import java.util.stream.Stream;

/** Every type of MariaDB that Debezium sends. */
final class MariaDbTypes {
  private static final String BASE64 = "replace(to_base64(%s), '\\n', '')";
  private static final String CLOCK = "time_format(%s, '%%H:%%i:%%s.%%f')";
  private static final String CIVIL = "date_format(%s, '%%Y-%%m-%%dT%%H:%%i:%%s.%%f')";
  private static final String MICROS = "CAST(round(unix_timestamp(%s) * 1000000) AS int)";

  private static final String NUMBER = "CAST(%s AS unsigned)";

  private MariaDbTypes() {}

  static List<SourceType> all() {
    return Stream.of(numbers(), decimals(), texts(), bytes(), times())
        .flatMap(List::stream)
        .map(type -> type.truth().endsWith("::text") ? type.written("CAST(%s AS char)") : type)
        .toList();
  }

  private static List<SourceType> numbers() {
    return List.of(
        type("boolean").typical("1", "0"),
        type("tinyint(1)").typical("1", "0"),
        type("tinyint").typical("7", "-7").least("-128").most("127").zero("0"),
        type("tinyint unsigned").typical("7").most("255").zero("0"),
        type("smallint").typical("7", "-7").least("-32768").most("32767").zero("0"),
        type("smallint unsigned").typical("7").most("65535").zero("0"),
        type("mediumint").typical("7", "-7").least("-8388608").most("8388607").zero("0"),
        type("mediumint unsigned").typical("7").most("16777215").zero("0"),
        type("int").typical("7", "-7").least("-2147483648").most("2147483647").zero("0"),
        type("int unsigned").typical("7").most("4294967295").zero("0"),
        type("bigint")
            .typical("9007199254740993", "-7")
            .least("-9223372036854775808")
            .most("9223372036854775807")
            .zero("0"),
        type("bigint unsigned")
            .typical("9007199254740993")
            .most("9223372036854775807")
            .zero("0")
            .special("9223372036854775808", "18446744073709551615"),
        type("float")
            .typical("1.5", "-0.25")
            .least("-3.40282e38")
            .most("3.40282e38")
            .zero("0")
            .special("1.1", "1e-38")
            .losing(ALWAYS),
        type("double")
            .typical("1.1", "-2.5e-5")
            .least("-1.7976931348623157e308")
            .most("1.7976931348623157e308")
            .zero("0")
            .special("2.2250738585072014e-308", "9007199254740993"),
        type("bit(1)")
            .typical("1")
            .zero("0")
            .read(NUMBER)
            .written("CASE %s WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"),
        type("bit(n)", "bit(8)").typical("177").most("255").zero("0").read(NUMBER).losing(ALWAYS),
        type("bit(n)", "bit(64)")
            .typical("1")
            .most("18446744073709551615")
            .zero("0")
            .read(NUMBER)
            .losing(ALWAYS),
        type("year").typical("2026").least("1901").most("2155").zero("0"));
  }

  private static List<SourceType> decimals() {
    return List.of(
        type("decimal(p,s)", "decimal(10,2)")
            .typical("123.45", "-1.50")
            .least("-99999999.99")
            .most("99999999.99")
            .zero("0.00")
            .losing(DECIMALS),
        type("decimal(p,s)", "decimal(38,9)")
            .typical("12345678901234567890123456789.123456789")
            .least("-99999999999999999999999999999.999999999")
            .most("99999999999999999999999999999.999999999")
            .zero("0")
            .losing(DECIMALS),
        type("decimal(p,s)", "decimal(65,30)")
            .typical("1.5")
            .least("-99999999999999999999999999999999999.999999999999999999999999999999")
            .most("99999999999999999999999999999999999.999999999999999999999999999999")
            .zero("0")
            .losing(DECIMALS),
        type("decimal(p,s)", "decimal(65,0)")
            .typical("1")
            .zero("0")
            .special(
                "9".repeat(39), "-" + "9".repeat(65), "578960446186580977117854925043439539266")
            .losing(DECIMALS),
        type("decimal(p,s)", "decimal(8,3) unsigned")
            .typical("12.5")
            .most("99999.999")
            .zero("0")
            .losing(DECIMALS));
  }

  private static final String[] ODD_TEXTS = {
    "__debezium_unavailable_value_",
    "{\"__debezium_unavailable_value\": \"1\"}",
    "NULL",
    "2020-02-29",
    " lead and trail",
    "line\nfeed\ttab \"quoted\"",
    "e\u0301 \u00e9 \u6f22\u5b57 \ud83e\udd86 \ufffd \ufeff \u202e"
  };

  private static List<SourceType> texts() {
    return List.of(
        type("char", "char(5)").typical("ab", "abcde").empty(""),
        type("varchar", "varchar(200)").typical("word").empty("").special(ODD_TEXTS),
        type("varchar", "varchar(20) character set latin1").typical("\u00e4\u00f6\u00fc").empty(""),
        type("varchar", "varchar(20) character set ucs2").typical("\u6f22\u5b57").empty(""),
        type("tinytext").typical("word").empty(""),
        type("text").typical("word").empty("").special(ODD_TEXTS),
        type("mediumtext").typical("word").empty(""),
        type("longtext").typical("word").empty("").special("\u6f22".repeat(5_000)),
        type("enum", "enum('sad', 'happy', '\u6f22')").typical("happy", "\u6f22"),
        type("set", "set('a', 'b', 'c')").typical("a", "a,c").empty(""),
        type("json")
            .typical("{\"a\": 1, \"b\": [true, null]}")
            .empty("{}")
            .special("null", "\"text\"", "1e400", "18446744073709551616", "12345678901234567890.5")
            .losing(ALWAYS));
  }

  private static List<SourceType> bytes() {
    return Stream.of(
            type("binary", "binary(3)"),
            type("varbinary", "varbinary(200)").empty(""),
            type("tinyblob").empty(""),
            type("blob").empty("").special("__debezium_unavailable_valu"),
            type("mediumblob").empty(""),
            type("longblob").empty(""))
        .map(type -> type.typical("abc", "a\u007f\u0001").written(BASE64).losing(TEXT_OF_BYTES))
        .toList();
  }

  private static List<SourceType> times() {
    return List.of(
        type("date")
            .typical("2020-02-29", "1969-12-31")
            .least("1000-01-01")
            .most("9999-12-31")
            .zero("1970-01-01")
            .special("0000-00-00", "0001-01-01", "2020-00-00"),
        type("time", "time(6)")
            .typical("01:02:03.456789", "12:00:00")
            .zero("00:00:00")
            .most("23:59:59.999999")
            .special("24:00:00", "838:59:59.999999", "-00:00:01", "-838:59:59")
            .written(CLOCK)
            .losing(MICROSECONDS),
        type("datetime")
            .typical("2020-02-29 12:34:56")
            .written(CIVIL)
            .losing(MICROSECONDS_AND_CENTURIES),
        type("datetime(0..3)", "datetime(3)")
            .typical("2020-02-29 12:34:56.789", "1969-12-31 23:59:59.999")
            .special("1000-01-01 00:00:00")
            .special("9999-12-31 23:59:59.999")
            .zero("1970-01-01 00:00:00")
            .special("0000-00-00 00:00:00", "0001-01-01 00:00:00")
            .written(CIVIL)
            .losing(MICROSECONDS_AND_CENTURIES),
        type("datetime(4..6)", "datetime(6)")
            .typical("2020-02-29 12:34:56.789123", "1969-12-31 23:59:59.999999")
            .special("1000-01-01 00:00:00")
            .special("9999-12-31 23:59:59.999999")
            .zero("1970-01-01 00:00:00")
            .special("0000-00-00 00:00:00", "2020-02-00 12:00:00")
            .written(CIVIL)
            .losing(MICROSECONDS_AND_CENTURIES),
        type("timestamp", "timestamp(6) null")
            .typical("2020-02-29 12:34:56.789123")
            .least("1970-01-01 00:00:01")
            .most("2038-01-19 03:14:07.999999")
            .special("0000-00-00 00:00:00")
            .written(MICROS),
        type("timestamp", "timestamp(0) null").typical("2020-02-29 12:34:56").written(MICROS),
        shape("point", "POINT(13.4 52.5)", "POINT(0 0)"),
        shape("polygon", "POLYGON((0 0, 2 0, 2 2, 0 0))"),
        shape("geometry", "POINT(13.4 52.5)", "LINESTRING(0 0, 1 1)").special("POINT(200 0)"),
        shape("linestring", "LINESTRING(0 0, 1 1, 2 0)"),
        shape("multipoint", "MULTIPOINT(0 0, 1 1)"),
        shape("multilinestring", "MULTILINESTRING((0 0, 1 1), (2 2, 3 3))"),
        shape("multipolygon", "MULTIPOLYGON(((0 0, 2 0, 2 2, 0 0)))"),
        shape("geometrycollection", "GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(0 0, 1 1))"));
  }

  private static SourceType shape(String sql, String... texts) {
    return type(sql).typical(texts).read("ST_GeomFromText(%s)").written("NULL").losing(ALWAYS);
  }
}
