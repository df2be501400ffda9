package io.tributary.bigquery.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets only such JSON through as BigQuery stores without refusing or changing it. */
final class JsonCheck {
  static final int DEEPEST = 500;

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  /** So many digits are exact in 64 bits and in a double. */
  private static final int SHORT_NUMBER = 15;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonCheck() {}

  /** The text itself, which BigQuery takes. */
  static String checked(String text) {
    boolean escapes = text.contains("\\u");
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw refused();
      }
      int depth = 0;
      do {
        JsonToken token = parser.currentToken();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        check(parser, token, escapes);
        token = parser.nextToken();
        if (depth == 0 && token != null) {
          throw refused();
        }
      } while (depth > 0);
      return text;
    } catch (IOException e) {
      throw refused();
    }
  }

  /** The members of an object whose values are texts. */
  static Map<String, String> texts(String text) {
    Map<String, String> members = new LinkedHashMap<>();
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Unfit.value("the JSON is no object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
          throw Unfit.value("the JSON has a member that is no text");
        }
        members.put(name, parser.getValueAsString());
      }
      return members;
    } catch (IOException e) {
      throw refused();
    }
  }

  private static void check(JsonParser parser, JsonToken token, boolean escapes)
      throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        if (parser.getTextLength() > SHORT_NUMBER || token == JsonToken.VALUE_NUMBER_FLOAT) {
          requireExact(parser.getText());
        }
      }
      case VALUE_STRING, FIELD_NAME -> {
        if (escapes) {
          WireOut.requireUnicode(parser.getText());
        }
      }
      default -> {
        // Nothing that could be lost.
      }
    }
  }

  /** Refuses a number that BigQuery would round. */
  static void requireExact(String number) {
    double nearest = Double.parseDouble(number);
    boolean digitsOnly = number.length() <= SHORT_NUMBER && number.indexOf('e') < 0;
    if (digitsOnly && number.indexOf('E') < 0) {
      return;
    }
    requireExact(new BigDecimal(number), nearest);
  }

  static void requireExact(BigDecimal number, double nearest) {
    if (Double.isInfinite(nearest)) {
      throw Unfit.value("the JSON has a number that is out of range");
    }
    boolean exact =
        number.compareTo(BigDecimal.valueOf(nearest)) == 0
            || number.compareTo(new BigDecimal(nearest)) == 0
            || (number.scale() <= 0 && number.scale() > -30 && wholeHolds(number.toBigInteger()));
    if (!exact) {
      throw Unfit.value("the JSON has a number that would lose digits");
    }
  }

  private static boolean wholeHolds(BigInteger number) {
    return number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0;
  }

  private static Unfit refused() {
    return Unfit.value(
        "the JSON is not valid, names a member twice or is nested deeper than " + DEEPEST);
  }
}
