package io.tributary.emulator;

import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.List;

/** A writer's message, and rows of it. */
public record Message(DescriptorProto proto) {

  /** A message of a single int64 field. */
  public static Message ids() {
    return of(field("id", FieldDescriptorProto.Type.TYPE_INT64));
  }

  public static Message of(FieldDescriptorProto... fields) {
    DescriptorProto.Builder proto = DescriptorProto.newBuilder().setName("Row");
    int number = 1;
    for (FieldDescriptorProto field : fields) {
      proto.addField(field.toBuilder().setNumber(number++));
    }
    return new Message(proto.build());
  }

  public static FieldDescriptorProto field(String name, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL)
        .build();
  }

  public static FieldDescriptorProto repeated(String name, FieldDescriptorProto.Type type) {
    return field(name, type).toBuilder().setLabel(Label.LABEL_REPEATED).build();
  }

  public static FieldDescriptorProto nested(String name, String type) {
    return field(name, FieldDescriptorProto.Type.TYPE_MESSAGE).toBuilder()
        .setTypeName(type)
        .build();
  }

  public Message with(DescriptorProto nestedType) {
    return new Message(proto.toBuilder().addNestedType(nestedType).build());
  }

  public ProtoSchema schema() {
    return ProtoSchema.newBuilder().setProtoDescriptor(proto).build();
  }

  public Descriptor descriptor() {
    try {
      FileDescriptorProto file =
          FileDescriptorProto.newBuilder().setName("test.proto").addMessageType(proto).build();
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]).getMessageTypes().get(0);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A serialized row; null leaves a field unset. */
  public ByteString row(Object... values) {
    return message(descriptor(), values).toByteString();
  }

  public static DynamicMessage message(Descriptor type, Object... values) {
    DynamicMessage.Builder row = DynamicMessage.newBuilder(type);
    for (int i = 0; i < values.length; i++) {
      FieldDescriptor field = type.getFields().get(i);
      if (values[i] instanceof List<?> list) {
        list.forEach(element -> row.addRepeatedField(field, element));
      } else if (values[i] != null) {
        row.setField(field, values[i]);
      }
    }
    return row.build();
  }

  /** Rows of one field each. */
  public ProtoRows rows(Object... values) {
    ProtoRows.Builder rows = ProtoRows.newBuilder();
    for (Object value : values) {
      rows.addSerializedRows(row(value));
    }
    return rows.build();
  }
}
