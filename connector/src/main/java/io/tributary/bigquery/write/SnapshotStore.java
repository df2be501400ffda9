package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.change.InMemorySnapshotMarks;
import io.tributary.bigquery.change.Mark;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.Sql;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Tables;
import io.tributary.bigquery.table.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the snapshot marks in a small table that does not expire, so that a task that starts in the
 * middle of a partition gives every change the same position as one that started at its beginning.
 * Marks are saved before any later record can be settled; a mark saved twice does no harm.
 * Thread-safe.
 */
final class SnapshotStore {
  private static final List<Column> COLUMNS =
      List.of(
          Column.nullable("kind", ColumnType.STRING),
          Column.nullable("topic", ColumnType.STRING),
          Column.nullable("kafka_partition", ColumnType.INT64),
          Column.nullable("kafka_offset", ColumnType.INT64),
          Column.nullable("epoch", ColumnType.INT64),
          Column.nullable("log", ColumnType.STRING),
          Column.nullable("position", ColumnType.INT64),
          Column.nullable("latest_micros", ColumnType.INT64));

  private final Warehouse warehouse;
  private final Tables tables;
  private final Staging staging;
  private final Patience patience;
  private final TableId table;
  private final RowLayout layout = RowLayout.of(List.of(), COLUMNS);

  /** Guarded by itself. */
  private final List<Mark> unsaved = new ArrayList<>();

  /** Held while marks are on their way to BigQuery; never by the task's thread. */
  private final ReentrantLock saving = new ReentrantLock();

  SnapshotStore(
      Warehouse warehouse, Tables tables, Staging staging, Patience patience, TableId table) {
    this.warehouse = warehouse;
    this.tables = tables;
    this.staging = staging;
    this.patience = patience;
    this.table = table;
  }

  /**
   * Creates the table unless it is there, and reads the marks; of how far a stream had come, the
   * first of each day and the last.
   */
  List<Mark> load() {
    tables.keep(
        new Step.CreateTable(
            table,
            COLUMNS,
            List.of(),
            new Traits(
                Traits.NONE.kind(),
                List.of("topic"),
                Optional.empty(),
                Map.of(),
                "Where snapshots and files of the source's log begin in the topics; kept by"
                    + " Tributary.",
                "")));
    return patience
        .ask(
            "read " + table,
            () ->
                warehouse.read(
                    "SELECT kind, topic, kafka_partition, kafka_offset, epoch, log, position,"
                        + " latest_micros FROM "
                        + Sql.name(table)
                        + " WHERE TRUE QUALIFY kind != 'STREAM'"
                        + " OR ROW_NUMBER() OVER (PARTITION BY kind, topic, kafka_partition, epoch,"
                        + " DIV(latest_micros, 86400000000) ORDER BY kafka_offset) = 1"
                        + " OR ROW_NUMBER() OVER (PARTITION BY kind, topic, kafka_partition, epoch"
                        + " ORDER BY position DESC, kafka_offset DESC) = 1"))
        .stream()
        .map(
            cells ->
                new Mark(
                    Mark.Kind.valueOf(cells.get(0)),
                    new RecordPosition(
                        cells.get(1), Integer.parseInt(cells.get(2)), Long.parseLong(cells.get(3))),
                    Long.parseLong(cells.get(4)),
                    cells.get(5),
                    Long.parseLong(cells.get(6)),
                    Long.parseLong(cells.get(7))))
        .toList();
  }

  /** Takes over marks that were met since; called on the task's thread before a cycle takes off. */
  void collect(InMemorySnapshotMarks marks) {
    synchronized (unsaved) {
      unsaved.addAll(marks.takeNew());
    }
  }

  /** Returns when every collected mark is durable. */
  void save() throws InterruptedException {
    saving.lockInterruptibly();
    try {
      List<ByteString> rows;
      synchronized (unsaved) {
        rows = unsaved.stream().map(this::encode).toList();
      }
      if (rows.isEmpty()) {
        return;
      }
      if (!staging.commit(table, layout, at -> rows).rejected().isEmpty()) {
        throw new SinkException(
            ErrorCode.TABLE_UNFIT, "Table " + table + " does not take snapshot marks.");
      }
      synchronized (unsaved) {
        unsaved.subList(0, rows.size()).clear();
      }
    } finally {
      saving.unlock();
    }
  }

  private ByteString encode(Mark mark) {
    return Message.of(
        out -> {
          out.writeString(layout.fieldNumber("kind"), mark.kind().name());
          out.writeString(layout.fieldNumber("topic"), mark.at().topic());
          out.writeInt64(layout.fieldNumber("kafka_partition"), mark.at().partition());
          out.writeInt64(layout.fieldNumber("kafka_offset"), mark.at().offset());
          out.writeInt64(layout.fieldNumber("epoch"), mark.epoch());
          out.writeString(layout.fieldNumber("log"), mark.log());
          out.writeInt64(layout.fieldNumber("position"), mark.position());
          out.writeInt64(layout.fieldNumber("latest_micros"), mark.timeMicros());
        });
  }
}
