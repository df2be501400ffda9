package io.tributary.emulator.write;

import io.tributary.emulator.engine.ChangeOptions.DeleteRows;

/** Whether a connection inserts rows or changes them; its first stored row decides. */
final class ConnectionMode {
  /** What the rows of a connection are. */
  enum Kind {
    INSERTS,
    CHANGES
  }

  private final DeleteRows deleteRows;
  private Kind kind;

  ConnectionMode(DeleteRows deleteRows) {
    this.deleteRows = deleteRows;
  }

  /** Begins to check the rows of a request. */
  RowMode begin(AppendTarget target) {
    return new RowMode(target, deleteRows, target.stream().isDefault() ? kind : Kind.INSERTS);
  }

  /** Keeps what the rows of a stored request were. */
  void keep(RowMode request) {
    kind = request.kind();
  }
}
