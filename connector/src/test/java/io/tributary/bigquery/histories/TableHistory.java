package io.tributary.bigquery.histories;

import io.tributary.bigquery.histories.Delivery.Trait;
import io.tributary.bigquery.histories.Type.Named;
import io.tributary.bigquery.testkit.Changes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
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

  /** A value, and the column that it was made for. */
  private record Cell(Named column, Object value) {}

  /** A row at its source. */
  private static final class Row {
    private Map<String, Object> key;
    private Map<String, Cell> cells = Map.of();
  }

  private final Random random;
  private final Origin origin;
  private final Deletion deletion;
  private final Scope scope;
  private final String table;
  private final Names names = new Names();
  private final List<Named> keyColumns = new ArrayList<>();
  private final List<List<Named>> versions = new ArrayList<>();
  private final List<Changes> writers = new ArrayList<>();
  private final List<Delivery> log = new ArrayList<>();
  private final long[] offsets = new long[PARTITIONS];
  private final List<Row> rows = new ArrayList<>();
  private final Set<Integer> truncated = new HashSet<>();
  private final ArrayDeque<Map<String, Object>> freeKeys = new ArrayDeque<>();
  private int file = 1;
  private long lsn = 1_000;
  private Long committed;
  private boolean first;

  private TableHistory(
      Random random, String table, int rowCount, Origin origin, Deletion deletion, Scope scope) {
    this.random = random;
    this.origin = origin;
    this.deletion = deletion;
    this.scope = scope;
    this.table = table;
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      keyColumns.add(new Named(names.fresh(random), new Type.Single(Types.key(random)), false));
    }
    makeKeys(rowCount + 5);
    List<Named> columns = new ArrayList<>();
    columns.add(new Named(names.fresh(random), new Type.Single(Kind.TEXT), true));
    columns.add(new Named(names.fresh(random), new Type.Single(Kind.INTEGER), true));
    for (int i = 2 + random.nextInt(5); i > 0; i--) {
      columns.add(column());
    }
    open(columns);
    for (int i = 0; i < rowCount; i++) {
      rows.add(new Row());
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
    return keyColumns.stream().map(Named::name).toList();
  }

  /** Every record, in the order in which the source sent them. */
  List<Delivery> log() {
    return List.copyOf(log);
  }

  List<SinkRecord> records() {
    return log.stream().map(Delivery::record).toList();
  }

  /** How many records such a part of the log has, up to the end of a transaction. */
  int end(int parts, int of) {
    int end = log.size() * parts / of;
    while (end < log.size() && !log.get(end).first()) {
      end++;
    }
    return end;
  }

  /** A schema in a few words. */
  @Override
  public String toString() {
    return table + ": key " + keyColumns + ", versions " + versions;
  }

  private void live() {
    int events = rows.size() * EVENTS_PER_ROW;
    int end = scope == Scope.MERGE ? random.nextInt(events * 3 / 2) : events;
    for (int i = rows.size() / 2; i > 0; i--) {
      snapshot(rows.get(i));
    }
    for (int i = 0; i < events; i++) {
      if (i % (events / EVOLUTIONS) == events / EVOLUTIONS / 2) {
        evolve();
      }
      if (i == end) {
        truncate();
      }
      if (random.nextInt(120) == 0) {
        repeat();
      }
      if (random.nextInt(60) == 0 && origin != Origin.POSTGRES) {
        file++;
        lsn = 4;
      }
      first = true;
      for (int j = 1 + random.nextInt(3); j > 0; j--) {
        change(random.nextInt(rows.size()));
      }
      committed = ++lsn;
    }
    arrive();
  }

  /** Rows that chance has passed over come at the end, so that every row has a life. */
  private void arrive() {
    Set<Integer> seen = new HashSet<>();
    log.forEach(each -> seen.add(each.row()));
    for (int i = 0; i < rows.size(); i++) {
      if (!seen.contains(i)) {
        first = true;
        insert(i, rows.get(i));
      }
    }
  }

  private void change(int number) {
    Row row = rows.get(number);
    if (row.key == null) {
      if (!freeKeys.isEmpty()) {
        insert(number, row);
      }
      return;
    }
    int dice = random.nextInt(100);
    if (dice < 12) {
      delete(number, row);
    } else if (dice < 22 && !freeKeys.isEmpty()) {
      move(number, row);
    } else {
      update(number, row);
    }
  }

  private void snapshot(Row row) {
    row.key = freeKeys.poll();
    int version = version();
    fill(row, version, 0);
    first = true;
    emit(rows.indexOf(row), version, Trait.PLAIN, writer(version, row.key).snapshot(image(row)));
  }

  private void insert(int number, Row row) {
    row.key = freeKeys.poll();
    row.cells = Map.of();
    int version = version();
    fill(row, version, 0);
    emit(number, version, Trait.PLAIN, writer(version, row.key).insert(image(row)));
    lsn += Changes.STEP;
  }

  private void update(int number, Row row) {
    int version = version();
    Set<String> unsent = fill(row, version, 45);
    Trait trait = unsent.isEmpty() ? Trait.PLAIN : Trait.TOAST;
    emit(number, version, trait, writer(version, row.key).update(image(row, unsent)));
    lsn += Changes.STEP;
  }

  private void delete(int number, Row row) {
    int version = version();
    emit(number, version, Trait.PLAIN, writer(version, row.key).delete(row.key));
    lsn += Changes.STEP;
    tombstone(number, row.key, version);
    release(row.key);
    row.key = null;
  }

  private void move(int number, Row row) {
    Map<String, Object> from = row.key;
    row.key = freeKeys.poll();
    int version = version();
    Set<String> unsent = fill(row, version, 60);
    List<SinkRecord> three = writer(version, from).rekey(from, image(row, unsent));
    lsn += Changes.STEP;
    emit(number, version, Trait.KEY_CHANGE, at(three.get(0), from));
    emit(number, version, Trait.PLAIN, at(three.get(1), from));
    emit(
        number,
        version,
        unsent.isEmpty() ? Trait.KEY_CHANGE : Trait.TOAST,
        at(three.get(2), row.key));
    release(from);
  }

  /** Every row goes, told to one partition only. */
  private void truncate() {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).key != null) {
        truncated.add(i);
        release(rows.get(i).key);
        rows.get(i).key = null;
      }
    }
    int version = version();
    first = true;
    emit(
        Delivery.ALL, version, Trait.PLAIN, writer(version, random.nextInt(PARTITIONS)).truncate());
    lsn += Changes.STEP;
    committed = ++lsn;
  }

  private void tombstone(int number, Map<String, Object> key, int version) {
    emit(number, version, Trait.PLAIN, writer(version, key).tombstone(key));
  }

  /**
   * Gives a row new values by a version of the schema. What the version does not know is lost.
   *
   * @param unsent of a hundred values that stay as they are, how many the source leaves out where
   *     it can
   * @return the columns that are left out
   */
  private Set<String> fill(Row row, int version, int unsent) {
    Map<String, Cell> cells = new HashMap<>();
    Set<String> left = new HashSet<>();
    for (Named column : versions.get(version)) {
      Cell before = row.cells.get(column.name());
      boolean same = before != null && before.column().equals(column) && random.nextInt(3) > 0;
      if (same
          && origin.leavesOut()
          && before.value() != null
          && column.type().placeholder() != null
          && random.nextInt(100) < unsent) {
        left.add(column.name());
      }
      cells.put(column.name(), same ? before : new Cell(column, column.value(random)));
    }
    row.cells = cells;
    return left;
  }

  private Map<String, Object> image(Row row) {
    return image(row, Set.of());
  }

  private static Map<String, Object> image(Row row, Set<String> unsent) {
    Map<String, Object> image = new HashMap<>(row.key);
    row.cells.forEach(
        (name, cell) ->
            image.put(
                name, unsent.contains(name) ? cell.column().type().placeholder() : cell.value()));
    return image;
  }

  /** Mostly the newest, sometimes the one before. */
  private int version() {
    int newest = versions.size() - 1;
    return newest > 0 && random.nextInt(5) == 0 ? newest - 1 : newest;
  }

  private void evolve() {
    List<Named> columns = new ArrayList<>(versions.get(versions.size() - 1));
    int index = random.nextInt(columns.size());
    Named one = columns.get(index);
    switch (random.nextInt(5)) {
      case 0 -> {
        if (columns.size() > 2) {
          columns.remove(index);
        }
      }
      case 1 -> columns.set(index, new Named(names.fresh(random), one.type(), one.optional()));
      case 2 -> columns.set(index, new Named(one.name(), one.type(), !one.optional()));
      default -> columns.replaceAll(this::grown);
    }
    if (random.nextBoolean()) {
      columns.add(random.nextInt(columns.size()), column());
    }
    open(columns);
  }

  private Named grown(Named column) {
    return scope == Scope.CDC || random.nextInt(3) > 0
        ? column
        : new Named(column.name(), column.type().grown(random, names), column.optional());
  }

  private Named column() {
    return new Named(names.fresh(random), Types.any(random, names, 2), random.nextInt(4) > 0);
  }

  private void open(List<Named> columns) {
    Changes writer = origin.writer(table);
    keyColumns.forEach(key -> writer.key(key.name(), key.schema()));
    columns.forEach(column -> writer.column(column.name(), column.schema()));
    versions.add(List.copyOf(columns));
    writers.add(writer);
  }

  private Changes writer(int version, Map<String, Object> key) {
    return writer(version, partition(key));
  }

  private Changes writer(int version, int partition) {
    Changes writer = writers.get(version).at(partition, offsets[partition]);
    return origin.at(writer, committed, file, lsn);
  }

  /** A crash of the source: what it had not acknowledged comes again, the same and in order. */
  private void repeat() {
    int from = Math.max(0, log.size() - 1 - random.nextInt(40));
    first = true;
    for (Delivery again : List.copyOf(log.subList(from, log.size()))) {
      if (isStreamed(again.record())) {
        SinkRecord copy = at(again.record(), again.record().kafkaPartition());
        emit(again.row(), again.version(), Trait.REPEATED, copy);
      }
    }
  }

  private static boolean isStreamed(SinkRecord each) {
    return each.value() == null || !((Struct) each.value()).getString("op").equals("r");
  }

  private SinkRecord at(SinkRecord each, Map<String, Object> key) {
    return at(each, partition(key));
  }

  private SinkRecord at(SinkRecord each, int partition) {
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

  private void emit(int row, int version, Trait trait, SinkRecord sinkRecord) {
    offsets[sinkRecord.kafkaPartition()]++;
    log.add(new Delivery(sinkRecord, row, version, first, trait));
    first = false;
  }

  private static int partition(Map<String, Object> key) {
    return Math.floorMod(key.toString().hashCode(), PARTITIONS);
  }

  private void release(Map<String, Object> key) {
    if (random.nextBoolean()) {
      freeKeys.addFirst(key);
    } else {
      freeKeys.addLast(key);
    }
  }

  private void makeKeys(int count) {
    Set<String> texts = new HashSet<>();
    List<Map<String, Object>> keys = new ArrayList<>();
    while (keys.size() < count) {
      Map<String, Object> key = new HashMap<>();
      keyColumns.forEach(column -> key.put(column.name(), column.value(random)));
      if (texts.add(key.toString())) {
        keys.add(key);
      }
    }
    Collections.shuffle(keys, random);
    freeKeys.addAll(keys);
  }
}
