package io.tributary.bigquery.change;

import io.tributary.bigquery.testkit.Changes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A made-up life of one table, as PostgreSQL and Debezium would put it into a topic of two
 * partitions: snapshots with transactions still open around them, interleaved transactions emitted
 * in commit order, ties, incremental snapshots, and replays after a crash of the source.
 */
final class History {
  private static final int KEYS = 6;
  private static final int PARTITIONS = 2;

  /** A record and whether it repeats one that came before. */
  record Delivery(SinkRecord record, boolean replay) {}

  private record Write(long key, Long value, long lsn) {}

  private static final class Transaction {
    private final List<Write> writes = new ArrayList<>();
  }

  private final Random random;
  private final Changes changes =
      Changes.postgres("public", "accounts")
          .key("id", Schema.INT64_SCHEMA)
          .column("value", Schema.OPTIONAL_INT64_SCHEMA);
  private final List<Delivery> deliveries = new ArrayList<>();
  private final long[] offsets = new long[PARTITIONS];
  private final List<Transaction> open = new ArrayList<>();
  private final Set<Long> locked = new HashSet<>();
  private final Map<Long, Long> table = new TreeMap<>();

  /** What can be emitted again: the streamed records of this life of the slot. */
  private final List<SinkRecord> streamed = new ArrayList<>();

  private long wal = 1_000;
  private long nextValue;
  private Long committed;

  private History(Random random) {
    this.random = random;
  }

  static History generate(Random random) {
    History history = new History(random);
    int lives = 1 + random.nextInt(3);
    for (int life = 0; life < lives; life++) {
      history.live();
    }
    return history;
  }

  List<Delivery> deliveries() {
    return deliveries;
  }

  /** The lsn that a snapshot would have now. */
  long wal() {
    return wal;
  }

  /** A snapshot row of any place in the log, behind everything. */
  SinkRecord snapshotRowAt(int partition, long lsn) {
    return changes
        .at(partition, offsets[partition])
        .log(null, lsn)
        .snapshot(Map.of("id", (long) partition, "value", 0L));
  }

  private void live() {
    for (int i = random.nextInt(4); i > 0; i--) {
      write();
    }
    snapshot();
    for (int i = 5 + random.nextInt(25); i > 0; i--) {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3, 4 -> write();
        case 5, 6, 7 -> commit();
        case 8 -> incremental();
        default -> replay();
      }
    }
  }

  /** Rows as of the last commit; open transactions are not in it and will stream below it. */
  private void snapshot() {
    committed = null;
    streamed.clear();
    wal += random.nextInt(2);
    table.forEach(
        (key, value) -> emit(key, place(key).log(null, wal).snapshot(row(key, value)), false));
  }

  private void write() {
    Transaction transaction = transaction();
    long key = random.nextInt(KEYS);
    boolean own = transaction.writes.stream().anyMatch(write -> write.key() == key);
    if (!own && !locked.add(key)) {
      return; // another transaction holds the row
    }
    // The first write after a commit may sit exactly where that commit ended.
    long lsn = wal;
    wal += 1 + random.nextInt(5);
    Long value = random.nextInt(5) == 0 ? null : (Long) nextValue++;
    transaction.writes.add(new Write(key, value, lsn));
  }

  private Transaction transaction() {
    if (open.isEmpty() || (open.size() < 4 && random.nextInt(3) == 0)) {
      open.add(new Transaction());
    }
    return open.get(random.nextInt(open.size()));
  }

  private void commit() {
    if (open.isEmpty()) {
      return;
    }
    Transaction transaction = open.remove(random.nextInt(open.size()));
    for (Write write : transaction.writes) {
      locked.remove(write.key());
      boolean known = table.containsKey(write.key());
      Changes log = place(write.key()).log(committed, write.lsn() - Changes.STEP);
      if (write.value() == null) {
        table.remove(write.key());
        stream(write.key(), log.delete(Map.of("id", write.key())));
      } else {
        table.put(write.key(), write.value());
        Map<String, Long> row = row(write.key(), write.value());
        stream(write.key(), known ? log.update(row) : log.insert(row));
      }
    }
    wal += 1 + random.nextInt(2);
    committed = wal;
  }

  /**
   * Two transactions of the connector's own mark the window in the log; the rows are emitted
   * between the second one's change and its commit, with no lsn but with that change's sequence.
   */
  private void incremental() {
    wal++;
    committed = wal;
    long closing = wal++;
    for (Map.Entry<Long, Long> row : table.entrySet()) {
      if (random.nextBoolean()) {
        long key = row.getKey();
        emit(key, place(key).log(committed, closing).incremental(row(key, row.getValue())), false);
      }
    }
    committed = ++wal;
  }

  /** A crash of the source: what it had not acknowledged comes again, the same and in order. */
  private void replay() {
    int from = streamed.isEmpty() ? 0 : random.nextInt(streamed.size());
    for (SinkRecord again : List.copyOf(streamed.subList(from, streamed.size()))) {
      long key = ((Struct) again.key()).getInt64("id");
      int partition = partition(key);
      SinkRecord copy =
          new SinkRecord(
              again.topic(),
              partition,
              again.keySchema(),
              again.key(),
              again.valueSchema(),
              again.value(),
              offsets[partition]);
      emit(key, copy, true);
    }
  }

  private void stream(long key, SinkRecord record) {
    streamed.add(record);
    emit(key, record, false);
  }

  private void emit(long key, SinkRecord record, boolean replay) {
    offsets[partition(key)]++;
    deliveries.add(new Delivery(record, replay));
  }

  private Changes place(long key) {
    return changes.at(partition(key), offsets[partition(key)]);
  }

  private static int partition(long key) {
    return (int) (key % PARTITIONS);
  }

  private static Map<String, Long> row(long key, long value) {
    Map<String, Long> row = new HashMap<>();
    row.put("id", key);
    row.put("value", value);
    return row;
  }
}
