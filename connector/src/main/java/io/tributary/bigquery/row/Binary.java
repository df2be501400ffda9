package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Function;

/** The form of bytes; a converter delivers an array or a buffer. */
final class Binary {
  private Binary() {}

  static ScalarForm bytes() {
    return new ScalarForm(ColumnType.BYTES, Binary::hex, Binary::into);
  }

  /** The bytes of a text, as Debezium sends types of PostgreSQL that it does not know. */
  static ScalarForm text() {
    return new ScalarForm(ColumnType.STRING, Binary::utf8, Text.into(Binary::utf8))
        .or(ColumnType.BYTES, Binary::into);
  }

  /** The text that bytes are, if they are one. */
  static String utf8(Object value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(array(value))).toString();
    } catch (CharacterCodingException e) {
      throw Unfit.value("its bytes are no text");
    }
  }

  private static ValueWriter into(Target target) {
    int limit = target.column().details().limit().length();
    Fit fit = target.fit();
    return limit == 0
        ? Binary::write
        : (out, number, value) -> out.bytes(number, limited(array(value), limit, fit));
  }

  /** The way into BYTES of what is made bytes first. */
  static Into into(Function<Object, byte[]> bytes) {
    return target -> {
      int limit = target.column().details().limit().length();
      Fit fit = target.fit();
      return (out, number, value) -> out.bytes(number, limited(bytes.apply(value), limit, fit));
    };
  }

  private static void write(WireOut out, int number, Object value) {
    if (value instanceof ByteBuffer buffer) {
      out.bytes(number, buffer);
    } else {
      out.bytes(number, (byte[]) value);
    }
  }

  private static byte[] limited(byte[] bytes, int limit, Fit fit) {
    return limit == 0 || bytes.length <= limit
        ? bytes
        : fit.longer(bytes, limit, "it has more than " + limit + " bytes");
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
