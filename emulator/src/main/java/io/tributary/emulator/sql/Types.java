package io.tributary.emulator.sql;

import com.google.zetasql.StructType;
import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.ZetaSQLType.TypeKind;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One type in its three spellings: BigQuery's column, the analyzer's type, DuckDB's text. */
public final class Types {
  private Types() {}

  /** The analyzer's type of a column. */
  public static Type analyzerType(Column column) {
    Type element =
        switch (column.type()) {
          case STRUCT -> {
            List<StructType.StructField> fields = new ArrayList<>();
            for (Column field : column.fields()) {
              fields.add(new StructType.StructField(field.name(), analyzerType(field)));
            }
            yield TypeFactory.createStructType(fields);
          }
          case RANGE ->
              TypeFactory.createRangeType(
                  TypeFactory.createSimpleType(kind(column.rangeElementType())));
          default -> TypeFactory.createSimpleType(kind(column.type()));
        };
    return column.mode() == Mode.REPEATED ? TypeFactory.createArrayType(element) : element;
  }

  /** DuckDB's type of a column. */
  public static String duckType(Column column) {
    return duckType(analyzerType(column));
  }

  static String duckType(Type type) {
    return switch (type.getKind()) {
      case TYPE_INT64 -> "BIGINT";
      case TYPE_DOUBLE -> "DOUBLE";
      case TYPE_BOOL -> "BOOLEAN";
      case TYPE_STRING, TYPE_BIGNUMERIC, TYPE_JSON, TYPE_GEOGRAPHY -> "VARCHAR";
      case TYPE_BYTES -> "BLOB";
      case TYPE_NUMERIC -> "DECIMAL(38,9)";
      case TYPE_DATE -> "DATE";
      case TYPE_TIME -> "TIME";
      case TYPE_DATETIME -> "TIMESTAMP";
      case TYPE_TIMESTAMP -> "TIMESTAMPTZ";
      case TYPE_INTERVAL -> "INTERVAL";
      case TYPE_ARRAY -> duckType(type.asArray().getElementType()) + "[]";
      case TYPE_RANGE -> {
        String element = duckType(type.asRange().getElementType());
        yield "STRUCT(f1 " + element + ", f2 " + element + ")";
      }
      case TYPE_STRUCT -> {
        StructType struct = type.asStruct();
        yield IntStream.range(0, struct.getFieldCount())
            .mapToObj(i -> field(i) + " " + duckType(struct.getField(i).getType()))
            .collect(Collectors.joining(", ", "STRUCT(", ")"));
      }
      default ->
          throw BigQueryError.notImplemented("Type " + type.typeName() + " is not supported");
    };
  }

  /**
   * The name of a struct field in DuckDB: by position, since GoogleSQL allows anonymous and
   * repeated names and assigns structs to each other by position.
   */
  public static String field(int index) {
    return "f" + (index + 1);
  }

  /** The column that a value of this type makes. */
  public static Column column(String name, Type type) {
    if (type.isArray()) {
      return column(name, type.asArray().getElementType()).withMode(Mode.REPEATED);
    }
    if (type.isStruct()) {
      List<Column> fields = new ArrayList<>();
      for (StructType.StructField field : type.asStruct().getFieldList()) {
        fields.add(
            column(
                field.getName().isEmpty() ? "_field_" + (fields.size() + 1) : field.getName(),
                field.getType()));
      }
      return Column.struct(name, Mode.NULLABLE, fields);
    }
    if (type.isRange()) {
      return new Column(
          name,
          ColumnType.RANGE,
          Mode.NULLABLE,
          null,
          null,
          null,
          null,
          null,
          columnType(type.asRange().getElementType()),
          null,
          null);
    }
    return Column.nullable(name, columnType(type));
  }

  private static ColumnType columnType(Type type) {
    return switch (type.getKind()) {
      case TYPE_INT64 -> ColumnType.INT64;
      case TYPE_DOUBLE -> ColumnType.FLOAT64;
      case TYPE_BOOL -> ColumnType.BOOL;
      case TYPE_STRING -> ColumnType.STRING;
      case TYPE_BYTES -> ColumnType.BYTES;
      case TYPE_NUMERIC -> ColumnType.NUMERIC;
      case TYPE_BIGNUMERIC -> ColumnType.BIGNUMERIC;
      case TYPE_DATE -> ColumnType.DATE;
      case TYPE_TIME -> ColumnType.TIME;
      case TYPE_DATETIME -> ColumnType.DATETIME;
      case TYPE_TIMESTAMP -> ColumnType.TIMESTAMP;
      case TYPE_JSON -> ColumnType.JSON;
      case TYPE_GEOGRAPHY -> ColumnType.GEOGRAPHY;
      case TYPE_INTERVAL -> ColumnType.INTERVAL;
      default ->
          throw BigQueryError.notImplemented("Type " + type.typeName() + " is not supported");
    };
  }

  static TypeKind kind(ColumnType type) {
    return switch (type) {
      case INT64 -> TypeKind.TYPE_INT64;
      case FLOAT64 -> TypeKind.TYPE_DOUBLE;
      case BOOL -> TypeKind.TYPE_BOOL;
      case STRING -> TypeKind.TYPE_STRING;
      case BYTES -> TypeKind.TYPE_BYTES;
      case NUMERIC -> TypeKind.TYPE_NUMERIC;
      case BIGNUMERIC -> TypeKind.TYPE_BIGNUMERIC;
      case DATE -> TypeKind.TYPE_DATE;
      case TIME -> TypeKind.TYPE_TIME;
      case DATETIME -> TypeKind.TYPE_DATETIME;
      case TIMESTAMP -> TypeKind.TYPE_TIMESTAMP;
      case JSON -> TypeKind.TYPE_JSON;
      case GEOGRAPHY -> TypeKind.TYPE_GEOGRAPHY;
      case INTERVAL -> TypeKind.TYPE_INTERVAL;
      case RANGE, STRUCT -> throw new IllegalArgumentException(type + " has parameters");
    };
  }
}
