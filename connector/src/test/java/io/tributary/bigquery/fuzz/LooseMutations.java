package io.tributary.bigquery.fuzz;

import static io.tributary.bigquery.fuzz.Draft.CANARY;
import static io.tributary.bigquery.fuzz.Mutation.setAside;
import static io.tributary.bigquery.fuzz.Mutation.stored;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/** Rows without a schema. */
final class LooseMutations {
  private LooseMutations() {}

  static List<Mutation> all() {
    return List.of(
        setAside("text for a number", (draft, random) -> loose(draft, "n", CANARY)),
        setAside("fraction for a truth", (draft, random) -> loose(draft, "flag", 2.5)),
        setAside(
            "absurd number for a whole one",
            (draft, random) -> loose(draft, "n", new BigDecimal("1E+1000000"))),
        setAside("text for an array", (draft, random) -> loose(draft, "list", CANARY)),
        setAside(
            "NULL in an array",
            (draft, random) -> loose(draft, "list", Arrays.asList(CANARY, null))),
        setAside(
            "several kinds in an array",
            (draft, random) -> loose(draft, "list", List.of(CANARY, 7, true))),
        setAside("any object", (draft, random) -> loose(draft, "v", new Object())),
        setAside(
            "any object inside", (draft, random) -> loose(draft, "doc", Map.of("a", new Object()))),
        setAside(
            "absurd number inside",
            (draft, random) -> loose(draft, "doc", Map.of("a", new BigDecimal("1E+1000000")))),
        setAside("NaN inside", (draft, random) -> loose(draft, "doc", Map.of("a", Double.NaN))),
        setAside(
            "lone surrogate inside",
            (draft, random) -> loose(draft, "doc", Map.of("a", CANARY + "\ud800"))),
        setAside("nested too deep", (draft, random) -> loose(draft, "doc", nested(600))),
        setAside("nested far too deep", (draft, random) -> loose(draft, "doc", nested(50_000))),
        setAside(
            "nested lists far too deep", (draft, random) -> loose(draft, "doc", lists(50_000))),
        stored("nested deep", (draft, random) -> loose(draft, "doc", nested(50))),
        stored(
            "odd names",
            (draft, random) -> {
              String[] names = {"a.b", "näme", "_TABLE_x", "x y"};
              loose(draft, names[random.nextInt(names.length)], CANARY);
            }),
        stored(
            "keys that are no texts",
            (draft, random) -> {
              Map<Object, Object> row = new HashMap<>(draft.looseRow());
              row.put(7, CANARY);
              row.put(true, CANARY);
              draft.value(null, row);
            }),
        stored("missing fields", (draft, random) -> draft.value(null, Map.of("id", draft.id))),
        stored(
            "schema of text beside a map",
            (draft, random) -> draft.value(Schema.STRING_SCHEMA, draft.looseRow())));
  }

  private static void loose(Draft draft, String name, Object value) {
    Map<String, Object> row = draft.looseRow();
    row.put(name, value);
    draft.value(null, row);
  }

  private static Object nested(int levels) {
    Object value = CANARY;
    for (int i = 0; i < levels; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("in", value);
    }
    return value instanceof Map ? value : Map.of("in", value);
  }

  private static Object lists(int levels) {
    Object value = CANARY;
    for (int i = 0; i < levels; i++) {
      value = Arrays.asList(value);
    }
    return Map.of("in", value);
  }
}
