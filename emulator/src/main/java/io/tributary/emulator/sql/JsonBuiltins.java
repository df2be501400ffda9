package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.BOOL;
import static io.tributary.emulator.sql.Builtins.Kind.DOUBLE;
import static io.tributary.emulator.sql.Builtins.Kind.LONG;
import static io.tributary.emulator.sql.Builtins.Kind.TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Functions of JSON, on its text. */
final class JsonBuiltins {
  private static final long EXACT = 1L << 53;

  static final String UNKNOWN_MODE = "Invalid `wide_number_mode` specified: ";

  private JsonBuiltins() {}

  static void register(Connection c) throws SQLException {
    List<Builtins.Kind> two = List.of(TEXT, TEXT);
    Builtins.function(c, "js_parse", TEXT, List.of(TEXT), a -> JsonText.normalise((String) a[0]));
    Builtins.function(c, "js_quote", TEXT, List.of(TEXT), a -> JsonText.quote((String) a[0]));
    Builtins.function(c, "js_query", TEXT, two, a -> query((String) a[0], (String) a[1]));
    Builtins.function(c, "js_value", TEXT, two, a -> value((String) a[0], (String) a[1]));
    Builtins.function(c, "js_items", TEXT, two, a -> items((String) a[0], (String) a[1]));
    Builtins.function(c, "js_values", TEXT, two, a -> values((String) a[0], (String) a[1]));
    Builtins.function(c, "jt_query", TEXT, two, a -> JsonScan.query((String) a[0], (String) a[1]));
    Builtins.function(c, "jt_value", TEXT, two, a -> JsonScan.value((String) a[0], (String) a[1]));
    Builtins.function(c, "jt_items", TEXT, two, a -> JsonScan.items((String) a[0], (String) a[1]));
    Builtins.function(
        c, "jt_values", TEXT, two, a -> JsonScan.values((String) a[0], (String) a[1]));
    Builtins.function(
        c, "js_standard_path", TEXT, List.of(TEXT), a -> JsonPath.legacy((String) a[0]).standard());
    Builtins.function(c, "js_texts", TEXT, two, a -> texts((String) a[0], (String) a[1]));
    Builtins.function(c, "js_exact", TEXT, List.of(TEXT), a -> JsonText.exact((String) a[0]));
    Builtins.function(c, "js_pretty", TEXT, List.of(TEXT), a -> JsonText.pretty((String) a[0]));
    Builtins.function(c, "js_float64", DOUBLE, two, a -> floating((String) a[0], (String) a[1]));
    List<Builtins.Kind> edit = List.of(TEXT, TEXT, TEXT, BOOL);
    Builtins.function(
        c,
        "js_set",
        TEXT,
        edit,
        a -> JsonEdits.set((String) a[0], (String) a[1], (String) a[2], (Boolean) a[3]));
    Builtins.function(
        c,
        "js_append",
        TEXT,
        edit,
        a -> JsonEdits.append((String) a[0], (String) a[1], (String) a[2], (Boolean) a[3]));
    Builtins.function(
        c,
        "js_insert",
        TEXT,
        edit,
        a -> JsonEdits.insert((String) a[0], (String) a[1], (String) a[2], (Boolean) a[3]));
    Builtins.function(
        c, "js_remove", TEXT, two, a -> JsonEdits.remove((String) a[0], (String) a[1]));
    Builtins.function(
        c,
        "js_strip",
        TEXT,
        List.of(TEXT, TEXT, BOOL, BOOL),
        a -> JsonEdits.strip((String) a[0], (String) a[1], (Boolean) a[2], (Boolean) a[3]));
    Builtins.function(
        c,
        "js_keys",
        TEXT,
        List.of(TEXT, LONG, TEXT),
        a -> JsonKeys.of((String) a[0], (Long) a[1], (String) a[2]));
    Builtins.function(
        c, "js_object", TEXT, two, a -> JsonKeys.object((String) a[0], (String) a[1]));
    Builtins.function(c, "js_wide", TEXT, List.of(TEXT), a -> wide((String) a[0]));
    Builtins.function(c, "js_type", TEXT, List.of(TEXT), a -> type((String) a[0]));
    Builtins.function(c, "js_string", TEXT, List.of(TEXT), a -> string((String) a[0]));
    Builtins.function(c, "js_int64", LONG, List.of(TEXT), a -> whole((String) a[0]));
    Builtins.function(c, "js_bool", BOOL, List.of(TEXT), a -> truth((String) a[0]));
    Builtins.function(c, "js_lax_string", TEXT, List.of(TEXT), a -> laxText((String) a[0]));
    Builtins.function(c, "js_lax_int64", LONG, List.of(TEXT), a -> laxWhole((String) a[0]));
    Builtins.function(c, "js_lax_bool", BOOL, List.of(TEXT), a -> laxTruth((String) a[0]));
    Builtins.function(
        c, "js_member", TEXT, two, a -> printed(JsonText.parse((String) a[0]).get((String) a[1])));
    Builtins.function(
        c,
        "js_element",
        TEXT,
        List.of(TEXT, LONG),
        a -> printed(JsonText.parse((String) a[0]).get(Math.toIntExact((Long) a[1]))));
    Builtins.function(c, "js_int", TEXT, List.of(LONG), a -> integer((Long) a[0]));
    Builtins.function(c, "js_double", TEXT, List.of(DOUBLE), a -> number((Double) a[0]));
    Builtins.function(c, "js_json_double", TEXT, List.of(DOUBLE), a -> jsonNumber((Double) a[0]));
    Builtins.function(c, "js_number", TEXT, List.of(TEXT), a -> number((String) a[0]));
  }

  private static Object query(String json, String path) {
    return printed(find(json, path));
  }

  private static Object value(String json, String path) {
    JsonNode node = find(json, path);
    if (node == null || node.isContainerNode() || node.isNull()) {
      return null;
    }
    return scalar(node);
  }

  /** The values, the names of members, or both, parted by what no search value has. */
  private static String texts(String json, String scope) {
    boolean values = scope.equals("JSON_VALUES") || scope.equals("JSON_KEYS_AND_VALUES");
    boolean keys = scope.equals("JSON_KEYS") || scope.equals("JSON_KEYS_AND_VALUES");
    if (!values && !keys) {
      throw BigQueryError.invalidQuery("Invalid json_scope: " + scope);
    }
    List<String> texts = new ArrayList<>();
    Deque<JsonNode> open = new ArrayDeque<>(List.of(JsonText.parse(json)));
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      if (node.isContainerNode()) {
        node.forEach(open::push);
        if (keys) {
          node.fieldNames().forEachRemaining(texts::add);
        }
      } else if (values) {
        texts.add(node.asText());
      }
    }
    return String.join("\0", texts);
  }

  private static String scalar(JsonNode node) {
    return node.isTextual() ? node.textValue() : JsonText.print(node);
  }

  private static String printed(JsonNode node) {
    return node == null ? null : JsonText.print(node);
  }

  private static JsonNode find(String json, String path) {
    JsonNode node = JsonText.parse(json);
    for (JsonPath.Step step : JsonPath.of(path).steps()) {
      if (node != null) {
        node = node.isArray() ? node.get(step.position()) : node.get(step.name());
      }
    }
    return node;
  }

  private static Object items(String json, String path) {
    JsonNode node = find(json, path);
    List<String> items = new ArrayList<>();
    if (node == null || !node.isArray()) {
      return null;
    }
    node.forEach(item -> items.add(JsonText.print(item)));
    return JsonText.list(items);
  }

  /** NULL unless all items are scalars. */
  private static Object values(String json, String path) {
    JsonNode node = find(json, path);
    List<String> items = new ArrayList<>();
    if (node == null || !node.isArray()) {
      return null;
    }
    for (JsonNode item : node) {
      if (item.isContainerNode()) {
        return null;
      }
      items.add(item.isNull() ? null : scalar(item));
    }
    return JsonText.list(items);
  }

  private static Object type(String json) {
    JsonNode node = JsonText.parse(json);
    return node.isTextual() ? "string" : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static Object string(String json) {
    JsonNode node = JsonText.parse(json);
    if (!node.isTextual()) {
      throw BigQueryError.invalidQuery("The provided JSON input is not a string");
    }
    return node.textValue();
  }

  private static long whole(String json) {
    JsonNode node = JsonText.parse(json);
    if (!node.isNumber()) {
      throw BigQueryError.invalidQuery("The provided JSON input is not an integer");
    }
    try {
      return node.decimalValue().longValueExact();
    } catch (ArithmeticException e) {
      throw BigQueryError.invalidQuery(
          "The provided JSON number: " + json + " cannot be converted to an integer");
    }
  }

  private static boolean truth(String json) {
    JsonNode node = JsonText.parse(json);
    if (!node.isBoolean()) {
      throw BigQueryError.invalidQuery("The provided JSON input is not a boolean");
    }
    return node.booleanValue();
  }

  /** A number with a fraction reads as a FLOAT64 cast to STRING, so without one if that is zero. */
  private static Object laxText(String json) {
    JsonNode node = JsonText.parse(json);
    if (node.isContainerNode() || node.isNull()) {
      return null;
    }
    return node.isNumber() && !node.isIntegralNumber()
        ? Numbers.text(node.doubleValue() + 0.0)
        : scalar(node);
  }

  /** Numbers are rounded, and text that is a number counts as one; anything else is NULL. */
  private static Object laxWhole(String json) {
    JsonNode node = JsonText.parse(json);
    if (node.isBoolean()) {
      return node.booleanValue() ? 1L : 0L;
    }
    try {
      return node.isValueNode() ? Numbers.toInt64(new BigDecimal(node.asText())) : null;
    } catch (NumberFormatException | BigQueryError e) {
      return null;
    }
  }

  private static Object laxTruth(String json) {
    JsonNode node = JsonText.parse(json);
    if (node.isNumber()) {
      return node.decimalValue().signum() != 0;
    }
    String text = node.asText().toLowerCase(Locale.ROOT);
    return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
  }

  private static Object integer(long value) {
    return Math.abs(value) <= EXACT ? Long.toString(value) : "\"" + value + "\"";
  }

  private static Object number(double value) {
    String text = Numbers.text(value);
    return Double.isFinite(value) ? text : JsonText.quote(text);
  }

  /** As a JSON value keeps it, which 1.0 shows to be no integer. */
  private static Object jsonNumber(double value) {
    return Double.isFinite(value) ? Numbers.jsonText(value) : number(value);
  }

  private static Object number(String text) {
    BigDecimal value = new BigDecimal(text);
    boolean exact =
        value.stripTrailingZeros().scale() <= 0
            && value.abs().compareTo(BigDecimal.valueOf(EXACT)) <= 0;
    return exact ? text : JsonText.quote(text);
  }

  private static double floating(String json, String mode) {
    boolean exact = mode.equals("exact");
    if (!exact && !mode.equals("round")) {
      throw BigQueryError.invalidQuery(UNKNOWN_MODE + mode);
    }
    JsonNode node = JsonText.parse(json);
    if (!node.isNumber()) {
      throw BigQueryError.invalidQuery("The provided JSON input is not a number");
    }
    double value = node.doubleValue();
    boolean whole = node.decimalValue().stripTrailingZeros().scale() <= 0;
    if (exact && whole && new BigDecimal(value).compareTo(node.decimalValue()) != 0) {
      throw BigQueryError.invalidQuery(
          "JSON number: " + json + " cannot be converted to FLOAT64 without loss of precision");
    }
    return value;
  }

  /** In quotes, unless a FLOAT64 is exactly this number. */
  private static String wide(String text) {
    BigDecimal value = new BigDecimal(text);
    boolean whole = value.stripTrailingZeros().scale() <= 0;
    boolean kept =
        whole
            ? value.abs().compareTo(BigDecimal.valueOf(EXACT)) <= 0
            : new BigDecimal(Double.toString(value.doubleValue())).compareTo(value) == 0;
    return kept ? text : JsonText.quote(text);
  }
}
