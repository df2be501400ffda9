package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.emulator.catalog.TableRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example for mode cdc is a connector that works. */
final class CdcExampleTest {
  private static final Path EXAMPLE = Path.of("../config-examples/bigquery-sink-cdc.json");

  @Test
  void itWritesTables() throws IOException {
    try (TaskHarness harness = new TaskHarness()) {
      RunningTask task = harness.task(filled(harness));
      Events events = new Events().insert(1, "a", 1).insert(2, "b", 2).update(1, "c", 3).delete(2);
      task.put(events.all());
      task.awaitApplied();
      harness.emulator().applyChanges(new TableRef("local", "ds", "items"));
      assertThat(harness.rows()).isEqualTo(Map.of(1L, "c/3"));
    }
  }

  private static Map<String, String> filled(TaskHarness harness) throws IOException {
    String text =
        Files.readString(EXAMPLE)
            .replace("@{bigquery.project}", "local")
            .replace("@{bigquery.dataset}", TaskHarness.DATASET)
            .replace("@{bigquery.location}", "US")
            .replace("@{bigquery.rest}", harness.emulator().restUrl())
            .replace("@{bigquery.grpc}", harness.emulator().grpcEndpoint());
    assertThat(text).doesNotContain("@{");
    ObjectMapper json = new ObjectMapper();
    JsonNode config = json.readTree(text).get("config");
    return json.convertValue(config, new TypeReference<Map<String, String>>() {});
  }
}
