package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.config.PartitionChoice;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.Sql;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Tables;
import io.tributary.bigquery.table.Traits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small table in which tasks tell each other which partitions they claim for which destination,
 * and by which streams they write. An entry counts for every reader as soon as its write was
 * acknowledged. Thread-safe.
 */
final class StreamLog {
  /**
   * BigQuery forgets an uncommitted stream after a day. It counts from when an entry arrives: a
   * worker's clock may be wrong.
   */
  private static final Duration LIFE = Duration.ofDays(7);

  private static final List<Column> COLUMNS =
      List.of(
          Column.nullable("at", ColumnType.TIMESTAMP),
          Column.nullable("destination", ColumnType.STRING),
          Column.nullable("topic", ColumnType.STRING),
          Column.nullable("kafka_partition", ColumnType.INT64),
          Column.nullable("owner", ColumnType.STRING),
          Column.nullable("number", ColumnType.INT64),
          Column.nullable("stream", ColumnType.STRING));

  private final Warehouse warehouse;
  private final Tables tables;
  private final Patience patience;
  private final TableId table;
  private final Clock clock;
  private final RowLayout layout = RowLayout.of(List.of(), COLUMNS);
  private final RowStream stream;
  private boolean present;

  StreamLog(Warehouse warehouse, Tables tables, Patience patience, TableId table, Clock clock) {
    this.warehouse = warehouse;
    this.tables = tables;
    this.stream = warehouse.openDefault(table, layout.descriptor());
    this.patience = patience;
    this.table = table;
    this.clock = clock;
  }

  /**
   * A claim, or the stream by which a claim is used.
   *
   * @param number of claims of a partition the highest one holds; of an owner's streams the highest
   *     one is the last
   * @param stream null for a claim
   */
  record Entry(Partition partition, String owner, long number, String stream) {}

  /** A topic's partition by its original name. */
  record Partition(String topic, int number) {
    static Partition of(StagedRow row) {
      return new Partition(row.at().topic(), row.at().partition());
    }
  }

  /** Returns when the entries are there for everybody. */
  void write(TableId destination, List<Entry> entries) {
    keep();
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    List<ByteString> rows = entries.stream().map(entry -> encode(destination, entry, now)).toList();
    // An answer that was lost brings an entry twice, which says nothing new.
    patience.ask("write " + table, () -> answer(stream.append(rows).join()));
  }

  private Answer<Void> answer(AppendOutcome outcome) {
    if (outcome instanceof AppendOutcome.Accepted) {
      return new Answer.Ok<>(null);
    } else if (outcome instanceof AppendOutcome.TryAgain again) {
      return new Answer.TryAgain<>(again.reason(), again.pause(), again.lasting());
    } else if (outcome instanceof AppendOutcome.Unseen unseen) {
      return new Answer.TryAgain<>(unseen.reason(), Duration.ZERO, unseen.lasting());
    } else if (outcome instanceof AppendOutcome.SchemaBehind behind) {
      return new Answer.TryAgain<>(behind.reason());
    } else if (outcome instanceof AppendOutcome.Refused refused) {
      return new Answer.Refused<>(refused.code(), refused.reason());
    }
    return new Answer.Refused<>(
        ErrorCode.TABLE_UNFIT, "Table " + table + " does not take claims of partitions.");
  }

  /** Of each owner and partition the last claim and the last stream. */
  List<Entry> read(TableId destination) {
    keep();
    String query =
        "SELECT topic, kafka_partition, owner, number, stream FROM "
            + Sql.name(table)
            + " WHERE destination = "
            + Sql.text(destination.toString())
            + " QUALIFY ROW_NUMBER() OVER (PARTITION BY topic, kafka_partition, owner, stream IS NULL"
            + " ORDER BY number DESC) = 1";
    return patience.ask("read " + table, () -> warehouse.read(query)).stream()
        .map(
            cells ->
                new Entry(
                    new Partition(cells.get(0), Integer.parseInt(cells.get(1))),
                    cells.get(2),
                    Long.parseLong(cells.get(3)),
                    cells.get(4)))
        .toList();
  }

  private synchronized void keep() {
    if (present) {
      return;
    }
    tables.keep(
        new Step.CreateTable(
            table,
            COLUMNS,
            List.of(),
            new Traits(
                Traits.NONE.kind(),
                List.of("destination"),
                Optional.of(
                    new PartitionChoice(
                        Optional.empty(), PartitionChoice.Granularity.DAY, Optional.of(LIFE))),
                Map.of(),
                "Who writes which partition's changes, and by which streams; kept by Tributary.",
                "")));
    present = true;
  }

  private ByteString encode(TableId destination, Entry entry, long nowMicros) {
    return Message.of(
        out -> {
          out.writeInt64(layout.fieldNumber("at"), nowMicros);
          out.writeString(layout.fieldNumber("destination"), destination.toString());
          out.writeString(layout.fieldNumber("topic"), entry.partition().topic());
          out.writeInt64(layout.fieldNumber("kafka_partition"), entry.partition().number());
          out.writeString(layout.fieldNumber("owner"), entry.owner());
          out.writeInt64(layout.fieldNumber("number"), entry.number());
          if (entry.stream() != null) {
            out.writeString(layout.fieldNumber("stream"), entry.stream());
          }
        });
  }
}
