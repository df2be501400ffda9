package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;

/** The pseudocolumns by which a writer sends changes instead of rows. */
public final class ChangeColumns {
  /** UPSERT or DELETE. */
  public static final Column TYPE = Column.nullable("_CHANGE_TYPE", ColumnType.STRING);

  /** What orders changes of one key, in a form whose order is that of its text; or null. */
  public static final Column SEQUENCE =
      Column.nullable("_CHANGE_SEQUENCE_NUMBER", ColumnType.STRING);

  /** Orders changes of equal sequence numbers. */
  static final Column RANK = Column.nullable("_change_rank", ColumnType.INT64);

  /** When the change was written, in microseconds. */
  static final Column WRITTEN = Column.nullable("_change_written", ColumnType.INT64);

  private ChangeColumns() {}
}
