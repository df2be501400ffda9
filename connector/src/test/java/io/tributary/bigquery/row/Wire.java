package io.tributary.bigquery.row;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tributary.bigquery.table.Details;
import io.tributary.bigquery.table.Shape;
import io.tributary.bigquery.table.TypeText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;

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

  /** What a form writes into a column, read back; null when it writes nothing. */
  static Object written(Form form, Object value, Target target) {
    WireOut out = new WireOut();
    form.into(target).write(out, 1, value);
    RowLayout layout = RowLayout.of(List.of(), List.of(target.column()));
    return read(layout, out.toByteArray()).get(RowLayout.lower(target.column().name()));
  }

  /** What becomes of a value in the column that its schema asks for; messages as text. */
  static String proposed(Schema schema, Object value) {
    Form form = Forms.of(schema);
    return shown(written(form, value, Target.exact(form.column("c"))));
  }

  /** What becomes of a value in a column of a chosen type; messages as text. */
  static String chosen(Schema schema, Object value, String type) {
    Form form = new ChosenForm(Forms.of(schema), TypeText.column(type));
    return shown(written(form, value, Target.exact(form.column("c"))));
  }

  static String shown(Object written) {
    if (written instanceof ByteString bytes) {
      byte[] all = bytes.toByteArray();
      return new String(all, StandardCharsets.ISO_8859_1);
    }
    return String.valueOf(written).replaceAll("\\s+", " ").trim();
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
