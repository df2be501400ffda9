package io.tributary.bigquery.row;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Completes rows by older states of them. For a single thread. */
public final class Completion {
  private final WireOut out = new WireOut();

  /**
   * The newer row with the columns that it lacks taken from an older state of the row. What neither
   * has stays unavailable. The older row must not be a delete's.
   */
  public EncodedRow of(EncodedRow newer, EncodedRow older, RowLayout layout) {
    if (newer.unavailable().isEmpty()) {
      return newer;
    }
    BitSet wanted = new BitSet();
    List<String> missing = new ArrayList<>();
    for (String column : newer.unavailable()) {
      if (older.unavailable().contains(column)) {
        missing.add(column);
      } else {
        wanted.set(layout.fieldNumber(column));
      }
    }
    out.clear();
    out.raw(newer.columns(), 0, newer.columns().length);
    copyFields(older.columns(), wanted);
    return new EncodedRow(newer.key(), out.take(), missing);
  }

  private void copyFields(byte[] fields, BitSet wanted) {
    CodedInputStream in = CodedInputStream.newInstance(fields);
    try {
      while (!in.isAtEnd()) {
        int from = in.getTotalBytesRead();
        int tag = in.readTag();
        in.skipField(tag);
        if (wanted.get(WireFormat.getTagFieldNumber(tag))) {
          out.raw(fields, from, in.getTotalBytesRead() - from);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
