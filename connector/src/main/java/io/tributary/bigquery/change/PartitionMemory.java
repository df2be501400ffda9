package io.tributary.bigquery.change;

import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What was learnt about one partition since it was opened. */
final class PartitionMemory {
  /** The form of a partition's rows. */
  enum Rows {
    UNKNOWN,
    ENVELOPES,
    FLAT
  }

  /** The furthest place and the latest time of streamed changes; 0 at first. */
  static final class Reach {
    private final long epoch;
    private long place;
    private long micros;

    private Reach(long epoch) {
      this.epoch = epoch;
    }

    long place() {
      return place;
    }

    long micros() {
      return micros;
    }

    void to(long reachedPlace, long reachedMicros) {
      if (Long.compareUnsigned(reachedPlace, place) > 0) {
        place = reachedPlace;
      }
      micros = Math.max(micros, reachedMicros);
    }
  }

  private Rows rows = Rows.UNKNOWN;
  private Reach reach = new Reach(0);
  private Origin origin;
  private Origin optionsOrigin;
  private TableOptions options;
  private String database;
  private String schema;
  private String table;

  Rows rows() {
    return rows;
  }

  /** How far the partition has come in the log of an epoch, as far as it was read here. */
  Reach reach(long epoch) {
    if (reach.epoch != epoch) {
      reach = new Reach(epoch);
    }
    return reach;
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

  /** What is said of the table of an origin that came from here; mostly known already. */
  @SuppressWarnings("ReferenceEquality") // the origin is mostly the same object
  TableOptions options(Origin of, Function<Origin, TableOptions> tables) {
    if (options == null || of != optionsOrigin) {
      options = tables.apply(of);
      optionsOrigin = of;
    }
    return options;
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
