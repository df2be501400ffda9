package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Items.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import io.tributary.emulator.write.AppendRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two connectors of one worker: what is set for one does not leak into the other. */
final class NeighboursTest {
  private static final int ROWS = 40;

  private final TaskHarness here = new TaskHarness();
  private final TaskHarness there = new TaskHarness();
  private final Changes changes = Items.changes(0).column("text", Schema.OPTIONAL_STRING_SCHEMA);

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  @ParameterizedTest
  @CsvSource({"merge, merge", "cdc, cdc", "append, append", "merge, cdc", "cdc, append"})
  void eachHasItsOwnSettings(String mode, String other) {
    Map<String, String> first = new HashMap<>(Map.of("write.mode", mode));
    first.put("labels", "team:one");
    first.put("append.bytes", "1024");
    Map<String, String> second = new HashMap<>(Map.of("write.mode", other));
    second.put("table.name.template", "other_${source.table}");
    second.put("labels", "tier:two");
    RunningTask one = here.task(first);
    RunningTask two = there.task(second);
    List<SinkRecord> records = new ArrayList<>();
    for (long id = 1; id <= ROWS; id++) {
      records.add(changes.insert(row(id, "text", "t".repeat(100))));
    }
    one.put(records);
    two.put(records);
    one.awaitApplied();
    two.awaitApplied();

    assertThat(here.table("items").getLabels()).containsKey("team").doesNotContainKey("tier");
    assertThat(there.table("other_items").getLabels())
        .containsKey("tier")
        .doesNotContainKey("team");
    assertThat(here.count("SELECT COUNT(*) FROM ds.items")).isEqualTo(ROWS);
    assertThat(there.count("SELECT COUNT(*) FROM ds.other_items")).isEqualTo(ROWS);
    assertThat(here.exists("other_items")).isFalse();
    assertThat(there.exists("items")).isFalse();
    assertThat(most(here)).as("rows of a request of 1 KB").isLessThan(ROWS / 2);
    assertThat(most(there)).as("rows of a request").isEqualTo(ROWS);
    assertThat(streams(here)).noneMatch(stream -> stream.contains("other_items"));
    assertThat(streams(there))
        .allMatch(stream -> stream.contains("other_items") || stream.contains("tributary_"));
  }

  /** How many rows the largest request had. */
  private static long most(TaskHarness harness) {
    return harness.emulator().appendLog().stream()
        .mapToLong(AppendRecord::rows)
        .max()
        .orElseThrow();
  }

  private static List<String> streams(TaskHarness harness) {
    return harness.emulator().appendLog().stream().map(AppendRecord::stream).toList();
  }
}
