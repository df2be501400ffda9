package io.tributary.emulator.write;

import com.google.protobuf.Descriptors.Descriptor;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.engine.ChangeColumns;
import io.tributary.emulator.engine.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the pseudocolumns are among the decoded columns: after all others.
 *
 * @param columns those that the writer's message has, which may be none
 * @param type index of the change type in a decoded row, or -1
 * @param sequence index of the sequence number in a decoded row, or -1
 */
record ChangeFields(List<Column> columns, int type, int sequence) {

  /** The pseudocolumns that a message has. */
  static List<Column> of(Descriptor message) {
    List<Column> columns = new ArrayList<>();
    for (Column column : List.of(ChangeColumns.TYPE, ChangeColumns.SEQUENCE)) {
      if (message.getFields().stream().anyMatch(f -> f.getName().equalsIgnoreCase(column.name()))) {
        columns.add(column);
      }
    }
    return columns;
  }

  static ChangeFields in(List<Column> decoded) {
    int type = decoded.indexOf(ChangeColumns.TYPE);
    int sequence = decoded.indexOf(ChangeColumns.SEQUENCE);
    int first = type < 0 ? sequence : type;
    List<Column> columns = first < 0 ? List.of() : decoded.subList(first, decoded.size());
    return new ChangeFields(columns, type, sequence);
  }

  /** The batches without the pseudocolumns: rows that are inserted have no use for them. */
  List<RowBatch> strip(List<RowBatch> batches) {
    return columns.isEmpty() ? batches : batches.stream().map(this::strip).toList();
  }

  private RowBatch strip(RowBatch batch) {
    int kept = batch.columns().size() - columns.size();
    return new RowBatch(
        batch.columns().subList(0, kept),
        batch.rows().stream().map(row -> Arrays.copyOf(row, kept)).toList());
  }
}
