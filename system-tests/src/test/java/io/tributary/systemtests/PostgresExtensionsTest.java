package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableResult;
import io.tributary.systemtests.Topics.Place;
import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.LocalPostgres;
import io.tributary.tools.local.Ports;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The types of PostGIS and pgvector, alone and in arrays, through Debezium in each of its modes.
 * The server that the other tests unpack has no such extensions: this test starts an installed one.
 */
@ExtendWith(SharedPipeline.class)
final class PostgresExtensionsTest {
  /** The types of the documentation that are tried here and nowhere else. */
  static final Set<String> TYPES =
      Set.of("geometry", "geography", "vector", "halfvec", "sparsevec");

  private static final Duration DEADLINE = Duration.ofMinutes(4);
  private static final String DATABASE = "extended";
  private static final List<SampleTable> TABLES =
      List.of(
          SampleTable.scalars("ext.scalars", ExtensionTypes.all()),
          SampleTable.arrays("ext.arrays", ExtensionTypes.inArrays()));

  private final Pipeline pipeline;

  PostgresExtensionsTest(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Test
  void everyValueArrivesOrIsADeadLetter() throws Exception {
    Optional<Path> home = InstalledPostgres.withExtensions();
    if (home.isEmpty()) {
      leaveOut();
      return;
    }
    try (LocalFolder folder = LocalFolder.create("tributary-extensions");
        LocalPostgres server =
            LocalPostgres.startInstalled(folder, new Ports(note -> {}).any(), home.get())) {
      server.createDatabase(DATABASE);
      try (Connection database = server.connect(DATABASE);
          Statement sql = database.createStatement();
          Topics topics = new Topics(pipeline.kafka(), Pattern.compile("x_.*\\.ext\\..*"))) {
        run(server, sql, topics);
      }
    }
  }

  /** Nobody shall take a run without these types for a whole one. */
  private static void leaveOut() {
    String why =
        "types of PostgreSQL left out: "
            + TYPES
            + ", as no server with PostGIS and pgvector is installed. '.ci/postgres-extensions',"
            + " run as root, installs one.";
    System.out.println(why);
    if (System.getenv("CI") != null) {
      fail(why);
    }
    abort(why);
  }

  private void run(LocalPostgres server, Statement sql, Topics topics) throws Exception {
    pipeline.createDataset("ext");
    sql.execute(
        "CREATE EXTENSION postgis; CREATE EXTENSION vector; CREATE SCHEMA ext;"
            + " SET search_path TO ext, public");
    for (SampleTable table : TABLES) {
      sql.execute(table.create());
      table.insert(sql, 0);
    }
    sql.execute("CREATE PUBLICATION pub_ext FOR TABLE ext.scalars, ext.arrays");
    Mode.ALL.forEach(mode -> createSource(server, mode));
    Mode.ALL.forEach(mode -> pipeline.awaitSource(source(mode)));
    topics.awaitCounts(counts(1, 0), DEADLINE);
    for (SampleTable table : TABLES) {
      table.insert(sql, SampleTable.STREAMED);
      table.update(sql);
    }
    topics.awaitCounts(counts(2, 1), DEADLINE);
    pipeline.startSink("ext", 1, sink());
    topics.awaitCommitted(pipeline.rest(), "ext-sink", counts(1, 0).keySet(), DEADLINE);
    compare(sql, topics);
    pipeline.rest().delete("ext-sink");
    Mode.ALL.forEach(mode -> pipeline.rest().delete(source(mode) + "-source"));
  }

  private static String source(Mode mode) {
    return mode.name().replaceFirst("m_", "x_");
  }

  private void createSource(LocalPostgres server, Mode mode) {
    Map<String, String> settings = new HashMap<>(mode.settings());
    settings.put("database.port", Integer.toString(server.port()));
    settings.put("database.dbname", DATABASE);
    settings.put("schema.include.list", "ext");
    settings.put("publication.name", "pub_ext");
    settings.put("publication.autocreate.mode", "disabled");
    settings.put("heartbeat.interval.ms", "0");
    settings.put("column.propagate.source.type", ".*");
    pipeline.createSource(source(mode), 1, settings);
  }

  private static Map<String, String> sink() {
    return Map.of(
        "topics.regex", "x_.*\\.ext\\..*",
        "dataset", "ext",
        "table.name.template", "${topic}",
        "incomplete.wait.ms", "500",
        "flush.interval.ms", "2000",
        "errors.deadletterqueue.topic.name", "dead-ext",
        "errors.deadletterqueue.context.headers.enable", "true");
  }

  private static Map<String, Integer> counts(int inserted, int updated) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Mode mode : Mode.ALL) {
      for (SampleTable table : TABLES) {
        counts.put(
            source(mode) + "." + table.name(),
            table.rows().size() * inserted + table.ordinary() * updated);
      }
    }
    return counts;
  }

  private void compare(Statement sql, Topics topics) throws Exception {
    Comparison comparison = new Comparison();
    Map<Place, String> letters = topics.deadLetters(pipeline.kafka(), "dead-ext");
    for (SampleTable table : TABLES) {
      Map<Integer, Map<String, String>> truth = table.truth(sql);
      for (Mode mode : Mode.ALL) {
        String topic = source(mode) + "." + table.name();
        TableResult rows =
            pipeline
                .bigQuery()
                .query(
                    QueryJobConfiguration.of(
                        "SELECT * FROM ext.`" + topic.replace('.', '_') + "`"));
        comparison.withTopic(mode, table, topics.changes(topic), rows, letters);
        comparison.withDatabase(
            mode.name(), table, column -> !column.type().loss().in(mode), truth, rows);
      }
    }
    comparison.report("PostGIS and pgvector", letters);
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.listed()).isEqualTo(TYPES);
  }
}
