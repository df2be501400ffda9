package io.tributary.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a field of a record should be in BigQuery.
 *
 * @param type the column's type
 * @param text the value; null for NULL
 * @param unfit why the column cannot hold the value; null if it can
 */
record TopicCell(String type, String text, String unfit) {

  /**
   * Every field of a row.
   *
   * @param decoded how bytes are decoded that arrive as text
   */
  static Map<String, TopicCell> row(JsonNode schema, JsonNode row, String decoded) {
    Map<String, TopicCell> cells = new LinkedHashMap<>();
    for (JsonNode field : schema.path("fields")) {
      String name = field.path("field").asText();
      cells.put(name, of(field, row.path(name), decoded));
    }
    return cells;
  }

  private static TopicCell of(JsonNode schema, JsonNode value, String decoded) {
    TopicRule rule = TopicRules.of(schema, decoded);
    try {
      return new TopicCell(rule.type(), rule.text(value), null);
    } catch (TopicRule.Misfit e) {
      return new TopicCell(rule.type(), value.toString(), e.getMessage());
    }
  }

  boolean fits() {
    return unfit == null;
  }
}
