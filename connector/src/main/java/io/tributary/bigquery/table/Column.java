package io.tributary.bigquery.table;

import java.util.List;
import java.util.Objects;

/**
 * A column as a record asks for it or as a table has it.
 *
 * @param fields the fields of a STRUCT, else empty
 */
public record Column(String name, ColumnType type, Mode mode, List<Column> fields) {
  /** BigQuery's column modes. */
  public enum Mode {
    NULLABLE,
    REQUIRED,
    REPEATED
  }

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(mode, "mode");
    fields = List.copyOf(fields);
  }

  public static Column nullable(String name, ColumnType type) {
    return new Column(name, type, Mode.NULLABLE, List.of());
  }

  public static Column required(String name, ColumnType type) {
    return new Column(name, type, Mode.REQUIRED, List.of());
  }

  public static Column repeated(String name, ColumnType type) {
    return new Column(name, type, Mode.REPEATED, List.of());
  }

  public Column withMode(Mode newMode) {
    return new Column(name, type, newMode, fields);
  }
}
