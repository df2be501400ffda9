package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic may begin with a delete, which tells the columns of its table as any change does. */
final class DeleteFirstTest {
  private final TaskHarness harness = new TaskHarness();
  private final Changes changes =
      Changes.postgres("public", "items")
          .topic(Events.TOPIC)
          .at(0, 0)
          .key("id", Schema.INT64_SCHEMA)
          .column("small", Schema.OPTIONAL_STRING_SCHEMA)
          .column("day", SchemaBuilder.int32().name("io.debezium.time.Date").optional().build());

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void theTableIsPartitionedByAColumnThatTheDeleteDoesNotHave() {
    RunningTask task = harness.task(Map.of("table.override.items.partition.by", "day"));
    task.put(List.of(changes.delete(Map.of("id", 1L))));
    task.awaitApplied();
    assertThat(harness.fields("items"))
        .extracting(field -> field.getName())
        .containsExactly("id", "small", "day", "change_metadata");
    task.put(List.of(changes.insert(Map.of("id", 2L, "small", "a", "day", 20_000))));
    task.awaitApplied();
    assertThat(task.context.reasons).isEmpty();
    assertThat(harness.texts("id", "small", "day")).containsExactly("2|a|2024-10-04");
    assertThat(
            harness.count(
                "SELECT COUNT(*) FROM ds.INFORMATION_SCHEMA.COLUMNS WHERE table_name = 'items'"
                    + " AND column_name = 'day' AND is_partitioning_column = 'YES'"))
        .isEqualTo(1);
  }

  @Test
  void aDeleteThatTellsItsKeyOnlyNeedsNoTableAndIsRememberedUntilThereIsOne() {
    Map<String, String> daily = Map.of("table.override.items.partition.by", "day");
    SinkRecord old = changes.flat(Map.of("id", 1L, "small", "old", "day", 20_000));
    RunningTask task = harness.task(daily);
    task.put(List.of(changes.tombstone(Map.of("id", 1L)), changes.tombstone(Map.of("id", 3L))));
    task.awaitApplied();
    assertThat(
            harness.count(
                "SELECT COUNT(*) FROM ds.INFORMATION_SCHEMA.TABLES WHERE table_name = 'items'"))
        .isEqualTo(0);
    task.stop();

    RunningTask next = harness.task(daily);
    next.put(
        List.of(
            changes.tombstone(Map.of("id", 2L)),
            changes.flat(Map.of("id", 2L, "small", "b", "day", 20_000)),
            changes.flat(Map.of("id", 3L, "small", "c", "day", 20_001))));
    next.awaitApplied();
    next.put(List.of(changes.tombstone(Map.of("id", 3L))));
    next.awaitApplied();
    next.stop();
    RunningTask late = harness.task(daily);
    late.put(List.of(old));
    late.awaitApplied();
    assertThat(late.context.reasons).isEmpty();
    assertThat(harness.texts("id", "small", "day")).containsExactly("2|b|2024-10-04");
    assertThat(
            harness.count(
                "SELECT COUNT(*) FROM ds.INFORMATION_SCHEMA.COLUMNS WHERE table_name = 'items'"
                    + " AND column_name = 'day' AND is_partitioning_column = 'YES'"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTableOfNothingButItsKeyIsMadeByItsRows(boolean hashed) {
    Changes pairs =
        Changes.postgres("public", "items")
            .topic(Events.TOPIC)
            .at(0, 0)
            .key("id", Schema.INT64_SCHEMA);
    RunningTask task =
        harness.task(
            Map.of(
                "table.override.items.column.id.hash",
                Boolean.toString(hashed),
                "hash.salt",
                "of the sea"));
    task.put(
        List.of(
            pairs.tombstone(Map.of("id", 1L)),
            pairs.flat(Map.of("id", 2L)),
            pairs.tombstone(Map.of("id", 3L)),
            pairs.flat(Map.of("id", 1L))));
    task.awaitApplied();
    if (hashed) {
      assertThat(harness.texts("id")).hasSize(2);
    } else {
      assertThat(harness.texts("id")).containsExactly("1", "2");
    }
  }

  @Test
  void inModeCdcSuchADeleteMakesTheTableWhichAloneCanRememberIt() {
    Map<String, String> cdc = Map.of("write.mode", "cdc", "order.by", "kafka");
    SinkRecord old = changes.flat(Map.of("id", 1L, "small", "old"));
    RunningTask frozen = harness.task(cdc);
    RunningTask task = harness.task(cdc);
    task.put(List.of(changes.tombstone(Map.of("id", 1L))));
    task.awaitApplied();
    assertThat(harness.fields("items"))
        .extracting(field -> field.getName())
        .containsExactly("id", "change_metadata");
    frozen.put(List.of(old));
    frozen.awaitApplied();
    task.put(List.of(changes.flat(Map.of("id", 2L, "small", "new"))));
    task.awaitApplied();
    assertThat(harness.texts("id", "small")).as("1 is not revived").containsExactly("2|new");
  }

  @Test
  void inModeCdcSuchADeleteCannotMakeATableThatIsPartitionedByAnotherColumn() {
    Map<String, String> cdc =
        Map.of(
            "write.mode", "cdc", "order.by", "kafka", "table.override.items.partition.by", "day");
    SinkRecord tombstone = changes.tombstone(Map.of("id", 1L));
    RunningTask task = harness.task(cdc);
    assertThatThrownBy(() -> task.put(List.of(tombstone)))
        .hasMessageContaining("TRIB-405")
        .hasMessageContaining("has no column day for its partitioning");
    harness.query(
        "CREATE TABLE ds.items (id INT64 NOT NULL, day DATE, PRIMARY KEY (id) NOT ENFORCED)"
            + " PARTITION BY day CLUSTER BY id");
    RunningTask again = harness.task(cdc);
    again.put(List.of(tombstone, changes.flat(Map.of("id", 2L, "small", "a", "day", 20_000))));
    again.awaitApplied();
    assertThat(harness.texts("id", "small", "day")).containsExactly("2|a|2024-10-04");
  }
}
