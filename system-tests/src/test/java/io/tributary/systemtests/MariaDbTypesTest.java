package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every type of MariaDB through Debezium in each of its modes. */
@ExtendWith(SharedPipeline.class)
final class MariaDbTypesTest {
  private static final Duration DEADLINE = Duration.ofMinutes(8);
  private static final String DATABASE = "types";
  private static final SampleTable TABLE = SampleTable.scalars("types.scalars", MariaDbTypes.all());

  /** A mode of values, and one of unsigned numbers of 64 bits. */
  private record MariaDbMode(Mode values, String bigints) {
    static MariaDbMode of(
        String name, String times, String decimals, String bytes, String bigints) {
      return new MariaDbMode(new Mode(name, times, decimals, "", bytes, "", false, bytes), bigints);
    }

    String topic() {
      return values.name() + "." + TABLE.name();
    }
  }

  private static final List<MariaDbMode> MODES =
      List.of(
          MariaDbMode.of("b_default", "adaptive_time_microseconds", "precise", "bytes", "long"),
          MariaDbMode.of("b_connect", "connect", "string", "base64", "precise"),
          MariaDbMode.of("b_iso", "isostring", "double", "hex", "precise"),
          MariaDbMode.of("b_nano", "nanoseconds", "precise", "base64-url-safe", "long"));

  private final Pipeline pipeline;

  MariaDbTypesTest(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Test
  void everyValueArrivesOrIsADeadLetter() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "MariaDB's programs are there for Linux on x86-64 only");
    for (SinkMode write : SinkMode.values()) {
      pipeline.createDataset(write.dataset("mariadb"));
    }
    try (MariaDbSources sources = MariaDbSources.start(pipeline, "mariadb");
        Connection database = sources.connect();
        Statement sql = database.createStatement();
        Topics topics = new Topics(pipeline.kafka(), Pattern.compile("b_.*\\.types\\..*"))) {
      sql.execute("SET sql_mode = ''");
      sql.execute("CREATE DATABASE " + DATABASE);
      sql.execute(TABLE.create());
      TABLE.insert(sql, 0);
      for (MariaDbMode mode : MODES) {
        sources.create(mode.values().name(), source(mode));
      }
      for (MariaDbMode mode : MODES) {
        sources.awaitRunning(mode.values().name());
      }
      topics.awaitCounts(counts(TABLE.rows().size()), DEADLINE);
      TABLE.insert(sql, SampleTable.STREAMED);
      TABLE.update(sql);
      topics.awaitCounts(counts(TABLE.rows().size() * 2 + TABLE.ordinary()), DEADLINE);
      Map<String, String> sinks = new TreeMap<>();
      for (SinkMode write : SinkMode.values()) {
        for (MariaDbMode mode : MODES) {
          String name = write.word() + "-" + mode.values().name();
          pipeline.startSink(name, 1, sink(write, mode));
          sinks.put(name + "-sink", mode.topic());
        }
      }
      for (Map.Entry<String, String> sink : sinks.entrySet()) {
        topics.awaitCommitted(pipeline.rest(), sink.getKey(), Set.of(sink.getValue()), DEADLINE);
      }
      for (SinkMode write : SinkMode.values()) {
        compare(write, sql, topics);
      }
      sinks.keySet().forEach(pipeline.rest()::delete);
    }
  }

  private static Map<String, String> sink(SinkMode write, MariaDbMode mode) {
    Map<String, String> settings = write.settings("mariadb");
    settings.put("topics.regex", mode.values().name() + "\\.types\\..*");
    settings.put("source.binary.mode", mode.values().decoded());
    return settings;
  }

  private static Map<String, String> source(MariaDbMode mode) {
    Map<String, String> more = new HashMap<>();
    more.put("database.include.list", DATABASE);
    more.put("topic.creation.default.partitions", "1");
    // what a mode cannot represent arrives as NULL, so that the rest can be compared
    more.put("event.converting.failure.handling.mode", "warn");
    more.put("time.precision.mode", mode.values().times());
    more.put("decimal.handling.mode", mode.values().decimals());
    more.put("binary.handling.mode", mode.values().bytes());
    more.put("bigint.unsigned.handling.mode", mode.bigints());
    return more;
  }

  private static Map<String, Integer> counts(int records) {
    Map<String, Integer> counts = new TreeMap<>();
    MODES.forEach(mode -> counts.put(mode.topic(), records));
    return counts;
  }

  private void compare(SinkMode write, Statement sql, Topics topics) throws Exception {
    Comparison comparison = new Comparison();
    Map<Place, String> letters = topics.deadLetters(pipeline.kafka(), write.deadLetters("mariadb"));
    Map<Integer, Map<String, String>> truth = TABLE.truth(sql);
    for (MariaDbMode mode : MODES) {
      List<Change> changes = topics.changes(mode.topic());
      if (write == SinkMode.APPEND) {
        TableResult history = SinkMode.history(pipeline.bigQuery(), "mariadb", mode.topic());
        comparison.withChanges(mode.values(), TABLE, changes, history, Map.copyOf(letters));
      }
      TableResult rows = write.current(pipeline.bigQuery(), "mariadb", mode.topic());
      comparison.withTopic(mode.values(), TABLE, changes, rows, letters);
      comparison.withDatabase(
          mode.values().name(),
          TABLE,
          column -> !column.type().loss().in(mode.values()),
          truth,
          rows);
    }
    comparison.report("MariaDB in mode " + write.word(), letters);
    assertThat(comparison.differences()).isEmpty();
    Set<String> missing = ListedTypes.under("MySQL and MariaDB");
    missing.removeAll(comparison.listed());
    assertThat(missing).as("not here: MySQL's alone").containsExactly("vector");
    assertThat(comparison.cases()).hasSizeGreaterThanOrEqualTo(600);
  }
}
