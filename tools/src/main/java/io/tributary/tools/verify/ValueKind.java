package io.tributary.tools.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;

/**
 * A family of types whose values have one canonical text, so that both sides can be compared as
 * text and, within a family, ordered by {@link #compare}.
 */
enum ValueKind {
  INTEGER {
    @Override
    String fromPostgres(String text) {
      return text;
    }

    @Override
    int compare(String left, String right) {
      return new BigDecimal(left).compareTo(new BigDecimal(right));
    }
  },
  DECIMAL {
    @Override
    String fromPostgres(String text) {
      if (Character.isLetter(text.charAt(text.length() - 1))) {
        return text.toLowerCase(Locale.ROOT);
      }
      BigDecimal value = new BigDecimal(text);
      return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    @Override
    int compare(String left, String right) {
      return new BigDecimal(left).compareTo(new BigDecimal(right));
    }
  },
  FLOAT32 {
    @Override
    String fromPostgres(String text) {
      // BigQuery has doubles only: a float is stored as the double of the same value
      return text.matches("-?(NaN|Infinity)")
          ? text
          : Double.toString(Float.parseFloat(text) + 0.0d);
    }

    @Override
    String fromBigQuery(String text) {
      return FLOAT64.fromBigQuery(text);
    }
  },
  FLOAT64 {
    @Override
    String fromPostgres(String text) {
      String plain = text.replaceFirst("(?i)\\binf(inity)?$", "Infinity");
      // adding zero makes -0.0 equal to 0.0, as both databases hold them to be
      return Double.toString(Double.parseDouble(plain) + 0.0d);
    }
  },
  BOOLEAN {
    @Override
    String fromPostgres(String text) {
      return Boolean.toString(text.startsWith("t"));
    }
  },
  TEXT {
    @Override
    String fromPostgres(String text) {
      return text;
    }
  },
  JSON {
    @Override
    String fromPostgres(String text) {
      try {
        return sorted(MAPPER.readTree(text)).toString();
      } catch (JsonProcessingException e) {
        return "not JSON: " + text;
      }
    }
  },
  BYTES {
    @Override
    String fromPostgres(String text) {
      // bytea_output=hex, PostgreSQL's default
      return text.substring(2);
    }

    @Override
    String fromBigQuery(String text) {
      return HexFormat.of().formatHex(Base64.getDecoder().decode(text));
    }
  },
  DATE {
    @Override
    String fromPostgres(String text) {
      return LocalDate.parse(text).toString();
    }
  },
  TIME {
    @Override
    String fromPostgres(String text) {
      return LocalTime.parse(text).format(MICRO_TIME);
    }
  },
  DATETIME {
    @Override
    String fromPostgres(String text) {
      return LocalDateTime.parse(text.replace(' ', 'T')).format(MICRO_DATETIME);
    }
  },
  INSTANT {
    @Override
    String fromPostgres(String text) {
      return OffsetDateTime.parse(text.replace(' ', 'T'), POSTGRES_INSTANT)
          .withOffsetSameInstant(ZoneOffset.UTC)
          .toLocalDateTime()
          .format(MICRO_DATETIME);
    }

    @Override
    String fromBigQuery(String text) {
      // microseconds since 1970
      long whole = Long.parseLong(text);
      return LocalDateTime.ofEpochSecond(
              Math.floorDiv(whole, 1_000_000L),
              (int) Math.floorMod(whole, 1_000_000L) * 1000,
              ZoneOffset.UTC)
          .format(MICRO_DATETIME);
    }
  };

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final DateTimeFormatter MICRO_DATETIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final DateTimeFormatter POSTGRES_INSTANT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendOffset("+HH:mm:ss", "+00")
          .toFormatter(Locale.ROOT);

  /** The canonical text of a value that PostgreSQL gave as text. */
  abstract String fromPostgres(String text);

  /** The canonical text of a value that BigQuery's REST interface gave as text. */
  String fromBigQuery(String text) {
    return fromPostgres(text);
  }

  /** The order of canonical texts, which is the order of {@code ORDER BY} on both sides. */
  int compare(String left, String right) {
    // by code point, which is the order of UTF-8 bytes; String.compareTo goes by UTF-16
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; ) {
      int a = left.codePointAt(i);
      int b = right.codePointAt(i);
      if (a != b) {
        return Integer.compare(a, b);
      }
      i += Character.charCount(a);
    }
    return Integer.compare(left.length(), right.length());
  }

  /** The kind of a PostgreSQL type, named as in {@code pg_type.typname}. */
  static ValueKind of(String type) {
    return switch (type) {
      case "int2", "int4", "int8", "oid" -> INTEGER;
      case "numeric" -> DECIMAL;
      case "float4" -> FLOAT32;
      case "float8" -> FLOAT64;
      case "bool" -> BOOLEAN;
      case "json", "jsonb" -> JSON;
      case "bytea" -> BYTES;
      case "date" -> DATE;
      case "time" -> TIME;
      case "timestamp" -> DATETIME;
      case "timestamptz" -> INSTANT;
      default -> TEXT;
    };
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> fields = new TreeMap<>();
      node.properties().forEach(entry -> fields.put(entry.getKey(), sorted(entry.getValue())));
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      fields.forEach(object::set);
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> array.add(sorted(item)));
      return array;
    }
    return node.isNumber()
        ? DecimalNode.valueOf(new BigDecimal(DECIMAL.fromPostgres(node.decimalValue().toString())))
        : node;
  }
}
