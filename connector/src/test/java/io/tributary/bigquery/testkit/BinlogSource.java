package io.tributary.bigquery.testkit;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Makes the {@code source} block of MySQL's and MariaDB's events. */
final class BinlogSource implements Source {
  private final String connector;
  private final String database;
  private final String table;
  private final Schema schema;

  BinlogSource(String connector, String database, String table) {
    this.connector = connector;
    this.database = database;
    this.table = table;
    schema =
        SchemaBuilder.struct()
            .name("io.debezium.connector." + connector + ".Source")
            .field("version", Schema.STRING_SCHEMA)
            .field("connector", Schema.STRING_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field("snapshot", SchemaBuilder.string().optional().defaultValue("false").build())
            .field("db", Schema.STRING_SCHEMA)
            .field("sequence", Schema.OPTIONAL_STRING_SCHEMA)
            .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
            .field("table", Schema.OPTIONAL_STRING_SCHEMA)
            .field("server_id", Schema.INT64_SCHEMA)
            .field("gtid", Schema.OPTIONAL_STRING_SCHEMA)
            .field("file", Schema.STRING_SCHEMA)
            .field("pos", Schema.INT64_SCHEMA)
            .field("row", Schema.INT32_SCHEMA)
            .field("thread", Schema.OPTIONAL_INT64_SCHEMA)
            .field("query", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
  }

  @Override
  public Struct streamed(Spot spot) {
    return block(spot).put("server_id", 223L).put("thread", 12L);
  }

  @Override
  public Struct snapshot(Spot spot) {
    return block(spot).put("server_id", 0L).put("snapshot", "true");
  }

  @Override
  public Struct incremental(Spot spot) {
    return block(spot).put("server_id", 223L).put("snapshot", "incremental");
  }

  private Struct block(Spot spot) {
    return new Struct(schema)
        .put("version", "3.7.0.Final")
        .put("connector", connector)
        .put("name", "app")
        .put("db", database)
        .put("table", table)
        .put("file", spot.file())
        .put("pos", spot.place())
        .put("row", spot.row())
        .put("ts_us", spot.micros())
        .put("ts_ms", spot.micros() / 1_000);
  }
}
