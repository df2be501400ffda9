package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.engine.QueryParameter;
import io.tributary.emulator.engine.SqlType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Reads query parameters. */
final class ParameterJson {
  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .optionalEnd()
          .optionalStart()
          .appendLiteral(' ')
          .optionalEnd()
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DATE_TIME)
          .optionalStart()
          .appendLiteral(' ')
          .optionalEnd()
          .optionalStart()
          .appendLiteral("UTC")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH", "Z")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private ParameterJson() {}

  static List<QueryParameter> read(JsonNode parameters) {
    List<QueryParameter> read = new ArrayList<>();
    for (JsonNode parameter : parameters) {
      String name = Json.text(parameter, "name");
      SqlType type = type(parameter.path("parameterType"));
      read.add(
          new QueryParameter(
              name == null || name.isEmpty() ? null : name,
              type,
              value(type, parameter.path("parameterValue"), String.valueOf(name))));
    }
    return read;
  }

  private static SqlType type(JsonNode type) {
    String name = String.valueOf(Json.text(type, "type")).toUpperCase(Locale.ROOT);
    return switch (name) {
      case "ARRAY" -> new SqlType.Array(type(type.path("arrayType")));
      case "RANGE" ->
          new SqlType.Range(SchemaJson.type(Json.text(type.path("rangeElementType"), "type")));
      case "STRUCT", "RECORD" -> {
        List<SqlType.Field> fields = new ArrayList<>();
        for (JsonNode field : type.path("structTypes")) {
          String fieldName = Json.text(field, "name");
          fields.add(
              new SqlType.Field(fieldName == null ? "" : fieldName, type(field.path("type"))));
        }
        yield new SqlType.Struct(fields);
      }
      default -> SqlType.of(SchemaJson.type(name));
    };
  }

  private static Object value(SqlType type, JsonNode value, String name) {
    if (type instanceof SqlType.Array array) {
      List<Object> elements = new ArrayList<>();
      value
          .path("arrayValues")
          .forEach(element -> elements.add(value(array.element(), element, name)));
      return elements;
    }
    if (type instanceof SqlType.Struct struct) {
      return struct.fields().stream()
          .map(field -> value(field.type(), value.path("structValues").path(field.name()), name))
          .toArray();
    }
    if (type instanceof SqlType.Range range) {
      JsonNode ends = value.path("rangeValue");
      SqlType end = SqlType.of(range.element());
      return new Object[] {
        value(end, ends.path("start"), name), value(end, ends.path("end"), name)
      };
    }
    String text = Json.text(value, "value");
    return text == null ? null : scalar(((SqlType.Scalar) type).type(), text, name);
  }

  static Object scalar(ColumnType type, String text, String name) {
    try {
      return switch (type) {
        case INT64 -> Long.valueOf(text);
        case FLOAT64 -> floating(text);
        case BOOL -> Boolean.valueOf(text);
        case BYTES -> Base64.getDecoder().decode(text);
        case NUMERIC, BIGNUMERIC -> new BigDecimal(text);
        case DATE -> LocalDate.parse(text);
        case TIME -> LocalTime.parse(text);
        case DATETIME -> LocalDateTime.parse(text, DATE_TIME);
        case TIMESTAMP -> timestamp(text);
        default -> text;
      };
    } catch (IllegalArgumentException | DateTimeException e) {
      throw BigQueryError.invalid(
          "Invalid value for query parameter %s of type %s".formatted(name, type));
    }
  }

  private static Double floating(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.valueOf(text);
    };
  }

  private static Instant timestamp(String text) {
    Object parsed = TIMESTAMP.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return parsed instanceof OffsetDateTime offset
        ? offset.toInstant()
        : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
  }
}
