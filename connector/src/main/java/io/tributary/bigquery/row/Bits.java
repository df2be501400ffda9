package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/** The form of strings of bits, which arrive as bytes, the last bits first. */
final class Bits {
  private static final int LONGEST = 1 << 20;

  private Bits() {}

  /** The form; its values have a number of bits that the schema tells, or numbers that differ. */
  static Form form(Schema schema, SourceType source) {
    String length = schema.parameters() == null ? null : schema.parameters().get("length");
    int bits = SourceType.number(length);
    return form(source.is("VARBIT") || bits > LONGEST ? 0 : bits);
  }

  private static Form form(int length) {
    Function<Object, String> digits = value -> digits(Binary.array(value), length);
    return Binary.bytes()
        .reading(digits)
        .or(ColumnType.STRING, Text.into(digits))
        .or(ColumnType.INT64, Into.always((out, number, value) -> out.int64(number, whole(value))));
  }

  /** One digit for each bit, the first bit first; without a length none before the first 1. */
  private static String digits(byte[] bytes, int length) {
    int count = length == 0 ? highest(bytes) + 1 : length;
    StringBuilder text = new StringBuilder(count);
    for (int bit = count - 1; bit >= 0; bit--) {
      text.append(isSet(bytes, bit) ? '1' : '0');
    }
    return text.toString();
  }

  private static long whole(Object value) {
    byte[] bytes = Binary.array(value);
    if (highest(bytes) > 62) {
      throw Unfit.value("it has more than 63 bits");
    }
    long whole = 0;
    for (int i = Math.min(bytes.length, 8) - 1; i >= 0; i--) {
      whole = whole << 8 | (bytes[i] & 0xff);
    }
    return whole;
  }

  private static int highest(byte[] bytes) {
    int bit = bytes.length * 8 - 1;
    while (bit >= 0 && !isSet(bytes, bit)) {
      bit--;
    }
    return bit;
  }

  private static boolean isSet(byte[] bytes, int bit) {
    return bit / 8 < bytes.length && (bytes[bit / 8] >> (bit % 8) & 1) != 0;
  }
}
