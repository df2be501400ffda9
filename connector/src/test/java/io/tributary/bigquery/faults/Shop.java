package io.tributary.bigquery.faults;

import io.tributary.bigquery.testkit.Changes;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A source's table and its topics. Every change has a place of its own in the source's log, and a
 * row's version is the place of the change that brought it. A key's partition is its remainder.
 */
public final class Shop {
  public static final String TOPIC = "shop.public.items";
  static final long STRIDE = 1_000;

  /** Is in every text, so that it would be found wherever a value is told. */
  static final String CANARY = "canary";

  /** A day that BigQuery has not, and that no other number looks like. */
  static final int NO_DAY = 27_182_818;

  /** The place of the first change. */
  static final long FIRST = 10_000;

  private static final Schema DAY =
      SchemaBuilder.int32().name("io.debezium.time.Date").optional().build();

  /** Longer than between two notes of how far a log has come. */
  private static final long WHILE_MILLIS = 660_000;

  private final Topics topics = new Topics();
  private final Map<Long, Integer> states = new HashMap<>();
  private final Changes changes;
  private int partitions;
  private String topic = TOPIC;
  private long next = FIRST;
  private long millis = 1_760_000_000_000L;

  /** What is to be subtracted from the place of a change for the place in the present log. */
  private long start;

  private String file = "binlog.000057";

  Shop() {
    this(1);
  }

  /** A source whose topic has so many partitions. */
  public Shop(int partitions) {
    this(Changes.postgres("public", "items"), partitions);
  }

  private Shop(Changes source, int partitions) {
    changes =
        source
            .key("id", Schema.INT64_SCHEMA)
            .column("version", Schema.OPTIONAL_INT64_SCHEMA)
            .column("big", Schema.OPTIONAL_STRING_SCHEMA)
            .column("day", DAY)
            .column("spot", Schema.OPTIONAL_STRING_SCHEMA);
    partitions(partitions);
  }

  /** The same with a binary log. */
  static Shop mySql(int partitions) {
    return new Shop(Changes.mySql("public", "items"), partitions);
  }

  /** The topic gets more partitions; keys move. */
  final Shop partitions(int more) {
    for (int i = partitions; i < more; i++) {
      topics.open(new TopicPartition(TOPIC, i));
    }
    partitions = more;
    return this;
  }

  /** Later changes come by way of another topic of the same table. */
  public Shop topic(String name) {
    topic = name;
    return this;
  }

  /** A new column, which later rows have. */
  public Shop column(String name, Schema type) {
    changes.column(name, type);
    return this;
  }

  /** The topics are deleted and created anew. */
  Shop recreate() {
    later();
    topics.recreate(millis);
    return this;
  }

  /** Another server takes over, whose log begins anew; the time between the two. */
  Instant failOver() {
    later();
    begin("other.000003");
    return Instant.ofEpochMilli(millis - WHILE_MILLIS / 2);
  }

  /** The binary log goes on in its next file. */
  void rotate() {
    begin("binlog.000058");
  }

  private void begin(String newFile) {
    start = next - FIRST;
    file = newFile;
  }

  /** A while goes by. */
  final Shop later() {
    millis += WHILE_MILLIS;
    changes.sent(millis);
    return this;
  }

  /** The rows that the source has after the records so far, and some that it did not tell. */
  Collection<Row> rows(List<SinkRecord> untold) {
    List<SinkRecord> both = all();
    both.addAll(untold);
    return new Fold(both, Set.of()).rows().values();
  }

  /** The first snapshot of a connector that knows of no commit yet. */
  Shop snapshot(Collection<Row> rows) {
    return read(rows, row -> changes.log(null, next()).snapshot(row));
  }

  /** A snapshot on request, for which the stream stops. */
  Shop blockingSnapshot(Collection<Row> rows) {
    return read(rows, row -> changes.log(next() - STRIDE, next()).snapshot(row));
  }

  /** Some rows of a snapshot that goes on beside the stream. */
  Shop incremental(Collection<Row> rows) {
    return read(rows, row -> changes.log(next() - STRIDE, next()).incremental(row));
  }

  /** As in PostgreSQL 17, the place of what is read is that of the next change. */
  private Shop read(Collection<Row> rows, Function<Map<String, Object>, SinkRecord> form) {
    for (Row each : rows) {
      changes.topic(topic).at(partition(each.id()), end(partition(each.id())));
      SinkRecord read = form.apply(row(each.id(), each.version(), each.big()));
      read.headers().add(Event.PLACE, each.version(), Schema.INT64_SCHEMA);
      add(read);
    }
    return this;
  }

  /** An update by a transaction that was open when the last snapshot was taken: it lies below. */
  Shop lateUpdate(long id) {
    Changes here = at(id);
    here.log(null, next() - 4 * STRIDE);
    SinkRecord update = here.update(row(id, text(id) + " late"));
    update.headers().add(Event.PLACE, next - STRIDE, Schema.INT64_SCHEMA);
    return add(update);
  }

  /** Where in the server's log the next change comes. */
  private long next() {
    return next - start;
  }

  /** Later rows lack a column. */
  Shop drop(String name) {
    changes.drop(name);
    return this;
  }

  /** Every record so far. */
  public List<SinkRecord> all() {
    return topics.all();
  }

  /** All that was told so far. */
  Topics topics() {
    return topics;
  }

  /** All records of the present topics but the first ones. */
  public List<SinkRecord> behind(int first) {
    return topics.behind(first);
  }

  /** Up to where each partition would be committed if all were applied. */
  Map<TopicPartition, Long> ends() {
    return topics.committable();
  }

  /** A key that no row ever had. */
  public long unused() {
    return next;
  }

  /** Where the last record stands. */
  public At last() {
    return topics.last();
  }

  /** An insert, or an update of a row that is there. */
  public Shop insert(long id) {
    if (states.containsKey(id)) {
      return update(id);
    }
    states.put(id, 0);
    return add(at(id).insert(row(id, text(id))));
  }

  /** An update of a row that is there. */
  public Shop update(long id) {
    int state = states.merge(id, 1, Integer::sum);
    return add(at(id).update(row(id, text(id) + "'".repeat(Math.min(state, 5)))));
  }

  /** An update that leaves the large column out. */
  public Shop touch(long id) {
    return add(at(id).update(row(id, Event.UNAVAILABLE)));
  }

  /** An update whose large column is this. */
  public Shop write(long id, String big) {
    return add(at(id).update(row(id, big)));
  }

  /** An update with one more value. */
  public Shop write(long id, String column, Object value) {
    Changes here = at(id);
    Map<String, Object> row = row(id, text(id));
    row.put(column, value);
    return add(here.update(row));
  }

  /** A day that BigQuery has not. */
  public Shop poison(long id) {
    return write(id, "day", NO_DAY);
  }

  /** A text that BigQuery alone finds to be no point. */
  Shop misplaced(long id) {
    return write(id, "spot", "POINT(" + CANARY);
  }

  /** A delete and its tombstone. */
  public Shop delete(long id) {
    states.remove(id);
    add(at(id).delete(Map.of("id", id)));
    return add(changes.at(partition(id), end(partition(id))).tombstone(Map.of("id", id)));
  }

  /** The records of a changed key, the row's large column left out. */
  Shop move(long from, long to) {
    return move(from, to, Event.UNAVAILABLE);
  }

  /** The records of a changed key. */
  public Shop move(long from, long to, String big) {
    states.put(to, states.remove(from));
    List<SinkRecord> three = at(from).rekey(Map.of("id", from), row(to, big));
    for (int i = 0; i < three.size(); i++) {
      int partition = partition(i < 2 ? from : to);
      TopicPartition there = new TopicPartition(topic, partition);
      add(Topics.copy(three.get(i), there, topics.end(there)));
    }
    return this;
  }

  Shop truncate() {
    states.clear();
    place();
    return add(changes.topic(topic).at(0, end(0)).truncate());
  }

  /** A record of Debezium's that concerns no row. */
  Shop control(String name) {
    Schema schema =
        SchemaBuilder.struct()
            .name("io.debezium.connector.common." + name)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();
    Struct value = new Struct(schema).put("ts_ms", 1L);
    return add(new SinkRecord(topic, 0, null, null, schema, value, end(0)));
  }

  /** Offsets that no record has: compacted, aborted, or a transaction's marker. */
  Shop skip(int partition, int count) {
    topics.skip(new TopicPartition(topic, partition), count);
    return this;
  }

  /** The large column of a row that was inserted. */
  static String text(long id) {
    return CANARY + id;
  }

  private Changes at(long id) {
    place();
    return changes.topic(topic).at(partition(id), end(partition(id)));
  }

  /** Sets the log where the next change's place is {@code next}. */
  private void place() {
    next += STRIDE;
    changes.binlog(file, 0, 0).log(next() - 2 * STRIDE, next() - STRIDE - Changes.STEP);
    changes.time(millis * 1_000 + next);
  }

  /** The row of the change whose place was taken last. */
  private Map<String, Object> row(long id, String big) {
    return row(id, next - STRIDE, big);
  }

  private static Map<String, Object> row(long id, long version, String big) {
    Map<String, Object> row = new HashMap<>();
    row.put("id", id);
    row.put("version", version);
    row.put("big", big);
    return row;
  }

  private int partition(long id) {
    return (int) (id % partitions);
  }

  private long end(int partition) {
    return topics.end(new TopicPartition(topic, partition));
  }

  private Shop add(SinkRecord each) {
    if (start > 0 && each.headers().lastWithName(Event.PLACE) == null) {
      each.headers().add(Event.PLACE, next - STRIDE, Schema.INT64_SCHEMA);
    }
    topics.add(each);
    return this;
  }
}
