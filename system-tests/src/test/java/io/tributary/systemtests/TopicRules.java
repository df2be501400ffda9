package io.tributary.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.systemtests.TopicRule.Misfit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The documented rules once more, read from the bytes of the topic and not from Connect's values.
 * Shares nothing with the connector, so that a mistake there is no mistake here.
 */
final class TopicRules {
  private static final String SOURCE = "__debezium.source.column.";

  private static final Set<String> BYTES =
      Set.of("BYTEA", "BINARY", "VARBINARY", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB");

  private TopicRules() {}

  /** The rule of a column, whose bytes are decoded where they arrive as text. */
  static TopicRule of(JsonNode schema, String decoded) {
    String source = schema.path("parameters").path(SOURCE + "type").asText("");
    if (decoded.equals("bytes") || !schema.path("name").isMissingNode()) {
      return of(schema);
    }
    TopicRule bytes = TopicRule.of("BYTES", value -> base64(value.asText(), decoded));
    boolean text = schema.path("type").asText().equals("string");
    if (text && BYTES.contains(source.replaceFirst(" .*", ""))) {
      return bytes;
    }
    boolean texts = schema.path("items").path("type").asText().equals("string");
    return texts && source.equals("_BYTEA") ? TopicRule.array(bytes) : of(schema);
  }

  private static String base64(String text, String encoding) {
    byte[] bytes =
        switch (encoding) {
          case "hex" -> HexFormat.of().parseHex(text);
          case "base64" -> Base64.getDecoder().decode(text);
          default -> Base64.getUrlDecoder().decode(text);
        };
    return Base64.getEncoder().encodeToString(bytes);
  }

  static TopicRule of(JsonNode schema) {
    JsonNode parameters = schema.path("parameters");
    return of(schema, parameters.path(SOURCE + "type").asText(""), parameters);
  }

  /**
   * The rule of a schema.
   *
   * @param source the type of the source's column, or of its items
   * @param column what else is known of the source's column
   */
  private static TopicRule of(JsonNode schema, String source, JsonNode column) {
    TopicRule time = TopicTimes.rule(schema.path("name").asText(""), source);
    if (time != null) {
      return time;
    }
    return switch (schema.path("name").asText("")) {
      case "org.apache.kafka.connect.data.Decimal" -> decimal(schema.path("parameters"), source);
      case "io.debezium.data.VariableScaleDecimal" ->
          TopicRule.of(
              "BIGNUMERIC",
              value -> number(unscaled(value.path("value"), value.path("scale").asInt()), 38));
      case "io.debezium.data.Json" ->
          TopicRule.of("JSON", value -> TopicJson.checked(value.asText()));
      case "io.debezium.data.Enum",
          "io.debezium.data.EnumSet",
          "io.debezium.data.Uuid",
          "io.debezium.data.Xml",
          "io.debezium.data.Ltree",
          "io.debezium.data.Tsvector" ->
          TopicRule.of("STRING", JsonNode::asText);
      case "io.debezium.data.geometry.Geometry" ->
          Set.of("BOX", "LSEG", "PATH", "POLYGON").contains(source)
              ? TopicRule.struct(schema)
              : TopicRule.of("GEOGRAPHY", TopicShapes::onEarth);
      case "io.debezium.data.geometry.Geography" -> TopicRule.of("GEOGRAPHY", TopicShapes::onEarth);
      case "io.debezium.data.SparseDoubleVector" ->
          TopicRule.of(
              "STRUCT<dimensions INT64, vector ARRAY<STRUCT<index INT64, value FLOAT64>>>",
              TopicRules::sparse);
      case "io.debezium.data.Bits" -> TopicRule.of("BYTES", JsonNode::asText);
      default -> literal(schema, source, column);
    };
  }

  private static TopicRule literal(JsonNode schema, String source, JsonNode column) {
    return switch (schema.path("type").asText()) {
      case "boolean" -> TopicRule.of("BOOL", JsonNode::asText);
      case "int8", "int16", "int32" -> TopicRule.of("INT64", JsonNode::asText);
      case "int64" -> TopicRule.of("INT64", value -> whole(value, source));
      case "float", "float32" ->
          TopicRule.of("FLOAT64", value -> floating(value, Float.parseFloat(value.asText())));
      case "double", "float64" ->
          TopicRule.of("FLOAT64", value -> floating(value, Double.parseDouble(value.asText())));
      case "bytes" -> bytes(source);
      case "string" -> text(source, column);
      case "array" -> {
        String item = source.startsWith("_") ? source.substring(1) : "";
        TopicRule rule = of(schema.path("items"), item, column);
        yield rule.type().startsWith("ARRAY<")
            ? TopicRule.of("JSON", value -> Canonical.json(value.toString()))
            : TopicRule.array(rule);
      }
      case "map" -> TopicRule.of("JSON", value -> Canonical.json(value.toString()));
      case "struct" -> TopicRule.struct(schema);
      default -> throw new IllegalStateException("no rule for " + schema);
    };
  }

  /**
   * Connect's JSON converter writes NaN and infinity as texts, and reads them, and -0, as 0: they
   * are lost before the sink.
   */
  private static String floating(JsonNode value, double number) {
    return value.isTextual() || number == 0 ? "0.0" : Double.toString(number);
  }

  private static String sparse(JsonNode value) {
    List<String> items = new ArrayList<>();
    for (JsonNode item : value.path("vector")) {
      String number = Double.toString(item.get(1).asDouble());
      items.add("[index=" + item.get(0).asText() + ", value=" + number + "]");
    }
    return "[dimensions=" + value.path("dimensions").asText() + ", vector=" + items + "]";
  }

  /** Of some types Debezium sends the text, as bytes. */
  private static TopicRule bytes(String source) {
    boolean text =
        source.endsWith("MULTIRANGE")
            || Set.of("TSQUERY", "PG_LSN", "REGCLASS", "TXID_SNAPSHOT").contains(source);
    return text
        ? TopicRule.of("STRING", TopicRules::utf8)
        : TopicRule.of("BYTES", JsonNode::asText);
  }

  private static TopicRule text(String source, JsonNode column) {
    return switch (source.replaceFirst(" .*", "")) {
      case "INT4RANGE", "INT8RANGE" -> TopicRanges.numbers("INT64");
      case "NUMRANGE" -> TopicRanges.numbers("BIGNUMERIC");
      case "DATERANGE" -> TopicRanges.dates();
      case "TSRANGE" -> TopicRanges.civil();
      case "TSTZRANGE" -> TopicRanges.instants();
      case "NUMERIC", "DECIMAL", "MONEY" -> {
        int places = places(source, column, SOURCE + "length", SOURCE + "scale");
        yield TopicRule.of(numeric(places), value -> number(decimal(value.asText()), places));
      }
      default -> TopicRule.of("STRING", JsonNode::asText);
    };
  }

  private static TopicRule decimal(JsonNode parameters, String source) {
    int scale = parameters.path("scale").asInt();
    int places = places(source, parameters, "connect.decimal.precision", "scale");
    return TopicRule.of(numeric(places), value -> number(unscaled(value, scale), places));
  }

  private static String numeric(int places) {
    return places == 9 ? "NUMERIC" : "BIGNUMERIC";
  }

  /** Digits after the point of the type that holds every number of the source's column. */
  private static int places(String source, JsonNode parameters, String length, String scale) {
    int digits = parameters.path(length).asInt(0);
    int fraction = parameters.path(scale).asInt(0);
    boolean narrow = digits > 0 && fraction >= 0 && fraction <= 9 && digits - fraction <= 29;
    return narrow || source.equals("MONEY") || source.equals("BIGINT UNSIGNED") ? 9 : 38;
  }

  private static BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new Misfit(text);
    }
  }

  /** Numbers above the signed ones arrive below zero. */
  private static String whole(JsonNode value, String source) {
    if (source.startsWith("BIGINT UNSIGNED") && value.bigIntegerValue().signum() < 0) {
      throw new Misfit("more than 63 bits");
    }
    return value.asText();
  }

  private static BigDecimal unscaled(JsonNode base64, int scale) {
    try {
      return new BigDecimal(new BigInteger(base64.binaryValue()), scale);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number that NUMERIC (9 digits after the point) or BIGNUMERIC (38) holds. */
  static String number(BigDecimal value, int scale) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal exact = value.stripTrailingZeros();
    if (exact.scale() > scale) {
      throw new Misfit("too many digits after the point");
    }
    if (exact.precision() - exact.scale() > 40) {
      throw new Misfit("too many digits before the point");
    }
    BigInteger units = exact.movePointRight(scale).toBigIntegerExact();
    BigInteger most =
        scale == 9
            ? BigInteger.TEN.pow(38).subtract(BigInteger.ONE)
            : BigInteger.TWO.pow(255).subtract(BigInteger.ONE);
    BigInteger least = scale == 9 ? most.negate() : BigInteger.TWO.pow(255).negate();
    if (units.compareTo(most) > 0 || units.compareTo(least) < 0) {
      throw new Misfit("out of range");
    }
    return exact.toPlainString();
  }

  static String utf8(JsonNode base64) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64.asText())))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Misfit("no text");
    }
  }
}
