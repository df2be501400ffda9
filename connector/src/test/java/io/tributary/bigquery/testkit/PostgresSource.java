package io.tributary.bigquery.testkit;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Makes the {@code source} block of PostgreSQL events. */
final class PostgresSource implements Source {
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

  private final String schema;
  private final String table;

  PostgresSource(String schema, String table) {
    this.schema = schema;
    this.table = table;
  }

  @Override
  public Struct streamed(Spot spot) {
    return block(spot).put("lsn", spot.place()).put("txId", spot.transaction());
  }

  @Override
  public Struct snapshot(Spot spot) {
    return block(spot).put("lsn", spot.place()).put("txId", 699L).put("snapshot", "true");
  }

  @Override
  public Struct incremental(Spot spot) {
    return block(spot).put("snapshot", "incremental");
  }

  private Struct block(Spot spot) {
    String first = spot.committed() == null ? "null" : "\"" + spot.committed() + "\"";
    return new Struct(SCHEMA)
        .put("version", "3.7.0.Final")
        .put("connector", "postgresql")
        .put("name", "app")
        .put("db", "shop")
        .put("schema", schema)
        .put("table", table)
        .put("sequence", "[" + first + ",\"" + spot.place() + "\"]")
        .put("ts_us", spot.micros())
        .put("ts_ms", spot.micros() / 1_000);
  }
}
