package io.tributary.bigquery.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.bigquery.config.TableOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories whose positions were seen on the wire or are documented. */
class RecordedHistoriesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"postgres-snapshot-race", "mysql-documented"})
  void foldToTheTableOfTheSource(String name) throws IOException {
    Map<?, ?> history;
    try (InputStream in = getClass().getResourceAsStream("/recorded/" + name + ".json")) {
      history = JSON.readValue(in, Map.class);
    }
    List<SinkRecord> records = new ArrayList<>();
    for (Object each : (List<?>) history.get("records")) {
      records.add(record((Map<?, ?>) each));
    }
    // as delivered, then once more from every place, and with all read twice
    for (int from = 0; from <= records.size(); from++) {
      InMemorySnapshotMarks marks = new InMemorySnapshotMarks();
      Map<String, RowChange> newest = new HashMap<>();
      read(records, marks, newest);
      read(records.subList(from, records.size()), marks, newest);
      Map<String, Object> table = new TreeMap<>();
      newest.forEach(
          (key, change) -> {
            if (!change.isDelete()) {
              table.put(key, ((Image.OfMap) change.row()).values().get("v"));
            }
          });
      assertThat(table).isEqualTo(history.get("table"));
    }
  }

  private static void read(
      List<SinkRecord> records, SnapshotMarks marks, Map<String, RowChange> newest) {
    ChangeReader reader =
        new ChangeReader(
            new ReaderSettings(
                0, List.of(), OrderBy.SOURCE, "id", List.of(), origin -> TableOptions.NONE),
            marks);
    for (SinkRecord each : records) {
      newest.merge(
          String.valueOf(each.key()),
          (RowChange) reader.read(each),
          (old, now) -> old.position().compareTo(now.position()) > 0 ? old : now);
    }
  }

  private static SinkRecord record(Map<?, ?> told) {
    Map<String, Object> envelope = new HashMap<>();
    envelope.put("op", told.get("op"));
    envelope.put("after", told.get("after"));
    envelope.put("source", told.get("source"));
    return new SinkRecord(
        "recorded",
        ((Number) told.get("partition")).intValue(),
        null,
        told.get("key"),
        null,
        envelope,
        ((Number) told.get("offset")).longValue());
  }
}
