package io.tributary.bigquery.row;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tributary.bigquery.table.Details;
import io.tributary.bigquery.table.Shape;
import java.util.Map;
import java.util.TreeMap;

/** Reads encoded rows back with protobuf's own reader and the layout's descriptor. */
final class Wire {
  private Wire() {}

  static Map<String, Object> read(RowLayout layout, byte[] row) {
    try {
      DynamicMessage message = DynamicMessage.parseFrom(descriptor(layout), row);
      if (!message.getUnknownFields().asMap().isEmpty()) {
        throw new AssertionError("fields that the layout does not know");
      }
      Map<String, Object> values = new TreeMap<>();
      for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
        values.put(field.getKey().getName(), field.getValue());
      }
      return values;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  static Descriptor descriptor(RowLayout layout) {
    try {
      return FileDescriptor.buildFrom(
              FileDescriptorProto.newBuilder().addMessageType(layout.descriptor()).build(),
              new FileDescriptor[0])
          .findMessageTypeByName("Row");
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  /** The shape without what its columns could be instead. */
  static Shape bare(Shape shape) {
    return new Shape(
        shape.columns().stream().map(column -> column.withDetails(Details.NONE)).toList(),
        shape.keyColumns());
  }
}
