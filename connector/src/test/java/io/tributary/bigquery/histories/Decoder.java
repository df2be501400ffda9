package io.tributary.bigquery.histories;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * What a value of a record has to be in BigQuery, and the type of its column, worked out from the
 * types' documents alone.
 */
final class Decoder {
  /** Parameter that tells the source's type. */
  static final String SOURCE = "__debezium.source.column.type";

  private static final Pattern INTERVAL =
      Pattern.compile("P(-?\\d+)Y(-?\\d+)M(-?\\d+)DT(-?\\d+)H(-?\\d+)M(-?\\d+)\\.(\\d{6})S");
  private static final String TEXT = "__debezium_unavailable_value";
  private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);

  private Decoder() {}

  /** The value in plain form, null for NULL. */
  static Object plain(Schema schema, Object value) {
    if (value == null) {
      return null;
    }
    if (schema.name() != null) {
      Object named = named(schema.name(), value);
      if (named != null) {
        return named;
      }
    }
    if (isRange(schema)) {
      return range((String) value);
    }
    return switch (schema.type()) {
      case BOOLEAN, STRING -> value.toString();
      case INT8, INT16, INT32, INT64 ->
          Plain.number(BigDecimal.valueOf(((Number) value).longValue()));
      case FLOAT32, FLOAT64 -> Plain.real(((Number) value).doubleValue());
      case BYTES -> HexFormat.of().formatHex(bytes(value));
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        ((List<?>) value).forEach(item -> items.add(plain(schema.valueSchema(), item)));
        yield items;
      }
      case MAP -> Plain.json(json((Map<?, ?>) value));
      case STRUCT -> {
        Map<String, Object> fields = new TreeMap<>();
        for (Field field : schema.fields()) {
          Object inner = plain(field.schema(), ((Struct) value).getWithoutDefault(field.name()));
          Plain.put(fields, field.name(), inner);
        }
        yield fields;
      }
    };
  }

  private static Object named(String name, Object value) {
    return switch (name) {
      case "org.apache.kafka.connect.data.Decimal" -> Plain.number((BigDecimal) value);
      case "io.debezium.data.VariableScaleDecimal" -> {
        Struct struct = (Struct) value;
        yield Plain.number(
            new BigDecimal(
                new BigInteger(bytes(struct.get("value"))), (Integer) struct.get("scale")));
      }
      case "io.debezium.data.Json" -> Plain.json((String) value);
      case "io.debezium.time.Date" -> LocalDate.ofEpochDay((Integer) value).toString();
      case "io.debezium.time.IsoDate" -> ((String) value).substring(0, 10);
      case "io.debezium.time.MicroTime" -> "clock " + value;
      case "io.debezium.time.Time" -> "clock " + (Integer) value * 1_000L;
      case "io.debezium.time.MicroTimestamp" -> civil(micros((Long) value));
      case "io.debezium.time.Timestamp" -> civil(Instant.ofEpochMilli((Long) value));
      case "io.debezium.time.Interval" -> interval((String) value);
      case "io.debezium.time.MicroDuration" -> interval(0, 0, (Long) value);
      case "io.debezium.time.ZonedTimestamp" ->
          instant(OffsetDateTime.parse((String) value).toInstant());
      case "org.apache.kafka.connect.data.Date" ->
          LocalDate.ofInstant(((Date) value).toInstant(), ZoneOffset.UTC).toString();
      case "org.apache.kafka.connect.data.Time" ->
          "clock " + Duration.between(Instant.EPOCH, ((Date) value).toInstant()).toNanos() / 1_000;
      case "org.apache.kafka.connect.data.Timestamp" -> instant(((Date) value).toInstant());
      default -> null;
    };
  }

  static boolean isRange(Schema schema) {
    return schema.type() == Schema.Type.STRING
        && schema.parameters() != null
        && schema.parameters().getOrDefault(SOURCE, "").endsWith("RANGE");
  }

  private static String range(String text) {
    String[] ends = text.substring(1, text.length() - 1).split(",", -1);
    return range(end(ends[0]), end(ends[1]));
  }

  private static String end(String text) {
    String time = text.replace("\"", "");
    return time.contains(" ") ? LocalDateTime.parse(time.replace(' ', 'T')).toString() : time;
  }

  /** From one end to the other; an end that is empty is none. */
  static String range(String start, String end) {
    return "from " + start + " to " + end;
  }

  private static String interval(String text) {
    Matcher parts = INTERVAL.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    long minutes = Long.parseLong(parts.group(4)) * 60 + Long.parseLong(parts.group(5));
    long seconds = minutes * 60 + Long.parseLong(parts.group(6));
    return interval(
        Long.parseLong(parts.group(1)) * 12 + Long.parseLong(parts.group(2)),
        Long.parseLong(parts.group(3)),
        seconds * 1_000_000 + Long.parseLong(parts.group(7)));
  }

  static String interval(long months, long days, long micros) {
    return "%d months, %d days, %d microseconds".formatted(months, days, micros);
  }

  private static Instant micros(long value) {
    return Instant.EPOCH.plus(value, ChronoUnit.MICROS);
  }

  static String civil(Instant asIfInUtc) {
    return LocalDateTime.ofInstant(asIfInUtc, ZoneOffset.UTC).toString();
  }

  static String instant(Instant instant) {
    return "instant " + instant;
  }

  private static byte[] bytes(Object value) {
    if (value instanceof ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      return copy;
    }
    return (byte[]) value;
  }

  private static String json(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(each -> quoted(each.getKey()) + ":" + quoted(each.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(Object text) {
    if (text == null) {
      return "null";
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.toString().chars().forEach(each -> quoted.append("\\u%04x".formatted(each)));
    return quoted.append('"').toString();
  }

  /** Whether a value stands for one that the source did not send. */
  static boolean isUnavailable(Schema schema, Object value) {
    return switch (schema.type()) {
      case STRING -> TEXT.equals(value);
      case BYTES ->
          !(value instanceof BigDecimal)
              && ByteBuffer.wrap(BYTES).equals(ByteBuffer.wrap(bytes(value)));
      case MAP -> value.equals(Map.of(TEXT, TEXT));
      case ARRAY -> isUnavailable(schema.valueSchema(), (List<?>) value);
      default -> false;
    };
  }

  private static boolean isUnavailable(Schema items, List<?> list) {
    String all = HexFormat.of().formatHex(BYTES);
    return switch (items.type()) {
      case INT32, INT64 ->
          list.stream()
              .map(each -> each instanceof Number code ? "%02x".formatted(code.intValue()) : "?")
              .collect(Collectors.joining())
              .equals(all);
      case STRING ->
          list.equals(List.of(TEXT))
              || list.equals(List.of(UUID.nameUUIDFromBytes(BYTES).toString()));
      case BYTES -> list.size() == 1 && isUnavailable(items, list.get(0));
      default -> false;
    };
  }

  /** The type of the column, nested fields included. */
  static Object type(Schema schema) {
    String name = schema.name() == null ? "" : schema.name();
    return switch (name) {
      case "org.apache.kafka.connect.data.Decimal" -> decimal(schema);
      case "io.debezium.data.VariableScaleDecimal" -> "BIGNUMERIC";
      case "io.debezium.data.Json" -> "JSON";
      case "io.debezium.time.Date",
          "io.debezium.time.IsoDate",
          "org.apache.kafka.connect.data.Date" ->
          "DATE";
      case "io.debezium.time.MicroTime",
          "io.debezium.time.Time",
          "org.apache.kafka.connect.data.Time" ->
          "TIME";
      case "io.debezium.time.MicroTimestamp", "io.debezium.time.Timestamp" -> "DATETIME";
      case "io.debezium.time.ZonedTimestamp", "org.apache.kafka.connect.data.Timestamp" ->
          "TIMESTAMP";
      case "io.debezium.time.Interval", "io.debezium.time.MicroDuration" -> "INTERVAL";
      default -> isRange(schema) ? rangeType(schema) : literal(schema);
    };
  }

  private static String rangeType(Schema schema) {
    return schema.parameters().get(SOURCE).equals("DATERANGE") ? "RANGE<DATE>" : "RANGE<DATETIME>";
  }

  private static Object literal(Schema schema) {
    return switch (schema.type()) {
      case BOOLEAN -> "BOOL";
      case INT8, INT16, INT32, INT64 -> "INT64";
      case FLOAT32, FLOAT64 -> "FLOAT64";
      case STRING -> "STRING";
      case BYTES -> "BYTES";
      case MAP -> "JSON";
      case ARRAY -> List.of(type(schema.valueSchema()));
      case STRUCT -> {
        Map<String, Object> fields = new TreeMap<>();
        schema.fields().forEach(field -> Plain.put(fields, field.name(), type(field.schema())));
        yield fields;
      }
    };
  }

  private static String decimal(Schema schema) {
    int precision = Integer.parseInt(schema.parameters().get("connect.decimal.precision"));
    int scale = Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD));
    return scale <= 9 && precision - scale <= 29 ? "NUMERIC" : "BIGNUMERIC";
  }
}
