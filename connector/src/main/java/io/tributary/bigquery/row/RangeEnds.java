package io.tributary.bigquery.row;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.tributary.bigquery.table.ColumnType;

/** The message that holds a range: its start and its end, each absent where it is unbounded. */
final class RangeEnds {
  static final int START = 1;
  static final int END = 2;

  private RangeEnds() {}

  static DescriptorProto message(String name, ColumnType end) {
    return DescriptorProto.newBuilder()
        .setName(name)
        .addField(field("start", START, end))
        .addField(field("end", END, end))
        .build();
  }

  private static FieldDescriptorProto field(String name, int number, ColumnType type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
        .setType(WireTypes.of(type))
        .build();
  }
}
