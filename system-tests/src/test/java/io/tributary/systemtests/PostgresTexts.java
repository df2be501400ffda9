package io.tributary.systemtests;

import static io.tributary.systemtests.Loss.ALWAYS;
import static io.tributary.systemtests.Loss.TEXT_OF_BYTES;
import static io.tributary.systemtests.SourceType.type;

import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's texts and what is sent like them, and its bits and bytes. */
final class PostgresTexts {
  private static final String BASE64 = "replace(encode(%s, 'base64'), E'\\n', '')";

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

  private PostgresTexts() {}

  static List<SourceType> all() {
    return Stream.of(texts(), bits()).flatMap(List::stream).toList();
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
}
