package io.tributary.bigquery.write;

import static java.util.stream.Collectors.joining;

import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.change.RowChange.Move;
import io.tributary.bigquery.change.SourcePosition;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.Sql;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TablePlanner;
import io.tributary.bigquery.table.TableSchema;
import io.tributary.bigquery.table.Tables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether the rows of a table's first snapshot still go straight into it. They may while nothing
 * else was written: a label that the table is made with names their snapshot. The first cycle of
 * anything else ends it, for every task: the label is changed, and then every stream is ended that
 * a task has recorded. A task that records a stream looks at the label before it fills it. So
 * either the stream is known to the one who ends the load, or the end is known to the one with the
 * stream. Thread-safe.
 */
final class FirstLoad {
  private static final String ENDING = "ending";
  private static final String ENDED = "ended";

  private final TableId table;
  private final Tables tables;
  private final Clock clock;
  private final Lock ending = new ReentrantLock();
  private volatile boolean over;

  /** The snapshot whose rows the table took when it was last seen. */
  private volatile Optional<String> taken = Optional.empty();

  FirstLoad(TableId table, Tables tables, Clock clock) {
    this.table = table;
    this.tables = tables;
    this.clock = clock;
  }

  /**
   * What a load is ended with, by a flight or on the task's thread.
   *
   * @param deadline how long each of its steps may take
   */
  record Means(StreamLog log, Staging staging, Duration deadline) {}

  /** Labels of a new table whose first row is this. */
  static Map<String, String> labels(RowChange first) {
    return snapshot(first.at().topic(), first.operation(), first.move(), first.position())
        .map(name -> Map.of(TablePlanner.LOAD_LABEL, name))
        .orElse(Map.of());
  }

  /**
   * A name of the snapshot that a row is of, which its rows share and another snapshot does not:
   * its place in the source's log. Without such a place there is none.
   */
  private static Optional<String> snapshot(
      String topic, String operation, Move move, SourcePosition position) {
    if (!"r".equals(operation) || move != Move.NONE || position.isOfKafkaAlone()) {
      return Optional.empty();
    }
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(name.length + SourcePosition.BYTES)
            .put(name)
            .put(position.bytes(), 0, SourcePosition.BYTES - Long.BYTES);
    return Optional.of(UUID.nameUUIDFromBytes(bytes.array()).toString());
  }

  /** The snapshot of a cycle's rows, if the table takes them straight. */
  Optional<String> accepts(Cycle cycle) {
    return over
        ? Optional.empty()
        : snapshot(cycle).filter(name -> taken.equals(Optional.of(name)));
  }

  /** The one snapshot of which all rows of a cycle are; each key stands there once. */
  private static Optional<String> snapshot(Cycle cycle) {
    List<StagedRow> rows = cycle.rows();
    Set<String> names = new HashSet<>();
    Set<ByteBuffer> keys = new HashSet<>();
    for (StagedRow row : rows) {
      Optional<String> name =
          snapshot(row.at().topic(), row.told().operation(), row.move(), row.position());
      boolean plain =
          name.isPresent()
              && row.op() == StagedRow.Op.UPSERT
              && row.unavailable().isEmpty()
              && row.absorbed() == null
              && keys.add(row.key());
      if (!plain) {
        return Optional.empty();
      }
      names.add(name.get());
    }
    boolean one = names.size() == 1 && cycle.isPlain();
    return one ? Optional.of(names.iterator().next()) : Optional.empty();
  }

  /** Takes note of a table as it was seen. */
  void seen(TableSchema schema) {
    taken = Optional.ofNullable(schema.labels().get(TablePlanner.LOAD_LABEL));
    if (taken.isEmpty() || taken.get().equals(ENDED)) {
      over = true;
    }
  }

  /** Whether the table takes rows of this snapshot straight, as it is now. */
  boolean takes(String snapshot) {
    Optional<TableSchema> now = tables.find(table);
    now.ifPresent(this::seen);
    // By this look alone: another thread may take note of an earlier one meanwhile.
    return !over
        && now.map(schema -> schema.labels().get(TablePlanner.LOAD_LABEL))
            .filter(snapshot::equals)
            .isPresent();
  }

  /**
   * Returns when nobody can put rows straight into the table any more.
   *
   * @param chain the caller's own
   */
  void end(Means means, Chain chain) throws InterruptedException {
    if (over) {
      return;
    }
    if (!ending.tryLock(means.deadline().toMillis(), TimeUnit.MILLISECONDS)) {
      throw new SinkException(
          ErrorCode.BIGQUERY_UNAVAILABLE,
          "The first load of "
              + table
              + " did not end within "
              + means.deadline().toSeconds()
              + " s.");
    }
    try {
      endAlone(means, chain);
    } finally {
      ending.unlock();
    }
  }

  private void endAlone(Means means, Chain chain) throws InterruptedException {
    Optional<TableSchema> schema = tables.find(table);
    schema.ifPresent(this::seen);
    if (over || schema.isEmpty()) {
      return;
    }
    tables.apply(new Step.SetLabel(table, TablePlanner.LOAD_LABEL, ENDING));
    Set<String> streams = new HashSet<>();
    for (StreamLog.Entry entry : means.log().read(table)) {
      if (entry.stream() != null && streams.add(entry.stream())) {
        means.staging().finish(table, entry.stream());
      }
    }
    if (!streams.isEmpty()) {
      chain.apply(() -> once(tables.current(table).schema()), Chain.Work.CARE, clock::instant);
    }
    tables.apply(new Step.SetLabel(table, TablePlanner.LOAD_LABEL, ENDED));
    over = true;
  }

  /**
   * Leaves the newest row of each key. A source that read its tables again, while nothing had been
   * changed since the first time, has sent the same rows twice.
   */
  private static String once(TableSchema schema) {
    String name = Sql.name(schema.id());
    String keys = schema.primaryKey().stream().map(Sql::name).collect(joining(", "));
    String same =
        schema.primaryKey().stream()
            .map(Sql::name)
            .map(key -> "trib_t." + key + " = trib_o." + key)
            .collect(joining(" AND "));
    return "IF EXISTS (SELECT 1 FROM "
        + name
        + " GROUP BY "
        + keys
        + " HAVING COUNT(*) > 1) THEN\nDELETE FROM "
        + name
        + " AS trib_t WHERE EXISTS (SELECT 1 FROM "
        + name
        + " AS trib_o WHERE "
        + same
        + " AND trib_o.change_metadata.position > trib_t.change_metadata.position);\nEND IF";
  }
}
