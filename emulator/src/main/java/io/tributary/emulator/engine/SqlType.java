package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.ColumnType;
import java.util.List;

/** The type of a value in GoogleSQL. */
public sealed interface SqlType {
  /** Any type but ARRAY, STRUCT and RANGE. */
  record Scalar(ColumnType type) implements SqlType {}

  /** ARRAY of a type that is not an array. */
  record Array(SqlType element) implements SqlType {}

  /** RANGE of DATE, DATETIME or TIMESTAMP. */
  record Range(ColumnType element) implements SqlType {}

  /** STRUCT with named fields; an empty name is an anonymous field. */
  record Struct(List<Field> fields) implements SqlType {
    public Struct {
      fields = List.copyOf(fields);
    }
  }

  /** One field of a STRUCT. */
  record Field(String name, SqlType type) {}

  /** A scalar of this type. */
  static SqlType of(ColumnType type) {
    return new Scalar(type);
  }
}
