package io.tributary.bigquery.change;

import io.tributary.bigquery.testkit.Changes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
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
 * A made-up life of one table, as a database and Debezium would put it into a topic: interleaved
 * transactions sent in commit order, snapshots of every kind, crashes after which the source sends
 * again, new connectors, other servers, and what Kafka's operators do to topics meanwhile.
 */
final class History {
  private static final int KEYS = 6;
  private static final long SECOND = 1_000_000;

  /** What can happen beside changes. */
  enum Event {
    INCREMENTAL_SNAPSHOT,
    SNAPSHOT_ON_REQUEST,
    NEW_CONNECTOR,
    NEW_CONNECTOR_OF_OLD_SLOT,
    SENT_AGAIN,
    PARTITIONS_ADDED,
    TOPIC_ANEW,
    FAIL_OVER,
    FAIL_OVER_WITHOUT_SNAPSHOT
  }

  /**
   * A record as the topic got it.
   *
   * @param replay whether the source had sent it before
   * @param topic which of the topics of that name it is in
   */
  record Delivery(SinkRecord record, boolean replay, int topic) {}

  private final Random random;
  private final Changes changes;
  private final DatabaseLog log;
  private final Set<Event> possible;
  private final Set<Event> happened = EnumSet.noneOf(Event.class);
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Instant> restarts = new ArrayList<>();
  private final List<DatabaseLog.Transaction> open = new ArrayList<>();
  private final Set<Long> locked = new HashSet<>();
  private final Map<Long, Long> table = new TreeMap<>();
  private long[] offsets = new long[2];
  private int topic;

  /** What of the log was sent, counted from this life of the connector on. */
  private int sent;

  private int furthest;

  /** What cannot be sent again any more. */
  private int acknowledged;

  private int life;
  private long clock = 1_760_000_000L;
  private long nextValue;

  private History(Random random, DatabaseLog log, Changes changes, Set<Event> possible) {
    this.random = random;
    this.log = log;
    this.possible = possible;
    this.changes =
        changes.key("id", Schema.INT64_SCHEMA).column("value", Schema.OPTIONAL_INT64_SCHEMA);
  }

  static History postgres(Random random) {
    return new History(
            random,
            new WriteAheadLog(random),
            Changes.postgres("public", "accounts"),
            EnumSet.complementOf(EnumSet.of(Event.FAIL_OVER_WITHOUT_SNAPSHOT)))
        .lived();
  }

  static History mySql(Random random) {
    return new History(
            random,
            new FileLog(random, true),
            Changes.mySql("shop", "accounts"),
            EnumSet.complementOf(EnumSet.of(Event.NEW_CONNECTOR_OF_OLD_SLOT)))
        .lived();
  }

  static History mariaDb(Random random) {
    return new History(
            random,
            new FileLog(random, false),
            Changes.mariaDb("shop", "accounts"),
            EnumSet.complementOf(EnumSet.of(Event.NEW_CONNECTOR_OF_OLD_SLOT)))
        .lived();
  }

  List<Delivery> deliveries() {
    return deliveries;
  }

  /** What the source's table holds at the end. */
  Map<Long, Long> table() {
    return table;
  }

  /** When the log started over. */
  List<Instant> restarts() {
    return restarts;
  }

  Set<Event> happened() {
    return happened;
  }

  private History lived() {
    for (int i = random.nextInt(4); i > 0; i--) {
      write();
    }
    snapshot();
    for (int i = 10 + random.nextInt(60); i > 0; i--) {
      clock += random.nextInt(3) == 0 ? random.nextInt(400) : random.nextInt(2);
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3, 4 -> write();
        case 5, 6, 7 -> commit();
        case 8, 9, 10 -> send();
        default -> happen(Event.values()[random.nextInt(Event.values().length)]);
      }
    }
    sendAll();
    return this;
  }

  private void happen(Event event) {
    if (!possible.contains(event) || !allowed(event)) {
      return;
    }
    happened.add(event);
    switch (event) {
      case INCREMENTAL_SNAPSHOT -> incremental();
      case SNAPSHOT_ON_REQUEST -> snapshot();
      case NEW_CONNECTOR -> {
        lose();
        log.newSlot();
        life = log.size();
        snapshot();
      }
      case NEW_CONNECTOR_OF_OLD_SLOT -> {
        sendAgain();
        life = sent;
        snapshot();
      }
      case SENT_AGAIN -> sendAgain();
      case PARTITIONS_ADDED -> {
        acknowledge();
        offsets = Arrays.copyOf(offsets, offsets.length + 1 + random.nextInt(3));
      }
      case TOPIC_ANEW -> {
        acknowledge();
        offsets = new long[1 + random.nextInt(4)];
        topic++;
      }
      case FAIL_OVER -> {
        failOver();
        snapshot();
      }
      case FAIL_OVER_WITHOUT_SNAPSHOT -> failOver();
    }
  }

  private boolean allowed(Event event) {
    return switch (event) {
      case PARTITIONS_ADDED, TOPIC_ANEW -> log.independent(life, sent);
      case FAIL_OVER -> !table.isEmpty();
      default -> true;
    };
  }

  /**
   * Where times are those of statements, what is sent again is recognised only in the partition
   * that it was in before.
   */
  private void acknowledge() {
    if (!log.tellsCommitTimes()) {
      sendAll();
      acknowledged = sent;
    }
  }

  private void snapshot() {
    log.stampSnapshot(changes.time(clock * SECOND), life, sent);
    table.forEach((key, value) -> put(key, place(key).snapshot(row(key, value)), false));
  }

  /**
   * A new slot does not know what the former one has not sent. The snapshot repairs all of it but
   * rows that are gone.
   */
  private void lose() {
    boolean repairable = true;
    for (int i = sent; i < log.size(); i++) {
      repairable &= log.transaction(i).writes().stream().noneMatch(DatabaseLog.Write::leaves);
    }
    if (repairable) {
      sent = log.size();
      furthest = sent;
    } else {
      sendAll();
    }
  }

  /** The rows stand in the stream where their window closes, between two transactions. */
  private void incremental() {
    sendAll();
    Map<Long, Long> before = new TreeMap<>(table);
    log.stampWindow(changes.time(clock * SECOND), this::commit);
    for (Map.Entry<Long, Long> row : before.entrySet()) {
      if (random.nextBoolean()) {
        put(
            row.getKey(),
            place(row.getKey()).incremental(row(row.getKey(), row.getValue())),
            false);
      }
    }
    log.closeWindow();
  }

  private void failOver() {
    sendAll();
    open.clear();
    locked.clear();
    clock += 10 + random.nextInt(100);
    restarts.add(Instant.ofEpochSecond(clock));
    clock += 1 + random.nextInt(100);
    log.startOver();
    sent = 0;
    furthest = 0;
    acknowledged = 0;
    life = 0;
  }

  private void write() {
    DatabaseLog.Transaction transaction = transaction();
    long key = random.nextInt(KEYS);
    if (!lock(transaction, key)) {
      return;
    }
    Long to = null;
    if (random.nextInt(5) == 0 && lock(transaction, (key + 1) % KEYS)) {
      to = (key + 1) % KEYS;
    }
    Long value = random.nextInt(5) == 0 ? null : (Long) nextValue++;
    transaction.writes().add(log.write(key, to, value, clock));
  }

  /** False when another transaction holds the row. */
  private boolean lock(DatabaseLog.Transaction transaction, long key) {
    boolean own = transaction.writes().stream().anyMatch(write -> write.touches(key));
    return own || locked.add(key);
  }

  private DatabaseLog.Transaction transaction() {
    if (open.isEmpty() || (open.size() < 4 && random.nextInt(3) == 0)) {
      open.add(new DatabaseLog.Transaction());
    }
    return open.get(random.nextInt(open.size()));
  }

  private void commit() {
    if (open.isEmpty()) {
      return;
    }
    DatabaseLog.Transaction transaction = open.remove(random.nextInt(open.size()));
    for (DatabaseLog.Write write : transaction.writes()) {
      locked.remove(write.key());
      locked.remove(write.to());
      write.become(table);
    }
    log.commit(transaction, clock);
  }

  private void sendAll() {
    while (sent < log.size()) {
      send();
    }
  }

  private void send() {
    if (sent == log.size()) {
      return;
    }
    boolean replay = sent < furthest;
    for (DatabaseLog.Write write : log.transaction(sent).writes()) {
      changes.time(write.micros());
      log.stamp(changes, life, sent, write);
      send(write, replay);
    }
    sent++;
    furthest = Math.max(furthest, sent);
  }

  private void send(DatabaseLog.Write write, boolean replay) {
    Map<String, Long> key = Map.of("id", write.key());
    switch (write.kind()) {
      case DELETE -> put(write.key(), place(write.key()).delete(key), replay);
      case INSERT -> put(write.key(), place(write.key()).insert(write.row()), replay);
      case UPDATE -> put(write.key(), place(write.key()).update(write.row()), replay);
      case MOVE -> {
        put(write.key(), place(write.key()).delete(key), replay);
        log.stamp(changes, life, sent, write);
        put(write.to(), place(write.to()).insert(write.row()), replay);
      }
    }
  }

  /** A crash of the source: what it had not acknowledged comes again, the same and in order. */
  private void sendAgain() {
    int from = Math.max(life, acknowledged);
    sent = from + random.nextInt(sent - from + 1);
  }

  private void put(long key, SinkRecord record, boolean replay) {
    offsets[partition(key)]++;
    deliveries.add(new Delivery(record, replay, topic));
  }

  private Changes place(long key) {
    return changes.at(partition(key), offsets[partition(key)]);
  }

  private int partition(long key) {
    return (int) (key % offsets.length);
  }

  static Map<String, Long> row(long key, long value) {
    return Map.of("id", key, "value", value);
  }

  static long key(SinkRecord record) {
    return ((Struct) record.key()).getInt64("id");
  }
}
