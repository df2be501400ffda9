package io.tributary.bigquery.change;

import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.offset.RecordPosition;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads rows that have lost their envelope; Kafka's offset is their order. */
final class FlatReader {
  private final KeyReader keys;
  private final Positions positions;
  private final Function<Origin, TableOptions> tables;

  FlatReader(KeyReader keys, Positions positions, Function<Origin, TableOptions> tables) {
    this.keys = keys;
    this.positions = positions;
    this.tables = tables;
  }

  RowChange read(
      SinkRecord record,
      RecordPosition at,
      PartitionMemory memory,
      Struct value,
      ValueForm.Flat form,
      RowChange.Move move) {
    Image row =
        isTrue(added(value, form, "__deleted")) ? null : new Image.OfStruct(form.row(), value);
    return change(
        record,
        at,
        memory,
        memory.origin(
            record.topic(),
            SourceBlock.text(added(value, form, "__db")),
            SourceBlock.text(added(value, form, "__schema")),
            SourceBlock.text(added(value, form, "__table"))),
        row,
        form.row(),
        Operation.of(added(value, form, "__op")),
        move);
  }

  RowChange read(
      SinkRecord record,
      RecordPosition at,
      PartitionMemory memory,
      Map<?, ?> value,
      RowChange.Move move) {
    Image row =
        isTrue(value.get("__deleted"))
            ? null
            : new Image.OfMap(KeyReader.columns(value, ValueForm.ADDED::contains));
    return change(
        record,
        at,
        memory,
        memory.origin(
            record.topic(),
            SourceBlock.text(value.get("__db")),
            SourceBlock.text(value.get("__schema")),
            SourceBlock.text(value.get("__table"))),
        row,
        null,
        Operation.of(value.get("__op")),
        move);
  }

  RowChange delete(
      SinkRecord record, RecordPosition at, PartitionMemory memory, RowChange.Move move) {
    Origin origin = memory.origin(record.topic(), null, null, null);
    return change(record, at, memory, origin, null, null, null, move);
  }

  private RowChange change(
      SinkRecord record,
      RecordPosition at,
      PartitionMemory memory,
      Origin origin,
      Image row,
      Schema rowSchema,
      Operation told,
      RowChange.Move move) {
    TableOptions options = memory.options(origin, tables);
    Operation operation = row == null ? Operation.DELETE : operation(told, move);
    RowChange.Move half = move == half(operation) ? move : RowChange.Move.NONE;
    return new RowChange(
        at,
        tombstone(record, memory)
            ? positions.byKafka(at)
            : positions.ofFlat(record.value(), at, options),
        origin,
        keys.read(record, at, options, record.value()),
        row,
        rowSchema,
        half,
        null,
        null,
        operation.letter(),
        null,
        record.timestamp());
  }

  /** What may be an envelope's tombstone changes nothing, so it needs no place in the order. */
  private static boolean tombstone(SinkRecord record, PartitionMemory memory) {
    return record.value() == null
        && record.valueSchema() == null
        && memory.rows() == PartitionMemory.Rows.UNKNOWN;
  }

  /** A row that does not say how it came about is taken as an update. */
  private static Operation operation(Operation told, RowChange.Move move) {
    if (told == Operation.CREATE || told == Operation.UPDATE || told == Operation.READ) {
      return told;
    }
    return move == RowChange.Move.HERE ? Operation.CREATE : Operation.UPDATE;
  }

  private static RowChange.Move half(Operation operation) {
    return operation == Operation.DELETE ? RowChange.Move.AWAY : RowChange.Move.HERE;
  }

  private static Object added(Struct value, ValueForm.Flat form, String name) {
    return form.full().field(name) == null ? null : value.getWithoutDefault(name);
  }

  private static boolean isTrue(Object deleted) {
    return "true".equals(deleted) || Boolean.TRUE.equals(deleted);
  }
}
