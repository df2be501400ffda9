package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A row that BigQuery itself rejects goes to the dead letter queue, and nothing else does. */
final class IsolationTest {
  /** PostgreSQL's jsonb takes this number, BigQuery's JSON does not. */
  private static final String TOO_LARGE = "{\"n\": 1e999}";

  private final TaskHarness harness = new TaskHarness();
  private final Events events = new Events();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void whatARejectedChangeHadReplacedIsApplied() {
    RunningTask task = harness.task();
    events.insert(1, "a", 1).document(1, "b", 2, TOO_LARGE).insert(2, "c", 3);
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
    RunningTask task = harness.task();
    events.insert(1, "a", 1).document(1, UNAVAILABLE, 2, TOO_LARGE);
    events.document(1, UNAVAILABLE, 3, UNAVAILABLE).insert(2, "b", 2).delete(2);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "a/3"));
    assertThat(task.context.deadLetters)
        .extracting(SinkRecord::originalKafkaOffset)
        .containsExactly(1L);
  }

  @Test
  void aRequiredColumnWithoutAValueIsFoundBeforeItIsStaged() {
    harness.query(
        "CREATE TABLE ds.items (id INT64 NOT NULL, big STRING, small INT64, doc JSON NOT NULL,"
            + " change_metadata STRUCT<position BYTES, operation STRING, source_time TIMESTAMP,"
            + " kafka_topic STRING, kafka_partition INT64, kafka_offset INT64>,"
            + " extra STRING NOT NULL, PRIMARY KEY (id) NOT ENFORCED)");
    RunningTask task = harness.task();
    events.insert(1, "a", 1);
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.rows()).isEmpty();
    assertThat(task.context.reasons.get(0))
        .hasMessageContaining("TRIB-201")
        .hasMessageContaining("extra");
  }

  @Test
  void aTableWhoseLimitsAreNotCheckedIsRefused() {
    harness.query(
        "CREATE TABLE ds.items (id INT64 NOT NULL, big STRING(3), small INT64, doc JSON,"
            + " change_metadata STRUCT<position BYTES, operation STRING, source_time TIMESTAMP,"
            + " kafka_topic STRING, kafka_partition INT64, kafka_offset INT64>,"
            + " PRIMARY KEY (id) NOT ENFORCED)");
    RunningTask task = harness.task();
    events.insert(1, "too long", 1);
    assertThatThrownBy(() -> task.put(events.all()))
        .hasMessageContaining("TRIB-405")
        .hasMessageContaining("big");
  }

  @Test
  void aCycleOfNothingButRejectedRowsEnds() {
    RunningTask task = harness.task();
    events.document(1, "a", 1, TOO_LARGE).document(2, "b", 2, TOO_LARGE);
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
    events.insert(1, six, 1).document(1, UNAVAILABLE, 2, "\"" + six + "\"");
    task.put(events.all());
    task.awaitApplied();
    assertThat(harness.count("SELECT LENGTH(big) + LENGTH(STRING(doc)) FROM `local.ds.items`"))
        .isEqualTo(12_000_000);
    assertThat(task.context.reasons).isEmpty();
  }
}
