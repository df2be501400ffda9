package io.tributary.bigquery.fuzz;

import static io.tributary.bigquery.fuzz.Draft.CANARY;
import static io.tributary.bigquery.fuzz.Draft.TEXT;
import static io.tributary.bigquery.fuzz.Draft.TEXTS;
import static io.tributary.bigquery.fuzz.Mutation.either;
import static io.tributary.bigquery.fuzz.Mutation.setAside;
import static io.tributary.bigquery.fuzz.Mutation.stored;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Schemas that are not those of the other records, or not what their names promise. */
@SuppressWarnings("JavaUtilDate") // is what Connect has
final class SchemaMutations {
  private static final int SOME = 10;
  private static final String CONNECT = "org.apache.kafka.";

  private static final List<String> NAMES =
      List.of(
          "größe",
          "名前",
          "🦀",
          "a.b",
          "a b",
          "a`b",
          "it's",
          "say \"no\"",
          "back\\slash",
          "semi;colon",
          "new\nline",
          "\u0000",
          "...",
          " ",
          "_TABLE_x",
          "_PARTITIONTIME",
          "_CHANGE_TYPE",
          "_change_sequence_number",
          "__ROOT__",
          "1st",
          "select",
          "\u202eltr",
          "x".repeat(299) + "äöü",
          "half\ud800");

  private SchemaMutations() {}

  /**
   * Mutations of a run. Each new column costs two changes of tables and a cycle, so a run has some
   * of the names only; another has others.
   */
  static List<Mutation> all(Random run) {
    List<String> hostile = some(NAMES, run);
    List<Mutation> all = new ArrayList<>();
    all.add(stored("missing fields", SchemaMutations::missing));
    all.add(stored("hostile name", (d, random) -> hostileName(d, of(hostile, random))));
    all.add(
        stored("hostile name inside", (d, random) -> hostileNameInside(d, of(hostile, random))));
    all.add(stored("more fields inside", SchemaMutations::moreInside));
    all.add(stored("arrays of arrays", SchemaMutations::arrays));
    all.add(either("deep structs", SchemaMutations::deepStructs));
    all.add(setAside("array as text", (d, random) -> d.row.set("list", TEXT, CANARY)));
    all.add(setAside("struct as text", (d, random) -> d.row.set("part", TEXT, CANARY)));
    all.add(setAside("boolean as text", (d, random) -> d.row.set("flag", TEXT, CANARY)));
    all.add(setAside("number as array", (d, random) -> d.row.set("n", TEXTS, List.of(CANARY))));
    all.add(setAside("date as array", (d, random) -> d.row.set("day", TEXTS, List.of(CANARY))));
    all.add(
        setAside(
            "bytes as struct",
            (d, random) -> {
              Struct struct = new Struct(point()).put("x", 1.0);
              d.row.set("n", struct.schema(), struct);
            }));
    for (String name : some(promises(), run)) {
      all.add(either(name + " of another kind", (draft, random) -> promise(draft, name, random)));
    }
    all.add(either("decimal without scale", SchemaMutations::decimalWithoutScale));
    all.add(either("decimal of a word", SchemaMutations::decimalOfAWord));
    return all;
  }

  private static List<String> some(List<String> names, Random random) {
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, SOME);
  }

  private static String of(List<String> names, Random random) {
    return names.get(random.nextInt(names.size()));
  }

  private static List<String> promises() {
    return List.of(
        "org.apache.kafka.connect.data.Decimal",
        "org.apache.kafka.connect.data.Date",
        "org.apache.kafka.connect.data.Time",
        "org.apache.kafka.connect.data.Timestamp",
        "io.debezium.data.VariableScaleDecimal",
        "io.debezium.data.Json",
        "io.debezium.data.Xml",
        "io.debezium.data.Uuid",
        "io.debezium.data.Enum",
        "io.debezium.data.EnumSet",
        "io.debezium.data.Bits",
        "io.debezium.data.Ltree",
        "io.debezium.data.DoubleVector",
        "io.debezium.data.SparseDoubleVector",
        "io.debezium.data.geometry.Point",
        "io.debezium.data.geometry.Geometry",
        "io.debezium.data.geometry.Geography",
        "io.debezium.time.Date",
        "io.debezium.time.Time",
        "io.debezium.time.MicroTime",
        "io.debezium.time.NanoTime",
        "io.debezium.time.Timestamp",
        "io.debezium.time.MicroTimestamp",
        "io.debezium.time.NanoTimestamp",
        "io.debezium.time.ZonedTimestamp",
        "io.debezium.time.ZonedTime",
        "io.debezium.time.IsoDate",
        "io.debezium.time.IsoTime",
        "io.debezium.time.IsoTimestamp",
        "io.debezium.time.MicroDuration",
        "io.debezium.time.Interval",
        "io.debezium.time.Year");
  }

  /** A schema whose name belongs to another kind of value, in a column of its own for each. */
  private static void promise(Draft draft, String name, Random random) {
    String column = "lie_" + name.replaceAll("[^A-Za-z]", "_");
    List<SchemaBuilder> builders =
        List.of(
            SchemaBuilder.string(),
            SchemaBuilder.bool(),
            SchemaBuilder.float64(),
            SchemaBuilder.array(TEXT),
            SchemaBuilder.map(TEXT, TEXT),
            SchemaBuilder.struct().field("wkb", TEXT));
    // Connect has its own names on single values only.
    int kinds = name.startsWith(CONNECT) ? 3 : builders.size();
    SchemaBuilder builder = builders.get(random.nextInt(kinds));
    Schema schema = Draft.named(builder, name);
    draft.row.set(column, schema, ofConnect(name).orElseGet(() -> of(schema)));
  }

  /** Connect checks the values of its own names by the name alone. */
  private static Optional<Object> ofConnect(String name) {
    if (!name.startsWith(CONNECT)) {
      return Optional.empty();
    }
    return Optional.of(
        name.endsWith("Decimal") ? new BigDecimal("2718281828.45") : Date.from(Instant.EPOCH));
  }

  private static Object of(Schema schema) {
    return switch (schema.type()) {
      case STRING -> CANARY;
      case BOOLEAN -> true;
      case FLOAT64 -> Double.NaN;
      case ARRAY -> List.of(CANARY);
      case MAP -> Map.of(CANARY, CANARY);
      default -> new Struct(schema).put("wkb", CANARY);
    };
  }

  private static void decimalWithoutScale(Draft draft, Random random) {
    Schema schema = Draft.named(SchemaBuilder.bytes(), Decimal.LOGICAL_NAME);
    draft.row.set("decimal_without_scale", schema, new BigDecimal("2718281828.459045"));
  }

  private static void decimalOfAWord(Draft draft, Random random) {
    String[] words = {CANARY, "-5", "", "99999999999", "0"};
    Schema schema =
        Decimal.builder(2)
            .optional()
            .parameter("connect.decimal.precision", words[random.nextInt(words.length)])
            .build();
    draft.row.set("decimal_of_a_word", schema, new BigDecimal("2718281828.45"));
  }

  private static void missing(Draft draft, Random random) {
    draft.row.drop(of(Draft.COLUMNS, random)).drop(of(Draft.COLUMNS, random));
  }

  private static void hostileName(Draft draft, String name) {
    draft.row.set(name, TEXT, CANARY);
  }

  private static void hostileNameInside(Draft draft, String name) {
    Schema schema =
        SchemaBuilder.struct().optional().field("plain", TEXT).field(name, TEXT).build();
    Struct struct = new Struct(schema);
    schema.fields().forEach(field -> struct.put(field, CANARY));
    draft.row.set("names", schema, struct);
  }

  private static void moreInside(Draft draft, Random random) {
    String more = "more" + random.nextInt(3);
    Schema schema =
        SchemaBuilder.struct()
            .name("app.Part")
            .optional()
            .field("x", TEXT)
            .field(more, TEXT)
            .build();
    draft.row.set("part", schema, new Struct(schema).put("x", CANARY).put(more, CANARY));
  }

  private static void arrays(Draft draft, Random random) {
    Schema schema = TEXT;
    Object value = CANARY;
    for (int i = 0; i < 50; i++) {
      schema = SchemaBuilder.array(schema).optional().build();
      value = List.of(value);
    }
    draft.row.set("arrays", schema, value);
  }

  private static void deepStructs(Draft draft, Random random) {
    nest(draft, 50);
  }

  /** Adds a column of structs inside structs. */
  static void nest(Draft draft, int levels) {
    Schema schema = TEXT;
    Object value = CANARY;
    for (int i = 0; i < levels; i++) {
      schema = SchemaBuilder.struct().field("in", schema).optional().build();
      value = new Struct(schema).put("in", value);
    }
    draft.row.set("deep", schema, value);
  }

  private static Schema point() {
    return SchemaBuilder.struct().optional().field("x", Schema.FLOAT64_SCHEMA).build();
  }
}
