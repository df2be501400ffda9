package io.tributary.bigquery.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import java.util.List;

/** Columns in the form of BigQuery's REST service, and back. */
final class Fields {
  private Fields() {}

  static List<TableFieldSchema> fields(List<Column> columns) {
    return columns.stream().map(Fields::field).toList();
  }

  static List<Column> columns(List<TableFieldSchema> fields) {
    return fields == null ? List.of() : fields.stream().map(Fields::column).toList();
  }

  private static TableFieldSchema field(Column column) {
    TableFieldSchema field =
        new TableFieldSchema()
            .setName(column.name())
            .setType(name(column.type()))
            .setMode(column.mode().name());
    return column.fields().isEmpty() ? field : field.setFields(fields(column.fields()));
  }

  private static Column column(TableFieldSchema field) {
    if (field.getMaxLength() != null || field.getPrecision() != null) {
      throw new SinkException(
          ErrorCode.TABLE_UNFIT,
          "Column "
              + field.getName()
              + " has a limit of length or precision, and values are not checked against it.");
    }
    Column.Mode mode =
        field.getMode() == null ? Column.Mode.NULLABLE : Column.Mode.valueOf(field.getMode());
    return new Column(field.getName(), type(field.getType()), mode, columns(field.getFields()));
  }

  /** The service answers with these names, whichever it was given. */
  private static String name(ColumnType type) {
    return switch (type) {
      case INT64 -> "INTEGER";
      case FLOAT64 -> "FLOAT";
      case BOOL -> "BOOLEAN";
      case STRUCT -> "RECORD";
      default -> type.name();
    };
  }

  private static ColumnType type(String name) {
    return switch (name) {
      case "INTEGER" -> ColumnType.INT64;
      case "FLOAT" -> ColumnType.FLOAT64;
      case "BOOLEAN" -> ColumnType.BOOL;
      case "RECORD" -> ColumnType.STRUCT;
      default -> ColumnType.valueOf(name);
    };
  }
}
