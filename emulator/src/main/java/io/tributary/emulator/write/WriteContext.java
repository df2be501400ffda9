package io.tributary.emulator.write;

import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.limits.CallGate;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What every call of the Storage Write API needs. */
record WriteContext(
    Engine engine,
    CallGate gate,
    WriteLog log,
    Streams streams,
    Clock clock,
    WriteSettings settings) {

  WriteLimits limits() {
    return settings.limits();
  }

  RowSink rows() {
    return RowSink.of(settings.appendedRows(), engine);
  }

  WriteChoices choices() {
    return settings.choices();
  }

  /** The location of the table's dataset. */
  String location(TableRef table) {
    return engine
        .dataset(table.datasetRef())
        .map(DatasetDefinition::location)
        .orElse("US")
        .toLowerCase(Locale.ROOT);
  }

  /** The table as this API sees it, or the refusal that names the missing permission. */
  TableDefinition table(TableRef ref, String permission) {
    Optional<TableDefinition> seen = seen(ref);
    if (seen.isEmpty() || seen.get().viewQuery() != null) {
      throw choices().absentTable() == WriteChoices.AbsentTable.NOT_FOUND
          ? Refusals.tableNotFound(ref)
          : Refusals.denied(permission, ref);
    }
    return seen.get();
  }

  /** The type of a stream, or null if there is none of this name. */
  String streamType(String stream) {
    Optional<StreamName> name = StreamName.parse(stream);
    if (name.isEmpty() || name.get().isDefault()) {
      return name.isEmpty() ? null : "DEFAULT";
    }
    return streams.type(name.get()).map(Enum::name).orElse(null);
  }

  /** The start of the partition that the stream's name asks for, or null if it asks for none. */
  Instant partition(StreamName stream) {
    Optional<TableDefinition> table = engine.table(stream.table());
    try {
      return table.isEmpty() ? null : PartitionDecorator.start(stream, table.get(), clock);
    } catch (WriterSchemaException e) {
      throw Refusals.exception(Refusals.schema(e, stream.path()));
    }
  }

  Optional<TableDefinition> seen(TableRef ref) {
    return gate.faults().denies(ref) ? Optional.empty() : gate.faults().seenByWriteApi(ref);
  }
}
