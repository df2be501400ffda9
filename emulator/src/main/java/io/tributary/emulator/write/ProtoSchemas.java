package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.TableSchema;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import java.util.List;

/** A table's columns as the Storage Write API reports them. */
final class ProtoSchemas {
  private ProtoSchemas() {}

  static TableSchema of(List<Column> columns) {
    TableSchema.Builder schema = TableSchema.newBuilder();
    columns.forEach(column -> schema.addFields(field(column)));
    return schema.build();
  }

  private static TableFieldSchema field(Column column) {
    TableFieldSchema.Builder field =
        TableFieldSchema.newBuilder()
            .setName(column.name())
            .setType(type(column.type()))
            .setMode(TableFieldSchema.Mode.valueOf(column.mode().name()));
    column.fields().forEach(nested -> field.addFields(field(nested)));
    if (column.description() != null) {
      field.setDescription(column.description());
    }
    if (column.maxLength() != null) {
      field.setMaxLength(column.maxLength());
    }
    if (column.precision() != null) {
      field.setPrecision(column.precision());
    }
    if (column.scale() != null) {
      field.setScale(column.scale());
    }
    if (column.defaultValueExpression() != null) {
      field.setDefaultValueExpression(column.defaultValueExpression());
    }
    if (column.rangeElementType() != null) {
      field.setRangeElementType(
          TableFieldSchema.FieldElementType.newBuilder().setType(type(column.rangeElementType())));
    }
    return field.build();
  }

  private static TableFieldSchema.Type type(ColumnType type) {
    return type == ColumnType.FLOAT64
        ? TableFieldSchema.Type.DOUBLE
        : TableFieldSchema.Type.valueOf(type.name());
  }
}
