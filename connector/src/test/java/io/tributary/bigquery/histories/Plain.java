package io.tributary.bigquery.histories;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values in one form, whatever they came from: texts, lists, and maps by lower-case name. What is
 * NULL is left out of maps, and so are empty lists, because BigQuery does not tell them from NULL.
 */
final class Plain {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private Plain() {}

  static String number(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  static String real(double value) {
    return Double.toString(value + 0.0);
  }

  static void put(Map<String, Object> map, String name, Object value) {
    if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
      map.put(name.toLowerCase(Locale.ROOT), value);
    }
  }

  /** Members in the order of their names, numbers as decimals. */
  static String json(String text) {
    try {
      return json(JSON.readTree(text)).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Object json(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> members = new TreeMap<>();
      node.properties().forEach(each -> members.put(each.getKey(), json(each.getValue())));
      return members;
    }
    if (node.isArray()) {
      List<Object> items = new ArrayList<>();
      node.forEach(each -> items.add(json(each)));
      return items;
    }
    return node.isNumber() ? number(node.decimalValue()) : node.toString();
  }
}
