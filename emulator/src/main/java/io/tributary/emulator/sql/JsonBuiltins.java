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
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions of JSON, on its text. */
final class JsonBuiltins {
  private static final long EXACT = 1L << 53;
  private static final Pattern STEP =
      Pattern.compile("\\G(?:\\.([^.\\[\\]\"'$]+)|\\.\"([^\"]*)\"|\\['([^']*)'\\]|\\[(\\d+)\\])");

  private JsonBuiltins() {}

  static void register(Connection c) throws SQLException {
    List<Builtins.Kind> two = List.of(TEXT, TEXT);
    Builtins.function(c, "js_parse", TEXT, List.of(TEXT), a -> JsonText.normalise((String) a[0]));
    Builtins.function(c, "js_quote", TEXT, List.of(TEXT), a -> JsonText.quote((String) a[0]));
    Builtins.function(c, "js_query", TEXT, two, a -> query((String) a[0], (String) a[1]));
    Builtins.function(c, "js_value", TEXT, two, a -> value((String) a[0], (String) a[1]));
    Builtins.function(
        c, "js_is_array", BOOL, List.of(TEXT), a -> ((String) a[0]).stripLeading().startsWith("["));
    Builtins.function(c, "js_type", TEXT, List.of(TEXT), a -> type((String) a[0]));
    Builtins.function(c, "js_string", TEXT, List.of(TEXT), a -> string((String) a[0]));
    Builtins.function(c, "js_int64", LONG, List.of(TEXT), a -> whole((String) a[0]));
    Builtins.function(c, "js_bool", BOOL, List.of(TEXT), a -> truth((String) a[0]));
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
    return node.isTextual() ? node.textValue() : JsonText.print(node);
  }

  private static String printed(JsonNode node) {
    return node == null ? null : JsonText.print(node);
  }

  private static JsonNode find(String json, String path) {
    if (!path.startsWith("$")) {
      throw BigQueryError.invalidQuery("JSONPath must start with '$'");
    }
    JsonNode node = JsonText.parse(json);
    Matcher matcher = STEP.matcher(path);
    int at = 1;
    while (at < path.length()) {
      if (!matcher.find(at)) {
        throw BigQueryError.invalidQuery("Invalid token in JSONPath at: " + path.substring(at));
      }
      at = matcher.end();
      node = node == null ? null : step(node, matcher);
    }
    return node;
  }

  private static JsonNode step(JsonNode node, Matcher step) {
    if (step.group(4) != null) {
      return node.isArray() ? node.get(Integer.parseInt(step.group(4))) : null;
    }
    for (int group = 1; group <= 3; group++) {
      if (step.group(group) != null) {
        return node.get(step.group(group));
      }
    }
    return null;
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

  private static Object number(String text) {
    BigDecimal value = new BigDecimal(text);
    boolean exact =
        value.stripTrailingZeros().scale() <= 0
            && value.abs().compareTo(BigDecimal.valueOf(EXACT)) <= 0;
    return exact ? text : JsonText.quote(text);
  }
}
