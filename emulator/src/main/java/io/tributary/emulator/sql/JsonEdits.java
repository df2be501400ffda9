package io.tributary.emulator.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JSON_SET, JSON_REMOVE and the like: each changes the value at one path. */
final class JsonEdits {
  /** Stands for a path that is NULL, and with which nothing changes. */
  static final String NO_PATH = "(none)";

  private static final int LONGEST = 1_000_000;

  private JsonEdits() {}

  static String set(String json, String path, String value, boolean create) {
    if (path.equals(NO_PATH)) {
      return json;
    }
    JsonNode root = JsonText.parse(json);
    JsonNode set = set(root, path(path).steps(), JsonText.parse(value), create);
    return JsonText.print(set == null ? root : set);
  }

  /** The node with the value in its place; null if it does not go there. */
  private static JsonNode set(
      JsonNode node, List<JsonPath.Step> steps, JsonNode value, boolean create) {
    if (steps.isEmpty()) {
      return value;
    }
    JsonPath.Step step = steps.get(0);
    boolean member = step.member() != null;
    JsonNode into = node;
    if (into.isNull() && create) {
      into = member ? object() : array();
    }
    if (member ? !into.isObject() : !into.isArray()) {
      return null;
    }
    JsonNode old = member ? into.get(step.member()) : into.get(step.index());
    if (old == null && !create) {
      return null;
    }
    JsonNode child =
        set(
            old == null ? JsonNodeFactory.instance.nullNode() : old,
            steps.subList(1, steps.size()),
            value,
            create);
    if (child == null) {
      return null;
    }
    if (member) {
      ((ObjectNode) into).set(step.member(), child);
    } else {
      ArrayNode items = (ArrayNode) into;
      pad(items, step.index() + 1);
      items.set(step.index(), child);
    }
    return into;
  }

  private static JsonPath path(String text) {
    JsonPath path = JsonPath.of(text);
    if (path.steps().stream().anyMatch(step -> step.index() < 0)) {
      throw BigQueryError.invalidQuery("Invalid token in JSONPath at: " + text);
    }
    return path;
  }

  private static void pad(ArrayNode items, int size) {
    if (size > LONGEST) {
      throw BigQueryError.invalidQuery("Exceeded maximum array size");
    }
    while (items.size() < size) {
      items.addNull();
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static String remove(String json, String path) {
    if (path.equals(NO_PATH)) {
      return json;
    }
    JsonPath wanted = path(path);
    if (wanted.steps().isEmpty()) {
      throw BigQueryError.invalidQuery("The JSONPath cannot be '$'");
    }
    JsonNode root = JsonText.parse(json);
    JsonNode parent = find(root, wanted.parent());
    if (parent instanceof ObjectNode object && wanted.last().member() != null) {
      object.remove(wanted.last().member());
    } else if (parent instanceof ArrayNode array && wanted.last().member() == null) {
      array.remove(wanted.last().index());
    }
    return JsonText.print(root);
  }

  /** The node that a path leads to, or null. */
  static JsonNode find(JsonNode root, JsonPath path) {
    JsonNode node = root;
    for (JsonPath.Step step : path.steps()) {
      if (node == null) {
        return null;
      }
      node =
          step.member() != null
              ? node.get(step.member())
              : node.isArray() ? node.get(step.index()) : null;
    }
    return node;
  }

  /** JSON_ARRAY_APPEND; each element of an array by itself if asked for. */
  static String append(String json, String path, String value, boolean each) {
    if (path.equals(NO_PATH)) {
      return json;
    }
    JsonNode root = JsonText.parse(json);
    JsonPath at = path(path);
    JsonNode target = find(root, at);
    if (target == null || !(target.isNull() || target.isArray())) {
      return JsonText.print(root);
    }
    ArrayNode grown = target.isNull() ? array() : (ArrayNode) target;
    values(JsonText.parse(value), each).forEach(grown::add);
    JsonNode changed = set(root, at.steps(), grown, true);
    return JsonText.print(changed);
  }

  private static List<JsonNode> values(JsonNode value, boolean each) {
    List<JsonNode> all = new ArrayList<>();
    if (each && value.isArray()) {
      value.forEach(all::add);
    } else {
      all.add(value);
    }
    return all;
  }

  /** JSON_ARRAY_INSERT; each element of an array by itself if asked for. */
  static String insert(String json, String path, String value, boolean each) {
    if (path.equals(NO_PATH)) {
      return json;
    }
    JsonNode root = JsonText.parse(json);
    JsonPath at = path(path);
    if (at.steps().isEmpty() || at.last().member() != null) {
      return JsonText.print(root);
    }
    JsonNode target = find(root, at.parent());
    if (target == null || !(target.isNull() || target.isArray())) {
      return JsonText.print(root);
    }
    ArrayNode grown = target.isNull() ? array() : (ArrayNode) target;
    pad(grown, at.last().index());
    int index = at.last().index();
    for (JsonNode item : values(JsonText.parse(value), each)) {
      grown.insert(index++, item);
    }
    return JsonText.print(set(root, at.parent().steps(), grown, true));
  }

  static String strip(String json, String path, boolean arrays, boolean empty) {
    JsonNode root = JsonText.parse(json);
    JsonPath at = path(path);
    JsonNode target = find(root, at);
    if (target == null) {
      return JsonText.print(root);
    }
    JsonNode stripped = stripped(target, arrays, empty);
    boolean nothing = stripped == null || (empty && isEmpty(stripped, arrays));
    return JsonText.print(
        set(root, at.steps(), nothing ? JsonNodeFactory.instance.nullNode() : stripped, true));
  }

  private static boolean isEmpty(JsonNode node, boolean arrays) {
    return node.isEmpty() && (node.isObject() || (arrays && node.isArray()));
  }

  private static JsonNode stripped(JsonNode node, boolean arrays, boolean empty) {
    if (node.isNull()) {
      return null;
    }
    if (node.isObject()) {
      ObjectNode left = object();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        JsonNode value = stripped(member.getValue(), arrays, empty);
        if (value != null && !(empty && isEmpty(value, arrays))) {
          left.set(member.getKey(), value);
        }
      }
      return left;
    } else if (node.isArray()) {
      ArrayNode left = array();
      for (JsonNode item : node) {
        JsonNode value = item.isNull() && !arrays ? item : stripped(item, arrays, empty);
        if (value != null && !(empty && arrays && isEmpty(value, true))) {
          left.add(value);
        }
      }
      return left;
    }
    return node;
  }
}
