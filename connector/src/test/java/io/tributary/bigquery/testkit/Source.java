package io.tributary.bigquery.testkit;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Makes the {@code source} block of PostgreSQL events. */
final class Source {
  private static final long COMMIT_MICROS = 1_760_000_000_123_456L;

  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name("io.debezium.connector.postgresql.Source")
          .version(1)
          .field("version", Schema.STRING_SCHEMA)
          .field("connector", Schema.STRING_SCHEMA)
          .field("name", Schema.STRING_SCHEMA)
          .field("ts_ms", Schema.INT64_SCHEMA)
          .field("snapshot", SchemaBuilder.string().optional().defaultValue("false").build())
          .field("db", Schema.STRING_SCHEMA)
          .field("sequence", Schema.OPTIONAL_STRING_SCHEMA)
          .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
          .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
          .field("schema", Schema.STRING_SCHEMA)
          .field("table", Schema.STRING_SCHEMA)
          .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
          .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
          .field("xmin", Schema.OPTIONAL_INT64_SCHEMA)
          .build();

  private static final Schema TRANSACTION =
      SchemaBuilder.struct()
          .name("event.block")
          .version(1)
          .optional()
          .field("id", Schema.STRING_SCHEMA)
          .field("total_order", Schema.INT64_SCHEMA)
          .field("data_collection_order", Schema.INT64_SCHEMA)
          .build();

  private final String schema;
  private final String table;

  Source(String schema, String table) {
    this.schema = schema;
    this.table = table;
  }

  static Schema transactionBlock() {
    return TRANSACTION;
  }

  Struct streamed(Long committed, long lsn, long transaction) {
    return block(committed, lsn).put("lsn", lsn).put("txId", transaction);
  }

  Struct snapshot(Long committed, long lsn) {
    return block(committed, lsn).put("lsn", lsn).put("txId", 699L).put("snapshot", "true");
  }

  Struct incremental(Long committed, long lsn) {
    return block(committed, lsn).put("snapshot", "incremental");
  }

  private Struct block(Long committed, long lsn) {
    String first = committed == null ? "null" : "\"" + committed + "\"";
    return new Struct(SCHEMA)
        .put("version", "3.7.0.Final")
        .put("connector", "postgresql")
        .put("name", "app")
        .put("db", "shop")
        .put("schema", schema)
        .put("table", table)
        .put("sequence", "[" + first + ",\"" + lsn + "\"]")
        .put("ts_us", COMMIT_MICROS)
        .put("ts_ms", COMMIT_MICROS / 1_000);
  }
}
