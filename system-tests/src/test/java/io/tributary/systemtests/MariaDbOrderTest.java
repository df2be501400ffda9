package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table of MariaDB ends up equal, by the positions of its binary log. */
@ExtendWith(SharedPipeline.class)
final class MariaDbOrderTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private final Pipeline pipeline;

  MariaDbOrderTest(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Test
  void followsTheBinaryLog() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "MariaDB's programs are there for Linux on x86-64 only");
    pipeline.createDataset("orders");
    try (MariaDbSources sources = MariaDbSources.start(pipeline, "orders");
        Connection database = sources.connect();
        Statement sql = database.createStatement();
        Topics topics = new Topics(pipeline.kafka(), Pattern.compile("orders\\.shop\\.items"))) {
      sql.execute("CREATE DATABASE shop");
      sql.execute("CREATE TABLE shop.items (id INT PRIMARY KEY, v INT, note TEXT)");
      sql.execute("CREATE TABLE shop.signals (id VARCHAR(42), type VARCHAR(32), data TEXT)");
      for (int id = 1; id <= 20; id++) {
        sql.execute("INSERT INTO shop.items VALUES (" + id + ", 0, 'first')");
      }
      sources.create("orders", source());
      sources.awaitRunning("orders");
      topics.awaitCounts(Map.of("orders.shop.items", 20), DEADLINE);
      pipeline.startSink(
          "orders",
          2,
          Map.of(
              "topics.regex", "orders\\.shop\\.items", "table.name.template", "${source.table}"));
      awaitEqual(sql);

      change(sql);
      sql.execute("FLUSH BINARY LOGS");
      change(sql);
      awaitEqual(sql);

      // rows of an incremental snapshot among changes
      sql.execute(
          "INSERT INTO shop.signals VALUES ('again', 'execute-snapshot',"
              + " '{\"type\": \"incremental\", \"data-collections\": [\"shop.items\"]}')");
      change(sql);
      await()
          .atMost(DEADLINE)
          .until(
              () -> {
                topics.poll();
                return topics.changes("orders.shop.items").stream()
                        .filter(each -> each.op().equals("r"))
                        .count()
                    >= 30;
              });
      change(sql);
      awaitEqual(sql);

      // another connector with a snapshot of its own goes on in the same topic
      sources.delete("orders");
      change(sql);
      Map<String, String> again = source();
      again.put("topic.prefix", "orders");
      sources.create("again", again);
      sources.awaitRunning("again");
      change(sql);
      awaitEqual(sql);
    }
    pipeline.rest().delete("orders-sink");
  }

  private static Map<String, String> source() {
    Map<String, String> more = new TreeMap<>();
    more.put("signal.data.collection", "shop.signals");
    more.put("incremental.snapshot.chunk.size", "7");
    return more;
  }

  /** Many rows of one event, one row many times, deletes, and a change of a key. */
  private static void change(Statement sql) throws SQLException {
    sql.execute("UPDATE shop.items SET v = v + 1");
    sql.execute("START TRANSACTION");
    for (int i = 0; i < 5; i++) {
      sql.execute("UPDATE shop.items SET v = v + 1, note = 'again' WHERE id IN (3, 4)");
    }
    sql.execute("INSERT INTO shop.items VALUES (50, 1, NULL)");
    sql.execute("DELETE FROM shop.items WHERE id = 50");
    sql.execute("INSERT INTO shop.items VALUES (50, 2, 'back')");
    sql.execute("COMMIT");
    sql.execute("UPDATE shop.items SET id = 51 WHERE id = 50");
    sql.execute("DELETE FROM shop.items WHERE id = 51");
  }

  private void awaitEqual(Statement sql) throws SQLException {
    Map<Long, String> expected = new TreeMap<>();
    try (ResultSet rows = sql.executeQuery("SELECT id, v, note FROM shop.items")) {
      while (rows.next()) {
        expected.put(rows.getLong(1), rows.getLong(2) + "/" + rows.getString(3));
      }
    }
    await()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(300))
        .failFast(() -> assertThat(pipeline.rest().status("orders-sink").failed()).isEmpty())
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(rows()).isEqualTo(expected));
  }

  private Map<Long, String> rows() throws InterruptedException {
    Map<Long, String> rows = new TreeMap<>();
    for (FieldValueList row :
        pipeline
            .bigQuery()
            .query(QueryJobConfiguration.of("SELECT id, v, note FROM orders.items"))
            .iterateAll()) {
      String note = row.get(2).isNull() ? "null" : row.get(2).getStringValue();
      rows.put(row.get(0).getLongValue(), row.get(1).getLongValue() + "/" + note);
    }
    return rows;
  }
}
