package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.tributary.bigquery.BigQuerySinkConnector;
import io.tributary.bigquery.config.WriteMode;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import io.tributary.emulator.jobs.JobRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The page lists the permissions that the calls and statements of a mode need, and no others. */
final class PermissionsTest {
  /**
   * What Google's pages say that each needs: of methods
   * https://cloud.google.com/bigquery/docs/access-control and
   * https://cloud.google.com/bigquery/docs/write-api, of statements the sections "Required
   * permissions" of
   * https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language and
   * https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax, of options
   * https://cloud.google.com/bigquery/docs/information-schema-table-options.
   */
  private static final Map<String, String> NEEDED =
      Map.ofEntries(
          Map.entry("datasets.get", "datasets.get"),
          Map.entry("datasets.insert", "datasets.create"),
          Map.entry("tables.get", "tables.get"),
          Map.entry("tables.insert", "tables.create"),
          Map.entry("tables.patch", "tables.get tables.update"),
          Map.entry("jobs.insert", "jobs.create"),
          Map.entry("jobs.query", "jobs.create"),
          // of jobs of the same account
          Map.entry("jobs.get", ""),
          Map.entry("jobs.getQueryResults", ""),
          Map.entry("CreateWriteStream", "tables.updateData"),
          Map.entry("AppendRows", "tables.updateData tables.get"),
          Map.entry("FinalizeWriteStream", "tables.updateData"),
          Map.entry("BatchCommitWriteStreams", "tables.updateData"),
          Map.entry("SCRIPT", ""),
          Map.entry("SELECT", "tables.getData"),
          Map.entry("ASSERT", "tables.getData"),
          Map.entry("INSERT", "tables.updateData tables.getData"),
          Map.entry("UPDATE", "tables.updateData tables.getData"),
          Map.entry("DELETE", "tables.updateData tables.getData"),
          Map.entry("MERGE", "tables.updateData tables.getData"),
          Map.entry("ALTER_TABLE", "tables.get tables.update"),
          Map.entry("CREATE_VIEW", "tables.create tables.update tables.getData"),
          Map.entry("CREATE_TABLE", "tables.create"),
          Map.entry(
              "CREATE_TABLE_AS_SELECT",
              "tables.create tables.update tables.updateData tables.getData"),
          Map.entry("TABLE_OPTIONS", "tables.get tables.list routines.get routines.list"));

  private static final BigDecimal NUMBER = new BigDecimal("0.50");

  private static final Path PAGE = Path.of("..", "docs", "security.md");

  private final TaskHarness harness = new TaskHarness();
  private final Map<String, Long> before = harness.emulator().calls();

  @AfterEach
  void close() {
    harness.close();
  }

  @ParameterizedTest
  @EnumSource(WriteMode.class)
  void ofAMode(WriteMode mode) throws IOException {
    Map<String, String> options = new HashMap<>();
    options.put("write.mode", mode.name().toLowerCase(Locale.ROOT));
    if (mode == WriteMode.CDC) {
      options.put("cdc.unavailable", "lookup");
    }
    everyKindOfChange(options);
    assertThat(used()).isEqualTo(listed(mode));
  }

  /** What an option needs beside what the mode needs, or is among it. */
  @ParameterizedTest
  @CsvSource({
    "schema.conflict, recreate",
    "history, true",
    "max.staleness, PT15M",
    "auto.create.datasets, true"
  })
  void ofAnOption(String key, String value) throws IOException {
    Map<String, String> options = new HashMap<>(Map.of(key, value));
    Set<String> more = new TreeSet<>();
    if (key.equals("max.staleness")) {
      options.put("write.mode", "cdc");
    }
    if (key.equals("auto.create.datasets")) {
      options.put("dataset", "another");
      options.put("location", "US");
      more.add("bigquery.datasets.create");
    }
    everyKindOfChange(options);
    Set<String> allowed = listed(key.equals("max.staleness") ? WriteMode.CDC : WriteMode.MERGE);
    allowed.addAll(more);
    assertThat(allowed).containsAll(used());
    assertThat(used()).containsAll(more);
    for (String permission : more) {
      assertThat(Files.readString(PAGE)).contains(permission);
    }
  }

  private void everyKindOfChange(Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.put("labels", "team:shop");
    RunningTask first = harness.task(options);
    assertThat(
            new BigQuerySinkConnector()
                .validate(first.context.configs()).configValues().stream()
                    .flatMap(each -> each.errorMessages().stream()))
        .isEmpty();
    Changes source =
        Items.changes(0).column("big", Schema.OPTIONAL_STRING_SCHEMA).column("number", decimal(10));
    apply(first, source.snapshot(Items.row(1, "big", "a", "number", NUMBER)));
    apply(first, source.insert(Items.row(2, "big", "b", "number", NUMBER)));
    if (!more.containsKey("max.staleness")) {
      apply(first, source.update(Items.row(2, "big", Events.UNAVAILABLE, "number", NUMBER)));
    }
    apply(first, source.delete(Map.of("id", 1L)));
    first.stop();

    options.put("labels", "team:store");
    RunningTask second = harness.task(options);
    source.drop("number").column("number", decimal(20));
    source.column("note", Schema.OPTIONAL_STRING_SCHEMA);
    apply(second, source.update(Items.row(2, "big", "c", "number", NUMBER, "note", "new")));
    if ("recreate".equals(more.get("schema.conflict"))) {
      source.drop("number").column("number", Schema.OPTIONAL_STRING_SCHEMA);
      apply(second, source.update(Items.row(2, "big", "d", "number", "text", "note", "new")));
    }
    second.stop();
  }

  private static Schema decimal(int precision) {
    return Decimal.builder(2)
        .parameter("connect.decimal.precision", Integer.toString(precision))
        .optional()
        .build();
  }

  private static void apply(RunningTask task, SinkRecord... records) {
    task.put(List.of(records));
    task.awaitApplied();
  }

  /** What the calls and statements so far need. */
  private Set<String> used() {
    Set<String> seen = new HashSet<>();
    harness
        .emulator()
        .calls()
        .forEach(
            (method, count) -> {
              if (count > before.getOrDefault(method, 0L)) {
                seen.add(method);
              }
            });
    for (JobRecord job : harness.emulator().jobs()) {
      assertThat(job.statementType()).as(job.errorMessage()).isNotNull();
      seen.add(job.statementType());
      if (job.sql().contains("INFORMATION_SCHEMA.TABLE_OPTIONS")) {
        seen.add("TABLE_OPTIONS");
      }
    }
    assertThat(NEEDED.keySet()).as("whose needs are known").containsAll(seen);
    Set<String> permissions = new TreeSet<>();
    for (String each : seen) {
      Splitter.on(' ')
          .omitEmptyStrings()
          .split(NEEDED.get(each))
          .forEach(name -> permissions.add("bigquery." + name));
    }
    return permissions;
  }

  /** The permissions that the page lists for a mode, in the column of its name. */
  private static Set<String> listed(WriteMode mode) throws IOException {
    String name = "`" + mode.name().toLowerCase(Locale.ROOT) + "`";
    Set<String> permissions = new TreeSet<>();
    int column = -1;
    for (String line : Files.readAllLines(PAGE)) {
      List<String> cells = Splitter.on('|').trimResults().splitToList(line);
      if (cells.contains("Permission") && cells.contains(name)) {
        column = cells.indexOf(name);
      } else if (line.startsWith("| `bigquery.") && cells.get(column).equals("yes")) {
        permissions.add(cells.get(1).replace("`", ""));
      }
    }
    return permissions;
  }
}
