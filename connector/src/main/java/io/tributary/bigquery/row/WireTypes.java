package io.tributary.bigquery.row;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.tributary.bigquery.table.ColumnType;
import java.util.Optional;

/** The protobuf type that each column type has on our wire; the service takes others as well. */
final class WireTypes {
  private WireTypes() {}

  static FieldDescriptorProto.Type of(ColumnType type) {
    return switch (type) {
      case INT64, TIME, DATETIME, TIMESTAMP -> FieldDescriptorProto.Type.TYPE_INT64;
      case DATE -> FieldDescriptorProto.Type.TYPE_INT32;
      case FLOAT64 -> FieldDescriptorProto.Type.TYPE_DOUBLE;
      case BOOL -> FieldDescriptorProto.Type.TYPE_BOOL;
      case BYTES, NUMERIC, BIGNUMERIC -> FieldDescriptorProto.Type.TYPE_BYTES;
      case STRING, JSON, GEOGRAPHY, INTERVAL -> FieldDescriptorProto.Type.TYPE_STRING;
      case STRUCT, RANGE_DATE, RANGE_DATETIME, RANGE_TIMESTAMP ->
          FieldDescriptorProto.Type.TYPE_MESSAGE;
    };
  }

  /** The type of a range's ends; empty for what is no range. */
  static Optional<ColumnType> ends(ColumnType type) {
    return switch (type) {
      case RANGE_DATE -> Optional.of(ColumnType.DATE);
      case RANGE_DATETIME -> Optional.of(ColumnType.DATETIME);
      case RANGE_TIMESTAMP -> Optional.of(ColumnType.TIMESTAMP);
      default -> Optional.empty();
    };
  }
}
