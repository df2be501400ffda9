package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.emulator.jobs.JobRecord;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main job on real parts: PostgreSQL to Debezium to Kafka to a Connect worker to BigQuery. */
@ExtendWith(SharedPipeline.class)
final class PipelineTest {
  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private final Pipeline pipeline;

  PipelineTest(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Test
  void envelopesWithSchemas() throws Exception {
    prepare("with_schemas");
    pipeline.startSource("with_schemas", 3, Map.of());
    pipeline.startSink("with_schemas", 2, Map.of());
    pipeline.awaitEqual("with_schemas", List.of("items", "lines"), DEADLINE);
    change("with_schemas");
    keyChangesAndTruncates("with_schemas");
    pipeline.awaitEqual("with_schemas", List.of("items", "lines"), DEADLINE);
    assertThat(counted("with_schemas-sink", "changes")).isGreaterThanOrEqualTo(150);
    assertThat(counted("with_schemas-sink", "chain-jobs")).isPositive();
    assertThat(counted("with_schemas-sink", "ignored-tombstone")).isPositive();
    assertThat(counted("with_schemas-sink", "dead-letters")).isZero();
    pipeline.stop("with_schemas");
  }

  @Test
  void envelopesWithoutSchemas() throws Exception {
    prepare("schemaless");
    Map<String, String> plain =
        Map.of(
            "key.converter", "org.apache.kafka.connect.json.JsonConverter",
            "key.converter.schemas.enable", "false",
            "value.converter", "org.apache.kafka.connect.json.JsonConverter",
            "value.converter.schemas.enable", "false");
    pipeline.startSource("schemaless", 3, plain);
    pipeline.startSink("schemaless", 2, plain);
    pipeline.awaitEqual("schemaless", List.of("lines"), DEADLINE);
    change("schemaless");
    keyChangesAndTruncates("schemaless");
    pipeline.awaitEqual("schemaless", List.of("lines"), DEADLINE);
    pipeline.stop("schemaless");
  }

  /** Another transform renames the topics; offsets belong to the topics that were read. */
  @Test
  void flattenedRecordsOfRenamedTopics() throws Exception {
    prepare("flattened");
    pipeline.startSource(
        "flattened",
        3,
        Map.of(
            "transforms", "unwrap",
            "transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState",
            "transforms.unwrap.replace.null.with.default", "false"));
    pipeline.startSink(
        "flattened",
        2,
        Map.of(
            "transforms", "rename",
            "transforms.rename.type", "org.apache.kafka.connect.transforms.RegexRouter",
            "transforms.rename.regex", "flattened\\.(.*)",
            "transforms.rename.replacement", "renamed.$1"));
    pipeline.awaitEqual("flattened", List.of("items", "lines"), DEADLINE);
    change("flattened");
    pipeline.awaitEqual("flattened", List.of("items", "lines"), DEADLINE);
    Set<String> read = Set.of("flattened.flattened.items", "flattened.flattened.lines");
    try (Topics topics = new Topics(pipeline.kafka(), Pattern.compile("flattened\\..*"))) {
      topics.awaitCommitted(pipeline.rest(), "flattened-sink", read, DEADLINE);
    }
    pipeline.stop("flattened");
  }

  @Test
  void eightTasksOnOneTableNeverOverlapTheirMerges() throws Exception {
    prepare("eight");
    pipeline.startSource("eight", 8, Map.of());
    pipeline.startSink("eight", 8, Map.of("flush.interval.ms", "100"));
    pipeline.awaitEqual("eight", List.of("items"), DEADLINE);
    try (Connection connection = pipeline.database();
        Statement sql = connection.createStatement()) {
      for (int round = 0; round < 20; round++) {
        // However fast the rounds are, there have to be jobs that could overlap.
        int least = round / 2;
        await().atMost(DEADLINE).until(() -> chain("eight").size() >= least);
        sql.execute(
            "INSERT INTO eight.items (id, name, big) SELECT i, 'r"
                + round
                + "', repeat('z', 3000)"
                + " FROM generate_series("
                + (1_000 + round * 100)
                + ", "
                + (1_099 + round * 100)
                + ") AS i");
        sql.execute(
            "UPDATE eight.items SET name = name || '" + round + "' WHERE id % 7 = " + round % 7);
        sql.execute("DELETE FROM eight.items WHERE id % 31 = " + round);
      }
    }
    pipeline.awaitEqual("eight", List.of("items"), DEADLINE);
    pipeline.stop("eight");
    List<JobRecord> chain = chain("eight");
    assertThat(chain).hasSizeGreaterThan(5);
    for (int i = 1; i < chain.size(); i++) {
      assertThat(chain.get(i).created())
          .as("%s begins after %s has ended", chain.get(i).id(), chain.get(i - 1).id())
          .isAfterOrEqualTo(chain.get(i - 1).ended());
      assertThat(number(chain.get(i))).isEqualTo(number(chain.get(i - 1)) + 1);
    }
  }

  /** The chain jobs of a dataset's table of items, in the order of their creation. */
  private List<JobRecord> chain(String dataset) {
    return pipeline.emulator().jobs().stream()
        .filter(
            job ->
                job.id().startsWith("tributary_items_")
                    && job.sql().contains("`local." + dataset + ".items`"))
        .sorted(Comparator.comparing(JobRecord::created))
        .toList();
  }

  /** The sum of a metric over the connector's tasks, as an operator reads it by JMX. */
  private static long counted(String connector, String metric) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName tasks =
        new ObjectName("kafka.connect:type=plugins,connector=" + connector + ",task=*");
    long sum = 0;
    for (ObjectName task : server.queryNames(tasks, null)) {
      sum += (Long) server.getAttribute(task, metric);
    }
    return sum;
  }

  private static long number(JobRecord job) {
    return Long.parseLong(job.id().substring(job.id().lastIndexOf('_') + 1));
  }

  private void prepare(String schema) throws SQLException {
    pipeline.createDataset(schema);
    try (Connection connection = pipeline.database();
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE SCHEMA " + schema);
      sql.execute(
          "CREATE TABLE "
              + schema
              + ".items (id bigint PRIMARY KEY, name text, big text, price numeric(10,2),"
              + " made timestamptz DEFAULT now(), day date, tags text[], data jsonb, raw bytea, ok boolean)");
      sql.execute("ALTER TABLE " + schema + ".items ALTER COLUMN big SET STORAGE EXTERNAL");
      sql.execute(
          "CREATE TABLE "
              + schema
              + ".lines (a int, b text, note text, qty int, PRIMARY KEY (a, b))");
      sql.execute("ALTER TABLE " + schema + ".lines ALTER COLUMN note SET STORAGE EXTERNAL");
      sql.execute(
          "INSERT INTO "
              + schema
              + ".items SELECT i, 'n' || i, repeat(chr(65 + i % 26), 4000), i * 1.25, now(),"
              + " current_date, ARRAY['x', 'y' || i], jsonb_build_object('i', i), decode('00ff', 'hex'), i % 2 = 0"
              + " FROM generate_series(1, 60) AS i");
      sql.execute(
          "INSERT INTO "
              + schema
              + ".lines SELECT i / 3, 'k' || i % 3, repeat('q', 3000), i FROM generate_series(0, 89) AS i");
    }
  }

  /**
   * Inserts, updates that leave the large column alone, deletes, a key inserted again, and a new
   * column.
   */
  private void change(String schema) throws SQLException {
    try (Connection connection = pipeline.database();
        Statement sql = connection.createStatement()) {
      sql.execute("UPDATE " + schema + ".items SET name = name || '!' WHERE id <= 30");
      sql.execute("UPDATE " + schema + ".items SET big = repeat('w', 5000) WHERE id % 5 = 0");
      sql.execute("DELETE FROM " + schema + ".items WHERE id % 11 = 0");
      sql.execute("INSERT INTO " + schema + ".items (id, name) VALUES (11, 'back'), (101, NULL)");
      sql.execute("ALTER TABLE " + schema + ".items ADD COLUMN extra text");
      sql.execute("UPDATE " + schema + ".items SET extra = 'e' || id WHERE id > 20");
      sql.execute("UPDATE " + schema + ".lines SET qty = qty + 1 WHERE a < 10");
      sql.execute("DELETE FROM " + schema + ".lines WHERE b = 'k1' AND a > 20");
    }
  }

  private void keyChangesAndTruncates(String schema) throws SQLException {
    try (Connection connection = pipeline.database();
        Statement sql = connection.createStatement()) {
      sql.execute("UPDATE " + schema + ".items SET id = id + 1000 WHERE id BETWEEN 3 AND 9");
      sql.execute("UPDATE " + schema + ".items SET id = id + 1000 WHERE id BETWEEN 1003 AND 1005");
      sql.execute("UPDATE " + schema + ".lines SET a = a + 100 WHERE a < 5");
      sql.execute("UPDATE " + schema + ".lines SET qty = -1, b = 'moved' WHERE a = 7 AND b = 'k0'");
      sql.execute("TRUNCATE " + schema + ".lines");
      sql.execute(
          "INSERT INTO "
              + schema
              + ".lines VALUES (1, 'k1', repeat('n', 3000), 5), (2, 'k2', NULL, 6)");
      sql.execute("UPDATE " + schema + ".lines SET a = 50 WHERE a = 1");
    }
  }
}
