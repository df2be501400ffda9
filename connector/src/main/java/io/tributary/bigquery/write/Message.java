package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.tributary.bigquery.table.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Messages that are written field by field. */
final class Message {
  /** For the sink's own fields; a row's columns are longer and go past it. */
  private static final int BUFFER = 512;

  private Message() {}

  /** Writes the fields of a message. */
  @FunctionalInterface
  interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  /**
   * A message.
   *
   * @param columns length of the encoded columns among its fields
   */
  static ByteString of(int columns, Fields fields) {
    ByteString.Output bytes = ByteString.newOutput(columns + BUFFER);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }

  static ByteString of(Fields fields) {
    return of(0, fields);
  }

  /** The number of a field where these are a message's first ones, in their order. */
  static int number(List<Column> fields, String name) {
    int index = fields.stream().map(Column::name).toList().indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("No field is named " + name + ".");
    }
    return index + 1;
  }
}
