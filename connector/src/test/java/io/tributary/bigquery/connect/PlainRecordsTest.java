package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that no database wrote: the key is the primary key, the value the row, NULL a delete. */
final class PlainRecordsTest {
  private static final Schema KEY =
      SchemaBuilder.struct()
          .field("region", Schema.STRING_SCHEMA)
          .field("number", Schema.INT32_SCHEMA)
          .build();
  private static final Schema ROW =
      SchemaBuilder.struct()
          .field("number", Schema.INT32_SCHEMA)
          .field("name", Schema.OPTIONAL_STRING_SCHEMA)
          .field("__v", Schema.OPTIONAL_INT32_SCHEMA)
          .build();

  private final TaskHarness harness = new TaskHarness();
  private long offset = 100;

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void keysOfSeveralColumnsThatStandInTheRowOrDoNot() {
    RunningTask task = harness.task(Map.of("kafka.columns", "offset"));

    task.put(
        List.of(
            of(key("eu", 1), null),
            of(key("eu", 2), row(2, "two")),
            of(key("us", 2), row(2, "zwei")),
            of(key("eu", 3), row(3, "three"))));
    task.awaitApplied();
    task.put(List.of(of(key("us", 2), row(2, null)), of(key("eu", 3), null)));
    task.awaitApplied();

    assertThat(task.context.reasons).isEmpty();
    assertThat(harness.texts("region", "number", "name", "__v", "kafka_offset"))
        .containsExactly("eu|2|two|7|101", "us|2|null|7|104");
    assertThat(harness.primaryKey()).containsExactly("region", "number");
  }

  @Test
  void keysThatAreSingleValues() {
    RunningTask task = harness.task(Map.of("key.field", "code"));

    task.put(
        List.of(
            of(Schema.STRING_SCHEMA, "a", ROW, row(1, "x")),
            of(Schema.STRING_SCHEMA, "b", ROW, row(2, "y")),
            of(Schema.OPTIONAL_STRING_SCHEMA, "b", ROW, row(2, "z")),
            of(Schema.STRING_SCHEMA, "a", null, null)));
    task.awaitApplied();

    assertThat(task.context.reasons).isEmpty();
    assertThat(harness.texts("code", "number", "name")).containsExactly("b|2|z");
  }

  @Test
  void rowsWithoutSchemasGetTheirTypesFromValuesTheTableAndTheConfiguration() {
    RunningTask task =
        harness.task(
            Map.of(
                "table.override.items.column.since.type", "DATE",
                "table.override.items.column.tags.type", "ARRAY<STRING>"));
    Map<String, Object> first = new HashMap<>();
    first.put("id", 1L);
    first.put("since", null);
    first.put("tags", List.of());
    first.put("unknown", null);
    first.put("score", 1.5);

    task.put(List.of(loose(1L, first)));
    task.awaitApplied();
    assertThat(harness.fields("items"))
        .extracting(field -> field.getName() + " " + field.getType().getStandardType())
        .contains("since DATE", "tags STRING", "score FLOAT64")
        .noneMatch(field -> field.startsWith("unknown"));
    task.put(
        List.of(
            loose(
                2L,
                Map.of(
                    "id",
                    2L,
                    "since",
                    "2024-02-29",
                    "tags",
                    List.of("a", "b"),
                    "unknown",
                    "u",
                    "score",
                    2L)),
            loose(1L, null),
            loose(3L, Map.of("id", 3L, "since", "no date"))));
    task.awaitApplied();

    assertThat(harness.texts("id", "since", "ARRAY_LENGTH(tags)", "unknown", "score"))
        .containsExactly("2|2024-02-29|2|u|2.0");
    assertThat(task.context.deadLetters)
        .extracting(SinkRecord::key)
        .containsExactly(Map.of("id", 3L));
  }

  @Test
  void coordinatesAreThoseOfTheNewestRecordThatTheRowStandsFor() {
    Events events = new Events();
    RunningTask task = harness.task(Map.of("kafka.columns", "offset,partition"));

    task.put(events.insert(1, "long", 1).update(1, Events.UNAVAILABLE, 2).insert(2, "x", 1).all());
    task.awaitApplied();
    assertThat(harness.texts("id", "big", "small", "kafka_offset"))
        .containsExactly("1|long|2|1", "2|x|1|2");
    task.put(events.update(2, Events.UNAVAILABLE, 5).from(3));
    task.awaitApplied();

    assertThat(harness.texts("id", "big", "small", "kafka_offset", "kafka_partition"))
        .containsExactly("1|long|2|1|0", "2|x|5|3|0");
  }

  private SinkRecord of(Struct key, Struct row) {
    return of(KEY, key, row == null ? null : ROW, row);
  }

  private SinkRecord loose(Object key, Map<String, Object> row) {
    return of(null, Map.of("id", key), null, row);
  }

  private SinkRecord of(Schema keySchema, Object key, Schema schema, Object value) {
    return new SinkRecord(Events.TOPIC, 0, keySchema, key, schema, value, offset++);
  }

  private static Struct key(String region, int number) {
    return new Struct(KEY).put("region", region).put("number", number);
  }

  private static Struct row(int number, String name) {
    return new Struct(ROW).put("number", number).put("name", name).put("__v", 7);
  }
}
