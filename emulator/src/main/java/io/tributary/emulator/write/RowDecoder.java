package io.tributary.emulator.write;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes serialized rows of one writer schema for one table. Compiled once, then used by one
 * connection for every row.
 */
final class RowDecoder {
  private static final int DENSE_LIMIT = 4096;

  private final List<Column> columns;
  private final Slot[] dense;
  private final Map<Integer, Slot> sparse = new HashMap<>();

  /** Where the values of one field go, and how they are read. */
  record Slot(int number, int wireType, int index, boolean repeated, ValueReader reader) {}

  RowDecoder(List<Column> columns, List<Slot> slots) {
    this.columns = List.copyOf(columns);
    int highest = 0;
    for (Slot slot : slots) {
      if (slot.number() < DENSE_LIMIT) {
        highest = Math.max(highest, slot.number());
      } else {
        sparse.put(slot.number(), slot);
      }
    }
    this.dense = new Slot[highest + 1];
    for (Slot slot : slots) {
      if (slot.number() < DENSE_LIMIT) {
        dense[slot.number()] = slot;
      }
    }
  }

  /** The columns of a decoded row, in its order. */
  List<Column> columns() {
    return columns;
  }

  /** The row's values; null where the row has none. Required values are not checked here. */
  Object[] decode(ByteString row) throws CellException {
    Object[] values = new Object[columns.size()];
    try {
      CodedInputStream in = row.newCodedInput();
      fields(in, values);
      in.checkLastTagWas(0);
    } catch (InvalidProtocolBufferException e) {
      throw new CellException("Invalid proto message: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  /** Reads this message as the value of a field around it. */
  Object readNested(CodedInputStream in) throws IOException, CellException {
    Object[] values = new Object[columns.size()];
    int end = in.pushLimit(in.readRawVarint32());
    fields(in, values);
    in.checkLastTagWas(0);
    in.popLimit(end);
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        checkPresent(columns.get(i));
      }
    }
    return values;
  }

  /** Refuses the absence of a value in a required column. */
  static void checkPresent(Column column) throws CellException {
    if (column.mode() == Mode.REQUIRED) {
      throw new CellException("Field value of " + column.name() + " cannot be empty.");
    }
  }

  private void fields(CodedInputStream in, Object[] values) throws IOException, CellException {
    for (int i = 0; i < values.length; i++) {
      if (columns.get(i).mode() == Mode.REPEATED) {
        values[i] = List.of();
      }
    }
    int tag;
    while ((tag = in.readTag()) != 0) {
      int number = tag >>> 3;
      int wireType = tag & 7;
      Slot slot = number < dense.length ? dense[number] : sparse.get(number);
      if (slot == null) {
        in.skipField(tag);
      } else if (wireType == slot.wireType()) {
        store(slot, slot.reader().read(in), values);
      } else if (slot.repeated() && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int end = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
          store(slot, slot.reader().read(in), values);
        }
        in.popLimit(end);
      } else {
        in.skipField(tag);
      }
    }
  }

  private static void store(Slot slot, Object value, Object[] values) {
    if (!slot.repeated()) {
      values[slot.index()] = value;
      return;
    }
    @SuppressWarnings("unchecked")
    List<Object> elements = (List<Object>) values[slot.index()];
    if (elements.isEmpty()) {
      elements = new ArrayList<>();
      values[slot.index()] = elements;
    }
    elements.add(value);
  }
}
