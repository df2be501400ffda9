package io.tributary.emulator.write;

import com.google.protobuf.Descriptors.Descriptor;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.TableDefinition;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a connection writes to: a stream, the writer's message, and both compiled for the table as
 * it was seen last.
 */
record AppendTarget(
    StreamName stream,
    String streamText,
    Descriptor message,
    ChangeFields changes,
    TableDefinition table,
    RowDecoder decoder,
    PartitionBounds bounds,
    Instant partition) {
  private static final int MAX_CHANGED_COLUMNS = 2000;

  static AppendTarget compile(
      StreamName stream, String streamText, Descriptor message, TableDefinition table, Clock clock)
      throws WriterSchemaException {
    List<Column> columns = new ArrayList<>(table.columns());
    columns.addAll(ChangeFields.of(message));
    RowDecoder decoder = WriterSchema.compile(message, columns);
    PartitionBounds bounds = new PartitionBounds(table, decoder.columns(), clock);
    return new AppendTarget(
        stream,
        streamText,
        message,
        ChangeFields.in(decoder.columns()),
        table,
        decoder,
        bounds,
        PartitionDecorator.start(stream, table, clock));
  }

  /** Throws unless the table may be changed by UPSERT and DELETE. */
  void checkTakesChanges() {
    if (table.primaryKey().isEmpty()) {
      throw Refusals.invalidArgument(
          "The primary keys and clustering keys of the table are required to create an upsert"
              + " stream. Entity: "
              + streamText);
    }
    if (partition != null) {
      throw Refusals.invalidArgument(
          "Changes go to the table, not to a partition of it. Entity: " + streamText);
    }
    if (table.columns().size() > MAX_CHANGED_COLUMNS) {
      throw Refusals.invalidArgument(
          "A table that takes changes has at most %d columns. Entity: %s"
              .formatted(MAX_CHANGED_COLUMNS, streamText));
    }
  }

  boolean fits(TableDefinition now) {
    return table.columns().equals(now.columns()) && table.primaryKey().equals(now.primaryKey());
  }
}
