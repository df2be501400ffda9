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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples for the modes cdc and append are connectors that work. */
final class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../config-examples");

  private final TaskHarness harness = new TaskHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void ofCdc() throws IOException {
    apply("bigquery-sink-cdc.json");
    harness.emulator().applyChanges(new TableRef("local", "ds", "items"));
    assertThat(harness.rows()).isEqualTo(Map.of(1L, "c/3"));
  }

  @Test
  void ofAppend() throws IOException {
    apply("bigquery-sink-append.json");
    assertThat(harness.texts("change_metadata.operation", "id"))
        .containsExactlyInAnyOrder("c|1", "c|2", "u|1", "d|2");
    assertThat(harness.rows("items_current")).isEqualTo(Map.of(1L, "c/3"));
  }

  private void apply(String example) throws IOException {
    RunningTask task = harness.task(filled(example));
    Events events = new Events().insert(1, "a", 1).insert(2, "b", 2).update(1, "c", 3).delete(2);
    task.put(events.all());
    task.awaitApplied();
  }

  private Map<String, String> filled(String example) throws IOException {
    String text =
        Files.readString(EXAMPLES.resolve(example))
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
