package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small conversions between JSON and Java values. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** The text of a member, or null if it is absent or null. */
  static String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isMissingNode() || value.isNull() ? null : value.asText();
  }

  /** The number of a member, which may be written as a string, or null. */
  static Long number(JsonNode object, String name) {
    String text = text(object, name);
    return text == null ? null : Long.valueOf(text);
  }

  static Map<String, String> strings(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    object.properties().stream()
        .filter(member -> !member.getValue().isNull())
        .forEach(member -> map.put(member.getKey(), member.getValue().asText()));
    return map;
  }

  static ObjectNode object(Map<String, String> members) {
    ObjectNode object = object();
    members.forEach(object::put);
    return object;
  }
}
