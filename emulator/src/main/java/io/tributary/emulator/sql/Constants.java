package io.tributary.emulator.sql;

import com.google.zetasql.IntervalValue;
import com.google.zetasql.Type;
import com.google.zetasql.Value;
import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Prints constants as DuckDB expressions of exactly their type. */
public final class Constants {
  private Constants() {}

  /** Prints a canonical Java value of this type. */
  public static String print(Type type, Object value) {
    if (value == null) {
      return "CAST(NULL AS " + Types.duckType(type) + ")";
    }
    return switch (type.getKind()) {
      case TYPE_INT64 -> "CAST('" + value + "' AS BIGINT)";
      case TYPE_DOUBLE -> "CAST('" + value + "' AS DOUBLE)";
      case TYPE_BOOL -> (Boolean) value ? "TRUE" : "FALSE";
      case TYPE_STRING, TYPE_JSON, TYPE_GEOGRAPHY -> SqlText.string((String) value);
      case TYPE_BYTES -> SqlText.bytes((byte[]) value);
      case TYPE_NUMERIC -> "CAST('" + ((BigDecimal) value).toPlainString() + "' AS DECIMAL(38,9))";
      case TYPE_BIGNUMERIC -> SqlText.string(BigNumericText.encode((BigDecimal) value));
      case TYPE_DATE ->
          "(DATE '1970-01-01' + CAST(" + ((LocalDate) value).toEpochDay() + " AS INTEGER))";
      case TYPE_TIME -> "CAST('" + value + "' AS TIME)";
      case TYPE_DATETIME ->
          "make_timestamp(" + micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)) + ")";
      case TYPE_TIMESTAMP -> "make_timestamptz(" + micros((Instant) value) + ")";
      case TYPE_INTERVAL -> interval((String) value);
      case TYPE_ARRAY -> array(type, (List<?>) value);
      case TYPE_STRUCT -> {
        List<Type> types = new ArrayList<>();
        type.asStruct().getFieldList().forEach(f -> types.add(f.getType()));
        yield struct(types, (Object[]) value);
      }
      case TYPE_RANGE -> {
        Type element = type.asRange().getElementType();
        yield struct(List.of(element, element), (Object[]) value);
      }
      default ->
          throw BigQueryError.notImplemented("Type " + type.typeName() + " is not supported");
    };
  }

  static String print(Value value) {
    return print(value.getType(), toJava(value));
  }

  private static String array(Type type, List<?> values) {
    Type element = type.asArray().getElementType();
    List<String> items = new ArrayList<>();
    values.forEach(v -> items.add(print(element, v)));
    return "CAST([" + String.join(", ", items) + "] AS " + Types.duckType(type) + ")";
  }

  /** Fields that a type got after a value was made are NULL in it. */
  private static String struct(List<Type> types, Object[] values) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Object value = i < values.length ? values[i] : null;
      items.add("'" + Types.field(i) + "': " + print(types.get(i), value));
    }
    return "{" + String.join(", ", items) + "}";
  }

  private static String interval(String canonical) {
    Intervals.Parts parts = Intervals.parse(canonical);
    return "(to_months(CAST("
        + parts.months()
        + " AS INTEGER)) + to_days(CAST("
        + parts.days()
        + " AS INTEGER)) + to_microseconds("
        + parts.micros()
        + "))";
  }

  /** Microseconds since 1970, for the whole range of TIMESTAMP. */
  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1_000;
  }

  /** The canonical Java value of a constant of the analyzer. */
  static Object toJava(Value value) {
    if (value.isNull()) {
      return null;
    }
    return switch (value.getType().getKind()) {
      case TYPE_INT64 -> value.getInt64Value();
      case TYPE_DOUBLE -> value.getDoubleValue();
      case TYPE_BOOL -> value.getBoolValue();
      case TYPE_STRING -> value.getStringValue();
      case TYPE_BYTES -> value.getBytesValue().toByteArray();
      case TYPE_NUMERIC -> value.getNumericValue();
      case TYPE_BIGNUMERIC -> value.getBigNumericValue();
      case TYPE_DATE -> LocalDate.ofEpochDay(value.getDateValue());
      case TYPE_TIME -> value.getLocalTimeValue();
      case TYPE_DATETIME -> value.getLocalDateTimeValue();
      case TYPE_TIMESTAMP -> Instant.EPOCH.plus(value.getTimestampUnixMicros(), ChronoUnit.MICROS);
      case TYPE_JSON -> value.getJsonValue();
      case TYPE_INTERVAL -> interval(value.getIntervalValue());
      case TYPE_ARRAY -> {
        List<Object> items = new ArrayList<>();
        value.getElementList().forEach(v -> items.add(toJava(v)));
        yield items;
      }
      case TYPE_STRUCT -> value.getFieldList().stream().map(Constants::toJava).toArray();
      case TYPE_RANGE -> new Object[] {toJava(value.start()), toJava(value.end())};
      default ->
          throw BigQueryError.notImplemented(
              "Type " + value.getType().typeName() + " is not supported");
    };
  }

  private static String interval(IntervalValue value) {
    return Intervals.text(value.months(), value.days(), value.micros());
  }
}
