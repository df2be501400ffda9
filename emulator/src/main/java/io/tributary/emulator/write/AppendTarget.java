package io.tributary.emulator.write;

import com.google.protobuf.Descriptors.Descriptor;
import io.tributary.emulator.catalog.TableDefinition;
import java.time.Clock;

/**
 * What a connection writes to: a stream, the writer's message, and both compiled for the table as
 * it was seen last.
 */
record AppendTarget(
    StreamName stream,
    String streamText,
    Descriptor message,
    ChangeTypes changes,
    TableDefinition table,
    RowDecoder decoder,
    PartitionBounds bounds) {

  static AppendTarget compile(
      StreamName stream, String streamText, Descriptor message, TableDefinition table, Clock clock)
      throws WriterSchemaException {
    RowDecoder decoder = WriterSchema.compile(message, table.columns());
    PartitionBounds bounds = new PartitionBounds(table, decoder.columns(), clock);
    return new AppendTarget(
        stream, streamText, message, ChangeTypes.of(message), table, decoder, bounds);
  }

  boolean fits(TableDefinition now) {
    return table.columns().equals(now.columns());
  }
}
