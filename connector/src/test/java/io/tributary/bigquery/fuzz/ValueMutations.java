package io.tributary.bigquery.fuzz;

import static io.tributary.bigquery.fuzz.Draft.CANARY;
import static io.tributary.bigquery.fuzz.Draft.DICTIONARY;
import static io.tributary.bigquery.fuzz.Mutation.either;
import static io.tributary.bigquery.fuzz.Mutation.setAside;
import static io.tributary.bigquery.fuzz.Mutation.stored;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Values that the schema of their record allows, and that no column of BigQuery holds. */
final class ValueMutations {
  private static final String SURROGATE = CANARY + "\ud800";

  private ValueMutations() {}

  static List<Mutation> all() {
    return List.of(
        setAside("absurd decimal", (draft, random) -> draft.row.value("d", absurd(random))),
        setAside(
            "too fine decimal",
            (draft, random) ->
                draft.row.value("d", new BigDecimal("2.718281828459045235360287471"))),
        setAside("time without end", (draft, random) -> draft.row.value("ts", far(random))),
        setAside("date without end", (draft, random) -> draft.row.value("day", farDay(random))),
        setAside("time beyond a day", (draft, random) -> draft.row.value("tm", beyondADay(random))),
        setAside("absurd instant", (draft, random) -> draft.row.value("z", absurdInstant(random))),
        setAside("invalid JSON", (draft, random) -> draft.row.value("doc", invalidJson(random))),
        setAside("lone surrogate", (draft, random) -> draft.row.value("v", SURROGATE)),
        setAside(
            "lone surrogate in an array",
            (draft, random) -> draft.row.value("list", List.of(CANARY, SURROGATE))),
        setAside("lone surrogate in a struct", ValueMutations::surrogateInside),
        setAside(
            "lone surrogate in a map",
            (draft, random) -> draft.row.value("m", new HashMap<>(Map.of("k", SURROGATE)))),
        setAside(
            "NULL in an array",
            (draft, random) -> draft.row.value("list", Arrays.asList(CANARY, null))),
        setAside("foreign item in an array", ValueMutations::foreignItem),
        setAside("foreign value in a map", ValueMutations::foreignValue),
        setAside("NULL as a map's key", ValueMutations::nullKey),
        stored(
            "not a number",
            (draft, random) ->
                draft.row.value(
                    "f",
                    random.nextBoolean()
                        ? Double.NaN
                        : random.nextBoolean()
                            ? Double.POSITIVE_INFINITY
                            : Double.NEGATIVE_INFINITY)),
        stored(
            "nothing but NULL",
            (draft, random) -> Draft.COLUMNS.forEach(column -> draft.row.value(column, null))),
        stored("odd text", (draft, random) -> draft.row.value("v", oddText(random))),
        stored(
            "buffer in the middle",
            (draft, random) ->
                draft.row.value(
                    "b",
                    ByteBuffer.wrap("__canary__".getBytes(StandardCharsets.UTF_8), 2, 6).slice())),
        stored(
            "read-only buffer",
            (draft, random) ->
                draft.row.value(
                    "b",
                    ByteBuffer.wrap("canary".getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer())),
        either(
            "nested JSON",
            (draft, random) ->
                draft.row.value("doc", "[".repeat(501) + "\"canary\"" + "]".repeat(501))));
  }

  /** A text of 11 MB, or bytes, or an array: more than a request takes. */
  static Mutation huge() {
    return setAside(
        "huge value",
        (draft, random) -> {
          String huge = (CANARY + "-".repeat(10)).repeat(700_000);
          switch (random.nextInt(3)) {
            case 0 -> draft.row.value("v", huge);
            case 1 -> draft.row.value("b", huge.getBytes(StandardCharsets.UTF_8));
            default -> draft.row.value("list", List.of(huge.substring(5), huge.substring(9)));
          }
        });
  }

  private static BigDecimal absurd(Random random) {
    BigDecimal[] numbers = {
      new BigDecimal("1E+1000000"),
      new BigDecimal("-1E+1000000"),
      new BigDecimal("1E-1000000"),
      new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE),
      new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE),
      new BigDecimal("271828182845904523536028747135266249775724709369995"),
      new BigDecimal(BigInteger.ONE.shiftLeft(50_000))
    };
    return numbers[random.nextInt(numbers.length)];
  }

  private static long far(Random random) {
    long[] times = {
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      Long.MAX_VALUE - 1,
      253_402_300_800_000_000L,
      -62_135_596_800_000_001L,
      9_223_372_036_825_200_000L
    };
    return times[random.nextInt(times.length)];
  }

  private static int farDay(Random random) {
    int[] days = {Integer.MAX_VALUE, Integer.MIN_VALUE, 2_932_897, -719_163, 2_146_033_979};
    return days[random.nextInt(days.length)];
  }

  private static long beyondADay(Random random) {
    long[] times = {-1, 86_400_000_000L, Long.MAX_VALUE, Long.MIN_VALUE};
    return times[random.nextInt(times.length)];
  }

  private static String absurdInstant(Random random) {
    String[] texts = {
      "canary",
      "",
      "2026-13-45T99:99:99Z",
      "2026-01-02",
      "+999999999-01-01T00:00:00Z",
      "-999999999-01-01T00:00:00Z",
      "infinity",
      "2026-01-02T03:04:05.6789012345678901234567890Z",
      "2026-01-02T03:04:05+99:00",
      "\ud800"
    };
    return texts[random.nextInt(texts.length)];
  }

  private static String invalidJson(Random random) {
    String[] texts = {
      "{\"canary\": ",
      "",
      "canary",
      "{\"n\": 1e999}",
      "[1,]",
      "{'a': 1}",
      "NaN",
      "{} {}",
      "\"\\ud800\"x",
      "[".repeat(20_000)
    };
    return texts[random.nextInt(texts.length)];
  }

  private static String oddText(Random random) {
    String[] texts = {
      "",
      " ",
      "\u202ecanary",
      "canary\r\n\t\u0007",
      "'; DROP TABLE t; --",
      "🦀".repeat(1_000),
      "NULL",
      "\\"
    };
    return texts[random.nextInt(texts.length)];
  }

  private static void surrogateInside(Draft draft, Random random) {
    Schema schema =
        SchemaBuilder.struct()
            .name("app.Part")
            .optional()
            .field("x", Draft.TEXT)
            .field("y", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    draft.row.value("part", new Struct(schema).put("x", SURROGATE).put("y", 1L));
  }

  /** Connect checks a list as it is put into a struct; what is added later it does not see. */
  private static void foreignItem(Draft draft, Random random) {
    List<Object> items = new ArrayList<>(List.of(CANARY));
    draft.row.value("list", items);
    draft.afterwards(
        () ->
            items.add(
                random.nextBoolean() ? 7 : random.nextBoolean() ? Map.of("a", 1) : new Object()));
  }

  private static void foreignValue(Draft draft, Random random) {
    Map<Object, Object> map = new HashMap<>(Map.of("k", CANARY));
    draft.row.set("m", DICTIONARY, map);
    draft.afterwards(() -> map.put("other", new Object()));
  }

  private static void nullKey(Draft draft, Random random) {
    Map<Object, Object> map = new HashMap<>(Map.of("k", CANARY));
    draft.row.set("m", DICTIONARY, map);
    draft.afterwards(() -> map.put(null, CANARY));
  }
}
