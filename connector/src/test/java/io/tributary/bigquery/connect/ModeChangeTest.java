package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table's mode is changed by the very statements that {@code docs/operations.md} gives. */
final class ModeChangeTest {
  private static final Path PAGE =
      Path.of("").toAbsolutePath().resolveSibling("docs/operations.md");
  private static final String[] STATE = {"id", "big", "small"};

  private final TaskHarness harness = new TaskHarness();
  private final Events events = new Events();
  private int given;

  @AfterEach
  void close() {
    harness.close();
  }

  @ParameterizedTest
  @CsvSource({
    "merge, cdc, From merge to cdc",
    "cdc, merge, From cdc to merge",
    "append, merge, From append to merge or cdc",
    "append, cdc, From append to merge or cdc",
    "merge, append, From merge or cdc to append",
    "cdc, append, From merge or cdc to append"
  })
  void theTableGoesOnAsItWas(String from, String to, String section) throws IOException {
    RunningTask former = task(from);
    events.insert(1, "one", 1).insert(2, "two", 1).insert(3, "three", 1).insert(4, "four", 1);
    apply(former);
    events.update(1, UNAVAILABLE, 2).delete(2).move(3, 30, UNAVAILABLE, 2);
    apply(former);
    former.stop();
    assertThat(rows(from)).containsExactly("1|one|2", "30|three|2", "4|four|1");

    RunningTask hasty = task(to);
    events.update(1, UNAVAILABLE, 3);
    assertThatThrownBy(() -> apply(hasty))
        .hasMessageMatching("(?s).*TRIB-41[13].*")
        .hasStackTraceContaining(
            to.equals("merge") && from.equals("cdc") ? "UPSERT" : "operations.md");
    hasty.stop();
    assertThat(rows(from)).containsExactly("1|one|2", "30|three|2", "4|four|1");

    statements(section).forEach(harness::query);
    // The view of a history is made with its first record.
    assertThat(rows(to.equals("append") ? from : to))
        .containsExactly("1|one|2", "30|three|2", "4|four|1");
    given = events.all().size() - 1;
    RunningTask next = task(to);
    events.insert(2, "again", 4).move(30, 5, UNAVAILABLE, 5).delete(4).update(5, UNAVAILABLE, 6);
    apply(next);
    assertThat(rows(to)).containsExactly("1|one|3", "2|again|4", "5|three|6");
    assertThat(next.deadLetters()).isEmpty();
    if (to.equals("append")) {
      assertThat(harness.count("SELECT COUNT(*) FROM ds.items"))
          .as("three rows that were there, and six changes")
          .isEqualTo(3 + 6);
    }
    next.stop();

    RunningTask again = task(to);
    again.put(events.from(given - 1));
    again.awaitApplied();
    assertThat(rows(to)).containsExactly("1|one|3", "2|again|4", "5|three|6");
  }

  @Test
  void aTableThatWasOnlyLoadedIsNoticed() {
    Changes items =
        Changes.postgres("public", "items").topic(Events.TOPIC).key("id", Schema.INT64_SCHEMA);
    RunningTask former = task("merge");
    former.put(List.of(items.snapshot(Map.of("id", 1L))));
    former.awaitApplied();
    former.stop();
    assertThat(harness.count("SELECT COUNT(*) FROM ds.tributary_staging_items")).isZero();

    RunningTask hasty = task("cdc");
    List<SinkRecord> next = List.of(items.insert(Map.of("id", 2L)));
    assertThatThrownBy(() -> hasty.put(next)).hasMessageContaining("TRIB-413");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theModeIsNoticedWhenAllMarksHaveExpired(boolean adopted) {
    if (adopted) {
      harness.query(
          "CREATE TABLE ds.items (id INT64 NOT NULL, big STRING, small INT64, doc STRING,"
              + " PRIMARY KEY (id) NOT ENFORCED)");
    }
    RunningTask former = task("merge");
    events.insert(1, "one", 1);
    apply(former);
    former.stop();
    harness.query("DELETE FROM ds.tributary_staging_items WHERE TRUE");

    RunningTask hasty = task("cdc");
    events.update(1, "two", 2);
    assertThatThrownBy(() -> apply(hasty)).hasMessageContaining("TRIB-413");
  }

  @Test
  void aModeThatIsSetBackGoesOn() {
    RunningTask former = task("cdc");
    events.insert(1, "one", 1);
    apply(former);
    former.stop();
    RunningTask hasty = task("merge");
    events.update(1, "two", 2);
    int before = given;
    assertThatThrownBy(() -> apply(hasty)).hasMessageContaining("TRIB-411");
    hasty.stop();

    given = before;
    apply(task("cdc"));
    assertThat(rows("cdc")).containsExactly("1|two|2");
  }

  private RunningTask task(String mode) {
    return harness.task(
        mode.equals("cdc")
            ? Map.of("write.mode", "cdc", "cdc.unavailable", "lookup")
            : Map.of("write.mode", mode));
  }

  private void apply(RunningTask task) {
    List<SinkRecord> records = events.from(given);
    given = events.all().size();
    task.put(records);
    task.awaitApplied();
  }

  private List<String> rows(String mode) {
    String table = mode.equals("append") ? "items_current" : "items";
    List<String> rows = new ArrayList<>();
    harness
        .query("SELECT " + String.join(", ", STATE) + " FROM ds." + table)
        .forEach(
            row -> {
              List<String> cells = new ArrayList<>();
              row.forEach(cell -> cells.add(String.valueOf(cell.getValue())));
              rows.add(String.join("|", cells));
            });
    rows.sort(null);
    return rows;
  }

  /** What a section of the page says, of this test's table. */
  private static List<String> statements(String section) throws IOException {
    Matcher block =
        Pattern.compile("### " + section + "\n.*?```sql\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).as(section).isTrue();
    String sql = block.group(1).replace("shop.", "ds.").replaceAll("orders", "items");
    return Pattern.compile(";\\s*").splitAsStream(sql).filter(one -> !one.isBlank()).toList();
  }
}
