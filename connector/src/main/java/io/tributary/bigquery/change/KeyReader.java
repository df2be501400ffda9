package io.tributary.bigquery.change;

import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.config.WriteMode;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.offset.RecordPosition;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Map<List<String>, SchemaCache<Schema>> ofRows = new HashMap<>();

  KeyReader(String keyField) {
    this.keyField = keyField;
    single =
        new SchemaCache<>(2_000, schema -> SchemaBuilder.struct().field(keyField, schema).build());
  }

  /**
   * The key of a record.
   *
   * @param options tell which columns are the key of a record without one, and whether it needs one
   * @param row a struct or map that has them, or null
   */
  Image read(SinkRecord record, RecordPosition at, TableOptions options, Object row) {
    Object key = record.key();
    if (key == null) {
      boolean needless = options.mode() == WriteMode.APPEND && options.keyFields().isEmpty();
      return needless && row != null ? Image.NO_KEY : ofRow(options.keyFields(), row, at);
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

  private Image ofRow(List<String> fields, Object row, RecordPosition at) {
    if (fields.isEmpty() || row == null) {
      throw new BadRecord(ErrorCode.KEY_MISSING, "The record at " + at + " has no key.");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (String field : fields) {
      Object value = value(row, field);
      if (value == null) {
        throw new BadRecord(
            ErrorCode.KEY_MISSING,
            "Field " + field + " of the row at " + at + " is absent or NULL.");
      }
      values.put(field, value);
    }
    return row instanceof Struct struct
        ? new Image.OfStruct(ofRows(fields).get(struct.schema()), struct)
        : new Image.OfMap(values);
  }

  private static Object value(Object row, String field) {
    if (row instanceof Struct struct) {
      return struct.schema().field(field) == null ? null : struct.getWithoutDefault(field);
    }
    return row instanceof Map<?, ?> map ? map.get(field) : null;
  }

  private SchemaCache<Schema> ofRows(List<String> fields) {
    return ofRows.computeIfAbsent(
        fields, names -> new SchemaCache<>(2_000, row -> keySchema(names, row)));
  }

  private static Schema keySchema(List<String> names, Schema row) {
    SchemaBuilder builder = SchemaBuilder.struct();
    names.forEach(name -> builder.field(name, row.field(name).schema()));
    return builder.build();
  }

  /** Whether two rows have the same key, as far as their fields tell. */
  static boolean same(List<String> fields, Object one, Object other) {
    return fields.stream()
        .allMatch(field -> Objects.deepEquals(value(one, field), value(other, field)));
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
