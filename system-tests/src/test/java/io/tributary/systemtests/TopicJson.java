package io.tributary.systemtests;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.systemtests.TopicRule.Misfit;
import java.math.BigDecimal;
import java.math.BigInteger;

/** The rule of JSON: BigQuery keeps integers of 64 bits, signed or not, and doubles. */
final class TopicJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final BigInteger LEAST = BigInteger.TWO.pow(63).negate();
  private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private TopicJson() {}

  static String checked(String text) {
    try {
      check(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new Misfit(e.getOriginalMessage());
    }
    return Canonical.json(text);
  }

  private static void check(JsonNode node) {
    node.forEach(TopicJson::check);
    if (node.isNumber()) {
      BigDecimal number = node.decimalValue();
      boolean whole = number.stripTrailingZeros().scale() <= 0 && within(number.toBigInteger());
      double nearest = number.doubleValue();
      if (!whole && (Double.isInfinite(nearest) || !isNearest(number, nearest))) {
        throw new Misfit("a number that would be rounded: " + number);
      }
    }
  }

  private static boolean isNearest(BigDecimal number, double nearest) {
    return number.compareTo(new BigDecimal(Double.toString(nearest))) == 0
        || number.compareTo(new BigDecimal(nearest)) == 0;
  }

  private static boolean within(BigInteger whole) {
    return whole.compareTo(LEAST) >= 0 && whole.compareTo(MOST) <= 0;
  }
}
