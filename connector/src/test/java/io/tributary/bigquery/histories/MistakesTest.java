package io.tributary.bigquery.histories;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A property that no mistake could falsify would prove nothing. */
final class MistakesTest {
  private static final int ROWS = 40;
  private static final long FIRST_SEED = 1;
  private static final long LAST_SEED = 20;

  @Test
  void areFoundInTheirTablesAndNowhereElse() {
    for (long seed = FIRST_SEED; seed <= LAST_SEED; seed++) {
      Batch batch = Batch.of(seed, Mistake.values().length + 1, ROWS);
      Map<Mistake, TableHistory> planted = plant(batch);
      if (planted.size() == Mistake.values().length) {
        assertFound(batch, planted);
        return;
      }
    }
    throw new AssertionError("no batch has a table for every mistake");
  }

  /** Each mistake in a table of its own in which it changes something; one table stays right. */
  private static Map<Mistake, TableHistory> plant(Batch batch) {
    Map<Mistake, TableHistory> planted = new LinkedHashMap<>();
    for (Mistake mistake : Mistake.values()) {
      batch.tables().stream()
          .filter(table -> !planted.containsValue(table) && Batch.shows(table, mistake::make))
          .findFirst()
          .ifPresent(
              table -> {
                planted.put(mistake, table);
                batch.plant(table, mistake::make);
              });
    }
    return planted;
  }

  private static void assertFound(Batch batch, Map<Mistake, TableHistory> planted) {
    try (TaskHarness harness = new TaskHarness()) {
      batch.run(harness);
      Map<TableHistory, String> differences = batch.differences(harness);
      Set<String> found =
          differences.keySet().stream().map(TableHistory::table).collect(Collectors.toSet());
      Map<String, Mistake> expected = new TreeMap<>();
      planted.forEach((mistake, table) -> expected.put(table.table(), mistake));
      assertThat(found).as("%s", expected).isEqualTo(expected.keySet());
    }
  }
}
