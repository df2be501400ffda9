package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two tasks share a table; what belongs together arrives in either order. */
final class PartitionsTest {
  private static final String UNRESOLVED =
      "SELECT COUNT(*) FROM `local.ds.tributary_staging_items` WHERE trib_kind = 'unresolved'";

  private final TaskHarness harness = new TaskHarness();
  private final Events events = new Events(2);
  private final RunningTask even = harness.task(0, Map.of());
  private final RunningTask odd = harness.task(1, Map.of());

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aMovedRowKeepsItsLargeColumnWhenTheDepartureComesFirst() {
    events.insert(2, "large", 1);
    even.put(events.all());
    even.awaitApplied();
    int next = events.all().size();
    events.move(2, 3, UNAVAILABLE, 2).update(3, UNAVAILABLE, 3);
    even.put(events.from(next, 0));
    even.awaitApplied();
    assertThat(harness.rows()).isEmpty();
    odd.put(events.from(next, 1));
    odd.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(3L, "large/3"));
  }

  @Test
  void aMovedRowWaitsForTheDepartureThatComesLater() {
    events.insert(2, "large", 1);
    even.put(events.all());
    even.awaitApplied();
    int next = events.all().size();
    events.move(2, 3, UNAVAILABLE, 2).update(3, UNAVAILABLE, 3);
    odd.put(events.from(next, 1));
    await()
        .until(
            () -> {
              odd.task.put(List.of());
              return harness.count(UNRESOLVED) > 0;
            });
    assertThat(harness.rows()).isEqualTo(Map.of(2L, "large/1"));
    assertThat(odd.committable()).isZero();
    even.put(events.from(next, 0));
    even.awaitApplied();
    odd.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(3L, "large/3"));
    assertThat(odd.context.deadLetters).isEmpty();
  }

  @Test
  void aTruncateIsKeptForRowsThatComeBeforeTheirTable() {
    events.insert(3, "before", 1).truncate().insert(5, "after", 2);
    even.put(events.from(0, 0));
    even.awaitApplied();
    odd.put(events.from(0, 1));
    odd.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(5L, "after/2"));
  }
}
