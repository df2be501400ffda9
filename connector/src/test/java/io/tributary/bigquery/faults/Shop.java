package io.tributary.bigquery.faults;

import io.tributary.bigquery.testkit.Changes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private final List<SinkRecord> log = new ArrayList<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<Long, Integer> states = new HashMap<>();
  private final Changes changes =
      Changes.postgres("public", "items")
          .key("id", Schema.INT64_SCHEMA)
          .column("version", Schema.OPTIONAL_INT64_SCHEMA)
          .column("big", Schema.OPTIONAL_STRING_SCHEMA)
          .column("day", DAY)
          .column("spot", Schema.OPTIONAL_STRING_SCHEMA);
  private final int partitions;
  private String topic = TOPIC;
  private long next = FIRST;

  Shop() {
    this(1);
  }

  /** A source whose topic has so many partitions. */
  public Shop(int partitions) {
    this.partitions = partitions;
    ends.put(new TopicPartition(TOPIC, 0), 0L);
    for (int i = 0; i < partitions; i++) {
      ends.put(new TopicPartition(TOPIC, i), 0L);
    }
  }

  /** Later changes come by way of another topic of the same table. */
  public Shop topic(String name) {
    topic = name;
    return this;
  }

  /** A new column, which later rows have. */
  Shop column(String name, Schema type) {
    changes.column(name, type);
    return this;
  }

  /** Every record so far. */
  public List<SinkRecord> all() {
    return List.copyOf(log);
  }

  /** All records but the first ones. */
  public List<SinkRecord> behind(int first) {
    return List.copyOf(log.subList(first, log.size()));
  }

  /** The records of a partition from an offset on. */
  List<SinkRecord> from(TopicPartition partition, long offset, int most) {
    return log.stream()
        .filter(each -> At.of(each).partition().equals(partition) && each.kafkaOffset() >= offset)
        .limit(most)
        .toList();
  }

  /** Up to where each partition would be committed if all were applied. */
  Map<TopicPartition, Long> ends() {
    Map<TopicPartition, Long> committed = new HashMap<>();
    ends.keySet().forEach(partition -> committed.put(partition, 0L));
    log.forEach(each -> committed.put(At.of(each).partition(), each.kafkaOffset() + 1));
    return committed;
  }

  /** A key that no row ever had. */
  public long unused() {
    return next;
  }

  /** Where the last record stands. */
  public At last() {
    return At.of(log.get(log.size() - 1));
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
  Shop write(long id, String column, Object value) {
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
      add(moved(three.get(i), partition, end(partition)));
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
    ends.merge(new TopicPartition(topic, partition), (long) count, Long::sum);
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
    changes.log(next - STRIDE, next - Changes.STEP).time(1_760_000_000_000_000L + next);
    next += STRIDE;
  }

  /** The row of the change whose place was taken last. */
  private Map<String, Object> row(long id, String big) {
    Map<String, Object> row = new HashMap<>();
    row.put("id", id);
    row.put("version", next - STRIDE);
    row.put("big", big);
    return row;
  }

  private int partition(long id) {
    return (int) (id % partitions);
  }

  private long end(int partition) {
    return ends.getOrDefault(new TopicPartition(topic, partition), 0L);
  }

  private Shop add(SinkRecord each) {
    ends.put(At.of(each).partition(), each.kafkaOffset() + 1);
    log.add(each);
    return this;
  }

  private static SinkRecord moved(SinkRecord each, int partition, long offset) {
    return new SinkRecord(
        each.topic(),
        partition,
        each.keySchema(),
        each.key(),
        each.valueSchema(),
        each.value(),
        offset,
        each.timestamp(),
        each.timestampType(),
        each.headers());
  }
}
