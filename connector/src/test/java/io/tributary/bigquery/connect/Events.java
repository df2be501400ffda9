package io.tributary.bigquery.connect;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Debezium's events of one PostgreSQL table, each in a transaction of its own. A key's partition is
 * its remainder; truncates come in the first partition.
 */
final class Events {
  static final String TOPIC = "shop.public.items";
  static final String UNAVAILABLE = "__debezium_unavailable_value";

  private static final Schema KEY =
      SchemaBuilder.struct().name("shop.public.items.Key").field("id", Schema.INT64_SCHEMA).build();
  private static final Schema ROW =
      SchemaBuilder.struct()
          .name("shop.public.items.Value")
          .optional()
          .field("id", Schema.INT64_SCHEMA)
          .field("big", Schema.OPTIONAL_STRING_SCHEMA)
          .field("small", Schema.OPTIONAL_INT32_SCHEMA)
          .field("doc", Schema.OPTIONAL_STRING_SCHEMA)
          .build();
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .name("io.debezium.connector.postgresql.Source")
          .field("connector", Schema.STRING_SCHEMA)
          .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
          .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
          .field("db", Schema.STRING_SCHEMA)
          .field("sequence", Schema.OPTIONAL_STRING_SCHEMA)
          .field("schema", Schema.STRING_SCHEMA)
          .field("table", Schema.STRING_SCHEMA)
          .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
          .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
          .build();
  private static final Schema ENVELOPE =
      SchemaBuilder.struct()
          .name("shop.public.items.Envelope")
          .field("before", ROW)
          .field("after", ROW)
          .field("source", SOURCE)
          .field("op", Schema.STRING_SCHEMA)
          .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
          .build();

  private final List<SinkRecord> log = new ArrayList<>();
  private final long[] offsets;
  private long lsn = 1_000;

  Events() {
    this(1);
  }

  Events(int partitions) {
    offsets = new long[partitions];
  }

  /** Everything so far, in order. */
  List<SinkRecord> all() {
    return List.copyOf(log);
  }

  /** What was added from an index on. */
  List<SinkRecord> from(int index) {
    return List.copyOf(log.subList(index, log.size()));
  }

  /** The partition's share of what was added from an index on. */
  List<SinkRecord> from(int index, int partition) {
    return from(index).stream().filter(event -> event.kafkaPartition() == partition).toList();
  }

  Events insert(long id, String big, int small) {
    return add("c", id, row(id, big, small), null);
  }

  Events update(long id, String big, int small) {
    return add("u", id, row(id, big, small), null);
  }

  /** An update that brings a document. */
  Events document(long id, String big, int small, String doc) {
    return add("u", id, row(id, big, small).put("doc", doc), null);
  }

  Events delete(long id) {
    add("d", id, null, null);
    log.add(sinkRecord(id, null, null));
    return this;
  }

  /** The source sends its last records once more, the same at the same places of its log. */
  Events repeat(int count) {
    for (SinkRecord each : from(log.size() - count)) {
      int partition = each.kafkaPartition();
      log.add(
          new SinkRecord(
              TOPIC,
              partition,
              each.keySchema(),
              each.key(),
              each.valueSchema(),
              each.value(),
              offsets[partition]++,
              each.timestamp(),
              each.timestampType(),
              each.headers()));
    }
    return this;
  }

  /** A delete that tells the former row, as with REPLICA IDENTITY FULL. */
  Events formerly(long id, String big, int small) {
    add("d", id, null, null);
    ((Struct) log.get(log.size() - 1).value()).put("before", row(id, big, small));
    return this;
  }

  /** Both halves of a key change; the second may leave the large column out. */
  Events move(long from, long to, String big, int small) {
    add("d", from, null, "__debezium.newkey");
    lsn -= 16;
    return add("c", to, row(to, big, small), "__debezium.oldkey");
  }

  Events truncate() {
    return add("t", null, null, null);
  }

  private Events add(String op, Long id, Struct after, String header) {
    lsn += 16;
    Struct source =
        new Struct(SOURCE)
            .put("connector", "postgresql")
            .put("ts_us", 1_700_000_000_000_000L + lsn)
            .put("db", "shop")
            .put("sequence", "[\"" + (lsn - 8) + "\",\"" + lsn + "\"]")
            .put("schema", "public")
            .put("table", "items")
            .put("txId", lsn)
            .put("lsn", lsn);
    Struct value =
        new Struct(ENVELOPE)
            .put("after", after)
            .put("source", source)
            .put("op", op)
            .put("ts_ms", 1L);
    log.add(sinkRecord(id, value, header));
    return this;
  }

  private SinkRecord sinkRecord(Long id, Struct value, String header) {
    ConnectHeaders headers = new ConnectHeaders();
    if (header != null) {
      headers.addString(header, "{}");
    }
    int partition = id == null ? 0 : (int) (id % offsets.length);
    return new SinkRecord(
        TOPIC,
        partition,
        id == null ? null : KEY,
        id == null ? null : new Struct(KEY).put("id", id),
        value == null ? null : ENVELOPE,
        value,
        offsets[partition]++,
        1L,
        TimestampType.CREATE_TIME,
        headers);
  }

  private static Struct row(long id, String big, int small) {
    return new Struct(ROW).put("id", id).put("big", big).put("small", small);
  }
}
