package io.tributary.bigquery.histories;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Histories in mode cdc, where tables complete their rows themselves. BigQuery does not widen the
 * columns of a table that is streamed to, so types stay as they are. Rows that change their keys
 * come to another task on the way.
 */
class CdcHistoriesPropertyTest {
  private static final int BATCHES = 1;
  private static final int TABLES = 5;
  private static final int ROWS = 100;
  private static final Map<String, String> MODE =
      Map.of("write.mode", "cdc", "cdc.unavailable", "lookup", "incomplete.wait.ms", "30000");

  private final TaskHarness harness = new TaskHarness();

  @Provide
  Arbitrary<Batch> batches() {
    return Arbitraries.randomValue(random -> Batch.of(random.nextLong(), TABLES, ROWS, Scope.CDC));
  }

  @Property(tries = BATCHES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void endInTheTablesOfTheReference(@ForAll("batches") Batch batch) {
    batch.run(harness, MODE);
    assertThat(batch.differences(harness)).as("%s", batch).isEmpty();
    System.out.printf("%s; %s%n", batch.shares(), batch);
    assertThat(batch.shares().kept()).as("share of soft deletes").isGreaterThanOrEqualTo(15);
  }

  @AfterProperty
  void close() {
    harness.close();
  }
}
