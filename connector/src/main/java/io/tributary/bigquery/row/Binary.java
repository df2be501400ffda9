package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.function.Function;

/** The form of bytes; a converter delivers an array or a buffer. */
final class Binary {
  private Binary() {}

  static ScalarForm bytes() {
    return new ScalarForm(ColumnType.BYTES, Binary::hex, Binary::into);
  }

  private static ValueWriter into(Target target) {
    int limit = target.column().details().limit().length();
    return limit == 0
        ? Binary::write
        : (out, number, value) -> write(out, number, limited(value, limit));
  }

  /** The way into BYTES of what is made bytes first. */
  static Into into(Function<Object, byte[]> bytes) {
    return target -> {
      int limit = target.column().details().limit().length();
      return (out, number, value) -> out.bytes(number, limited(bytes.apply(value), limit));
    };
  }

  private static void write(WireOut out, int number, Object value) {
    if (value instanceof ByteBuffer buffer) {
      out.bytes(number, buffer);
    } else {
      out.bytes(number, (byte[]) value);
    }
  }

  private static Object limited(Object value, int limit) {
    return limited(array(value), limit);
  }

  private static byte[] limited(byte[] bytes, int limit) {
    if (limit > 0 && bytes.length > limit) {
      throw Unfit.value("it has more than " + limit + " bytes");
    }
    return bytes;
  }

  static String hex(Object value) {
    return HexFormat.of().formatHex(array(value));
  }

  /** The bytes that remain in a buffer, or the array itself. */
  static byte[] array(Object value) {
    if (value instanceof ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      return copy;
    }
    return (byte[]) value;
  }
}
