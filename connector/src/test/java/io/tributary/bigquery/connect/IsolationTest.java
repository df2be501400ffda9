package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A row that BigQuery itself rejects goes to the dead letter queue, and nothing else does. */
final class IsolationTest {
  /** Text that only BigQuery reads, and rejects. */
  private static final String NO_SHAPE = "POINT(1";

  private static final Map<String, String> SHAPES =
      Map.of("table.override.items.column.doc.type", "GEOGRAPHY");

  private final TaskHarness harness = new TaskHarness();
  private final Events events = new Events();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void whatARejectedChangeHadReplacedIsApplied() {
    RunningTask task = harness.task(SHAPES);
    events.insert(1, "a", 1).document(1, "b", 2, NO_SHAPE).insert(2, "c", 3);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1", 2L, "c/3"));
    assertThat(task.context.deadLetters)
        .extracting(SinkRecord::originalKafkaOffset)
        .containsExactly(1L);
    assertThat(task.context.reasons.get(0))
        .hasMessageContaining("TRIB-206")
        .hasMessageContaining("doc");
  }

  @Test
  void aBadValueThatALaterChangeTookOverIsFoundInItsOwnRecord() {
    RunningTask task = harness.task(SHAPES);
    events.insert(1, "a", 1).document(1, UNAVAILABLE, 2, NO_SHAPE);
    events.document(1, UNAVAILABLE, 3, UNAVAILABLE).insert(2, "b", 2).delete(2);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/3"));
    assertThat(task.context.deadLetters)
        .extracting(SinkRecord::originalKafkaOffset)
        .containsExactly(1L);
  }

  @Test
  void aRequiredColumnThatTheSourceLacksTakesNull() {
    harness.query(
        "CREATE TABLE ds.items (id INT64 NOT NULL, big STRING, small INT64, doc STRING NOT NULL,"
            + " change_metadata STRUCT<position BYTES, operation STRING, source_time TIMESTAMP,"
            + " kafka_topic STRING, kafka_partition INT64, kafka_offset INT64>,"
            + " extra STRING NOT NULL, PRIMARY KEY (id) NOT ENFORCED)");
    RunningTask task = harness.task();
    events.insert(1, "a", 1);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1"));
    assertThat(harness.count("SELECT COUNT(*) FROM ds.items WHERE extra IS NULL AND doc IS NULL"))
        .isEqualTo(1);
  }

  @Test
  void aLimitOfLengthIsWidenedWhereTheSourceHasNone() {
    harness.query(
        "CREATE TABLE ds.items (id INT64 NOT NULL, big STRING(3), small INT64, doc STRING,"
            + " change_metadata STRUCT<position BYTES, operation STRING, source_time TIMESTAMP,"
            + " kafka_topic STRING, kafka_partition INT64, kafka_offset INT64>,"
            + " PRIMARY KEY (id) NOT ENFORCED)");
    RunningTask task = harness.task();
    events.insert(1, "four", 1);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "four/1"));
  }

  @Test
  void aCycleOfNothingButRejectedRowsEnds() {
    RunningTask task = harness.task(SHAPES);
    events.document(1, "a", 1, NO_SHAPE).document(2, "b", 2, NO_SHAPE);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.rows()).isEmpty();
    assertThat(task.context.deadLetters).hasSize(2);
  }

  @Test
  void aRowThatIsTooLargeForARequestIsSetAside() {
    RunningTask task = harness.task();
    events.insert(1, "a", 1).insert(2, "x".repeat(10_000_000), 2).insert(3, "c", 3);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/1", 3L, "c/3"));
    assertThat(task.context.reasons.get(0)).hasMessageContaining("TRIB-208");
  }

  @Test
  void changesThatTogetherAreTooLargeAreStagedApart() {
    RunningTask task = harness.task();
    String six = "y".repeat(6_000_000);
    events.insert(1, six, 1).document(1, UNAVAILABLE, 2, six);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.count("SELECT LENGTH(big) + LENGTH(doc) FROM `local.ds.items`"))
        .isEqualTo(12_000_000);
    assertThat(task.context.reasons).isEmpty();
  }
}
