package io.tributary.bigquery.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.table.TypeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types in the configuration are those that can be read. */
final class TypeGrammarTest {
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
}
