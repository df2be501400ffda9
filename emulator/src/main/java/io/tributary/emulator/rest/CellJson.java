package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.Mode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Rows as the REST API writes them: {@code {"f": [{"v": ...}]}}, every scalar a string. */
final class CellJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);

  private final boolean timestampsAsMicros;

  private CellJson(boolean timestampsAsMicros) {
    this.timestampsAsMicros = timestampsAsMicros;
  }

  /** Writes timestamps as whole microseconds. */
  static CellJson int64Timestamps() {
    return new CellJson(true);
  }

  /** Writes timestamps as seconds in floating-point notation. */
  static CellJson floatTimestamps() {
    return new CellJson(false);
  }

  ArrayNode rows(List<Column> schema, List<Object[]> rows) {
    ArrayNode array = NODES.arrayNode(rows.size());
    rows.forEach(row -> array.add(row(schema, row)));
    return array;
  }

  private ObjectNode row(List<Column> schema, Object[] cells) {
    ObjectNode row = NODES.objectNode();
    ArrayNode fields = row.putArray("f");
    for (int i = 0; i < cells.length; i++) {
      fields.addObject().set("v", cell(schema.get(i), cells[i]));
    }
    return row;
  }

  private JsonNode cell(Column column, Object value) {
    if (column.mode() == Mode.REPEATED) {
      ArrayNode elements = NODES.arrayNode();
      if (value instanceof List<?> list) {
        list.forEach(element -> elements.addObject().set("v", element(column, element)));
      }
      return elements;
    }
    return element(column, value);
  }

  private JsonNode element(Column column, Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (column.type() == ColumnType.STRUCT) {
      return row(column.fields(), (Object[]) value);
    }
    if (column.type() == ColumnType.RANGE) {
      Object[] ends = (Object[]) value;
      return NODES.textNode("[" + end(ends[0]) + ", " + end(ends[1]) + ")");
    }
    return NODES.textNode(text(value));
  }

  private String end(Object value) {
    return value == null ? "UNBOUNDED" : text(value);
  }

  private String text(Object value) {
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
    if (value instanceof Instant instant) {
      long micros = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
      return timestampsAsMicros ? Long.toString(micros) : floatSeconds(micros);
    }
    if (value instanceof LocalDateTime dateTime) {
      return dateTime.toLocalDate() + "T" + time(dateTime.toLocalTime());
    }
    return value instanceof LocalTime time ? time(time) : value.toString();
  }

  private static String time(LocalTime time) {
    return (time.get(ChronoField.NANO_OF_SECOND) == 0 ? SECONDS : MICROS).format(time);
  }

  /** Such as {@code 1.700000000123456E9}; keeps every digit. */
  static String floatSeconds(long micros) {
    if (micros == 0) {
      return "0.0";
    }
    String digits = BigDecimal.valueOf(micros).abs().toPlainString();
    int exponent = digits.length() - 1 - 6;
    String fraction = digits.substring(1).replaceFirst("0+$", "");
    return "%s%c.%sE%d"
        .formatted(
            micros < 0 ? "-" : "", digits.charAt(0), fraction.isEmpty() ? "0" : fraction, exponent);
  }
}
