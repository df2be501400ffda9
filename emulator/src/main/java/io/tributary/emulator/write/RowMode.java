package io.tributary.emulator.write;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.engine.ChangeOptions.DeleteRows;
import io.tributary.emulator.write.ConnectionMode.Kind;
import java.util.List;

/** Checks the change types and sequence numbers of one request's rows. */
final class RowMode {
  private final AppendTarget target;
  private final DeleteRows deleteRows;
  private Kind kind;

  RowMode(AppendTarget target, DeleteRows deleteRows, Kind kind) {
    this.target = target;
    this.deleteRows = deleteRows;
    this.kind = kind;
  }

  /** What the rows are. */
  Kind kind() {
    return kind;
  }

  /** Checks a row's pseudocolumns, and gives the sequence number the form that is stored. */
  void check(Object[] row) throws CellException {
    ChangeFields fields = target.changes();
    if (fields.sequence() >= 0 && row[fields.sequence()] != null) {
      row[fields.sequence()] = ChangeSequence.ordered((String) row[fields.sequence()]);
    }
    Object type = fields.type() < 0 ? null : row[fields.type()];
    Kind wanted = kind(type);
    if (kind == null) {
      kind = wanted;
    }
    if (kind != wanted) {
      throw invalid(
          (kind == Kind.INSERTS ? " in insert mode" : " in upsert mode")
              + (type == null ? "" : ": " + type));
    }
  }

  private static Kind kind(Object type) throws CellException {
    return switch (type == null ? "INSERT" : (String) type) {
      case "INSERT" -> Kind.INSERTS;
      case "UPSERT", "DELETE" -> Kind.CHANGES;
      default -> throw invalid(": " + type);
    };
  }

  private static CellException invalid(String rest) {
    return new CellException("The given value is not a valid CHANGE_TYPE" + rest);
  }

  /** Refuses a row in which a value is missing that it must have. */
  void checkRequired(Object[] row, List<Column> columns, int index) throws CellException {
    boolean keysOnly =
        deleteRows == DeleteRows.NEED_KEYS
            && target.changes().type() >= 0
            && "DELETE".equals(row[target.changes().type()]);
    Column column = columns.get(index);
    if (!keysOnly
        || target.table().primaryKey().stream().anyMatch(column.name()::equalsIgnoreCase)) {
      RowDecoder.checkPresent(column);
    }
  }
}
