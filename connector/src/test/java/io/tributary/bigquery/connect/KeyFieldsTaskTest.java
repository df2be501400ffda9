package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A table whose records have no key in Kafka gets one from its rows. */
final class KeyFieldsTaskTest {
  private static final Map<String, String> CONFIG =
      Map.of("table.override.items.key.fields", "day, guest");

  private final TaskHarness harness = new TaskHarness();
  private final Changes items =
      Changes.mariaDb("public", "items")
          .topic(Events.TOPIC)
          .at(0, 0)
          .key("day", Schema.INT32_SCHEMA)
          .key("guest", Schema.STRING_SCHEMA)
          .column("pages", Schema.OPTIONAL_INT64_SCHEMA);

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void keepsOneRowForEachKey() {
    RunningTask task = harness.task(CONFIG);
    task.put(
        List.of(
            bare(items.insert(row(1, "Ada", 10)), null),
            bare(items.insert(row(1, "Bob", 20)), null),
            bare(items.update(row(1, "Ada", 11)), row(1, "Ada", 10)),
            bare(items.update(row(2, "Bob", 21)), row(1, "Bob", 20)),
            bare(items.insert(row(3, "Eve", 30)), null),
            bare(items.delete(row(3, "Eve", 30)), row(3, "Eve", 30))));
    task.awaitApplied();
    assertThat(harness.primaryKey()).containsExactly("day", "guest");
    assertThat(harness.texts("day", "guest", "pages")).containsExactly("1|Ada|11", "2|Bob|21");
    assertThat(task.deadLetters()).isEmpty();

    task.put(List.of(bare(items.update(row(3, "Ada", 12)), row(1, "Ada", 11))));
    task.awaitApplied();
    assertThat(harness.texts("day", "guest", "pages")).containsExactly("2|Bob|21", "3|Ada|12");
  }

  private static Map<String, Object> row(int day, String guest, long pages) {
    return Map.of("day", day, "guest", guest, "pages", pages);
  }

  /** As it comes from a table without a key, whose log has the former row. */
  private static SinkRecord bare(SinkRecord record, Map<String, Object> before) {
    Struct envelope = (Struct) record.value();
    if (before != null) {
      Struct former = new Struct(envelope.schema().field("before").schema());
      before.forEach(former::put);
      envelope.put("before", former);
    }
    return new SinkRecord(
        record.topic(),
        record.kafkaPartition(),
        null,
        null,
        record.valueSchema(),
        envelope,
        record.kafkaOffset());
  }
}
