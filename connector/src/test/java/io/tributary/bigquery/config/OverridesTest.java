package io.tributary.bigquery.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.BigQuerySinkConnector;
import io.tributary.bigquery.config.PartitionChoice.Granularity;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.TypeText;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {
  private static final String TAG = "projects/p/locations/eu/taxonomies/1/policyTags/2";
  private static final String KMS = "projects/p/locations/eu/keyRings/r/cryptoKeys/k";

  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "*, items, true",
    "items, items, true",
    "items, Items, false",
    "items, items2, false",
    "it*ms, items, true",
    "it*ms, itms, true",
    "it*, xit, false",
    "*_log, a_log, true",
    "*_log, a_log_, false",
    "a*b*c, axxbyyc, true",
    "a*b*c, ac, false",
    "a*a, a, false",
    "ab*ba, aba, false",
    "*b*, abc, true",
    "*ab*ab*, xabx, false",
    "a.b, axb, false",
    "\\E*, \\Ex, true",
    "[a]*, a, false"
  })
  void starsStandForAnyRun(String glob, String name, boolean matches) {
    assertThat(new Glob(glob).matches(name)).isEqualTo(matches);
  }

  @Test
  void aHostilePatternTakesNoTime() {
    Glob hostile = new Glob("*a".repeat(500) + "b");

    assertThat(hostile.matches("a".repeat(100_000))).isFalse();
    assertThat(hostile.literals()).isEqualTo(501);
  }

  @Test
  void everyOptionOfATableIsRead() {
    TableOptions items =
        parse(
                "table.override.items.schema.conflict", "new-column",
                "table.override.items.partition.by", "created_at",
                "table.override.items.partition.granularity", "month",
                "table.override.items.partition.expiration.ms", "86400000",
                "table.override.items.cluster.by", "a, b",
                "table.override.items.labels", "team:shop, env:",
                "table.override.items.description", "What is sold.",
                "table.override.items.key.fields", "a, b",
                "table.override.items.order.field", "version",
                "table.override.items.kms.key", KMS)
            .of("ds", "items");

    assertThat(items.conflict()).isEqualTo(Conflict.NEW_COLUMN);
    assertThat(items.partitioning())
        .contains(
            new PartitionChoice(
                Optional.of("created_at"), Granularity.MONTH, Optional.of(Duration.ofDays(1))));
    assertThat(items.clustering()).containsExactly("a", "b");
    assertThat(items.labels()).isEqualTo(Map.of("team", "shop", "env", ""));
    assertThat(items.keyFields()).containsExactly("a", "b");
    assertThat(items.orderField()).contains("version");
    assertThat(items.description()).contains("What is sold.");
    assertThat(items.kmsKey()).contains(KMS);
  }

  @Test
  void everyOptionOfAColumnIsRead() {
    ColumnChoices columns =
        parse(
                "hash.salt", "s",
                "table.override.items.column.price.type", "NUMERIC(10,2)",
                "table.override.items.column.price.lossy", "string-twin",
                "table.override.items.column.price.policy.tag", TAG,
                "table.override.items.column.note.exclude", "true",
                "table.override.items.column.raw.encoding", "base64-url-safe",
                "table.override.items.column.raw.type", "BYTES(20)",
                "table.override.items.column.email.hash", "true")
            .of("ds", "items")
            .columns();

    assertThat(columns.of("price"))
        .isEqualTo(
            new ColumnSettings(
                Optional.of("NUMERIC(10,2)"),
                false,
                false,
                Optional.of(TAG),
                Lossy.STRING_TWIN,
                Encoding.BYTES));
    assertThat(columns.of("note").excluded()).isTrue();
    assertThat(columns.of("email").hashed()).isTrue();
    assertThat(columns.of("raw").encoding()).isEqualTo(Encoding.BASE64_URL_SAFE);
    assertThat(columns.of("other")).isEqualTo(ColumnSettings.NONE);
    assertThat(columns.of("Price")).isEqualTo(ColumnSettings.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "ds, items, items",
    "ds, item_log, i*",
    "ds, orders, *",
    "other, items, other.items",
    "other, orders, other.*"
  })
  void thePatternWithMoreCharactersOfItsOwnWins(String dataset, String table, String expected) {
    TableChoices tables =
        parse(
            "table.override.*.description", "*",
            "table.override.i*.description", "i*",
            "table.override.items.description", "items",
            "table.override.other.*.description", "other.*",
            "table.override.other.items.description", "other.items");

    assertThat(tables.of(dataset, table).description()).contains(expected);
  }

  @Test
  void ofEqualPatternsTheFirstKeyWins() {
    TableChoices tables =
        parse("table.override.a*.description", "a*", "table.override.*b.description", "*b");

    assertThat(tables.of("ds", "ab").description()).contains("*b");
  }

  @Test
  void eachOptionIsDecidedByItself() {
    ColumnChoices columns =
        parse(
                "table.override.*.column.*.lossy", "null",
                "table.override.*.column.p*.type", "NUMERIC",
                "table.override.items.column.*.policy.tag", TAG,
                "table.override.items.column.*.lossy", "round",
                "table.override.*.column.price.lossy", "clamp")
            .of("ds", "items")
            .columns();

    assertThat(columns.of("price"))
        .isEqualTo(
            new ColumnSettings(
                Optional.of("NUMERIC"),
                false,
                false,
                Optional.of(TAG),
                Lossy.ROUND,
                Encoding.BYTES));
  }

  @Test
  void partitioningComesFromOnePatternAlone() {
    TableChoices tables =
        parse(
            "table.override.*.partition.by", "ingestion",
            "table.override.*.partition.granularity", "hour",
            "table.override.*.partition.expiration.ms", "1000",
            "table.override.items.partition.by", "day");

    assertThat(tables.of("ds", "orders").partitioning())
        .contains(
            new PartitionChoice(
                Optional.empty(), Granularity.HOUR, Optional.of(Duration.ofSeconds(1))));
    assertThat(tables.of("ds", "items").partitioning())
        .contains(new PartitionChoice(Optional.of("day"), Granularity.DAY, Optional.empty()));
  }

  @Test
  void whatHoldsForEveryTableIsBelowThePatterns() {
    TableChoices tables =
        parse(
            "schema.conflict", "dead-letter",
            "kms.key", KMS,
            "labels", "team:shop,env:test",
            "table.override.items.schema.conflict", "fail",
            "table.override.items.labels", "env:live");

    assertThat(tables.of("ds", "orders").conflict()).isEqualTo(Conflict.DEAD_LETTER);
    assertThat(tables.of("ds", "orders").labels()).containsEntry("env", "test");
    assertThat(tables.of("ds", "items").conflict()).isEqualTo(Conflict.FAIL);
    assertThat(tables.of("ds", "items").kmsKey()).contains(KMS);
    assertThat(tables.of("ds", "items").labels()).isEqualTo(Map.of("team", "shop", "env", "live"));
  }

  @Test
  void aHashHasNoTypeOfItsOwn() {
    ColumnChoices columns =
        parse(
                "hash.salt", "s",
                "table.override.*.column.*.type", "INT64",
                "table.override.*.column.*.lossy", "clamp",
                "table.override.items.column.email.hash", "true",
                "table.override.items.column.phone.exclude", "true")
            .of("ds", "items")
            .columns();

    assertThat(columns.of("email"))
        .isEqualTo(
            new ColumnSettings(
                Optional.empty(), false, true, Optional.empty(), Lossy.REFUSE, Encoding.BYTES));
    assertThat(columns.of("phone").type()).isEmpty();
    assertThat(columns.of("other").type()).contains("INT64");
  }

  @Test
  void aTableCalledColumnIsReachedByAPattern() {
    TableChoices tables =
        parse(
            "table.override.column.description", "it",
            "table.override.colum*.column.a.column.b.lossy", "null");

    assertThat(tables.of("ds", "column").description()).contains("it");
    assertThat(tables.of("ds", "column").columns().of("a.column.b").lossy()).isEqualTo(Lossy.NULL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "table.override.items.schema.conflicts | fail | is not table.override",
        "table.override.schema.conflict | fail | is not table.override",
        "table.override.items | x | is not table.override",
        "table.overrides.items.labels | a:b | is not table.override",
        "table.override.items.column.price | x | is not table.override",
        "table.override.items.column.type | INT64 | is not table.override",
        "table.override..column.a.type | INT64 | is not table.override",
        "table.override.items.column.price.description | x | more than one dot",
        "table.override.p.ds.items.description | x | more than one dot",
        "table.override.p.ds.items.column.a.type | INT64 | more than one dot",
        "table.override.items.schema.conflict | Fail | is none of fail, dead-letter",
        "table.override.items.partition.by | '' | is not the name",
        "table.override.items.partition.granularity | day | needs partition.by",
        "table.override.items.partition.expiration.ms | 1000 | needs partition.by",
        "table.override.items.partition.expiration.ms | 0 | not a number of milliseconds",
        "table.override.items.partition.granularity | week | is none of hour",
        "table.override.items.cluster.by | a,,b | is not the name",
        "table.override.items.cluster.by | a,b,c,d,e | more than 4",
        "table.override.items.cluster.by | a,A | twice",
        "table.override.items.labels | Team:x | key:value",
        "table.override.items.labels | team | key:value",
        "table.override.items.labels | 1team:x | key:value",
        "table.override.items.labels | team:x,team:y | twice",
        "table.override.items.kms.key | k | is not of the form",
        "table.override.items.column.a.policy.tag | pii | is not of the form",
        "table.override.items.column.a.type | DECIMAL(1) | is not a type",
        "table.override.items.column.a.type | STRUCT<a> | is not a type",
        "table.override.items.column.a.exclude | yes | neither true nor false",
        "table.override.items.column.a.hash | TRUE | neither true nor false",
        "table.override.items.column.a.lossy | drop | is none of refuse, null",
      })
  void refusesWhenTheConnectorIsPosted(String key, String value, String reason) {
    Map<String, String> raw = raw(key, value);

    assertThatThrownBy(() -> SinkConfig.parse(raw))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("TRIB-101")
        .hasMessageContaining(key + ": ")
        .hasMessageContaining(reason);
    assertThat(answered(raw, key)).anySatisfy(message -> assertThat(message).contains(reason));
  }

  @Test
  void refusesOptionsThatContradictEachOther() {
    Map<String, String> raw =
        raw(
            "hash.salt", "s",
            "table.override.items.column.a.exclude", "true",
            "table.override.items.column.a.hash", "true",
            "table.override.items.column.b.hash", "true",
            "table.override.items.column.b.type", "INT64",
            "table.override.items.column.c.hash", "false",
            "table.override.items.column.c.type", "INT64");

    assertThat(SinkConfig.problems(raw))
        .extracting(Problem::key)
        .containsExactly(
            "table.override.items.column.a.exclude", "table.override.items.column.b.hash");
  }

  @Test
  void hashesNeedASalt() {
    Map<String, String> raw = raw("table.override.items.column.a.hash", "true");

    assertThat(answered(raw, "hash.salt")).hasSize(1);
    assertThat(SinkConfig.problems(raw("table.override.items.column.a.hash", "false"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INT64",
        "float64",
        " BOOL ",
        "STRING",
        "STRING(20)",
        "STRING( 20 )",
        "BYTES(1)",
        "JSON",
        "STRING(0)",
        "STRING(x)",
        "STRING(9999999999)",
        "STRING(1,2)",
        "INT64(3)",
        "TEXT",
        "",
        "NUMERIC",
        "NUMERIC(10)",
        "NUMERIC(10,2)",
        "NUMERIC(38,9)",
        "NUMERIC(39,9)",
        "NUMERIC(38,10)",
        "NUMERIC(1,2)",
        "NUMERIC(30)",
        "NUMERIC(29)",
        "BIGNUMERIC(76,38)",
        "BIGNUMERIC(77,38)",
        "BIGNUMERIC(0,0)",
        "RANGE<DATE>",
        "range < timestamp >",
        "RANGE<TIME>",
        "RANGE",
        "ARRAY<STRING>",
        "ARRAY< NUMERIC(10,2) >",
        "ARRAY<ARRAY<DATE>>",
        "ARRAY<RANGE<DATETIME>>",
        "ARRAY",
        "ARRAY<>",
        "STRUCT",
        "STRUCT<a INT64>",
        "STRUCT<>",
        "STRUCT<a>",
        "STRUCT<a INT64,>",
        "STRUCT<a INT64, a-b DATE>",
        "array<struct < key STRING(10), value NUMERIC(10, 2) >>",
        "STRUCT<a ARRAY<STRUCT<b RANGE<DATE>, c STRUCT<d JSON>>>, e DATE>",
        "STRUCT<a ARRAY<ARRAY<INT64>>>",
        "STRUCT<a STRUCT<b INT64>",
        "INTERVAL",
        "GEOGRAPHY",
        "RANGE_DATE",
        "NUMERIC (10)",
        "NUMERIC(10,-2)"
      })
  void typesAreCheckedAsTheyAreRead(String text) {
    assertThat(TypeGrammar.accepts(text)).isEqualTo(TypeText.parse(text).isPresent());
  }

  @Test
  void theGrammarKnowsTypesAndOthers() {
    assertThat(TypeGrammar.accepts("ARRAY<NUMERIC(10, 2)>")).isTrue();
    assertThat(TypeGrammar.accepts("NUMBER")).isFalse();
  }

  private static List<String> answered(Map<String, String> raw, String key) {
    return new BigQuerySinkConnector()
        .validate(raw).configValues().stream()
            .filter(value -> value.name().equals(key))
            .map(ConfigValue::errorMessages)
            .flatMap(List::stream)
            .toList();
  }

  private static TableChoices parse(String... pairs) {
    return SinkConfig.parse(raw(pairs)).tables();
  }

  private static Map<String, String> raw(String... pairs) {
    Map<String, String> raw = new HashMap<>(Map.of("project", "p", "dataset", "ds"));
    for (int i = 0; i < pairs.length; i += 2) {
      raw.put(pairs[i], pairs[i + 1]);
    }
    return raw;
  }
}
