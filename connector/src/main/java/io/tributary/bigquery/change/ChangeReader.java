package io.tributary.bigquery.change;

import io.tributary.bigquery.change.PartitionMemory.Rows;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Digests Kafka records: envelopes with and without schema, flattened rows, tombstones, truncates
 * and records about the stream itself. One per task; for a single thread.
 */
public final class ChangeReader {
  private static final String NEW_KEY = "__debezium.newkey";
  private static final String OLD_KEY = "__debezium.oldkey";

  private final OrderBy orderBy;
  private final Positions positions;
  private final KeyReader keys;
  private final FlatReader flat;
  private final Function<Origin, TableOptions> tables;
  private final Partitions partitions = new Partitions();
  private final SchemaCache<ValueForm> forms = new SchemaCache<>(2_000, ValueForm::of);

  public ChangeReader(ReaderSettings settings, SnapshotMarks marks) {
    orderBy = settings.orderBy();
    positions = new Positions(settings, marks);
    keys = new KeyReader(settings.keyField());
    tables = settings.tables();
    flat = new FlatReader(keys, positions, tables);
  }

  /** Starts to know nothing of a partition (original topic and number). */
  public void open(String topic, int partition) {
    partitions.drop(topic, partition);
    partitions.of(topic, partition);
  }

  /** Forgets a partition (original topic and number). */
  public void close(String topic, int partition) {
    partitions.drop(topic, partition);
  }

  /**
   * Digests one record.
   *
   * <p>A truncate that is ordered by Kafka's offset is taken only from partition 0 while no other
   * partition of its topic is known here: the reader cannot tell what other partitions still hold.
   *
   * @throws BadRecord when it is none of the accepted forms or lacks a key
   * @throws SinkException when its order cannot be known
   */
  public Change read(SinkRecord record) {
    RecordPosition at =
        new RecordPosition(
            record.originalTopic(), record.originalKafkaPartition(), record.originalKafkaOffset());
    PartitionMemory memory = partitions.of(at.topic(), at.partition());
    Object value = record.value();
    if (value == null) {
      return nothing(record, at, memory);
    }
    if (value instanceof Struct struct) {
      ValueForm form = forms.get(struct.schema());
      if (form instanceof ValueForm.Envelope envelope) {
        return envelope(record, at, memory, struct, envelope);
      }
      if (form instanceof ValueForm.Flat row) {
        memory.note(Rows.FLAT, orderBy, at);
        return flat.read(record, at, memory, struct, row, move(record));
      }
      if (form instanceof ValueForm.Control control) {
        return new Ignored(at, control.reason());
      }
    } else if (value instanceof Map<?, ?> map) {
      return schemaless(record, at, memory, map);
    }
    throw new BadRecord(
        ErrorCode.RECORD_UNREADABLE,
        "The record at " + at + " is neither a Debezium envelope nor a row.");
  }

  private Change nothing(SinkRecord record, RecordPosition at, PartitionMemory memory) {
    Ignored.Reason control =
        record.keySchema() == null ? null : ValueForm.controlReason(record.keySchema().name());
    if (control != null) {
      return new Ignored(at, control);
    }
    if (memory.rows() == Rows.ENVELOPES) {
      return new Ignored(at, Ignored.Reason.TOMBSTONE);
    }
    // Where the form is not known yet this may be an envelope's tombstone. Then the delete has a
    // base of zero, below every row that came from an envelope, and changes nothing.
    return flat.delete(record, at, memory, move(record));
  }

  private Change schemaless(
      SinkRecord record, RecordPosition at, PartitionMemory memory, Map<?, ?> value) {
    if (SchemalessForms.isEnvelope(value)) {
      return change(record, at, memory, Event.of(value));
    }
    Ignored.Reason control = SchemalessForms.controlReason(record.key(), value);
    if (control != null) {
      return new Ignored(at, control);
    }
    memory.note(Rows.FLAT, orderBy, at);
    return flat.read(record, at, memory, value, move(record));
  }

  private Change envelope(
      SinkRecord record,
      RecordPosition at,
      PartitionMemory memory,
      Struct value,
      ValueForm.Envelope form) {
    Struct source = (Struct) value.getWithoutDefault("source");
    if (source == null) {
      throw unreadable(at, "its envelope has no source");
    }
    Object after = value.getWithoutDefault("after");
    if (after != null && !(after instanceof Struct)) {
      throw unreadable(at, "the state in its envelope is no row");
    }
    return change(record, at, memory, Event.of(value, form, source, after));
  }

  private Change change(SinkRecord record, RecordPosition at, PartitionMemory memory, Event event) {
    if (event.operation() == null) {
      throw unreadable(at, "its envelope has no known operation");
    }
    if (event.operation() == Operation.MESSAGE) {
      return new Ignored(at, Ignored.Reason.LOGICAL_MESSAGE);
    }
    memory.note(Rows.ENVELOPES, orderBy, at);
    SourceBlock source = event.source();
    Origin origin =
        memory.origin(record.topic(), source.database(), source.schema(), source.table());
    TableOptions options = memory.options(origin, tables);
    SourcePosition position = positions.of(event, at, memory, options);
    if (event.operation() == Operation.TRUNCATE) {
      return truncate(record, at, source, position, origin);
    }
    Image state = event.state();
    if (state == null && event.operation() != Operation.DELETE) {
      throw unreadable(at, "its envelope has no state after the change");
    }
    Image key = keys.read(record, at, options, event.told());
    if (state == null && key == Image.NO_KEY) {
      state = event.former();
    }
    RowChange.Move move = move(record, event.operation());
    RowChange change =
        new RowChange(
            at,
            position,
            origin,
            key,
            state,
            event.rowSchema(),
            move,
            link(move, source),
            transaction(source),
            event.operation().letter(),
            source.timeMicros(),
            record.timestamp());
    boolean moved =
        record.key() == null
            && event.operation() == Operation.UPDATE
            && event.before() != null
            && !KeyReader.same(options.keyFields(), event.before(), event.after());
    return moved
        ? new Moved(change.withoutRow(keys.read(record, at, options, event.before())), change)
        : change;
  }

  private Truncate truncate(
      SinkRecord record,
      RecordPosition at,
      SourceBlock source,
      SourcePosition position,
      Origin origin) {
    if (orderBy == OrderBy.KAFKA && !partitions.single(at.topic(), at.partition())) {
      throw new SinkException(
          ErrorCode.TRUNCATE_UNORDERED,
          "The truncate at " + at + " is not ordered against the topic's other partitions.");
    }
    return new Truncate(
        at, position, origin, transaction(source), source.timeMicros(), record.timestamp());
  }

  private static RowChange.Move move(SinkRecord record, Operation operation) {
    RowChange.Move move = move(record);
    boolean fits =
        switch (move) {
          case NONE -> true;
          case AWAY -> operation == Operation.DELETE;
          case HERE -> operation == Operation.CREATE;
        };
    return fits ? move : RowChange.Move.NONE;
  }

  /** By presence alone: the values of these headers arrive with guessed types. */
  private static RowChange.Move move(SinkRecord record) {
    if (record.headers().isEmpty()) {
      return RowChange.Move.NONE;
    }
    if (record.headers().lastWithName(NEW_KEY) != null) {
      return RowChange.Move.AWAY;
    }
    return record.headers().lastWithName(OLD_KEY) == null
        ? RowChange.Move.NONE
        : RowChange.Move.HERE;
  }

  private static byte[] link(RowChange.Move move, SourceBlock source) {
    if (move == RowChange.Move.NONE || source.transaction() == null || source.lsn() == null) {
      return null;
    }
    return ByteBuffer.allocate(16).putLong(source.transaction()).putLong(source.lsn()).array();
  }

  private static String transaction(SourceBlock source) {
    return source.transaction() == null ? null : source.transaction().toString();
  }

  private static BadRecord unreadable(RecordPosition at, String why) {
    return new BadRecord(
        ErrorCode.RECORD_UNREADABLE, "The record at " + at + " cannot be read: " + why + ".");
  }
}
