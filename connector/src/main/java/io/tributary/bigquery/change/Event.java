package io.tributary.bigquery.change;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * An envelope's parts, with or without schemas: rows and the source block are structs or maps.
 *
 * @param operation null when it is unknown
 * @param block the source block as it came
 * @param before the row before the change, or null; to be trusted as far as the source logs it
 * @param after the row after the change, or null
 * @param rowSchema schema of the table's rows, or null
 */
record Event(
    Operation operation,
    SourceBlock source,
    Object block,
    Object before,
    Object after,
    Schema rowSchema) {
  static Event of(Map<?, ?> envelope) {
    Map<?, ?> block = (Map<?, ?>) envelope.get("source");
    return new Event(
        Operation.of(envelope.get("op")),
        SourceBlock.of(block),
        block,
        envelope.get("before"),
        envelope.get("after") instanceof Map<?, ?> after ? after : null,
        null);
  }

  static Event of(Struct envelope, ValueForm.Envelope form, Struct block, Object after) {
    return new Event(
        Operation.of(envelope.getWithoutDefault("op")),
        form.source().read(block),
        block,
        envelope.schema().field("before") == null ? null : envelope.getWithoutDefault("before"),
        after,
        form.rowSchema());
  }

  /** The row that the change leaves; null for a delete. */
  Image state() {
    if (operation == Operation.DELETE) {
      return null;
    }
    return image(after);
  }

  /** The row before the change, or null. */
  Image former() {
    return image(before);
  }

  private static Image image(Object row) {
    if (row instanceof Struct struct) {
      return new Image.OfStruct(struct.schema(), struct);
    }
    return row instanceof Map<?, ?> map ? new Image.OfMap(KeyReader.columns(map)) : null;
  }

  /** The row that tells of a change by its values: of a delete there is only the former one. */
  Object told() {
    return operation == Operation.DELETE ? before : after;
  }
}
