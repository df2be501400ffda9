package io.tributary.bigquery.change;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import java.util.Objects;
import java.util.Optional;

/** What was learnt about one partition since it was opened. */
final class PartitionMemory {
  /** The form of a partition's rows. */
  enum Rows {
    UNKNOWN,
    ENVELOPES,
    FLAT
  }

  private Rows rows = Rows.UNKNOWN;
  private Origin origin;
  private String database;
  private String schema;
  private String table;

  Rows rows() {
    return rows;
  }

  /** Notes the form of a row; refuses a second one unless Kafka's offset is the order of both. */
  void note(Rows seen, OrderBy orderBy, RecordPosition at) {
    if (orderBy == OrderBy.SOURCE && rows != Rows.UNKNOWN && rows != seen) {
      throw new SinkException(
          ErrorCode.POSITIONS_MIXED,
          "The record at " + at + " is of another form than those before it.");
    }
    rows = seen;
  }

  /** Mostly the same object as for the record before. */
  Origin origin(String topic, String newDatabase, String newSchema, String newTable) {
    if (origin == null
        || !Objects.equals(table, newTable)
        || !Objects.equals(schema, newSchema)
        || !Objects.equals(database, newDatabase)
        || !origin.topic().equals(topic)) {
      database = newDatabase;
      schema = newSchema;
      table = newTable;
      origin =
          new Origin(
              topic,
              Optional.ofNullable(newDatabase),
              Optional.ofNullable(newSchema),
              Optional.ofNullable(newTable));
    }
    return origin;
  }
}
