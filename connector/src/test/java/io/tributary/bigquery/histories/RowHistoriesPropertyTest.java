package io.tributary.bigquery.histories;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Whatever becomes of rows and of their tables' schemas, the tables end as the source's.
 *
 * <p>A history is the life of one row. Making a table and folding a cycle cost the same for one row
 * as for many, so a table, with a schema and an evolution of its own, holds 100 of them, and
 * several tables share a task: 2,000 histories are 20 tables in 4 batches. Each batch tells its
 * seed.
 */
class RowHistoriesPropertyTest {
  private static final int BATCHES = 4;
  private static final int TABLES = 5;
  private static final int ROWS = 100;

  private final TaskHarness harness = new TaskHarness();
  private final Shares shares = new Shares();
  private final List<Batch> batches = new ArrayList<>();
  private final Instant start = Instant.now();

  @Provide
  Arbitrary<Batch> batches() {
    return Arbitraries.randomValue(random -> Batch.of(random.nextLong(), TABLES, ROWS));
  }

  @Property(tries = BATCHES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void endInTheTablesOfTheReference(@ForAll("batches") Batch batch) {
    batch.run(harness);
    assertThat(batch.differences(harness)).as("%s", batch).isEmpty();
    batches.add(batch);
    shares.add(batch.shares());
  }

  @AfterProperty
  void close() {
    harness.close();
    long seconds = Duration.between(start, Instant.now()).toSeconds();
    System.out.printf(
        "%s, in %d tables, %d s; %s%n", shares, batches.size() * TABLES, seconds, batches);
    if (batches.size() == BATCHES) {
      assertThat(shares.histories()).isGreaterThanOrEqualTo(2_000);
      assertThat(shares.toast()).as("share of TOAST").isGreaterThanOrEqualTo(40);
      assertThat(shares.keyChange()).as("share of key changes").isGreaterThanOrEqualTo(30);
      assertThat(shares.schemaChange()).as("share of schema changes").isGreaterThanOrEqualTo(60);
      assertThat(shares.replay()).as("share of replays").isGreaterThanOrEqualTo(60);
      assertThat(shares.truncated()).as("share of truncates").isGreaterThanOrEqualTo(15);
      assertThat(shares.binlog()).as("share of binary logs").isGreaterThanOrEqualTo(20);
      assertThat(shares.shared()).as("share of two tasks").isGreaterThanOrEqualTo(50);
      assertThat(shares.kept()).as("share of soft deletes").isGreaterThanOrEqualTo(15);
    }
  }
}
