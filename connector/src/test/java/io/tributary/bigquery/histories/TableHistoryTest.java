package io.tributary.bigquery.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableHistoryTest {
  /** With the first of these seeds chance passes over one row. */
  @ParameterizedTest
  @ValueSource(longs = {155, 1})
  void everyRowHasALife(long seed) {
    TableHistory history =
        TableHistory.generate(
            new Random(seed), "t", 100, Origin.POSTGRES, Deletion.HARD, Scope.MERGE);
    assertThat(
            history.log().stream().map(Delivery::row).filter(row -> row != Delivery.ALL).distinct())
        .hasSize(100);
  }
}
