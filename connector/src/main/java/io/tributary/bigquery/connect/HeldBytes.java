package io.tributary.bigquery.connect;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * About how much heap a record takes while it is held for the dead letter queue: its values, and
 * bytes that they were read from, which Connect keeps with them. Schemas are not counted: they are
 * shared, unless the record brings its own as text.
 */
final class HeldBytes {
  private static final long RECORD = 200;
  private static final long OBJECT = 32;
  private static final long REFERENCE = 4;

  /** Of a byte: itself, and as it came. */
  private static final long BYTES = 2;

  /** Of a character: two bytes where the text has others than Latin ones, and as it came. */
  private static final long TEXT = 3;

  /** What is nested deeper is not counted. */
  private static final int DEPTH = 200;

  private HeldBytes() {}

  static long of(SinkRecord held) {
    long sum = RECORD + of(held.key(), DEPTH) + of(held.value(), DEPTH);
    for (Header header : held.headers()) {
      sum += OBJECT + of(header.value(), DEPTH);
    }
    return sum;
  }

  private static long of(Object value, int depth) {
    if (value == null || depth == 0) {
      return 0;
    }
    if (value instanceof String text) {
      return OBJECT + text.length() * TEXT;
    }
    if (value instanceof byte[] bytes) {
      return OBJECT + bytes.length * BYTES;
    }
    if (value instanceof ByteBuffer bytes) {
      return OBJECT + bytes.remaining() * BYTES;
    }
    if (value instanceof BigDecimal decimal) {
      return 3 * OBJECT + decimal.unscaledValue().bitLength() / Byte.SIZE * BYTES;
    }
    if (value instanceof Struct struct) {
      return ofStruct(struct, depth - 1);
    }
    if (value instanceof List<?> list) {
      return ofAll(list, depth - 1);
    }
    return value instanceof Map<?, ?> map
        ? ofAll(map.keySet(), depth - 1) + ofAll(map.values(), depth - 1) + map.size() * OBJECT
        : OBJECT;
  }

  private static long ofStruct(Struct struct, int depth) {
    List<Field> fields = struct.schema().fields();
    long sum = OBJECT + fields.size() * REFERENCE;
    for (int i = 0; i < fields.size(); i++) {
      sum += of(struct.get(fields.get(i)), depth);
    }
    return sum;
  }

  private static long ofAll(Iterable<?> values, int depth) {
    long sum = OBJECT;
    for (Object value : values) {
      sum += REFERENCE + of(value, depth);
    }
    return sum;
  }
}
