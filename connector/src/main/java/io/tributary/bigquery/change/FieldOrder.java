package io.tributary.bigquery.change;

import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.offset.RecordPosition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/**
 * Orders changes by a number or time of their own, such as a version that every update raises. Of
 * changes with the same one the later in Kafka is newer.
 */
final class FieldOrder {
  /** Fields that begin like this are of the envelope's source block; others are of the row. */
  private static final String SOURCE = "source.";

  private static final int DIGITS = 18;
  private static final BigDecimal NANO = BigDecimal.ONE.movePointLeft(9);

  private FieldOrder() {}

  static boolean ofSource(String field) {
    return field.startsWith(SOURCE);
  }

  /**
   * The position of a change.
   *
   * @param block the envelope's source block, or null
   * @param row what the change tells of its row, or null
   * @throws BadRecord when the field is missing, NULL or no number
   */
  static SourcePosition position(
      String field, Object block, Object row, RecordPosition at, long epoch) {
    Object value =
        ofSource(field) ? value(block, field.substring(SOURCE.length())) : value(row, field);
    if (value instanceof Long || value instanceof Integer) {
      return whole(((Number) value).longValue(), 0, at, epoch);
    }
    BigDecimal number = number(value);
    if (number == null) {
      throw unusable(field, at);
    }
    BigDecimal floor = number.setScale(0, RoundingMode.FLOOR);
    try {
      long fraction = number.subtract(floor).movePointRight(DIGITS).longValueExact();
      return whole(floor.longValueExact(), fraction, at, epoch);
    } catch (ArithmeticException e) {
      throw unusable(field, at);
    }
  }

  private static SourcePosition whole(long whole, long fraction, RecordPosition at, long epoch) {
    return new SourcePosition(epoch, whole ^ Long.MIN_VALUE, fraction, at.offset());
  }

  private static Object value(Object holder, String name) {
    if (holder instanceof Struct struct) {
      return struct.schema().field(name) == null ? null : struct.getWithoutDefault(name);
    }
    return holder instanceof Map<?, ?> map ? map.get(name) : null;
  }

  @SuppressWarnings("JavaUtilDate") // the type that Connect gives its own times
  private static long millis(Date time) {
    return time.getTime();
  }

  /** Null when the value is none; texts are numbers or times in ISO 8601. */
  private static BigDecimal number(Object value) {
    try {
      if (value instanceof BigDecimal decimal) {
        return decimal;
      }
      if (value instanceof BigInteger integer) {
        return new BigDecimal(integer);
      }
      if (value instanceof Date date) {
        return BigDecimal.valueOf(millis(date));
      }
      if (value instanceof Number number) {
        return new BigDecimal(number.toString());
      }
      return value instanceof String text ? number(text) : null;
    } catch (NumberFormatException | DateTimeParseException e) {
      return null;
    }
  }

  private static BigDecimal number(String text) {
    if (text.indexOf('T') < 0) {
      return new BigDecimal(text);
    }
    OffsetDateTime time = OffsetDateTime.parse(text);
    return BigDecimal.valueOf(time.toEpochSecond())
        .add(BigDecimal.valueOf(time.getNano()).multiply(NANO));
  }

  static BadRecord unusable(String field, RecordPosition at) {
    return new BadRecord(
        ErrorCode.ORDER_UNKNOWN, "Field " + field + " of the record at " + at + " orders nothing.");
  }
}
