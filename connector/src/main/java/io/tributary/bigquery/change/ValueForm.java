package io.tributary.bigquery.change;

import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** What the values of one schema are. Recognised by the end of the name, as Debezium does. */
sealed interface ValueForm {
  /**
   * Fields that ExtractNewRecordState adds and that are read here; others that begin like these are
   * columns as any.
   */
  Set<String> ADDED = Set.of("__deleted", "__op", "__db", "__schema", "__table");

  /** A Debezium envelope; {@code rowSchema} is null when its state is no struct. */
  record Envelope(SourceBlock.Fields source, Schema rowSchema) implements ValueForm {}

  /** A row without its envelope; {@code row} lacks the fields that a transform added. */
  record Flat(Schema full, Schema row) implements ValueForm {}

  /** A record about the stream itself. */
  record Control(Ignored.Reason reason) implements ValueForm {}

  /** Nothing that a table could take. */
  record Unreadable() implements ValueForm {}

  static ValueForm of(Schema schema) {
    Ignored.Reason control = controlReason(schema.name());
    if (control != null) {
      return new Control(control);
    }
    if (schema.type() != Schema.Type.STRUCT) {
      return new Unreadable();
    }
    if (isEnvelope(schema)) {
      Schema after = schema.field("after").schema();
      return new Envelope(
          new SourceBlock.Fields(schema.field("source").schema()),
          after.type() == Schema.Type.STRUCT ? after : null);
    }
    return new Flat(schema, without(schema, ADDED::contains));
  }

  private static boolean isEnvelope(Schema schema) {
    Field source = schema.field("source");
    return schema.field("op") != null
        && schema.field("after") != null
        && source != null
        && source.schema().type() == Schema.Type.STRUCT;
  }

  /** Null for anything that may belong to a table. */
  static Ignored.Reason controlReason(String name) {
    if (name == null) {
      return null;
    }
    if (name.endsWith(".Heartbeat") || name.endsWith(".ServerNameKey")) {
      return Ignored.Reason.HEARTBEAT;
    }
    if (name.endsWith(".TransactionMetadataValue") || name.endsWith(".TransactionMetadataKey")) {
      return Ignored.Reason.TRANSACTION;
    }
    if (name.endsWith(".SchemaChangeValue") || name.endsWith(".SchemaChangeKey")) {
      return Ignored.Reason.SCHEMA_CHANGE;
    }
    if (name.endsWith(".MessageValue") || name.endsWith(".MessageKey")) {
      return Ignored.Reason.LOGICAL_MESSAGE;
    }
    return name.endsWith(".Notification") ? Ignored.Reason.NOTIFICATION : null;
  }

  /**
   * The schema without some fields; the same object when there are none. A struct of the full
   * schema can be read by it.
   */
  static Schema without(Schema schema, Predicate<String> left) {
    if (schema.fields().stream().noneMatch(field -> left.test(field.name()))) {
      return schema;
    }
    SchemaBuilder builder = SchemaBuilder.struct().name(schema.name()).version(schema.version());
    for (Field field : schema.fields()) {
      if (!left.test(field.name())) {
        builder.field(field.name(), field.schema());
      }
    }
    return builder.build();
  }
}
