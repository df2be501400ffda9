package io.tributary.bigquery.fuzz;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** A record before it is sent: healthy as it is made, and then changed by a mutation. */
final class Draft {
  /** Is in every text, so that it would be found wherever a value is told. */
  static final String CANARY = "canary";

  /** The columns beside the key. */
  static final List<String> COLUMNS =
      List.of("v", "n", "d", "ts", "z", "tm", "day", "doc", "list", "part", "flag", "f", "m", "b");

  static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;
  static final Schema TEXTS = SchemaBuilder.array(TEXT).optional().build();
  static final Schema DICTIONARY = SchemaBuilder.map(Schema.STRING_SCHEMA, TEXT).optional().build();

  final long id;

  private final String canary;

  /** The row's columns. */
  final Part row = new Part("app.public.t.Value");

  /** What stands beside the row; without {@code after} until it is sent. */
  final Part envelope = new Part("app.public.t.Envelope");

  final Part source = new Part("io.debezium.connector.postgresql.Source");
  final Part keys = new Part("app.public.t.Key");

  private Object key;
  private Schema keySchema;
  private boolean keyReplaced;
  private Object value;
  private Schema valueSchema;
  private boolean valueReplaced;
  private Runnable afterwards = () -> {};

  Draft(long id, String canary, String table, long lsn) {
    this.id = id;
    this.canary = canary;
    Struct part =
        new Struct(
                SchemaBuilder.struct()
                    .name("app.Part")
                    .optional()
                    .field("x", TEXT)
                    .field("y", Schema.OPTIONAL_INT64_SCHEMA)
                    .build())
            .put("x", canary)
            .put("y", id);
    Map<String, String> map = new HashMap<>(Map.of("k", canary));
    row.set("id", Schema.INT64_SCHEMA, id)
        .set("v", TEXT, canary)
        .set("n", Schema.OPTIONAL_INT64_SCHEMA, id)
        .set("d", decimal(20, 4), new BigDecimal(id + ".1234"))
        .set("ts", named(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"), id)
        .set("z", named(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"), zoned())
        .set("tm", named(SchemaBuilder.int64(), "io.debezium.time.MicroTime"), id)
        .set("day", named(SchemaBuilder.int32(), "io.debezium.time.Date"), 19_000)
        .set("doc", named(SchemaBuilder.string(), "io.debezium.data.Json"), json(canary))
        .set("list", TEXTS, new ArrayList<>(List.of(canary, canary)))
        .set("part", part.schema(), part)
        .set("flag", Schema.OPTIONAL_BOOLEAN_SCHEMA, true)
        .set("f", Schema.OPTIONAL_FLOAT64_SCHEMA, 0.5)
        .set("m", DICTIONARY, map)
        .set("b", Schema.OPTIONAL_BYTES_SCHEMA, canary.getBytes(StandardCharsets.UTF_8));
    source
        .set("connector", Schema.STRING_SCHEMA, "postgresql")
        .set("ts_us", Schema.OPTIONAL_INT64_SCHEMA, 1_760_000_000_123_456L)
        .set("db", Schema.STRING_SCHEMA, "app")
        .set("sequence", TEXT, "[\"%d\",\"%d\"]".formatted(lsn - 8, lsn))
        .set("schema", Schema.STRING_SCHEMA, "public")
        .set("table", Schema.STRING_SCHEMA, table)
        .set("txId", Schema.OPTIONAL_INT64_SCHEMA, lsn)
        .set("lsn", Schema.OPTIONAL_INT64_SCHEMA, lsn);
    envelope.set("op", TEXT, "c").set("ts_ms", Schema.OPTIONAL_INT64_SCHEMA, 1L);
    keys.set("id", Schema.INT64_SCHEMA, id);
  }

  static Schema named(SchemaBuilder builder, String name) {
    return builder.name(name).optional().build();
  }

  static Schema decimal(int precision, int scale) {
    return Decimal.builder(scale)
        .parameter("connect.decimal.precision", Integer.toString(precision))
        .optional()
        .build();
  }

  private static String zoned() {
    return "2026-01-02T03:04:05.678901Z";
  }

  private static String json(String canary) {
    return "{\"t\": \"" + canary + "\"}";
  }

  /** Has the record bear this key, whatever it is. */
  void key(Schema schema, Object wrong) {
    keySchema = schema;
    key = wrong;
    keyReplaced = true;
  }

  /** Has the record bear this value, whatever it is. */
  void value(Schema schema, Object wrong) {
    valueSchema = schema;
    value = wrong;
    valueReplaced = true;
  }

  /** Makes it a row of the initial snapshot. */
  void snapshot() {
    envelope.value("op", "r");
    source.value("sequence", "[null,\"900\"]").value("lsn", 900L);
  }

  /** Does something to values once Connect has checked them. */
  void afterwards(Runnable change) {
    afterwards = change;
  }

  /** What a form makes of a draft. */
  record Content(Schema keySchema, Object key, Schema valueSchema, Object value) {}

  /** A Debezium envelope. */
  Content inEnvelope() {
    if (!valueReplaced) {
      if (!envelope.has("after")) {
        Struct after = row.struct();
        envelope.set("after", after.schema(), after);
      }
      if (!envelope.has("source")) {
        Struct origin = source.struct();
        envelope.set("source", origin.schema(), origin);
      }
      Struct whole = envelope.struct();
      value(whole.schema(), whole);
    }
    return content(keys.struct());
  }

  /** The row alone, with its schema. */
  Content flat() {
    if (!valueReplaced) {
      Struct whole = row.struct();
      value(whole.schema(), whole);
    }
    return content(keys.struct());
  }

  /** The row alone, as a map. */
  Content loose() {
    if (!valueReplaced) {
      value(null, looseRow());
    }
    if (!keyReplaced) {
      key(null, keys.map());
    }
    return content(null);
  }

  /** The row as a source without schemas has it. */
  Map<String, Object> looseRow() {
    Map<String, Object> loose = row.map();
    loose.keySet().retainAll(List.of("id", "v", "n", "list", "flag", "f"));
    loose.put("doc", Map.of("t", canary));
    return loose;
  }

  private Content content(Struct fields) {
    if (!keyReplaced) {
      key(fields.schema(), fields);
    }
    afterwards.run();
    return new Content(keySchema, key, valueSchema, value);
  }
}
