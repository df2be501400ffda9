package io.tributary.bigquery.histories;

import io.tributary.bigquery.histories.Delivery.Trait;
import io.tributary.bigquery.testkit.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** What the source sent of a table, and how far its own log and the topic's partitions are. */
final class SourceLog {
  private final Random random;
  private final Origin origin;
  private final List<Delivery> deliveries = new ArrayList<>();
  private final long[] offsets = new long[TableHistory.PARTITIONS];
  private int file = 1;
  private long lsn = 1_000;
  private Long committed;
  private boolean first;

  SourceLog(Random random, Origin origin) {
    this.random = random;
    this.origin = origin;
  }

  /** Every record, in the order in which the source sent them. */
  List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  /** How many records such a part of the log has, up to the end of a transaction. */
  int end(int parts, int of) {
    int end = deliveries.size() * parts / of;
    while (end < deliveries.size() && !deliveries.get(end).first()) {
      end++;
    }
    return end;
  }

  /** The next record is a transaction's first. */
  void begin() {
    first = true;
  }

  /** A change has got its place. */
  void step() {
    lsn += Changes.STEP;
  }

  void commit() {
    committed = ++lsn;
  }

  /** The source goes on in another file, where it has such. */
  void turnFile() {
    file++;
    lsn = 4;
  }

  /** The writer, where the log and the partition of a key are. */
  Changes here(Changes writer, Map<String, Object> key) {
    return here(writer, partition(key));
  }

  Changes here(Changes writer, int partition) {
    return origin.at(writer.at(partition, offsets[partition]), committed, file, lsn);
  }

  void emit(int row, int version, Trait trait, SinkRecord sinkRecord) {
    offsets[sinkRecord.kafkaPartition()]++;
    deliveries.add(new Delivery(sinkRecord, row, version, first, trait));
    first = false;
  }

  /** A crash of the source: what it had not acknowledged comes again, the same and in order. */
  void repeat() {
    int from = Math.max(0, deliveries.size() - 1 - random.nextInt(40));
    begin();
    for (Delivery again : List.copyOf(deliveries.subList(from, deliveries.size()))) {
      if (isStreamed(again.record())) {
        SinkRecord copy = moved(again.record(), again.record().kafkaPartition());
        emit(again.row(), again.version(), Trait.REPEATED, copy);
      }
    }
  }

  private static boolean isStreamed(SinkRecord each) {
    return each.value() == null || !((Struct) each.value()).getString("op").equals("r");
  }

  /** The record, as the next one of the partition of a key. */
  SinkRecord moved(SinkRecord each, Map<String, Object> key) {
    return moved(each, partition(key));
  }

  private SinkRecord moved(SinkRecord each, int partition) {
    return new SinkRecord(
        each.topic(),
        partition,
        each.keySchema(),
        each.key(),
        each.valueSchema(),
        each.value(),
        offsets[partition],
        each.timestamp(),
        each.timestampType(),
        each.headers());
  }

  private static int partition(Map<String, Object> key) {
    return Math.floorMod(key.toString().hashCode(), TableHistory.PARTITIONS);
  }
}
