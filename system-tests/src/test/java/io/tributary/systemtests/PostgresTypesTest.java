package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.TableResult;
import io.tributary.systemtests.Topics.Change;
import io.tributary.systemtests.Topics.Place;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every type of PostgreSQL, alone and in arrays, through Debezium in each of its modes, from rows
 * that it finds and from rows that it sees inserted.
 */
@ExtendWith(SharedPipeline.class)
final class PostgresTypesTest {
  private static final Duration DEADLINE = Duration.ofMinutes(8);
  private static final SampleTable SCALARS =
      SampleTable.scalars("types.scalars", PostgresTypes.all());
  private static final SampleTable ARRAYS = SampleTable.arrays("types.arrays", PostgresTypes.all());
  private static final SampleTable LONG = SampleTable.scalars("types.long", LongTypes.all());
  private static final List<SampleTable> TABLES = List.of(SCALARS, ARRAYS, LONG);

  private final Pipeline pipeline;

  PostgresTypesTest(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Test
  void everyValueArrivesOrIsADeadLetter() throws Exception {
    for (SinkMode write : SinkMode.values()) {
      pipeline.createDataset(write.dataset("types"));
    }
    try (Connection database = pipeline.database();
        Statement sql = database.createStatement();
        Topics topics = new Topics(pipeline.kafka(), Pattern.compile("m_.*\\.types\\..*"))) {
      sql.execute(
          "CREATE SCHEMA types; SET search_path TO types, public;" + PostgresTypes.PREPARATION);
      for (SampleTable table : TABLES) {
        sql.execute(table.create());
        table.insert(sql, 0);
      }
      sql.execute("CREATE PUBLICATION pub_types FOR TABLES IN SCHEMA types");
      Mode.ALL.forEach(this::createSource);
      Mode.ALL.forEach(mode -> pipeline.awaitSource(mode.name()));
      topics.awaitCounts(counts(1, 0), DEADLINE);
      for (SampleTable table : TABLES) {
        table.insert(sql, SampleTable.STREAMED);
        table.update(sql);
      }
      topics.awaitCounts(counts(2, 1), DEADLINE);
      Map<String, List<Mode>> sinks = startSinks();
      for (Map.Entry<String, List<Mode>> sink : sinks.entrySet()) {
        Set<String> read = counts(sink.getValue(), 1, 0).keySet();
        topics.awaitCommitted(pipeline.rest(), sink.getKey() + "-sink", read, DEADLINE);
      }
      for (SinkMode write : SinkMode.values()) {
        compare(write, sql, topics);
      }
      sinks.keySet().forEach(sink -> pipeline.rest().delete(sink + "-sink"));
    }
    Mode.ALL.forEach(mode -> pipeline.rest().delete(mode.name() + "-source"));
  }

  private void createSource(Mode mode) {
    Map<String, String> settings = new HashMap<>(mode.settings());
    settings.put("schema.include.list", "types");
    settings.put("publication.name", "pub_types");
    settings.put("publication.autocreate.mode", "disabled");
    settings.put("slot.drop.on.stop", "true");
    settings.put("heartbeat.interval.ms", "0");
    settings.put("column.propagate.source.type", ".*");
    pipeline.createSource(mode.name(), 1, settings);
  }

  /** One sink for each way to write and to decode bytes; answers which sources each reads. */
  private Map<String, List<Mode>> startSinks() {
    Map<String, List<Mode>> started = new TreeMap<>();
    Map<String, List<Mode>> decodings =
        Mode.ALL.stream().collect(Collectors.groupingBy(Mode::decoded));
    for (SinkMode write : SinkMode.values()) {
      decodings.forEach(
          (decoded, modes) -> {
            String name = "types-" + write.word() + "-" + decoded;
            pipeline.startSink(name, 1, sink(write, modes));
            started.put(name, modes);
          });
    }
    return started;
  }

  private static Map<String, String> sink(SinkMode write, List<Mode> modes) {
    Map<String, String> settings = write.settings("types");
    String names = modes.stream().map(Mode::name).collect(Collectors.joining("|"));
    settings.put("topics.regex", "(" + names + ")\\.types\\..*");
    settings.put("incomplete.wait.ms", "500");
    settings.put("source.binary.mode", modes.get(0).decoded());
    return settings;
  }

  private static Map<String, Integer> counts(int inserted, int updated) {
    return counts(Mode.ALL, inserted, updated);
  }

  private static Map<String, Integer> counts(List<Mode> modes, int inserted, int updated) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Mode mode : modes) {
      for (SampleTable table : TABLES) {
        counts.put(
            mode.name() + "." + table.name(),
            table.rows().size() * inserted + table.ordinary() * updated);
      }
    }
    return counts;
  }

  private void compare(SinkMode write, Statement sql, Topics topics) throws Exception {
    Comparison comparison = new Comparison();
    Map<Place, String> letters = topics.deadLetters(pipeline.kafka(), write.deadLetters("types"));
    for (SampleTable table : TABLES) {
      Map<Integer, Map<String, String>> truth = table.truth(sql);
      for (Mode mode : Mode.ALL) {
        String topic = mode.name() + "." + table.name();
        List<Change> changes = topics.changes(topic);
        if (write == SinkMode.APPEND) {
          TableResult history = SinkMode.history(pipeline.bigQuery(), "types", topic);
          comparison.withChanges(mode, table, changes, history, Map.copyOf(letters));
        }
        TableResult rows = write.current(pipeline.bigQuery(), "types", topic);
        if (!table.equals(LONG)) {
          comparison.withTopic(mode, table, changes, rows, letters);
        } else if (write == SinkMode.APPEND) {
          forget(changes, truth);
        } else {
          refusesTextsThatReadAsLeftOut(changes, rows, letters);
        }
        comparison.withDatabase(
            mode.name(), table, column -> !column.type().loss().in(mode), truth, rows);
      }
    }
    comparison.report("PostgreSQL in mode " + write.word(), letters);
    assertThat(comparison.differences()).isEmpty();
    Set<String> missing = ListedTypes.under("PostgreSQL");
    missing.removeAll(comparison.listed());
    assertThat(missing)
        .as("not here: what needs PostGIS and pgvector")
        .isEqualTo(PostgresExtensionsTest.TYPES);
    assertThat(comparison.cases()).hasSizeGreaterThanOrEqualTo(600);
  }

  /** Nothing tells such a row from one that lacks its text: a history says that it was left out. */
  private static void forget(List<Change> changes, Map<Integer, Map<String, String>> truth) {
    changes.stream()
        .filter(change -> !change.op().equals("u") && LongTypes.reads(change.row()))
        .forEach(change -> LongTypes.forget(truth.get(change.row().path("id").asInt())));
  }

  /** Nothing tells such a row from one that lacks its text: it waits, and is a dead letter. */
  private static void refusesTextsThatReadAsLeftOut(
      List<Change> changes, TableResult rows, Map<Place, String> letters) {
    List<Change> marked =
        changes.stream()
            .filter(change -> change.op().equals("r") || change.op().equals("c"))
            .filter(change -> LongTypes.reads(change.row()))
            .toList();
    assertThat(marked).hasSize(2);
    marked.forEach(
        change -> assertThat(letters.remove(change.place())).as("dead letter").contains("TRIB-"));
    assertThat(rows.getTotalRows()).isEqualTo(2L * LONG.ordinary());
    long unavailable = changes.stream().filter(change -> LongTypes.reads(change.row())).count();
    assertThat(unavailable).as("updates that left the text out").isGreaterThan(marked.size());
  }
}
