package io.tributary.bigquery.histories;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The table that a topic's records make, taken one after the other in the order in which the source
 * sent them. Shares nothing with the connector.
 */
final class Reference {
  /** In place of the sink's own column, the operation that it tells. */
  static final String OPERATION = "change_metadata";

  private static final String TRUNCATE = "t";
  private static final List<String> WIDTHS = List.of("INT64", "NUMERIC", "BIGNUMERIC");

  private final Map<String, Map<String, Object>> rows = new TreeMap<>();
  private final Map<String, Map<String, Object>> departed = new HashMap<>();
  private final Map<String, String> open = new HashMap<>();
  private final Set<String> lacking = new HashSet<>();
  private final Map<String, Object> types = new TreeMap<>();
  private final Set<List<String>> seen = new HashSet<>();
  private final Set<Schema> schemas = new HashSet<>();

  private final Set<String> settled = new HashSet<>();
  private final Deletion deletion;
  private final Scope scope;

  private Reference(Deletion deletion, Scope scope) {
    this.deletion = deletion;
    this.scope = scope;
  }

  /** What becomes of records of a table, of which the first third is applied before the rest. */
  static Reference of(List<SinkRecord> log, TableHistory table) {
    Reference reference = new Reference(table.deletion(), table.scope());
    int applied = table.end(1, 3);
    log.subList(0, applied).forEach(reference::take);
    reference.settled.addAll(reference.rows.keySet());
    reference.lacking.clear();
    log.subList(applied, log.size()).forEach(reference::take);
    return reference;
  }

  /**
   * Whether a row may be as it is found, or be missing, although it is none of {@link #rows()}.
   * Only where deleted rows stay, and if it is there, it tells what took it. A truncate bars
   * earlier changes that come to the table no sooner than itself, so what was changed shortly
   * before may have former values. In mode merge a row that came from another key without some
   * columns and went before they were known leaves what stood there before.
   */
  boolean leavesOpen(String key, Map<String, Object> found) {
    return open.containsKey(key) && (found == null || open.get(key).equals(found.get(OPERATION)));
  }

  /** Rows by their keys, each with the operation that it tells of. */
  Map<String, Map<String, Object>> rows() {
    return rows;
  }

  /** The types of the columns, beside those of the sink. */
  Map<String, Object> types() {
    return types;
  }

  private void take(SinkRecord each) {
    if (each.value() == null) {
      return;
    }
    Struct envelope = (Struct) each.value();
    Struct source = envelope.getStruct("source");
    String operation = envelope.getString("op");
    String place = place(source);
    if (operation.equals(TRUNCATE)) {
      if (seen.add(List.of(operation, place))) {
        truncate();
      }
      return;
    }
    Struct keyStruct = (Struct) each.key();
    String key = key(keyStruct);
    widen(keyStruct.schema());
    widen(envelope.schema().field("after").schema());
    boolean streamed = !operation.equals("r");
    if (streamed && !seen.add(List.of(key, operation, place))) {
      return;
    }
    settled.remove(key);
    Map<String, Object> before = rows.getOrDefault(key, Map.of());
    if (operation.equals("d")) {
      departed.put(place, before);
      if (deletion == Deletion.SOFT && scope == Scope.MERGE && lacking.remove(key)) {
        leaveOpen(key, operation);
      } else {
        gone(key, operation);
      }
      return;
    }
    boolean moved = each.headers().lastWithName("__debezium.oldkey") != null;
    Map<String, Object> former =
        operation.equals("c") ? (moved ? departed.get(place) : Map.of()) : before;
    Struct after = envelope.getStruct("after");
    if (isWhole(after)) {
      lacking.remove(key);
    } else if (moved) {
      lacking.add(key);
    }
    Map<String, Object> row = row(after, former);
    row.put(OPERATION, operation);
    rows.put(key, row);
    open.remove(key);
  }

  private void truncate() {
    open.replaceAll((key, operation) -> TRUNCATE);
    for (String key : List.copyOf(rows.keySet())) {
      if (deletion == Deletion.SOFT && !settled.contains(key)) {
        leaveOpen(key, TRUNCATE);
      } else {
        gone(key, TRUNCATE);
      }
    }
  }

  private void leaveOpen(String key, String operation) {
    rows.remove(key);
    open.put(key, operation);
  }

  private void gone(String key, String operation) {
    Map<String, Object> before = rows.remove(key);
    if (deletion == Deletion.SOFT && before != null) {
      Map<String, Object> kept = new TreeMap<>(before);
      kept.put(OPERATION, operation);
      rows.put(key, kept);
    }
  }

  static boolean isWhole(Struct after) {
    return after.schema().fields().stream()
        .noneMatch(
            field -> {
              Object value = after.getWithoutDefault(field.name());
              return value != null && Decoder.isUnavailable(field.schema(), value);
            });
  }

  /** Where in the source's log a change sits. */
  private static String place(Struct source) {
    return source.schema().field("lsn") == null
        ? source.getString("file") + ":" + source.getInt64("pos")
        : source.getInt64("lsn").toString();
  }

  static String key(Struct key) {
    List<String> parts = new ArrayList<>();
    for (Field field : key.schema().fields()) {
      parts.add(Decoder.plain(field.schema(), key.get(field)).toString());
    }
    return parts.toString();
  }

  private Map<String, Object> row(Struct after, Map<String, Object> before) {
    Map<String, Object> row = new TreeMap<>();
    for (Field field : after.schema().fields()) {
      Object value = after.getWithoutDefault(field.name());
      if (value != null && Decoder.isUnavailable(field.schema(), value)) {
        Plain.put(row, field.name(), before.get(field.name().toLowerCase(Locale.ROOT)));
      } else {
        Plain.put(row, field.name(), Decoder.plain(field.schema(), value));
      }
    }
    return row;
  }

  private void widen(Schema schema) {
    if (schemas.add(schema)) {
      schema.fields().stream()
          .map(
              field ->
                  Map.entry(field.name().toLowerCase(Locale.ROOT), Decoder.type(field.schema())))
          .forEach(type -> types.merge(type.getKey(), type.getValue(), Reference::wider));
    }
  }

  private static Object wider(Object one, Object other) {
    if (one instanceof List<?> list) {
      return List.of(wider(list.get(0), ((List<?>) other).get(0)));
    }
    if (one instanceof Map<?, ?> fields) {
      Map<String, Object> all = new TreeMap<>();
      fields.forEach((name, type) -> all.put((String) name, type));
      ((Map<?, ?>) other).forEach((name, type) -> all.merge((String) name, type, Reference::wider));
      return all;
    }
    return WIDTHS.indexOf(one) > WIDTHS.indexOf(other) ? one : other;
  }
}
