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
  private static final List<String> WIDTHS = List.of("INT64", "NUMERIC", "BIGNUMERIC");

  private final Map<String, Map<String, Object>> rows = new TreeMap<>();
  private final Map<String, Map<String, Object>> departed = new HashMap<>();
  private final Map<String, Object> types = new TreeMap<>();
  private final Set<List<String>> seen = new HashSet<>();
  private final Set<Schema> schemas = new HashSet<>();

  static Reference of(List<SinkRecord> log) {
    Reference reference = new Reference();
    log.forEach(reference::take);
    return reference;
  }

  /** Rows by their keys. */
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
    if (operation.equals("t")) {
      if (seen.add(List.of(operation, place))) {
        rows.clear();
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
    Map<String, Object> before = rows.getOrDefault(key, Map.of());
    switch (operation) {
      case "d" -> {
        rows.remove(key);
        departed.put(place, before);
      }
      case "c" -> {
        boolean moved = each.headers().lastWithName("__debezium.oldkey") != null;
        Map<String, Object> old = moved ? departed.get(place) : Map.of();
        rows.put(key, row(envelope.getStruct("after"), old));
      }
      default -> rows.put(key, row(envelope.getStruct("after"), before));
    }
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
