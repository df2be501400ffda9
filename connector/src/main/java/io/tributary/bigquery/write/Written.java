package io.tributary.bigquery.write;

import static java.util.stream.Collectors.joining;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.Sql;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.write.StreamLog.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;

/** Asks a table of changes which records are in it. Thread-safe. */
final class Written {
  private final Warehouse warehouse;
  private final Patience patience;
  private final Witness witness;

  Written(Warehouse warehouse, Patience patience, Witness witness) {
    this.warehouse = warehouse;
    this.patience = patience;
    this.witness = witness;
  }

  /** What tells a record from another one that had its place before the topic was created anew. */
  enum Witness {
    KAFKA_TIME("UNIX_MILLIS(change_metadata.kafka_time)") {
      @Override
      Long of(StagedRow row) {
        return row.told().kafkaTimeMillis();
      }
    },
    SOURCE_TIME("UNIX_MICROS(change_metadata.source_time)") {
      @Override
      Long of(StagedRow row) {
        return row.told().sourceTimeMicros();
      }
    };

    private final String sql;

    Witness(String sql) {
      this.sql = sql;
    }

    /** Null where the record does not tell. */
    abstract Long of(StagedRow row);
  }

  /**
   * No record of the partition above this offset is in the table.
   *
   * @param offset -1 when there is none
   * @param envelopes the last epoch of which there are records that told their source's time, as
   *     envelopes do; null when there is none
   */
  record Mark(long offset, Long envelopes) {
    Mark raised(StagedRow row) {
      return new Mark(
          Math.max(offset, row.at().offset()),
          row.told().sourceTimeMicros() == null ? envelopes : Long.valueOf(row.position().epoch()));
    }

    /**
     * Whether this must be a tombstone, of which nobody keeps a row: it looks like a plain record's
     * delete where the task has not read the envelope before it, but its partition has envelopes.
     */
    boolean hasTombstone(StagedRow row) {
      return row.op() == StagedRow.Op.DELETE
          && row.position().isOfKafkaAlone()
          && row.told().sourceTimeMicros() == null
          && envelopes != null
          && envelopes == row.position().epoch();
    }
  }

  /** The mark of each partition. */
  Map<Partition, Mark> marks(TableId table, Set<Partition> partitions) {
    Map<Partition, Mark> marks = new HashMap<>();
    partitions.forEach(partition -> marks.put(partition, new Mark(-1, null)));
    String any =
        partitions.stream().map(partition -> "(" + of(partition) + ")").collect(joining(" OR "));
    String query =
        "SELECT change_metadata.kafka_topic, change_metadata.kafka_partition,"
            + " MAX(change_metadata.kafka_offset),"
            + " MAX(IF(change_metadata.source_time IS NULL, NULL,"
            + " TO_HEX(SUBSTR(change_metadata.position, 1, 8)))) FROM "
            + Sql.name(table)
            + " WHERE "
            + any
            + " GROUP BY 1, 2";
    for (List<String> cells : read(table, query)) {
      marks.put(
          new Partition(cells.get(0), Integer.parseInt(cells.get(1))),
          new Mark(
              Long.parseLong(cells.get(2)),
              cells.get(3) == null ? null : (Long) Long.parseUnsignedLong(cells.get(3), 16)));
    }
    return marks;
  }

  /**
   * The rows that are not in the table and belong there. Only those at or below a mark have to be
   * looked for.
   *
   * @throws SinkException when the table has another record in the place of one
   */
  List<StagedRow> without(TableId table, List<StagedRow> all, Map<Partition, Mark> marks) {
    List<StagedRow> rows =
        all.stream().filter(row -> !marks.get(Partition.of(row)).hasTombstone(row)).toList();
    Map<Partition, LongSummaryStatistics> doubtful = new HashMap<>();
    for (StagedRow row : rows) {
      if (row.at().offset() <= marks.get(Partition.of(row)).offset()) {
        doubtful
            .computeIfAbsent(Partition.of(row), p -> new LongSummaryStatistics())
            .accept(row.at().offset());
      }
    }
    if (doubtful.isEmpty()) {
      return rows;
    }
    Map<Place, Long> present = new HashMap<>();
    doubtful.forEach((partition, range) -> present.putAll(present(table, partition, range)));
    List<StagedRow> rest = new ArrayList<>();
    for (StagedRow row : rows) {
      Place place = new Place(row.position().epoch(), row.at());
      if (!present.containsKey(place)) {
        rest.add(row);
      } else {
        refuseOther(table, row, present.get(place));
      }
    }
    return rest;
  }

  /** A topic that was created anew has the same offsets again, in a later epoch. */
  private record Place(long epoch, RecordPosition at) {}

  private Map<Place, Long> present(
      TableId table, Partition partition, LongSummaryStatistics range) {
    String query =
        "SELECT change_metadata.kafka_offset, "
            + witness.sql
            + ", TO_HEX(SUBSTR(change_metadata.position, 1, 8)) FROM "
            + Sql.name(table)
            + " WHERE "
            + of(partition)
            + " AND change_metadata.kafka_offset BETWEEN "
            + range.getMin()
            + " AND "
            + range.getMax();
    Map<Place, Long> present = new HashMap<>();
    for (List<String> cells : read(table, query)) {
      long epoch = Long.parseUnsignedLong(cells.get(2), 16);
      long offset = Long.parseLong(cells.get(0));
      present.put(
          new Place(epoch, new RecordPosition(partition.topic(), partition.number(), offset)),
          cells.get(1) == null ? null : (Long) Long.parseLong(cells.get(1)));
    }
    return present;
  }

  private void refuseOther(TableId table, StagedRow row, Long there) {
    Long own = witness.of(row);
    if (own != null && there != null && !own.equals(there)) {
      throw new SinkException(
          ErrorCode.TOPIC_RECREATED,
          "Table " + table + " has another record of " + row.at() + ", of another time.");
    }
  }

  private static String of(Partition partition) {
    return "change_metadata.kafka_topic = "
        + Sql.text(partition.topic())
        + " AND change_metadata.kafka_partition = "
        + partition.number();
  }

  private List<List<String>> read(TableId table, String query) {
    return patience.ask("read " + table, () -> warehouse.read(query));
  }
}
