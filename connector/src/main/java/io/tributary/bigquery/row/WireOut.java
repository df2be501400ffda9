package io.tributary.bigquery.row;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * A growing message in protobuf's wire form; reused from row to row. It never grows far beyond what
 * BigQuery takes, and keeps no more memory than usual rows need.
 */
final class WireOut {
  private static final int BUFFER = 8 * 1024;

  /** A task has some of these for each of its tables. */
  private static final int KEPT = 64 * 1024;

  /** Two rows of the largest size are joined before it is asked how large they are together. */
  private static final int MOST = 20 << 20;

  private final Buffer bytes = new Buffer();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER);
  private WireOut child;

  void clear() {
    bytes.reset();
    flush();
    bytes.reset();
    if (child != null) {
      child.clear();
    }
  }

  /** Bytes so far. */
  int size() {
    flush();
    return bytes.size();
  }

  /** Takes back what was written since there were so many bytes. */
  void cut(int size) {
    flush();
    bytes.cut(size);
  }

  /** A copy of what was written so far; more may follow. */
  byte[] toByteArray() {
    flush();
    return bytes.toByteArray();
  }

  /** The whole message, which is forgotten here: the last one of a table may have been large. */
  byte[] take() {
    byte[] whole = toByteArray();
    bytes.reset();
    return whole;
  }

  void int64(int number, long value) {
    try {
      out.writeInt64(number, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void int32(int number, int value) {
    try {
      out.writeInt32(number, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void bool(int number, boolean value) {
    try {
      out.writeBool(number, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void float64(int number, double value) {
    try {
      out.writeDouble(number, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses text that has no UTF-8 form. */
  void string(int number, String value) {
    requireUnicode(value);
    requireSpace(0, value.length());
    try {
      out.writeString(number, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void bytes(int number, byte[] value) {
    try {
      out.writeByteArray(number, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what remains in the buffer, and leaves the buffer as it was. */
  void bytes(int number, ByteBuffer value) {
    try {
      out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(value.remaining());
      out.write(value.duplicate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty message to be filled and then given to {@link #message}. */
  WireOut nested() {
    if (child == null) {
      child = new WireOut();
    }
    child.clear();
    return child;
  }

  void message(int number, WireOut message) {
    bytes(number, message.take());
  }

  /** The beginning of a field whose value follows as bytes. */
  void tag(int number, int wireType) {
    try {
      out.writeTag(number, wireType);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes that are fields already, or the value of one. */
  void raw(byte[] fields, int from, int length) {
    try {
      out.writeRawBytes(fields, from, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void requireUnicode(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        i = pairEnd(value, i);
      }
    }
  }

  private static int pairEnd(String value, int index) {
    boolean pair =
        index + 1 < value.length()
            && Character.isSurrogatePair(value.charAt(index), value.charAt(index + 1));
    if (!pair) {
      throw Unfit.value("its text is not valid Unicode");
    }
    return index + 1;
  }

  /** Before memory is taken for it. */
  private static void requireSpace(int taken, int more) {
    if (more > MOST - taken) {
      throw new TooLarge(MOST);
    }
  }

  private void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Buffer extends ByteArrayOutputStream {
    Buffer() {
      super(BUFFER);
    }

    void cut(int size) {
      count = size;
    }

    @Override
    public synchronized void write(byte[] from, int offset, int length) {
      requireSpace(count, length);
      super.write(from, offset, length);
    }

    @Override
    public synchronized void reset() {
      if (buf.length > KEPT) {
        buf = new byte[BUFFER];
      }
      super.reset();
    }
  }
}
