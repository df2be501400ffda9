package io.tributary.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One text for equal values, so that what several sides say can be compared as text. */
final class Canonical {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
  private static final Pattern INTERVAL =
      Pattern.compile("(-?)(\\d+)-(\\d+) (-?\\d+) (-?)(\\d+):(\\d+):(\\d+)(?:\\.(\\d+))?");

  private static final BigDecimal WIDE = new BigDecimal(BigInteger.TWO.pow(64));

  private Canonical() {}

  static String of(String type, String text) {
    return switch (type) {
      case "FLOAT64" -> floating(text);
      case "NUMERIC", "BIGNUMERIC" ->
          NUMBER.matcher(text).matches() ? decimal(new BigDecimal(text)) : text;
      case "TIME", "DATETIME" -> micros(text);
      case "INTERVAL" -> interval(text);
      case "JSON" -> json(text);
      case "GEOGRAPHY" -> shape(text);
      default -> text;
    };
  }

  static String floating(String text) {
    return switch (text) {
      case "inf", "+inf" -> "Infinity";
      case "-inf" -> "-Infinity";
      case "nan" -> "NaN";
      default -> Double.toString(Double.parseDouble(text));
    };
  }

  static String decimal(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** Six digits after the point. */
  private static String micros(String text) {
    int point = text.indexOf('.');
    return point < 0
        ? text + ".000000"
        : text.substring(0, point + 1) + (text.substring(point + 1) + "000000").substring(0, 6);
  }

  static String interval(long months, long days, long micros) {
    return months + " months " + days + " days " + micros + " micros";
  }

  private static String interval(String text) {
    Matcher parts = INTERVAL.matcher(text);
    if (!parts.matches()) {
      return text;
    }
    long months = Long.parseLong(parts.group(2)) * 12 + Long.parseLong(parts.group(3));
    long seconds =
        (Long.parseLong(parts.group(6)) * 60 + Long.parseLong(parts.group(7))) * 60
            + Long.parseLong(parts.group(8));
    String fraction = parts.group(9) == null ? "" : parts.group(9);
    long micros = seconds * 1_000_000 + Long.parseLong((fraction + "000000").substring(0, 6));
    return interval(
        parts.group(1).isEmpty() ? months : -months,
        Long.parseLong(parts.group(4)),
        parts.group(5).isEmpty() ? micros : -micros);
  }

  /** Members in order of their names; numbers without a choice of spelling. */
  static String json(String text) {
    try {
      return json(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return "not JSON: " + text;
    }
  }

  private static String json(JsonNode node) {
    if (node.isObject()) {
      Map<String, String> members = new TreeMap<>();
      node.properties().forEach(member -> members.put(member.getKey(), json(member.getValue())));
      return members.toString();
    }
    if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(json(item)));
      return items.toString();
    }
    return node.isNumber() ? number(node.decimalValue()) : node.toString();
  }

  /** Beyond 64 bits there are only doubles, whose shortest text has more digits than they. */
  private static String number(BigDecimal number) {
    boolean wide = number.abs().compareTo(WIDE) >= 0;
    return decimal(wide ? BigDecimal.valueOf(number.doubleValue()) : number);
  }

  private static String shape(String text) {
    String tight = text.replaceAll("\\s*([(),])\\s*", "$1").trim();
    return NUMBER
        .matcher(tight)
        .replaceAll(number -> Double.toString(Double.parseDouble(number.group())));
  }
}
