package io.tributary.bigquery.fuzz;

import static io.tributary.bigquery.fuzz.Draft.CANARY;
import static io.tributary.bigquery.fuzz.Draft.TEXT;
import static io.tributary.bigquery.fuzz.Draft.TEXTS;
import static io.tributary.bigquery.fuzz.Mutation.ignored;
import static io.tributary.bigquery.fuzz.Mutation.setAside;
import static io.tributary.bigquery.fuzz.Mutation.stored;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Values that look like envelopes, or like nothing at all. */
final class EnvelopeMutations {
  private EnvelopeMutations() {}

  /** Values that no form of records has. */
  static List<Mutation> garbage() {
    return List.of(
        setAside("text for a value", (draft, random) -> draft.value(TEXT, CANARY)),
        setAside("text without a schema", (draft, random) -> draft.value(null, CANARY)),
        setAside("number for a value", (draft, random) -> draft.value(null, random.nextLong())),
        setAside("list for a value", (draft, random) -> draft.value(TEXTS, List.of(CANARY))),
        setAside("any object for a value", (draft, random) -> draft.value(null, new Object())),
        setAside(
            "bytes for a value",
            (draft, random) ->
                draft.value(Schema.BYTES_SCHEMA, CANARY.getBytes(StandardCharsets.UTF_8))),
        setAside(
            "text that is called an envelope",
            (draft, random) ->
                draft.value(SchemaBuilder.string().name("app.public.t.Envelope").build(), CANARY)),
        setAside(
            "text with the schema of an envelope",
            (draft, random) -> draft.value(draft.inEnvelope().valueSchema(), CANARY)),
        ignored("heartbeat", (draft, random) -> control(draft, "io.debezium.Heartbeat")),
        ignored("notification", (draft, random) -> control(draft, "io.debezium.Notification")));
  }

  static List<Mutation> all() {
    return List.of(
        setAside("no operation", (draft, random) -> draft.envelope.value("op", null)),
        setAside("unknown operation", (draft, random) -> draft.envelope.value("op", CANARY)),
        setAside(
            "operation of a number",
            (draft, random) -> draft.envelope.set("op", Schema.INT32_SCHEMA, 7)),
        setAside("no state", (draft, random) -> draft.envelope.set("after", TEXT, null)),
        setAside("state of text", (draft, random) -> draft.envelope.set("after", TEXT, CANARY)),
        setAside(
            "state of a map",
            (draft, random) ->
                draft.envelope.set("after", Draft.DICTIONARY, Map.of(CANARY, CANARY))),
        setAside(
            "no source",
            (draft, random) -> {
              Schema schema = draft.source.struct().schema();
              draft.envelope.set("source", schema, null);
            }),
        setAside(
            "schemaless envelope with a state of text",
            (draft, random) -> {
              Map<String, Object> envelope = new HashMap<>();
              envelope.put("op", "c");
              envelope.put("source", draft.source.map());
              envelope.put("after", CANARY);
              draft.value(null, envelope);
            }),
        ignored("message", (draft, random) -> draft.envelope.value("op", "m")),
        stored(
            "envelope without its schema",
            (draft, random) -> draft.value(null, draft.inEnvelope().value())),
        stored(
            "envelope with the schema of text",
            (draft, random) -> draft.value(TEXT, draft.inEnvelope().value())),
        stored(
            "source with odd types",
            (draft, random) ->
                draft
                    .source
                    .set("ts_us", TEXT, CANARY)
                    .set("txId", TEXT, CANARY)
                    .set("schema", Schema.STRING_SCHEMA, "public")
                    .set("snapshot", Schema.OPTIONAL_BOOLEAN_SCHEMA, false)));
  }

  private static void control(Draft draft, String name) {
    Schema schema = SchemaBuilder.struct().name(name).field("ts_ms", TEXT).build();
    draft.value(schema, new Struct(schema).put("ts_ms", CANARY));
  }
}
