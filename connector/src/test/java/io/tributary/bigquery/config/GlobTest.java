package io.tributary.bigquery.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names a pattern with stars matches, and how long that takes. */
final class GlobTest {
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
}
