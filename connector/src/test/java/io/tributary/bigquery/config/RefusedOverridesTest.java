package io.tributary.bigquery.config;

import static io.tributary.bigquery.config.SinkProperties.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.BigQuerySinkConnector;
import io.tributary.bigquery.error.SinkException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of tables and columns that are told to be wrong when the connector is posted. */
final class RefusedOverridesTest {
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

  private static List<String> answered(Map<String, String> raw, String key) {
    return new BigQuerySinkConnector()
        .validate(raw).configValues().stream()
            .filter(value -> value.name().equals(key))
            .map(ConfigValue::errorMessages)
            .flatMap(List::stream)
            .toList();
  }
}
