package io.tributary.bigquery.change;

import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.offset.RecordPosition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads the key of a row. */
final class KeyReader {
  /** Prefix of what a topic router adds to keep keys of several tables apart; never a column. */
  private static final String ROUTING = "__dbz__";

  private final String keyField;
  private final SchemaCache<Schema> columns =
      new SchemaCache<>(2_000, schema -> ValueForm.without(schema, KeyReader::routing));

  private final SchemaCache<Schema> single;

  KeyReader(String keyField) {
    this.keyField = keyField;
    single =
        new SchemaCache<>(2_000, schema -> SchemaBuilder.struct().field(keyField, schema).build());
  }

  Image read(SinkRecord record, RecordPosition at) {
    Object key = record.key();
    if (key == null) {
      throw new BadRecord(ErrorCode.KEY_MISSING, "The record at " + at + " has no key.");
    }
    if (key instanceof Struct struct) {
      Schema schema = columns.get(struct.schema());
      if (schema.fields().isEmpty()) {
        throw new BadRecord(ErrorCode.KEY_MISSING, "The key at " + at + " has no columns.");
      }
      return new Image.OfStruct(schema, struct);
    }
    if (key instanceof Map<?, ?> map) {
      return new Image.OfMap(columns(map, KeyReader::routing));
    }
    if (record.keySchema() == null) {
      return new Image.OfValue(keyField, key);
    }
    Schema schema = single.get(record.keySchema());
    try {
      return new Image.OfStruct(schema, new Struct(schema).put(keyField, key));
    } catch (DataException e) {
      throw new BadRecord(
          ErrorCode.RECORD_UNREADABLE, "The key at " + at + " is not what its schema says.");
    }
  }

  static Map<String, Object> columns(Map<?, ?> map) {
    Map<String, Object> columns = new LinkedHashMap<>();
    map.forEach((name, value) -> columns.put(String.valueOf(name), value));
    return columns;
  }

  private static boolean routing(String field) {
    return field.startsWith(ROUTING);
  }

  /** The entries without some. */
  static Map<String, Object> columns(Map<?, ?> map, Predicate<String> left) {
    Map<String, Object> columns = columns(map);
    columns.keySet().removeIf(left);
    return columns;
  }
}
