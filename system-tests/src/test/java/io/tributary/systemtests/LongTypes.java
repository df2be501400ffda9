package io.tributary.systemtests;

import static io.tributary.systemtests.Loss.LONG_BYTES;
import static io.tributary.systemtests.Loss.LONG_DATES;
import static io.tributary.systemtests.SourceType.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Types of PostgreSQL whose long values it keeps out of line, and that Debezium marks where an
 * update leaves them as they were.
 */
final class LongTypes {
  private static final String LEFT_OUT = "__debezium_unavailable_value";
  private static final String BASE64 = "replace(encode(%s, 'base64'), E'\\n', '')";
  private static final String WORDS = "\u00e4\u6f22 word ".repeat(300);

  private LongTypes() {}

  static List<SourceType> all() {
    return List.of(
        outside("text").typical(WORDS).special(LEFT_OUT),
        outside("varchar").typical(WORDS),
        outside("char(3000)").typical("x".repeat(3000)),
        outside("citext").typical(WORDS),
        outside("json").typical("{\"a\": \"" + WORDS + "\"}"),
        outside("jsonb").typical("{\"a\": \"" + WORDS + "\"}"),
        outside("xml").typical("<a>" + WORDS + "</a>"),
        outside("ltree").typical(each("Label%d", ".")),
        outside("tsvector").typical(each("'word%04d':1", " ")),
        outside("hstore").typical("\"a\"=>\"" + WORDS + "\"").written("hstore_to_json(%s)::text"),
        outside("bytea").typical("\\x" + "00ff5f".repeat(1000)).written(BASE64).losing(LONG_BYTES),
        items("text", "\"text %d\""),
        items("varchar", "\"text %d\""),
        items("jsonb", "\"{\\\"a\\\": %d}\""),
        items("int", "%d"),
        items("bigint", "90071992547%05d"),
        items("date", "2020-01-01").losing(LONG_DATES),
        items("uuid", "123e4567-e89b-12d3-a456-%012d"));
  }

  /** Whether the text of a row is, or was replaced by, what stands for one that is left out. */
  static boolean reads(JsonNode row) {
    return row.path(outside("text").column()).asText().equals(LEFT_OUT);
  }

  /** Takes that text out of a row. */
  static void forget(Map<String, String> row) {
    row.put(outside("text").column(), null);
  }

  private static SourceType outside(String sql) {
    return type(sql, sql + " STORAGE EXTERNAL");
  }

  private static SourceType items(String item, String pattern) {
    return outside(item + " ARRAY")
        .typical("{" + each(pattern, ",") + "}")
        .written("(SELECT json_agg(e::text) FROM unnest(%s) AS e)");
  }

  private static String each(String pattern, String separator) {
    return IntStream.range(0, 1000)
        .mapToObj(pattern::formatted)
        .collect(Collectors.joining(separator));
  }
}
