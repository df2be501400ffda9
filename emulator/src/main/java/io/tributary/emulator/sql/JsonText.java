package io.tributary.emulator.sql;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** JSON values as BigQuery keeps them: members sorted, no white space, numbers in short form. */
public final class JsonText {
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(500)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .build());
  }

  private JsonText() {}

  /** The canonical form of a JSON text; throws if it is not JSON. */
  public static String normalise(String json) {
    return print(parse(json));
  }

  static JsonNode parse(String json) {
    try (JsonParser parser = parser(json)) {
      if (parser.nextToken() == null) {
        throw BigQueryError.invalidQuery("Invalid input: syntax error while parsing empty JSON");
      }
      JsonNode node = read(parser);
      if (parser.nextToken() != null) {
        throw BigQueryError.invalidQuery(
            "Invalid input: syntax error while parsing JSON: trailing characters");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw BigQueryError.invalidQuery(
          "Invalid input: syntax error while parsing JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonParser parser(String json) throws IOException {
    return MAPPER.getFactory().createParser(json);
  }

  /** Of members of the same name the first one counts, other than in Jackson's own trees. */
  private static JsonNode read(JsonParser parser) throws IOException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = nodes.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          JsonNode value = read(parser);
          if (!object.has(name)) {
            object.set(name, value);
          }
        }
        return object;
      }
      case START_ARRAY -> {
        ArrayNode array = nodes.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(read(parser));
        }
        return array;
      }
      case VALUE_NUMBER_INT -> {
        return nodes.numberNode(parser.getBigIntegerValue());
      }
      case VALUE_NUMBER_FLOAT -> {
        // not the factory, which would strip zeros
        return DecimalNode.valueOf(parser.getDecimalValue());
      }
      case VALUE_STRING -> {
        return nodes.textNode(parser.getText());
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        return nodes.booleanNode(parser.getBooleanValue());
      }
      default -> {
        return nodes.nullNode();
      }
    }
  }

  /** A list of texts, null among them, as JSON. */
  static String list(List<String> items) {
    return items.stream()
        .map(item -> item == null ? "null" : quote(item))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** JSON text with each member and element on a line of its own. */
  static String pretty(String json) {
    StringBuilder out = new StringBuilder();
    pretty(parse(json), "\n", out);
    return out.toString();
  }

  private static void pretty(JsonNode node, String line, StringBuilder out) {
    if (!node.isContainerNode() || node.isEmpty()) {
      print(node, out);
      return;
    }
    String deeper = line + "  ";
    String separator = node.isObject() ? "{" : "[";
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        out.append(separator).append(deeper).append(quote(member.getKey())).append(": ");
        pretty(member.getValue(), deeper, out);
        separator = ",";
      }
    } else {
      for (JsonNode item : node) {
        out.append(separator).append(deeper);
        pretty(item, deeper, out);
        separator = ",";
      }
    }
    out.append(line).append(node.isObject() ? '}' : ']');
  }

  /** The text, if each number in it can be kept without loss. */
  static String exact(String json) {
    JsonNode node = parse(json);
    refuseLoss(node);
    return print(node);
  }

  private static void refuseLoss(JsonNode node) {
    if (node.isContainerNode()) {
      node.forEach(JsonText::refuseLoss);
    } else if (node.isNumber()) {
      BigDecimal kept = new BigDecimal(number(node));
      if (kept.compareTo(node.decimalValue()) != 0) {
        throw BigQueryError.invalidQuery(
            "Invalid input: Input number: "
                + node.asText()
                + " cannot round-trip through string representation");
      }
    }
  }

  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  static String print(JsonNode node) {
    StringBuilder out = new StringBuilder();
    print(node, out);
    return out.toString();
  }

  private static void print(JsonNode node, StringBuilder out) {
    if (node instanceof ObjectNode object) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      object.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
      String separator = "{";
      for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
        out.append(separator).append(quote(entry.getKey())).append(':');
        print(entry.getValue(), out);
        separator = ",";
      }
      out.append(sorted.isEmpty() ? "{}" : "}");
    } else if (node.isArray()) {
      out.append('[');
      for (Iterator<JsonNode> items = node.elements(); items.hasNext(); ) {
        print(items.next(), out);
        out.append(items.hasNext() ? "," : "");
      }
      out.append(']');
    } else if (node.isTextual()) {
      out.append(quote(node.textValue()));
    } else if (node.isNumber()) {
      out.append(number(node));
    } else {
      out.append(node.asText());
    }
  }

  private static String number(JsonNode node) {
    if (node.isIntegralNumber()) {
      BigInteger value = node.bigIntegerValue();
      if (value.compareTo(MIN) >= 0 && value.compareTo(MAX) <= 0) {
        return value.toString();
      }
    }
    BigDecimal exact = node.decimalValue();
    double nearest = exact.doubleValue();
    if (Double.isInfinite(nearest)) {
      throw BigQueryError.invalidQuery(
          "Invalid input: Input number cannot round-trip through string representation");
    }
    return Numbers.jsonText(nearest);
  }
}
