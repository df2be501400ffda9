package io.tributary.bigquery.fuzz;

import static io.tributary.bigquery.fuzz.Draft.CANARY;
import static io.tributary.bigquery.fuzz.Draft.TEXT;
import static io.tributary.bigquery.fuzz.Draft.TEXTS;
import static io.tributary.bigquery.fuzz.Mutation.setAside;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Keys that name no row. */
final class KeyMutations {
  private KeyMutations() {}

  static List<Mutation> all() {
    return List.of(
        setAside("no key", (draft, random) -> draft.key(null, null)),
        setAside(
            "key of NULL",
            (draft, random) -> draft.keys.set("id", Schema.OPTIONAL_INT64_SCHEMA, null)),
        setAside("key without columns", (draft, random) -> draft.keys.drop("id")),
        setAside(
            "key that is no number",
            (draft, random) -> draft.keys.set("id", Schema.FLOAT64_SCHEMA, Double.NaN)),
        setAside(
            "key of text", (draft, random) -> draft.keys.set("id", Schema.STRING_SCHEMA, CANARY)),
        setAside(
            "key of an array", (draft, random) -> draft.keys.set("id", TEXTS, List.of(CANARY))),
        setAside(
            "key of a struct",
            (draft, random) -> {
              Schema inner = SchemaBuilder.struct().field("x", TEXT).build();
              draft.keys.set("id", inner, new Struct(inner).put("x", CANARY));
            }),
        setAside("plain text for a key", (draft, random) -> draft.key(TEXT, CANARY)),
        setAside("text without a schema for a key", (draft, random) -> draft.key(null, CANARY)),
        setAside(
            "text with the schema of a number for a key",
            (draft, random) -> draft.key(Schema.INT64_SCHEMA, CANARY)),
        setAside(
            "text with the schema of a struct for a key",
            (draft, random) -> draft.key(SchemaBuilder.struct().field("id", TEXT).build(), CANARY)),
        setAside(
            "bytes for a key",
            (draft, random) ->
                draft.key(Schema.BYTES_SCHEMA, CANARY.getBytes(StandardCharsets.UTF_8))),
        setAside("list for a key", (draft, random) -> draft.key(null, List.of(CANARY))),
        setAside("any object for a key", (draft, random) -> draft.key(null, new Object())),
        setAside("empty map for a key", (draft, random) -> draft.key(null, Map.of())),
        setAside("map of text for a key", (draft, random) -> draft.key(null, of("id", CANARY))),
        setAside("map of NULL for a key", (draft, random) -> draft.key(null, of("id", null))),
        setAside("map of NaN for a key", (draft, random) -> draft.key(null, of("id", Double.NaN))),
        setAside(
            "map of a map for a key",
            (draft, random) -> draft.key(null, of("id", of(CANARY, CANARY)))));
  }

  private static Map<String, Object> of(String name, Object value) {
    Map<String, Object> map = new HashMap<>();
    map.put(name, value);
    return map;
  }
}
