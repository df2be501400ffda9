package io.tributary.emulator.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks JSON text as BigQuery's JSON type does and writes it without white space and with its
 * members in order of their names; of duplicate names the first one counts.
 */
final class JsonText {
  private static final int MAX_DEPTH = 500;
  private static final BigInteger MIN_INTEGER = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX_INTEGER =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonText() {}

  static String normalise(String text, String field) throws CellException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw invalid(field);
      }
      JsonNode value = value(parser);
      if (parser.nextToken() != null) {
        throw invalid(field);
      }
      return value.toString();
    } catch (IOException e) {
      throw invalid(field);
    }
  }

  private static CellException invalid(String field) {
    return new CellException("Invalid JSON value. Field: " + field);
  }

  private static JsonNode value(JsonParser parser) throws IOException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        ArrayNode array = nodes.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_NUMBER_INT -> {
        BigInteger number = parser.getBigIntegerValue();
        boolean exact = number.compareTo(MIN_INTEGER) >= 0 && number.compareTo(MAX_INTEGER) <= 0;
        yield exact ? nodes.numberNode(number) : floating(parser);
      }
      case VALUE_NUMBER_FLOAT -> floating(parser);
      case VALUE_STRING -> nodes.textNode(parser.getText());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NULL -> nodes.nullNode();
      default -> throw new IllegalStateException("no value: " + parser.currentToken());
    };
  }

  private static JsonNode object(JsonParser parser) throws IOException {
    Map<String, JsonNode> members = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.putIfAbsent(name, value(parser));
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    members.forEach(object::set);
    return object;
  }

  private static JsonNode floating(JsonParser parser) throws IOException {
    double number = parser.getDoubleValue();
    if (Double.isInfinite(number)) {
      throw new IOException("number out of range");
    }
    return JsonNodeFactory.instance.numberNode(number);
  }
}
