package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.function.Function;

/** Forms that arrive as text. */
final class Text {
  private Text() {}

  /** Text with a schema that says no more than that. */
  static ScalarForm plain() {
    return temporal()
        .or(ColumnType.GEOGRAPHY, Text::text)
        .or(
            ColumnType.NUMERIC,
            (out, number, value) -> Numbers.numeric(out, number, number((String) value)))
        .or(
            ColumnType.BIGNUMERIC,
            (out, number, value) -> Numbers.bigNumeric(out, number, number((String) value)));
  }

  /**
   * Text without a schema. A decimal column does not take it, because text of digits may be a
   * number or the base64 of one's bytes.
   */
  static ScalarForm loose() {
    return temporal()
        .or(ColumnType.GEOGRAPHY, Text::text)
        .or(ColumnType.JSON, Text::text)
        .or(ColumnType.BYTES, (out, number, value) -> out.bytes(number, base64((String) value)));
  }

  static ScalarForm json() {
    return new ScalarForm(ColumnType.JSON, Text::text).or(ColumnType.STRING, Text::text);
  }

  static ScalarForm zonedTimestamp() {
    return new ScalarForm(ColumnType.TIMESTAMP, Text::timestamp).or(ColumnType.STRING, Text::text);
  }

  static ScalarForm zonedTime() {
    return new ScalarForm(ColumnType.TIME, Text::time).or(ColumnType.STRING, Text::text);
  }

  static ScalarForm isoDate() {
    return new ScalarForm(ColumnType.DATE, Text::date).or(ColumnType.STRING, Text::text);
  }

  static ScalarForm isoTimestamp() {
    return new ScalarForm(ColumnType.DATETIME, Text::datetime)
        .or(ColumnType.TIMESTAMP, Text::timestamp)
        .or(ColumnType.STRING, Text::text);
  }

  private static ScalarForm temporal() {
    return new ScalarForm(ColumnType.STRING, Text::text)
        .or(ColumnType.DATE, Text::date)
        .or(ColumnType.TIME, Text::time)
        .or(ColumnType.DATETIME, Text::datetime)
        .or(ColumnType.TIMESTAMP, Text::timestamp);
  }

  private static void text(WireOut out, int number, Object value) {
    out.string(number, (String) value);
  }

  private static void date(WireOut out, int number, Object value) {
    String text = withoutZ((String) value);
    Civil.date(out, number, parse(text, t -> LocalDate.parse(t).toEpochDay()));
  }

  /** An offset other than Z shifts the time to UTC, as the time zone of a BigQuery TIME is lost. */
  private static void time(WireOut out, int number, Object value) {
    String text = (String) value;
    long nanos =
        parse(
            text,
            t ->
                hasOffset(t)
                    ? OffsetTime.parse(t)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalTime()
                        .toNanoOfDay()
                    : LocalTime.parse(t).toNanoOfDay());
    Civil.time(out, number, exactMicros(nanos));
  }

  private static void datetime(WireOut out, int number, Object value) {
    String text = withoutZ(((String) value).replace(' ', 'T'));
    Civil.datetime(
        out, number, parse(text, t -> micros(LocalDateTime.parse(t).toInstant(ZoneOffset.UTC))));
  }

  private static void timestamp(WireOut out, int number, Object value) {
    String text = ((String) value).replace(' ', 'T');
    Civil.timestamp(out, number, parse(text, t -> micros(OffsetDateTime.parse(t).toInstant())));
  }

  private static long micros(Instant instant) {
    if (Math.abs(instant.getEpochSecond()) > Long.MAX_VALUE / 2_000_000) {
      throw new DateTimeException("beyond microseconds of 64 bits");
    }
    return instant.getEpochSecond() * 1_000_000 + exactMicros(instant.getNano());
  }

  private static long exactMicros(long nanos) {
    if (nanos % 1_000 != 0) {
      throw Unfit.value("the time is finer than microseconds");
    }
    return nanos / 1_000;
  }

  private static long parse(String text, Function<String, Long> parser) {
    try {
      return parser.apply(text);
    } catch (DateTimeException e) {
      throw Unfit.value("the text is no date or time of the years 1 to 9999");
    }
  }

  private static boolean hasOffset(String time) {
    return time.endsWith("Z") || time.indexOf('+') > 0 || time.indexOf('-') > 0;
  }

  private static String withoutZ(String text) {
    return text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw Unfit.value("the text is no decimal number");
    }
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw Unfit.value("the text is not base64");
    }
  }
}
