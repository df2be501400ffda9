package io.tributary.emulator.write;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.UnknownFieldSet;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks a writer's descriptor against a table's columns and compiles its row decoder. */
final class WriterSchema {
  /** Number of the field option that carries a column's name where a field cannot. */
  private static final int COLUMN_NAME_OPTION = 454943157;

  private final List<String> extraFields = new ArrayList<>();
  private final List<String> conflicts = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private WriterSchema() {}

  /** The message a descriptor describes, once it is known to stand on its own. */
  static Descriptor message(DescriptorProto proto) throws WriterSchemaException {
    refuseProto3Optional(proto);
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("BqMessage.proto")
            .setSyntax("proto2")
            .addMessageType(proto)
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]).getMessageTypes().get(0);
    } catch (DescriptorValidationException e) {
      throw WriterSchemaException.invalid(
          "Invalid proto schema: BqMessage.proto: " + e.getMessage());
    }
  }

  private static void refuseProto3Optional(DescriptorProto proto) throws WriterSchemaException {
    for (FieldDescriptorProto field : proto.getFieldList()) {
      if (field.getProto3Optional()) {
        throw WriterSchemaException.invalid(
            "Invalid proto schema: BqMessage.proto: %s.%s: The [proto3_optional=true] option may only be set on proto3 fields, not %s.%s"
                .formatted(proto.getName(), field.getName(), proto.getName(), field.getName()));
      }
    }
    for (DescriptorProto nested : proto.getNestedTypeList()) {
      refuseProto3Optional(nested);
    }
  }

  static RowDecoder compile(Descriptor message, List<Column> columns) throws WriterSchemaException {
    WriterSchema check = new WriterSchema();
    RowDecoder decoder = check.decoder(message, columns, "", Absent.SKIPPED);
    if (!check.extraFields.isEmpty()) {
      throw WriterSchemaException.extraFields(check.extraFields);
    }
    if (!check.conflicts.isEmpty()) {
      throw WriterSchemaException.invalid(check.conflicts.get(0));
    }
    if (!check.missing.isEmpty()) {
      throw WriterSchemaException.invalid(
          "Input schema is missing required field(s): '" + String.join(",", check.missing) + "'");
    }
    return decoder;
  }

  /** What becomes of columns the writer does not declare. */
  private enum Absent {
    /** The decoded row leaves them out, so that they get their default. */
    SKIPPED,
    /** The decoded struct has them, as null. */
    KEPT
  }

  private RowDecoder decoder(Descriptor message, List<Column> columns, String path, Absent absent) {
    Map<String, FieldDescriptor> fields = new HashMap<>();
    for (FieldDescriptor field : message.getFields()) {
      fields.put(columnName(field).toLowerCase(Locale.ROOT), field);
    }
    List<Column> decoded = new ArrayList<>();
    List<RowDecoder.Slot> slots = new ArrayList<>();
    for (Column column : columns) {
      FieldDescriptor field = fields.remove(column.name().toLowerCase(Locale.ROOT));
      boolean hasDefault = column.defaultValueExpression() != null;
      if (field == null && column.mode() == Mode.REQUIRED && !hasDefault) {
        missing.add(path + column.name());
      }
      if (field != null) {
        slot(message, field, column, decoded.size(), path, slots);
      }
      if (field != null || absent == Absent.KEPT) {
        decoded.add(column);
      }
    }
    message.getFields().stream()
        .filter(fields::containsValue)
        .forEach(field -> extraFields.add(path + columnName(field)));
    return new RowDecoder(decoded, slots);
  }

  private void slot(
      Descriptor message,
      FieldDescriptor field,
      Column column,
      int index,
      String path,
      List<RowDecoder.Slot> slots) {
    boolean repeated = column.mode() == Mode.REPEATED;
    ValueReader reader = field.isRepeated() == repeated ? reader(field, column, path) : null;
    if (reader == null) {
      conflicts.add(
          "The proto field mismatched with BigQuery field at %s.%s, the proto field type %s, BigQuery field type %s"
              .formatted(
                  message.getFullName().replace('.', '_'),
                  field.getName(),
                  wireName(field),
                  (repeated ? "REPEATED " : "") + column.type().legacyName()));
      return;
    }
    slots.add(
        new RowDecoder.Slot(
            field.getNumber(), WireReaders.wireType(field.getType()), index, repeated, reader));
  }

  private ValueReader reader(FieldDescriptor field, Column column, String path) {
    if (!ColumnReaders.isMessageType(column.type())) {
      return ColumnReaders.of(column, field);
    }
    if (field.getType() != FieldDescriptor.Type.MESSAGE) {
      return null;
    }
    String inside = path + column.name() + ".";
    if (column.type() == ColumnType.STRUCT) {
      return decoder(field.getMessageType(), column.fields(), inside, Absent.KEPT)::readNested;
    }
    RowDecoder ends = decoder(field.getMessageType(), rangeEnds(column), inside, Absent.KEPT);
    return in -> checkRange((Object[]) ends.readNested(in), column);
  }

  private static Object[] checkRange(Object[] range, Column column) throws CellException {
    if (range[0] != null && range[1] != null && order(range[0], range[1]) >= 0) {
      throw new CellException(
          "Range start element must be less than range end element: [%s, %s). Field: %s"
              .formatted(range[0], range[1], column.name()));
    }
    return range;
  }

  // both ends have the range's element type, whose values compare with their like
  @SuppressWarnings("unchecked")
  private static int order(Object start, Object end) {
    return ((Comparable<Object>) start).compareTo(end);
  }

  private static List<Column> rangeEnds(Column range) {
    return List.of(end("start", range), end("end", range));
  }

  private static Column end(String name, Column range) {
    return Column.nullable(name, range.rangeElementType());
  }

  private static String wireName(FieldDescriptor field) {
    return (field.isRepeated() ? "repeated " : "")
        + field.getType().name().toLowerCase(Locale.ROOT);
  }

  /** The column a field is for: its annotation where it has one, else its own name. */
  private static String columnName(FieldDescriptor field) {
    UnknownFieldSet.Field option =
        field.getOptions().getUnknownFields().getField(COLUMN_NAME_OPTION);
    return option.getLengthDelimitedList().isEmpty()
        ? field.getName()
        : option.getLengthDelimitedList().get(0).toStringUtf8();
  }
}
