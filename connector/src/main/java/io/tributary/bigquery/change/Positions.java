package io.tributary.bigquery.change;

import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;

/** Gives every change its place in the order. */
final class Positions {
  private static final long CHANGE = Long.MIN_VALUE;
  private static final String POSTGRES = "postgresql";

  private final long firstEpoch;
  private final Epochs epochs;
  private final OrderBy orderBy;
  private final SourceLog postgres;
  private final SourceLog binlog;

  Positions(ReaderSettings settings, SnapshotMarks marks) {
    firstEpoch = settings.epoch();
    epochs = new Epochs(settings.epoch(), settings.restarts());
    orderBy = settings.orderBy();
    LogWatch watch = new LogWatch(marks);
    postgres = new PostgresLog(watch);
    binlog = new BinaryLog(watch);
  }

  /** The order of a partition whose records tell nothing of the source's log. */
  SourcePosition byKafka(RecordPosition at) {
    return new SourcePosition(firstEpoch, 0, CHANGE, at.offset());
  }

  /** The order of a flattened record; {@code value} is all of it, null for a delete. */
  SourcePosition ofFlat(Object value, RecordPosition at, TableOptions options) {
    return options.orderField().isEmpty()
        ? byKafka(at)
        : FieldOrder.position(options.orderField().get(), null, value, at, firstEpoch);
  }

  SourcePosition of(Event event, RecordPosition at, PartitionMemory memory, TableOptions options) {
    if (options.orderField().isPresent()) {
      return byField(options.orderField().get(), event, at);
    }
    if (orderBy == OrderBy.KAFKA) {
      return byKafka(at);
    }
    SourceBlock source = event.source();
    return log(source.connector(), at)
        .position(source, event.operation(), at, memory, epochs.of(source, at));
  }

  private SourcePosition byField(String field, Event event, RecordPosition at) {
    boolean ofSource = FieldOrder.ofSource(field);
    if (event.operation() == Operation.TRUNCATE && !ofSource) {
      throw new SinkException(
          ErrorCode.TRUNCATE_UNORDERED, "The truncate at " + at + " has no field " + field + ".");
    }
    if (event.operation() == Operation.DELETE
        && !ofSource
        && POSTGRES.equals(event.source().connector())) {
      // Unless REPLICA IDENTITY is FULL, Debezium makes up what it does not know of a former row.
      throw FieldOrder.unusable(field, at);
    }
    return FieldOrder.position(
        field, event.block(), event.told(), at, epochs.of(event.source(), at));
  }

  private SourceLog log(String connector, RecordPosition at) {
    return switch (connector == null ? "" : connector) {
      case POSTGRES -> postgres;
      case "mysql", "mariadb" -> binlog;
      default -> throw SourceLog.unknown(at, "its source is neither PostgreSQL, MySQL nor MariaDB");
    };
  }
}
