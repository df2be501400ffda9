package io.tributary.emulator.engine;

import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.sql.Types;

/** The analyzer's types of query parameters. */
final class SqlTypes {
  private SqlTypes() {}

  static Type analyzerType(SqlType type) {
    if (type instanceof SqlType.Array array) {
      return TypeFactory.createArrayType(analyzerType(array.element()));
    }
    return Types.analyzerType(column("parameter", type));
  }

  private static Column column(String name, SqlType type) {
    if (type instanceof SqlType.Scalar scalar) {
      return Column.nullable(name, scalar.type());
    } else if (type instanceof SqlType.Array array) {
      return column(name, array.element()).withMode(Mode.REPEATED);
    } else if (type instanceof SqlType.Range range) {
      return new Column(
          name, ColumnType.RANGE, null, null, null, null, null, null, range.element(), null, null);
    }
    SqlType.Struct struct = (SqlType.Struct) type;
    return Column.struct(
        name,
        Mode.NULLABLE,
        struct.fields().stream().map(f -> column(f.name(), f.type())).toList());
  }
}
