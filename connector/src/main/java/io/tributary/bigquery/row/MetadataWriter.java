package io.tributary.bigquery.row;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.List;

/**
 * Adds the sink's own fields to rows, by the numbers of a layout. Fields whose value is null stay
 * absent. One row at a time; for a single thread.
 */
public final class MetadataWriter {
  private final RowLayout layout;
  private final WireOut out = new WireOut();

  public MetadataWriter(RowLayout layout) {
    this.layout = layout;
  }

  /** Starts a row with its columns as they were encoded; null for none. */
  public MetadataWriter start(byte[] columns) {
    out.clear();
    if (columns != null) {
      out.raw(columns, 0, columns.length);
    }
    return this;
  }

  public MetadataWriter string(String column, String value) {
    if (value != null) {
      out.string(layout.fieldNumber(column), value);
    }
    return this;
  }

  public MetadataWriter strings(String column, List<String> values) {
    values.forEach(value -> out.string(layout.fieldNumber(column), value));
    return this;
  }

  public MetadataWriter int64(String column, Long value) {
    if (value != null) {
      out.int64(layout.fieldNumber(column), value);
    }
    return this;
  }

  public MetadataWriter bool(String column, Boolean value) {
    if (value != null) {
      out.bool(layout.fieldNumber(column), value);
    }
    return this;
  }

  public MetadataWriter bytes(String column, byte[] value) {
    if (value != null) {
      out.bytes(layout.fieldNumber(column), value);
    }
    return this;
  }

  /** A TIMESTAMP in microseconds since the epoch. */
  public MetadataWriter timestamp(String column, Long micros) {
    return int64(column, micros);
  }

  /** The whole row. */
  public ByteString finish() {
    return UnsafeByteOperations.unsafeWrap(out.take());
  }
}
