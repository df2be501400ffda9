package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.sql.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/** Reads one value of a row that is streamed as JSON, strictly as the column's type. */
final class StreamedScalar {
  private StreamedScalar() {}

  static Object read(Column column, JsonNode json) {
    String text = json.asText(json.toString());
    return switch (column.type()) {
      case BOOL -> truth(text);
      case INT64 -> new BigDecimal(text).longValueExact();
      case NUMERIC, BIGNUMERIC -> decimal(column, new BigDecimal(text));
      case JSON -> JsonText.normalise(json.isTextual() ? text : json.toString());
      case STRING -> sized(column, text, text.codePointCount(0, text.length()));
      case BYTES -> {
        byte[] bytes = (byte[]) ParameterJson.scalar(ColumnType.BYTES, text, column.name());
        yield sized(column, bytes, bytes.length);
      }
      case TIMESTAMP -> timestamp(column, text);
      case FLOAT64 -> (Double) ParameterJson.scalar(ColumnType.FLOAT64, text, column.name()) + 0.0;
      default -> ParameterJson.scalar(column.type(), text, column.name());
    };
  }

  private static Boolean truth(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.valueOf(text);
    }
    throw new IllegalArgumentException(text);
  }

  private static BigDecimal decimal(Column column, BigDecimal value) {
    boolean small = column.type() == ColumnType.NUMERIC;
    int most = small ? 9 : 38;
    boolean given = column.precision() != null;
    int scale = given ? column.scale() == null ? 0 : column.scale().intValue() : most;
    long digits = given ? column.precision() - scale : 38 - (small ? 9 : 0);
    BigDecimal rounded =
        value.scale() > scale ? value.setScale(scale, RoundingMode.HALF_UP) : value;
    if (rounded.precision() - (long) rounded.scale() > digits) {
      throw BigQueryError.invalid("out of range");
    }
    return rounded;
  }

  private static <T> T sized(Column column, T value, int length) {
    if (column.maxLength() != null && length > column.maxLength()) {
      throw BigQueryError.invalid("too long");
    }
    return value;
  }

  /** Seconds since 1970, or a date and time. */
  private static Instant timestamp(Column column, String text) {
    try {
      long micros =
          new BigDecimal(text).movePointRight(6).setScale(0, RoundingMode.DOWN).longValueExact();
      return Instant.EPOCH.plus(micros, java.time.temporal.ChronoUnit.MICROS);
    } catch (NumberFormatException e) {
      return (Instant) ParameterJson.scalar(ColumnType.TIMESTAMP, text, column.name());
    }
  }
}
