package io.tributary.tools.demo;

/** What the workload does to the shop; every kind happens in every run. */
enum ChangeKind {
  INSERT("inserts"),
  UPDATE("updates"),
  UPDATE_KEEPING_LARGE_VALUE("updates beside an unchanged large value"),
  UPDATE_OF_LARGE_VALUE("updates of a large value"),
  DELETE("deletes"),
  REINSERT("inserts of a key deleted before"),
  KEY_CHANGE("key changes"),
  KEY_CHANGE_KEEPING_LARGE_VALUE("key changes beside an unchanged large value"),
  TRUNCATE("truncates"),
  ADDED_COLUMN("columns added"),
  WRITE_TO_ADDED_COLUMN("writes to an added column"),
  TRANSACTION("transactions of several statements");

  private final String label;

  ChangeKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Whether it counts as a change of its own: a transaction is made of others. */
  boolean isChange() {
    return this != TRANSACTION;
  }
}
