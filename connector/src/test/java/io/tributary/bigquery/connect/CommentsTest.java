package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Items.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Comments that change at the source, of a table that is there. */
final class CommentsTest {
  private final TaskHarness harness = new TaskHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aNewCommentIsWrittenOnceAndAnOldOneNeverAgain() {
    RunningTask first = harness.task(0, Map.of());
    RunningTask second = harness.task(1, Map.of());
    first.put(List.of(commented("old", 0, 0).insert(values("old", 1))));
    first.awaitApplied();
    assertThat(comments()).isEqualTo(all("old"));
    long before = patches();
    second.put(List.of(commented("new", 1, 0).insert(values("new", 2))));
    second.put(List.of(commented("old", 1, 1).insert(values("old", 3))));
    first.put(List.of(commented("new", 0, 1).insert(values("new", 4))));
    first.put(List.of(commented("old", 0, 2).insert(values("old", 5))));
    first.awaitApplied();
    second.awaitApplied();
    assertThat(comments()).isEqualTo(all("new"));
    assertThat(patches() - before).isEqualTo(1);
    first.stop();
    second.stop();

    RunningTask again = harness.task();
    again.put(
        List.of(
            commented("old", 0, 0).insert(values("old", 1)),
            commented("new", 0, 1).insert(values("new", 4)),
            commented("old", 0, 2).insert(values("old", 5))));
    again.awaitApplied();
    assertThat(comments()).isEqualTo(all("new"));
    assertThat(patches() - before).as("of a restart and a replay").isEqualTo(1);
    again.put(List.of(commented("newest", 0, 3).insert(values("newest", 6))));
    again.put(List.of(commented("", 0, 4).insert(values("", 7))));
    again.put(List.of(commented("new", 0, 5).insert(values("new", 8))));
    again.awaitApplied();
    assertThat(comments()).isEqualTo(all("newest"));
    assertThat(patches() - before).isEqualTo(2);
    assertThat(harness.count("SELECT COUNT(*) FROM " + Items.TABLE)).isEqualTo(8);
  }

  @Test
  void aCommentWrittenByHandGivesWayToTheSources() {
    RunningTask task = harness.task();
    task.put(List.of(commented("mine", 0, 0).insert(values("mine", 1))));
    task.awaitApplied();
    task.stop();
    harness.query(
        "ALTER TABLE " + Items.TABLE + " ALTER COLUMN name SET OPTIONS (description = 'by hand')");
    RunningTask again = harness.task();
    again.put(List.of(commented("mine", 0, 1).insert(values("mine", 2))));
    again.awaitApplied();
    assertThat(comments()).isEqualTo(all("mine"));
  }

  private long patches() {
    return harness.emulator().calls().getOrDefault("tables.patch", 0L);
  }

  private Map<String, String> comments() {
    Map<String, String> comments = new TreeMap<>();
    harness
        .query(
            "SELECT field_path, COALESCE(description, '') FROM ds.INFORMATION_SCHEMA.COLUMN_FIELD_PATHS"
                + " WHERE table_name = 'items' AND NOT STARTS_WITH(field_path, 'change_metadata')")
        .forEach(
            cells -> comments.put(cells.get(0).getStringValue(), cells.get(1).getStringValue()));
    return comments;
  }

  private static Map<String, String> all(String comment) {
    return new TreeMap<>(
        Map.of(
            "id", comment + " key",
            "name", comment + " name",
            "parts", comment + " parts",
            "parts.a", comment + " a"));
  }

  private static Changes commented(String comment, int partition, long offset) {
    return Changes.postgres("public", "items")
        .topic(Events.TOPIC)
        .at(partition, offset)
        .log(null, 30_000_000 + offset * 1_000)
        .key("id", doc(SchemaBuilder.int64(), comment, " key"))
        .column("name", doc(SchemaBuilder.string().optional(), comment, " name"))
        .column("parts", doc(SchemaBuilder.array(part(comment)).optional(), comment, " parts"));
  }

  private static Schema part(String comment) {
    return SchemaBuilder.struct()
        .field("a", doc(SchemaBuilder.int64().optional(), comment, " a"))
        .build();
  }

  private static Schema doc(SchemaBuilder schema, String comment, String of) {
    return comment.isEmpty() ? schema.build() : schema.doc(comment + of).build();
  }

  private static Map<String, Object> values(String comment, long id) {
    return row(id, "name", "n", "parts", List.of(new Struct(part(comment)).put("a", id)));
  }
}
