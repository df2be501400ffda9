package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.QueryJobConfiguration;
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
    pipeline.createDataset("types");
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
      Map<String, List<Mode>> sinks =
          Mode.ALL.stream().collect(Collectors.groupingBy(Mode::decoded));
      sinks.forEach((decoded, modes) -> pipeline.startSink("types-" + decoded, 1, sink(modes)));
      for (Map.Entry<String, List<Mode>> sink : sinks.entrySet()) {
        String name = "types-" + sink.getKey() + "-sink";
        Set<String> read = counts(sink.getValue(), 1, 0).keySet();
        topics.awaitCommitted(pipeline.rest(), name, read, DEADLINE);
      }
      compare(sql, topics);
      sinks.keySet().forEach(decoded -> pipeline.rest().delete("types-" + decoded + "-sink"));
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

  private static Map<String, String> sink(List<Mode> modes) {
    String names = modes.stream().map(Mode::name).collect(Collectors.joining("|"));
    return Map.of(
        "topics.regex", "(" + names + ")\\.types\\..*",
        "dataset", "types",
        "table.name.template", "${topic}",
        "incomplete.wait.ms", "500",
        "flush.interval.ms", "10000",
        "source.binary.mode", modes.get(0).decoded(),
        "errors.deadletterqueue.topic.name", "dead-types",
        "errors.deadletterqueue.context.headers.enable", "true");
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

  private void compare(Statement sql, Topics topics) throws Exception {
    Comparison comparison = new Comparison();
    Map<Place, String> letters = topics.deadLetters(pipeline.kafka(), "dead-types");
    for (SampleTable table : TABLES) {
      Map<Integer, Map<String, String>> truth = table.truth(sql);
      for (Mode mode : Mode.ALL) {
        String topic = mode.name() + "." + table.name();
        TableResult rows =
            pipeline
                .bigQuery()
                .query(
                    QueryJobConfiguration.of(
                        "SELECT * FROM types.`" + topic.replace('.', '_') + "`"));
        if (table.equals(LONG)) {
          refusesTextsThatReadAsLeftOut(topics.changes(topic), rows, letters);
        } else {
          comparison.withTopic(mode, table, topics.changes(topic), rows, letters);
        }
        comparison.withDatabase(
            mode.name(), table, column -> !column.type().loss().in(mode), truth, rows);
      }
    }
    comparison.report("PostgreSQL", letters);
    assertThat(comparison.differences()).isEmpty();
    Set<String> missing = ListedTypes.under("PostgreSQL");
    missing.removeAll(comparison.listed());
    assertThat(missing)
        .as("not here: what needs PostGIS and pgvector")
        .isEqualTo(PostgresExtensionsTest.TYPES);
    assertThat(comparison.cases()).hasSizeGreaterThanOrEqualTo(600);
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
