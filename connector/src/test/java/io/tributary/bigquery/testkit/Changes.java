package io.tributary.bigquery.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Makes the records that Debezium would send for one table, with its schemas. The position in the
 * log moves on by itself and can be set. Not for several threads.
 *
 * <pre>{@code
 * Changes customers =
 *     Changes.postgres("public", "customers")
 *         .key("id", Schema.INT64_SCHEMA)
 *         .column("name", Schema.OPTIONAL_STRING_SCHEMA);
 * SinkRecord first = customers.insert(Map.of("id", 1L, "name", "Ada"));
 * SinkRecord gone = customers.delete(Map.of("id", 1L));
 * }</pre>
 */
public final class Changes {
  /** By how much the log moves on with every change. */
  public static final long STEP = 56;

  private final String schema;
  private final String table;
  private final List<Field> keys = new ArrayList<>();
  private final List<Field> columns = new ArrayList<>();
  private final Source source;
  private String topic;
  private int partition;
  private long offset;
  private Long committed;
  private long lsn = 24_000_000;
  private long transaction = 700;
  private String file = "binlog.000001";
  private int row;
  private long micros = 1_760_000_000_123_456L;
  private long sent = 1_760_000_000_000L;

  private Changes(String schema, String table, Source source) {
    this.schema = schema;
    this.table = table;
    this.source = source;
    topic = "app." + schema + "." + table;
  }

  public static Changes postgres(String schema, String table) {
    return new Changes(schema, table, new PostgresSource(schema, table));
  }

  public static Changes mySql(String database, String table) {
    return new Changes(database, table, new BinlogSource("mysql", database, table));
  }

  public static Changes mariaDb(String database, String table) {
    return new Changes(database, table, new BinlogSource("mariadb", database, table));
  }

  /** Adds a column that is part of the key. */
  public Changes key(String name, Schema type) {
    keys.add(new Field(name, keys.size(), type));
    return column(name, type);
  }

  /** Adds a column. */
  public Changes column(String name, Schema type) {
    columns.add(new Field(name, columns.size(), type));
    return this;
  }

  /** Drops a column from the records made from now on. */
  public Changes drop(String name) {
    columns.removeIf(column -> column.name().equals(name));
    return this;
  }

  /** The topic of the records made from now on. */
  public Changes topic(String name) {
    topic = name;
    return this;
  }

  /** Where in Kafka the next record sits; each record moves the offset on by one. */
  public Changes at(int newPartition, long newOffset) {
    partition = newPartition;
    offset = newOffset;
    return this;
  }

  /** Where in the source's log the next record sits. */
  public Changes log(Long lastCommit, long position) {
    committed = lastCommit;
    lsn = position;
    return this;
  }

  /** Where in a binary log the next record sits; a change sits {@link #STEP} behind. */
  public Changes binlog(String name, long position, int rowOfEvent) {
    file = name;
    lsn = position;
    row = rowOfEvent;
    return this;
  }

  /** When the source made the changes from now on. */
  public Changes time(long sourceMicros) {
    micros = sourceMicros;
    return this;
  }

  /** When Kafka got the records made from now on. */
  public Changes sent(long kafkaMillis) {
    sent = kafkaMillis;
    return this;
  }

  /** Ends the transaction: later records know of its commit. */
  public Changes commit() {
    lsn += STEP;
    committed = lsn;
    transaction++;
    return this;
  }

  /** A row of the initial snapshot. */
  public SinkRecord snapshot(Map<String, ?> row) {
    return envelope("r", row, keyOf(row), source.snapshot(spot()));
  }

  /** A row of an incremental snapshot, which has no lsn of its own. */
  public SinkRecord incremental(Map<String, ?> row) {
    return envelope("r", row, keyOf(row), source.incremental(spot()));
  }

  public SinkRecord insert(Map<String, ?> row) {
    return change("c", row, row);
  }

  public SinkRecord update(Map<String, ?> row) {
    return change("u", row, row);
  }

  public SinkRecord delete(Map<String, ?> key) {
    return change("d", null, key);
  }

  /** The three records of an update that changes the key. */
  public List<SinkRecord> rekey(Map<String, ?> oldKey, Map<String, ?> newRow) {
    long here = lsn + STEP;
    SinkRecord away = change("d", null, oldKey);
    away.headers().add("__debezium.newkey", keyOf(newRow), null);
    SinkRecord tombstone = tombstone(oldKey);
    tombstone.headers().add("__debezium.newkey", keyOf(newRow), null);
    lsn = here - STEP;
    SinkRecord create = change("c", newRow, newRow);
    create.headers().add("__debezium.oldkey", keyOf(oldKey), null);
    return List.of(away, tombstone, create);
  }

  /** The empty record behind a delete. */
  public SinkRecord tombstone(Map<String, ?> key) {
    Struct struct = keyOf(key);
    return record(struct.schema(), struct, null, null);
  }

  public SinkRecord truncate() {
    lsn += STEP;
    return envelope("t", null, null, source.streamed(spot()));
  }

  /** A row that ExtractNewRecordState has taken out of its envelope. */
  public SinkRecord flat(Map<String, ?> row) {
    Struct key = keyOf(row);
    Struct value = fill(valueSchema().build(), row);
    return record(key.schema(), key, value.schema(), value);
  }

  /** The schema of a row as it is now. */
  public SchemaBuilder valueSchema() {
    SchemaBuilder builder = SchemaBuilder.struct().name(topic + ".Value");
    columns.forEach(column -> builder.field(column.name(), column.schema()));
    return builder;
  }

  /** The key of a row. */
  public Struct keyOf(Map<String, ?> row) {
    SchemaBuilder builder = SchemaBuilder.struct().name(topic + ".Key");
    keys.forEach(key -> builder.field(key.name(), key.schema()));
    return fill(builder.build(), row);
  }

  private SinkRecord change(String operation, Map<String, ?> row, Map<String, ?> key) {
    lsn += STEP;
    return envelope(operation, row, keyOf(key), source.streamed(spot()));
  }

  private Source.Spot spot() {
    return new Source.Spot(committed, file, lsn, row, transaction, micros);
  }

  private SinkRecord envelope(String operation, Map<String, ?> row, Struct key, Struct origin) {
    Schema rowSchema = valueSchema().optional().build();
    Schema envelope =
        SchemaBuilder.struct()
            .name(topic + ".Envelope")
            .version(2)
            .field("before", rowSchema)
            .field("after", rowSchema)
            .field("source", origin.schema())
            .field("transaction", Source.TRANSACTION)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    Struct value =
        new Struct(envelope)
            .put("after", row == null ? null : fill(rowSchema, row))
            .put("source", origin)
            .put("op", operation)
            .put("ts_ms", 1_760_000_000_123L);
    return record(key == null ? null : key.schema(), key, envelope, value);
  }

  private static Struct fill(Schema type, Map<String, ?> row) {
    Struct struct = new Struct(type);
    type.fields().forEach(field -> struct.put(field, row.get(field.name())));
    return struct;
  }

  private SinkRecord record(Schema keySchema, Object key, Schema valueSchema, Object value) {
    return new SinkRecord(
        topic,
        partition,
        keySchema,
        key,
        valueSchema,
        value,
        offset++,
        sent,
        TimestampType.CREATE_TIME,
        new ConnectHeaders());
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
