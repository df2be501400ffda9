package io.tributary.bigquery.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AwakeTimeTest {
  private long now = 5_000;
  private final AwakeTime awake = new AwakeTime(() -> now);

  private long afterMillis(long millis) {
    now += millis;
    awake.turn();
    return awake.millis();
  }

  @Test
  void goesWithTheClock() {
    assertThat(afterMillis(0)).isZero();
    assertThat(afterMillis(100)).isEqualTo(100);
    assertThat(afterMillis(900)).isEqualTo(1_000);
  }

  @Test
  void doesNotCountWhileTheTaskStandsStill() {
    assertThat(afterMillis(60_000)).isEqualTo(1_000);
    assertThat(afterMillis(10)).isEqualTo(1_010);
  }

  @Test
  void staysWhereTheClockIsSetBack() {
    assertThat(afterMillis(-60_000)).isZero();
    assertThat(afterMillis(10)).isEqualTo(10);
  }
}
