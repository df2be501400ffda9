package io.tributary.bigquery.testkit;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Makes the {@code source} blocks of the events of one table. */
interface Source {
  /** What Debezium tells of transactions beside it. */
  Schema TRANSACTION =
      SchemaBuilder.struct()
          .name("event.block")
          .version(1)
          .optional()
          .field("id", Schema.STRING_SCHEMA)
          .field("total_order", Schema.INT64_SCHEMA)
          .field("data_collection_order", Schema.INT64_SCHEMA)
          .build();

  Struct streamed(Spot spot);

  Struct snapshot(Spot spot);

  Struct incremental(Spot spot);

  /**
   * Where an event sits.
   *
   * @param committed PostgreSQL's last commit, or null
   * @param file of a binary log
   * @param place PostgreSQL's lsn, or the place in the file
   * @param row the row of the event
   * @param micros when the source made the change
   */
  record Spot(Long committed, String file, long place, int row, long transaction, long micros) {}
}
