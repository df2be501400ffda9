package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.error.BadRecord;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large texts that a change leaves out, in columns whose type is not text. */
final class LeftOutTest {
  private static final String TYPE = "table.override.items.column.big.type";

  private final TaskHarness harness = new TaskHarness();
  private final Events events = new Events();

  @AfterEach
  void close() {
    harness.close();
  }

  @ParameterizedTest
  @CsvSource({
    "INT64, 17",
    "FLOAT64, 0.5",
    "BOOL, true",
    "DATE, 2024-02-29",
    "TIME, 23:59:59",
    "DATETIME, 2024-02-29 23:59:59",
    "TIMESTAMP, 2024-02-29 23:59:59+00",
    "NUMERIC, 1.5",
  })
  void aColumnOfAChosenTypeKeepsItsValue(String type, String value) {
    RunningTask task = harness.task(Map.of(TYPE, type));
    events.insert(1, value, 1).insert(2, value, 1);
    task.put(events.all());
    task.awaitApplied();
    int next = events.all().size();
    events.update(1, UNAVAILABLE, 2).move(2, 3, UNAVAILABLE, 3).insert(4, null, 4);
    task.put(events.from(next));
    task.awaitApplied();

    assertThat(task.context.reasons).isEmpty();
    assertThat(harness.texts("id", "big = CAST('" + value + "' AS " + type + ")", "small"))
        .containsExactly("1|true|2", "3|true|3", "4|null|4");
  }

  @Test
  void theViewOfAHistoryShowsWhatIsLeftOut() {
    RunningTask task = harness.task(Map.of(TYPE, "INT64", "write.mode", "append"));
    events.insert(1, "17", 1).update(1, UNAVAILABLE, 2).move(1, 3, UNAVAILABLE, 3);
    task.put(events.all());
    task.awaitApplied();

    assertThat(task.context.reasons).isEmpty();
    assertThat(harness.count("SELECT big * 100 + small FROM ds.items_current WHERE id = 3"))
        .isEqualTo(1703);
  }

  @Test
  void aPatternSpeaksOfTheColumnHoweverItsNameWasMadeLegal() {
    var changes = Items.changes(0).column("Big/Value", Schema.OPTIONAL_STRING_SCHEMA);
    RunningTask task = harness.task(Map.of("table.override.items.column.Big/V*.type", "INT64"));
    task.put(List.of(changes.insert(Items.row(1, "Big/Value", "17"))));
    task.awaitApplied();
    task.put(List.of(changes.update(Items.row(1, "Big/Value", UNAVAILABLE))));
    task.awaitApplied();

    assertThat(task.context.reasons).isEmpty();
    assertThat(harness.texts("id", "Big_Value")).containsExactly("1|17");
  }

  @Test
  void aFormerTypesColumnIsKeptBesideTheOneForTexts() {
    RunningTask typed = harness.task(Map.of(TYPE, "INT64"));
    events.insert(1, "17", 1);
    typed.put(events.all());
    typed.awaitApplied();
    typed.stop();
    RunningTask plain = harness.task(Map.of("schema.conflict", "new-column"));
    int next = events.all().size();
    events.update(1, UNAVAILABLE, 2).insert(2, "text", 2).update(2, UNAVAILABLE, 3);
    plain.put(events.from(next));
    plain.awaitApplied();

    assertThat(plain.context.reasons).isEmpty();
    assertThat(harness.texts("id", "big", "big_string", "small"))
        .containsExactly("1|17|null|2", "2|null|text|3");
  }

  @Test
  void whereNothingTellsThatAColumnMayBeLeftOutTheRecordIsADeadLetter() {
    RunningTask typed = harness.task(Map.of(TYPE, "INT64"));
    events.insert(1, "17", 1);
    typed.put(events.all());
    typed.awaitApplied();
    typed.stop();
    RunningTask plain = harness.task(Map.of("schema.conflict", "dead-letter"));
    int next = events.all().size();
    events.update(1, UNAVAILABLE, 2).insert(2, null, 2);
    plain.put(events.from(next));
    plain.awaitApplied();

    assertThat(plain.context.reasons)
        .singleElement()
        .isInstanceOf(BadRecord.class)
        .asString()
        .contains("TRIB-203", "Column big", "left out");
    assertThat(harness.texts("id", "big", "small")).containsExactly("1|17|1", "2|null|2");
  }
}
