package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.nio.ByteBuffer;

/** The form of bytes; a converter delivers an array or a buffer. */
final class Binary {
  private Binary() {}

  static ScalarForm bytes() {
    return new ScalarForm(ColumnType.BYTES, Binary::write);
  }

  private static void write(WireOut out, int number, Object value) {
    if (value instanceof ByteBuffer buffer) {
      out.bytes(number, buffer);
    } else {
      out.bytes(number, (byte[]) value);
    }
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
