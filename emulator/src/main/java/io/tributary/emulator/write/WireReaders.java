package io.tributary.emulator.write;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Readers of the protobuf types, before a column gives the value its meaning. */
final class WireReaders {
  /** The wrapper messages BigQuery takes for a plain value, and the type they wrap. */
  private static final Map<String, FieldDescriptor.Type> WRAPPERS =
      Map.of(
          "BoolValue", FieldDescriptor.Type.BOOL,
          "BytesValue", FieldDescriptor.Type.BYTES,
          "DoubleValue", FieldDescriptor.Type.DOUBLE,
          "FloatValue", FieldDescriptor.Type.FLOAT,
          "Int32Value", FieldDescriptor.Type.INT32,
          "Int64Value", FieldDescriptor.Type.INT64,
          "StringValue", FieldDescriptor.Type.STRING,
          "UInt32Value", FieldDescriptor.Type.UINT32);

  private static final Set<FieldDescriptor.Type> INTEGERS =
      Set.of(
          FieldDescriptor.Type.INT32,
          FieldDescriptor.Type.INT64,
          FieldDescriptor.Type.UINT32,
          FieldDescriptor.Type.UINT64);

  private WireReaders() {}

  @FunctionalInterface
  interface LongReader {
    long read(CodedInputStream in) throws IOException;
  }

  @FunctionalInterface
  interface DoubleReader {
    double read(CodedInputStream in) throws IOException;
  }

  /** A message that consists of seconds and nanoseconds, as Timestamp and Duration do. */
  record Seconds(long seconds, int nanos) {}

  static boolean isInteger(FieldDescriptor.Type type) {
    return INTEGERS.contains(type);
  }

  static LongReader integer(FieldDescriptor.Type type) {
    return switch (type) {
      case INT32 -> CodedInputStream::readInt32;
      case INT64 -> CodedInputStream::readInt64;
      case UINT32 -> in -> in.readUInt32() & 0xFFFFFFFFL;
      case UINT64 -> CodedInputStream::readUInt64;
      case ENUM -> CodedInputStream::readEnum;
      case BOOL -> in -> in.readBool() ? 1 : 0;
      default -> throw new IllegalArgumentException("not an integer: " + type);
    };
  }

  static DoubleReader floating(FieldDescriptor.Type type) {
    return type == FieldDescriptor.Type.DOUBLE
        ? CodedInputStream::readDouble
        : CodedInputStream::readFloat;
  }

  static ValueReader enumName(EnumDescriptor type) {
    return in -> {
      int number = in.readEnum();
      EnumValueDescriptor value = type.findValueByNumber(number);
      if (value == null) {
        throw new CellException("Unknown enum value " + number + " of " + type.getName());
      }
      return value.getName();
    };
  }

  /** The type inside, where the field is one of Google's wrapper messages; null otherwise. */
  static FieldDescriptor.Type wrapped(FieldDescriptor field) {
    if (field.getType() != FieldDescriptor.Type.MESSAGE) {
      return null;
    }
    Descriptor message = field.getMessageType();
    FieldDescriptor.Type type = WRAPPERS.get(simpleName(message));
    boolean shaped =
        message.getFields().size() == 1
            && message.getFields().get(0).getNumber() == 1
            && message.getFields().get(0).getType() == type;
    return shaped ? type : null;
  }

  /** Whether the field is Google's Timestamp or Duration, inlined under such a name. */
  static boolean isMessage(FieldDescriptor field, String name) {
    return field.getType() == FieldDescriptor.Type.MESSAGE
        && simpleName(field.getMessageType()).equals(name);
  }

  /** Reads the plain value a wrapper holds; one that holds nothing means the type's default. */
  static ValueReader unwrapping(FieldDescriptor.Type type, ValueReader plain) {
    int wire = wireType(type);
    byte[] empty =
        switch (wire) {
          case WireFormat.WIRETYPE_FIXED64 -> new byte[8];
          case WireFormat.WIRETYPE_FIXED32 -> new byte[4];
          default -> new byte[1];
        };
    return in -> {
      int end = in.pushLimit(in.readRawVarint32());
      Object value = null;
      int tag;
      while ((tag = in.readTag()) != 0) {
        if (tag >>> 3 == 1 && (tag & 7) == wire) {
          value = plain.read(in);
        } else {
          in.skipField(tag);
        }
      }
      in.checkLastTagWas(0);
      in.popLimit(end);
      return value == null ? plain.read(CodedInputStream.newInstance(empty)) : value;
    };
  }

  static Seconds seconds(CodedInputStream in) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    long seconds = 0;
    int nanos = 0;
    int tag;
    while ((tag = in.readTag()) != 0) {
      switch (tag) {
        case 8 -> seconds = in.readInt64();
        case 16 -> nanos = in.readInt32();
        default -> in.skipField(tag);
      }
    }
    in.checkLastTagWas(0);
    in.popLimit(end);
    return new Seconds(seconds, nanos);
  }

  static int wireType(FieldDescriptor.Type type) {
    return switch (type) {
      case DOUBLE, FIXED64, SFIXED64 -> WireFormat.WIRETYPE_FIXED64;
      case FLOAT, FIXED32, SFIXED32 -> WireFormat.WIRETYPE_FIXED32;
      case STRING, BYTES, MESSAGE -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
      case GROUP -> WireFormat.WIRETYPE_START_GROUP;
      default -> WireFormat.WIRETYPE_VARINT;
    };
  }

  private static String simpleName(Descriptor message) {
    String name = message.getName();
    return name.startsWith("google_protobuf_") ? name.substring("google_protobuf_".length()) : name;
  }
}
