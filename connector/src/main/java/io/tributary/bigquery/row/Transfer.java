package io.tributary.bigquery.row;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.tributary.bigquery.table.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes rows from one layout of a table to another. For a single thread. */
public final class Transfer {
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private final List<String> unfit = new ArrayList<>();
  private final RowLayout to;
  private final WireOut out = new WireOut();

  public Transfer(RowLayout from, RowLayout to) {
    this.to = to;
    for (Column column : to.columns()) {
      Column before = from.column(column.name());
      if (before != null && alike(before, to.column(column.name()))) {
        numbers.put(from.fieldNumber(column.name()), to.fieldNumber(column.name()));
      } else {
        unfit.add(column.name());
      }
    }
  }

  /** Whether values of the one are written as values of the other. */
  private static boolean alike(Column one, Column other) {
    return one.type() == other.type()
        && one.mode() == other.mode()
        && one.fields().equals(other.fields());
  }

  /** Whether a column's values have the same form in both. */
  public boolean carries(String column) {
    return unfit.stream().noneMatch(column::equalsIgnoreCase);
  }

  /** The row, where columns are unavailable that have another form there. */
  public EncodedRow of(EncodedRow row) {
    List<String> unavailable =
        to.columns().stream()
            .map(Column::name)
            .filter(
                name ->
                    !carries(name) || row.unavailable().stream().anyMatch(name::equalsIgnoreCase))
            .toList();
    out.clear();
    copy(row.columns());
    return new EncodedRow(row.key(), out.take(), unavailable);
  }

  private void copy(byte[] fields) {
    CodedInputStream in = CodedInputStream.newInstance(fields);
    try {
      while (!in.isAtEnd()) {
        int tag = in.readTag();
        int from = in.getTotalBytesRead();
        in.skipField(tag);
        Integer number = numbers.get(WireFormat.getTagFieldNumber(tag));
        if (number != null) {
          out.tag(number, WireFormat.getTagWireType(tag));
          out.raw(fields, from, in.getTotalBytesRead() - from);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
