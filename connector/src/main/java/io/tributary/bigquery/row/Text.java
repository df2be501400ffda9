package io.tributary.bigquery.row;

import io.tributary.bigquery.row.Calendar.Count;
import io.tributary.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;

/** Forms that arrive as text. */
final class Text {
  private Text() {}

  /** Text that is nothing but text. */
  static ScalarForm only() {
    return of(ColumnType.STRING, into(Text::string));
  }

  /** Text with a schema that says no more than that. */
  static ScalarForm plain() {
    return temporal()
        .or(ColumnType.INTERVAL, Intervals.isoText())
        .or(ColumnType.RANGE_DATE, Ranges.into(ColumnType.RANGE_DATE))
        .or(ColumnType.RANGE_DATETIME, Ranges.into(ColumnType.RANGE_DATETIME))
        .or(ColumnType.RANGE_TIMESTAMP, Ranges.into(ColumnType.RANGE_TIMESTAMP))
        .or(ColumnType.GEOGRAPHY, into(Text::string))
        .or(ColumnType.NUMERIC, Decimals.numeric(Text::number))
        .or(ColumnType.BIGNUMERIC, Decimals.bigNumeric(Text::number));
  }

  /**
   * Text without a schema. A decimal column does not take it unless the configuration says so,
   * because text of digits may be a number or the base64 of one's bytes.
   */
  static ScalarForm loose() {
    return temporal()
        .or(ColumnType.GEOGRAPHY, into(Text::string))
        .or(ColumnType.INTERVAL, Intervals.isoText())
        .or(ColumnType.JSON, JsonDocument.checked())
        .or(ColumnType.BYTES, Binary.into(value -> base64((String) value)));
  }

  /** Text of which the configuration says what it is: numbers and truth values are read, too. */
  static Form declared(Form text) {
    if (!(text instanceof ScalarForm form) || !form.proposes(ColumnType.STRING)) {
      return text;
    }
    return form.proposing(ColumnType.STRING)
        .or(ColumnType.NUMERIC, Decimals.numeric(Text::number))
        .or(ColumnType.BIGNUMERIC, Decimals.bigNumeric(Text::number))
        .or(ColumnType.INT64, Numbers.wholeNumber(Text::number))
        .or(ColumnType.FLOAT64, Numbers.nearest(Text::number))
        .or(
            ColumnType.BOOL,
            Into.always((out, number, value) -> out.bool(number, truth((String) value))));
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Unfit.value("the text is neither true nor false");
    };
  }

  static ScalarForm zonedTimestamp() {
    return of(ColumnType.TIMESTAMP, Calendar.timestamp(timestamp()));
  }

  static ScalarForm zonedTime() {
    return of(ColumnType.TIME, Calendar.time(time()));
  }

  static ScalarForm isoDate() {
    return of(ColumnType.DATE, Calendar.date(date()));
  }

  static ScalarForm isoTimestamp() {
    return of(ColumnType.DATETIME, Calendar.datetime(datetime()))
        .or(ColumnType.TIMESTAMP, Calendar.timestamp(timestamp()));
  }

  /** The way of texts into a column of text, within its limit. */
  static Into into(Function<Object, String> text) {
    return target -> {
      int limit = target.column().details().limit().length();
      if (limit == 0) {
        return (out, number, value) -> out.string(number, text.apply(value));
      }
      Fit fit = target.fit();
      return (out, number, value) -> out.string(number, limited(text.apply(value), limit, fit));
    };
  }

  /** Any text fits a STRING as it is. */
  static ScalarForm of(ColumnType proposed, Into way) {
    return new ScalarForm(proposed, Text::string, way).or(ColumnType.STRING, into(Text::string));
  }

  private static ScalarForm temporal() {
    return of(ColumnType.STRING, into(Text::string))
        .or(ColumnType.DATE, Calendar.date(date()))
        .or(ColumnType.TIME, Calendar.time(time()))
        .or(ColumnType.DATETIME, Calendar.datetime(datetime()))
        .or(ColumnType.TIMESTAMP, Calendar.timestamp(timestamp()));
  }

  private static Count date() {
    return (value, fit) -> IsoText.days((String) value);
  }

  private static Count time() {
    return (value, fit) -> IsoText.timeMicros((String) value, fit);
  }

  private static Count datetime() {
    return (value, fit) -> IsoText.civilMicros((String) value, fit);
  }

  private static Count timestamp() {
    return (value, fit) -> IsoText.instantMicros((String) value, fit);
  }

  private static String limited(String text, int limit, Fit fit) {
    boolean held = text.length() <= limit || text.codePointCount(0, text.length()) <= limit;
    return held ? text : fit.longer(text, limit, "it has more than " + limit + " characters");
  }

  private static String string(Object value) {
    return (String) value;
  }

  /** A decimal number; also as Debezium spells what is none. */
  static BigDecimal number(Object value) {
    String text = (String) value;
    switch (text.toLowerCase(Locale.ROOT)) {
      case "positive_infinity", "infinity" -> {
        return Numbers.ENDLESS;
      }
      case "negative_infinity", "-infinity" -> {
        return Numbers.ENDLESS.negate();
      }
      case "nan" -> throw Unfit.value("NaN has no decimal form");
      default -> {
        // A number.
      }
    }
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
