package io.tributary.bigquery.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.change.SourcePosition;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.StagingTable;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TablePlanner;
import io.tributary.bigquery.table.TableSchema;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.engine.QueryRequest;
import io.tributary.emulator.engine.RowBatch;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of a table, staged by several tasks in random order, with rewinds and zombies:
 * folding them ends in the source's table, and no row ever goes back or comes back to life on the
 * way.
 */
final class FoldScriptTest {
  private static final int PARTITIONS = 3;

  /** A task begins again at most so many events before; from anywhere it would rarely arrive. */
  private static final int REWIND = 20;

  private static final TableId TABLE = new TableId("p", "d", "t");
  private static final TableId STAGING = StagingTable.of(TABLE, "d");
  private static final List<Column> COLUMNS =
      List.of(
          Column.required("id", ColumnType.INT64),
          Column.nullable("big", ColumnType.STRING),
          Column.repeated("tags", ColumnType.STRING),
          Column.nullable("small", ColumnType.INT64),
          TablePlanner.METADATA_COLUMN);

  private Engine engine;

  /** One event of a partition, as the sink stages it. */
  private record Event(
      String op,
      String move,
      byte[] link,
      long key,
      Row row,
      Set<String> unavailable,
      SourcePosition position,
      int partition) {}

  /** A row at the source. */
  private record Row(String big, List<String> tags, long small) {}

  @BeforeEach
  void create() {
    engine = Engine.open(null, Clock.systemUTC());
    engine.createDataset(DatasetDefinition.of(new DatasetRef("p", "d")));
    run(
        "CREATE TABLE `p.d.t` (id INT64 NOT NULL, big STRING, tags ARRAY<STRING>, small INT64,"
            + " change_metadata STRUCT<position BYTES, operation STRING, source_time TIMESTAMP, kafka_topic STRING,"
            + " kafka_partition INT64, kafka_offset INT64>, PRIMARY KEY (id) NOT ENFORCED) CLUSTER BY id");
    run(
        "CREATE TABLE `p.d."
            + STAGING.table()
            + "` (trib_kind STRING, trib_cycle STRING, trib_staged_at TIMESTAMP,"
            + " trib_topic STRING, trib_partition INT64, trib_offset INT64, trib_position BYTES, trib_op STRING,"
            + " trib_move STRING, trib_link BYTES, trib_unavailable ARRAY<STRING>, trib_columns INT64, trib_variants INT64,"
            + " trib_operation STRING, trib_source_time TIMESTAMP, id INT64, big STRING, tags ARRAY<STRING>, small INT64)"
            + " PARTITION BY TIMESTAMP_TRUNC(trib_staged_at, HOUR) CLUSTER BY trib_kind, trib_cycle");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void foldsAnyInterleavingIntoTheSourcesTable(long seed) {
    Random random = new Random(seed);
    Source source = new Source(random);
    for (int i = 0; i < 60; i++) {
      source.transaction();
    }
    Sink sink = new Sink(random, source.log);
    while (!sink.done()) {
      sink.step();
      sink.watch();
    }
    for (int round = 0; round < 12 && !sink.again.isEmpty(); round++) {
      sink.stageAgain();
      sink.fold();
      sink.watch();
    }
    sink.fold();
    assertThat(sink.again).as("seed %d: rows left unresolved", seed).isEmpty();
    assertThat(sink.table()).as("seed %d", seed).isEqualTo(source.rows);
  }

  private List<Object[]> run(String sql) {
    return engine.run(QueryRequest.of("p", sql)).rows().rows();
  }

  /** A database: transactions over a few keys, logged as the source's connector would. */
  private static final class Source {
    final Random random;
    final TreeMap<Long, Row> rows = new TreeMap<>();
    final List<List<Event>> log = new ArrayList<>();
    long lsn = 1_000;
    long transaction;
    int fresh;

    Source(Random random) {
      this.random = random;
      for (int i = 0; i < PARTITIONS; i++) {
        log.add(new ArrayList<>());
      }
    }

    void transaction() {
      transaction = lsn;
      int changes = 1 + random.nextInt(3);
      for (int i = 0; i < changes; i++) {
        change();
      }
    }

    private void change() {
      long key = random.nextInt(6);
      Row old = rows.get(key);
      int dice = random.nextInt(40);
      lsn += 8;
      if (dice == 0) {
        rows.clear();
        emit("t", null, null, random.nextInt(PARTITIONS), 0, null, Set.of());
      } else if (old == null) {
        Row row = new Row(text(), tags(), fresh++);
        rows.put(key, row);
        emit("u", null, null, partition(key), key, row, Set.of());
      } else if (dice < 20) {
        Set<String> unchanged = unchanged();
        Row row = next(old, unchanged);
        rows.put(key, row);
        emit("u", null, null, partition(key), key, row, unchanged);
      } else if (dice < 28) {
        rows.remove(key);
        emit("d", null, null, partition(key), key, null, Set.of());
      } else {
        long target = random.nextInt(6);
        if (rows.containsKey(target)) {
          return;
        }
        Set<String> unchanged = unchanged();
        Row row = next(old, unchanged);
        rows.remove(key);
        rows.put(target, row);
        byte[] link = ByteBuffer.allocate(16).putLong(transaction).putLong(lsn).array();
        emit("d", "away", link, partition(key), key, null, Set.of("big", "tags", "small"));
        emit("u", "here", link, partition(target), target, row, unchanged);
      }
    }

    private Row next(Row old, Set<String> unchanged) {
      return new Row(
          unchanged.contains("big") ? old.big() : text(),
          unchanged.contains("tags") ? old.tags() : tags(),
          fresh++);
    }

    private Set<String> unchanged() {
      Set<String> names = new HashSet<>();
      if (random.nextInt(3) > 0) {
        names.add("big");
      }
      if (random.nextInt(3) > 0) {
        names.add("tags");
      }
      return names;
    }

    private String text() {
      return random.nextInt(5) == 0 ? null : "v" + fresh;
    }

    private List<String> tags() {
      return random.nextInt(4) == 0 ? List.of() : List.of("a" + fresh, "b");
    }

    private void emit(
        String op,
        String move,
        byte[] link,
        int partition,
        long key,
        Row row,
        Set<String> unavailable) {
      List<Event> topic = log.get(partition);
      SourcePosition position =
          new SourcePosition(0, transaction, Long.MIN_VALUE | lsn, topic.size());
      topic.add(new Event(op, move, link, key, row, unavailable, position, partition));
    }

    private static int partition(long key) {
      return (int) (key * 7 % PARTITIONS);
    }
  }

  /** Tasks, one a partition, that stage and fold in random order. */
  private final class Sink {
    final Random random;
    final List<List<Event>> log;
    final int[] cursor = new int[PARTITIONS];
    final List<Event> again = new ArrayList<>();
    final Map<String, List<Event>> cycles = new HashMap<>();
    final Map<Long, byte[]> seen = new HashMap<>();
    int cycle;

    Sink(Random random, List<List<Event>> log) {
      this.random = random;
      this.log = log;
    }

    boolean done() {
      for (int p = 0; p < PARTITIONS; p++) {
        if (cursor[p] < log.get(p).size()) {
          return false;
        }
      }
      return true;
    }

    void step() {
      int p = random.nextInt(PARTITIONS);
      int dice = random.nextInt(12);
      int end = Math.min(log.get(p).size(), cursor[p] + 1 + random.nextInt(5));
      if (dice < 7) {
        stage(log.get(p).subList(cursor[p], end));
        cursor[p] = end;
      } else if (dice == 7 && cursor[p] > 0) {
        cursor[p] = random.nextInt(Math.max(0, cursor[p] - REWIND), cursor[p]);
      } else if (dice == 8 && cursor[p] > 0) {
        int from = random.nextInt(cursor[p]);
        stage(log.get(p).subList(from, Math.min(cursor[p], from + 3)));
      } else if (dice == 9) {
        stageAgain();
      } else {
        fold();
      }
    }

    void stageAgain() {
      stage(List.copyOf(again));
      again.clear();
    }

    void stage(List<Event> events) {
      if (events.isEmpty()) {
        return;
      }
      String id = "c" + cycle++;
      cycles.put(id, List.copyOf(events));
      TableRef staging = new TableRef("p", "d", STAGING.table());
      List<Object[]> rows = events.stream().map(event -> row(id, event)).toList();
      engine.append(
          staging, List.of(new RowBatch(engine.table(staging).orElseThrow().columns(), rows)));
    }

    private Object[] row(String id, Event event) {
      boolean values = event.row() != null;
      Set<String> gone = event.unavailable();
      return new Object[] {
        "change",
        id,
        Instant.now(),
        "topic",
        (long) event.partition(),
        event.position().kafkaOffset(),
        event.position().bytes(),
        event.op(),
        event.move(),
        event.link(),
        List.copyOf(gone),
        4L,
        0L,
        event.op(),
        null,
        event.op().equals("t") ? null : event.key(),
        values && !gone.contains("big") ? event.row().big() : null,
        values && !gone.contains("tags") ? event.row().tags() : List.of(),
        values ? event.row().small() : null
      };
    }

    void fold() {
      TableSchema schema = new TableSchema(TABLE, COLUMNS, List.of("id"), Map.of(), "e");
      List<Column> staged = new ArrayList<>(StagingTable.METADATA);
      staged.addAll(COLUMNS.subList(0, 4));
      TableSchema staging = new TableSchema(STAGING, staged, List.of(), Map.of(), "e");
      Instant horizon = Instant.now().minusSeconds(7_200).truncatedTo(ChronoUnit.HOURS);
      run(new FoldScript(schema, staging, horizon, TableOptions.NONE).text());
      for (Object[] open :
          run(
              "SELECT DISTINCT trib_cycle, trib_partition, trib_offset FROM `p.d."
                  + STAGING.table()
                  + "` WHERE trib_kind = 'unresolved'")) {
        List<Event> events = cycles.getOrDefault((String) open[0], List.of());
        for (Event event : events) {
          boolean named =
              event.partition() == (Long) open[1]
                  && event.position().kafkaOffset() == (Long) open[2];
          if (named && !event.unavailable().isEmpty() && !again.contains(event)) {
            again.add(event);
          }
        }
      }
      cycles.clear();
    }

    /** A reader's view: positions of a key only rise, also across its absence. */
    void watch() {
      for (Object[] row : run("SELECT id, change_metadata.position FROM `p.d.t`")) {
        byte[] before = seen.put((Long) row[0], (byte[]) row[1]);
        assertThat(before == null || Arrays.compareUnsigned(before, (byte[]) row[1]) <= 0)
            .as("row %s goes back", row[0])
            .isTrue();
      }
    }

    Map<Long, Row> table() {
      Map<Long, Row> rows = new TreeMap<>();
      for (Object[] cells : run("SELECT id, big, tags, small FROM `p.d.t`")) {
        @SuppressWarnings("unchecked")
        List<String> tags = (List<String>) cells[2];
        Row former = rows.put((Long) cells[0], new Row((String) cells[1], tags, (Long) cells[3]));
        assertThat(former).as("key %s stands twice", cells[0]).isNull();
      }
      return rows;
    }
  }
}
