package io.tributary.bigquery.change;

import io.tributary.bigquery.offset.RecordPosition;

/** Gives every change its place in the order. */
final class Positions {
  private static final long CHANGE = Long.MIN_VALUE;

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

  SourcePosition of(
      SourceBlock source, Operation operation, RecordPosition at, PartitionMemory memory) {
    if (orderBy == OrderBy.KAFKA) {
      return byKafka(at);
    }
    return log(source.connector(), at)
        .position(source, operation, at, memory, epochs.of(source, at));
  }

  private SourceLog log(String connector, RecordPosition at) {
    return switch (connector == null ? "" : connector) {
      case "postgresql" -> postgres;
      case "mysql", "mariadb" -> binlog;
      default -> throw SourceLog.unknown(at, "its source is neither PostgreSQL, MySQL nor MariaDB");
    };
  }
}
