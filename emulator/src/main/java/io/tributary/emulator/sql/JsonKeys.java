package io.tributary.emulator.sql;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** JSON_KEYS, and JSON_OBJECT of two arrays. */
final class JsonKeys {
  private JsonKeys() {}

  /** The paths of all members down to a depth, as a JSON list. */
  static String of(String json, long depth, String mode) {
    if (depth < 1) {
      throw BigQueryError.invalidQuery("max_depth must be positive");
    }
    if (!List.of("strict", "lax", "lax recursive", "recursive lax").contains(mode)) {
      throw BigQueryError.invalidQuery("Invalid JSON mode specified: " + mode);
    }
    Set<String> keys = new TreeSet<>();
    JsonNode root = JsonText.parse(json);
    collect(root, "", depth, mode, keys);
    return JsonText.list(List.copyOf(keys));
  }

  private static void collect(
      JsonNode node, String prefix, long depth, String mode, Set<String> keys) {
    if (node.isArray() && !mode.equals("strict")) {
      for (JsonNode item : node) {
        if (item.isObject() || mode.contains("recursive")) {
          collect(item, prefix, depth, mode, keys);
        }
      }
    } else if (node.isObject() && depth > 0) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        String name = member.getKey();
        String key =
            prefix + (name.matches("[\\p{L}\\p{N}_\\-:\\s]+") ? name : JsonText.quote(name));
        keys.add(key);
        collect(member.getValue(), key + ".", depth - 1, mode, keys);
      }
    }
  }

  /** The object of these keys and values. */
  static String object(String keys, String values) {
    JsonNode names = JsonText.parse(keys);
    JsonNode items = JsonText.parse(values);
    if (names.size() != items.size()) {
      throw BigQueryError.invalidQuery("The number of keys and values must match.");
    }
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isNull()) {
        throw BigQueryError.invalidQuery("A key cannot be NULL");
      }
      out.append(i == 0 ? "" : ",").append(names.get(i)).append(':').append(items.get(i));
    }
    return JsonText.normalise(out.append('}').toString());
  }
}
