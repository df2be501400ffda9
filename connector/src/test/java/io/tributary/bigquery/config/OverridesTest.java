package io.tributary.bigquery.config;

import static io.tributary.bigquery.config.SinkProperties.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.config.PartitionChoice.Granularity;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of patterns come to for a table and a column. */
class OverridesTest {
  private static final String TAG = "projects/p/locations/eu/taxonomies/1/policyTags/2";
  private static final String KMS = "projects/p/locations/eu/keyRings/r/cryptoKeys/k";

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

  private static TableChoices parse(String... pairs) {
    return SinkConfig.parse(raw(pairs)).tables();
  }
}
