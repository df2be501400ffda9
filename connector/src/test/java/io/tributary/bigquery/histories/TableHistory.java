package io.tributary.bigquery.histories;

import io.tributary.bigquery.histories.Delivery.Trait;
import io.tributary.bigquery.histories.Type.Named;
import io.tributary.bigquery.testkit.Changes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The life of one table with a schema of its own that changes on the way, in a topic of two
 * partitions: many rows that are read by a snapshot or inserted, updated with and without their
 * large columns, moved to other keys, deleted, truncated and inserted again, while a few records
 * still come with the schema before, and the source repeats itself after crashes and begins new
 * files of its log.
 */
final class TableHistory {
  static final int PARTITIONS = 2;

  private static final int EVENTS_PER_ROW = 4;
  private static final int EVOLUTIONS = 4;

  private final Random random;
  private final Origin origin;
  private final Deletion deletion;
  private final Scope scope;
  private final String table;
  private final KeyPool keys;
  private final SchemaVersions versions;
  private final SourceLog log;
  private final List<SourceRow> rows = new ArrayList<>();
  private final Set<Integer> truncated = new HashSet<>();

  private TableHistory(
      Random random, String table, int rowCount, Origin origin, Deletion deletion, Scope scope) {
    this.random = random;
    this.origin = origin;
    this.deletion = deletion;
    this.scope = scope;
    this.table = table;
    Names names = new Names();
    keys = new KeyPool(random, names, rowCount + 5);
    versions = new SchemaVersions(random, names, scope, keys.columns(), () -> origin.writer(table));
    log = new SourceLog(random, origin);
    for (int i = 0; i < rowCount; i++) {
      rows.add(new SourceRow(random, origin));
    }
  }

  static TableHistory generate(
      Random random, String table, int rowCount, Origin origin, Deletion deletion, Scope scope) {
    TableHistory history = new TableHistory(random, table, rowCount, origin, deletion, scope);
    history.live();
    return history;
  }

  String table() {
    return table;
  }

  String topic() {
    return "app.public." + table;
  }

  Origin origin() {
    return origin;
  }

  Deletion deletion() {
    return deletion;
  }

  Scope scope() {
    return scope;
  }

  /** Rows that were there when the table was truncated. */
  Set<Integer> truncated() {
    return Set.copyOf(truncated);
  }

  /** Names of the key's columns. */
  List<String> keys() {
    return keys.columns().stream().map(Named::name).toList();
  }

  /** Every record, in the order in which the source sent them. */
  List<Delivery> log() {
    return log.deliveries();
  }

  List<SinkRecord> records() {
    return log().stream().map(Delivery::record).toList();
  }

  /** How many records such a part of the log has, up to the end of a transaction. */
  int end(int parts, int of) {
    return log.end(parts, of);
  }

  /** A schema in a few words. */
  @Override
  public String toString() {
    return table + ": key " + keys.columns() + ", versions " + versions;
  }

  private void live() {
    int events = rows.size() * EVENTS_PER_ROW;
    int end = scope == Scope.MERGE ? random.nextInt(events * 3 / 2) : events;
    for (int i = rows.size() / 2; i > 0; i--) {
      snapshot(rows.get(i));
    }
    for (int i = 0; i < events; i++) {
      if (i % (events / EVOLUTIONS) == events / EVOLUTIONS / 2) {
        versions.evolve();
      }
      if (i == end) {
        truncate();
      }
      if (random.nextInt(120) == 0) {
        log.repeat();
      }
      if (random.nextInt(60) == 0 && origin != Origin.POSTGRES) {
        log.turnFile();
      }
      log.begin();
      for (int j = 1 + random.nextInt(3); j > 0; j--) {
        change(random.nextInt(rows.size()));
      }
      log.commit();
    }
    arrive();
  }

  /** Rows that chance has passed over come at the end, so that every row has a life. */
  private void arrive() {
    Set<Integer> seen = new HashSet<>();
    log().forEach(each -> seen.add(each.row()));
    for (int i = 0; i < rows.size(); i++) {
      if (!seen.contains(i)) {
        log.begin();
        insert(i, rows.get(i));
      }
    }
  }

  private void change(int number) {
    SourceRow row = rows.get(number);
    if (!row.isThere()) {
      if (keys.hasFree()) {
        insert(number, row);
      }
      return;
    }
    int dice = random.nextInt(100);
    if (dice < 12) {
      delete(number, row);
    } else if (dice < 22 && keys.hasFree()) {
      move(number, row);
    } else {
      update(number, row);
    }
  }

  private void snapshot(SourceRow row) {
    row.come(keys.take());
    int version = versions.any();
    row.fill(versions.columns(version), 0);
    log.begin();
    SinkRecord read = writer(version, row.key()).snapshot(row.image());
    log.emit(rows.indexOf(row), version, Trait.PLAIN, read);
  }

  private void insert(int number, SourceRow row) {
    row.come(keys.take());
    int version = versions.any();
    row.fill(versions.columns(version), 0);
    log.emit(number, version, Trait.PLAIN, writer(version, row.key()).insert(row.image()));
    log.step();
  }

  private void update(int number, SourceRow row) {
    int version = versions.any();
    Set<String> unsent = row.fill(versions.columns(version), 45);
    Trait trait = unsent.isEmpty() ? Trait.PLAIN : Trait.TOAST;
    log.emit(number, version, trait, writer(version, row.key()).update(row.image(unsent)));
    log.step();
  }

  private void delete(int number, SourceRow row) {
    int version = versions.any();
    Map<String, Object> key = row.go();
    log.emit(number, version, Trait.PLAIN, writer(version, key).delete(key));
    log.step();
    log.emit(number, version, Trait.PLAIN, writer(version, key).tombstone(key));
    keys.release(key);
  }

  private void move(int number, SourceRow row) {
    Map<String, Object> from = row.move(keys.take());
    int version = versions.any();
    Set<String> unsent = row.fill(versions.columns(version), 60);
    List<SinkRecord> three = writer(version, from).rekey(from, row.image(unsent));
    log.step();
    log.emit(number, version, Trait.KEY_CHANGE, log.moved(three.get(0), from));
    log.emit(number, version, Trait.PLAIN, log.moved(three.get(1), from));
    log.emit(
        number,
        version,
        unsent.isEmpty() ? Trait.KEY_CHANGE : Trait.TOAST,
        log.moved(three.get(2), row.key()));
    keys.release(from);
  }

  /** Every row goes, told to one partition only. */
  private void truncate() {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).isThere()) {
        truncated.add(i);
        keys.release(rows.get(i).go());
      }
    }
    int version = versions.any();
    log.begin();
    Changes writer = log.here(versions.writer(version), random.nextInt(PARTITIONS));
    log.emit(Delivery.ALL, version, Trait.PLAIN, writer.truncate());
    log.step();
    log.commit();
  }

  private Changes writer(int version, Map<String, Object> key) {
    return log.here(versions.writer(version), key);
  }
}
