package io.tributary.systemtests.faults;

import static org.awaitility.Awaitility.await;

import io.tributary.bigquery.faults.At;
import io.tributary.bigquery.faults.Event;
import io.tributary.systemtests.PostgresSource;
import io.tributary.tools.local.LocalPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Writes into PostgreSQL, and Debezium, on the same workers, into the topic. */
final class DatabaseLoad implements Source {
  private static final String DATABASE = "shop";
  private static final int KEYS = 200;
  private static final long LAST = 1_000_000;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Stage stage;
  private final String name;
  private final int partitions;
  private final Random random;
  private final LocalPostgres postgres;
  private final Connection connection;
  private final Ticks ticks;

  DatabaseLoad(Stage stage, String name, int partitions, long seed) throws SQLException {
    this.stage = stage;
    this.name = name;
    this.partitions = partitions;
    random = new Random(seed);
    postgres = LocalPostgres.start(stage.folder(), stage.ports().any());
    postgres.createDatabase(DATABASE);
    connection = postgres.connect(DATABASE);
    execute("CREATE TABLE items (id bigint PRIMARY KEY, version bigint, big text)");
    execute("ALTER TABLE items ALTER COLUMN big SET STORAGE EXTERNAL");
    execute("INSERT INTO items SELECT i, 0, repeat('s', 3000) FROM generate_series(1, 100) AS i");
    stage.put(source(), config());
    ticks = new Ticks(this::change);
  }

  private String source() {
    return name + "-source";
  }

  private Map<String, String> config() {
    Map<String, String> config = PostgresSource.config(postgres, DATABASE, name, name, partitions);
    config.put("slot.max.retries", "60");
    config.put("slot.retry.delay.ms", "500");
    return config;
  }

  private void change() throws SQLException {
    int id = random.nextInt(KEYS);
    switch (random.nextInt(10)) {
      case 0, 1 -> execute("DELETE FROM items WHERE id = " + id);
      case 2, 3, 4, 5 ->
          execute(
              "INSERT INTO items VALUES (%d, 1, repeat('%c', 3000)) ON CONFLICT (id) DO UPDATE"
                      .formatted(id, 'a' + random.nextInt(26))
                  + " SET version = items.version + 1, big = excluded.big");
      // leaves the large column out
      default -> execute("UPDATE items SET version = version + 1 WHERE id = " + id);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void more(int changes) {
    ticks.more(changes);
  }

  @Override
  public void times(int factor) {
    ticks.times(factor);
  }

  @Override
  public Map<TopicPartition, Long> sent() {
    ticks.check();
    try {
      return stage
          .admin()
          .listOffsets(
              IntStream.range(0, partitions)
                  .mapToObj(each -> new TopicPartition(Trial.topic(name), each))
                  .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
          .all()
          .get()
          .entrySet()
          .stream()
          .filter(each -> each.getValue().offset() > 0)
          .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Set<At> poison() {
    return Set.of();
  }

  /** The low bits of the third section: the lsn. */
  @Override
  public String place() {
    return "TO_HEX(SUBSTR(change_metadata.position, 18, 7))";
  }

  @Override
  public int radix() {
    return 16;
  }

  /** Waits for the last change of the database's log in the topic. */
  @Override
  public void stop() {
    ticks.stop();
    try {
      execute("INSERT INTO items VALUES (" + LAST + ", 0, 'the last')");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Topic topic = new Topic(stage.bootstrap(), Trial.topic(name));
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                topic.records().stream()
                    .anyMatch(
                        each -> Event.of(each).filter(event -> event.id() == LAST).isPresent()));
  }

  /** A new connection to the database. */
  Connection connect() throws SQLException {
    return postgres.connect(DATABASE);
  }

  @Override
  public void close() {
    ticks.close();
    stage.delete(source());
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      postgres.close();
    }
  }
}
