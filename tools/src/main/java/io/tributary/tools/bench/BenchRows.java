package io.tributary.tools.bench;

import com.google.cloud.bigquery.storage.v1.BigDecimalByteStringEncoder;
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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of ten columns of mixed types, serialized before the clock runs: what is measured is the
 * emulator, not the making of rows.
 *
 * @param requests the rows of different requests, which a run sends again and again
 */
record BenchRows(ProtoSchema schema, List<ProtoRows> requests) {
  private static final int REQUESTS = 20;

  /** The table that the rows are for. */
  static final String COLUMNS =
      "id INT64, name STRING, price NUMERIC, changed TIMESTAMP, active BOOL, weight FLOAT64,"
          + " day DATE, attributes JSON, checksum BYTES, note STRING";

  static BenchRows make(int rowsPerRequest) {
    DescriptorProto proto =
        DescriptorProto.newBuilder()
            .setName("Row")
            .addField(field(1, "id", FieldDescriptorProto.Type.TYPE_INT64))
            .addField(field(2, "name", FieldDescriptorProto.Type.TYPE_STRING))
            .addField(field(3, "price", FieldDescriptorProto.Type.TYPE_BYTES))
            .addField(field(4, "changed", FieldDescriptorProto.Type.TYPE_INT64))
            .addField(field(5, "active", FieldDescriptorProto.Type.TYPE_BOOL))
            .addField(field(6, "weight", FieldDescriptorProto.Type.TYPE_DOUBLE))
            .addField(field(7, "day", FieldDescriptorProto.Type.TYPE_INT32))
            .addField(field(8, "attributes", FieldDescriptorProto.Type.TYPE_STRING))
            .addField(field(9, "checksum", FieldDescriptorProto.Type.TYPE_BYTES))
            .addField(field(10, "note", FieldDescriptorProto.Type.TYPE_STRING))
            .build();
    Descriptor type = compile(proto);
    List<ProtoRows> requests = new ArrayList<>();
    for (int request = 0; request < REQUESTS; request++) {
      ProtoRows.Builder rows = ProtoRows.newBuilder();
      for (int row = 0; row < rowsPerRequest; row++) {
        rows.addSerializedRows(row(type, (long) request * rowsPerRequest + row));
      }
      requests.add(rows.build());
    }
    return new BenchRows(ProtoSchema.newBuilder().setProtoDescriptor(proto).build(), requests);
  }

  private static FieldDescriptorProto field(
      int number, String name, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setNumber(number)
        .setName(name)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL)
        .build();
  }

  private static Descriptor compile(DescriptorProto proto) {
    try {
      FileDescriptorProto file =
          FileDescriptorProto.newBuilder().setName("bench.proto").addMessageType(proto).build();
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]).getMessageTypes().get(0);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ByteString row(Descriptor type, long id) {
    List<FieldDescriptor> fields = type.getFields();
    BigDecimal price = BigDecimal.valueOf(id * 37 % 1_000_000, 2);
    return DynamicMessage.newBuilder(type)
        .setField(fields.get(0), id)
        .setField(fields.get(1), "customer number " + id)
        .setField(fields.get(2), BigDecimalByteStringEncoder.encodeToNumericByteString(price))
        .setField(fields.get(3), 1_700_000_000_000_000L + id * 1_234_567)
        .setField(fields.get(4), id % 3 == 0)
        .setField(fields.get(5), id * 0.125)
        .setField(fields.get(6), (int) (19_000 + id % 1000))
        .setField(fields.get(7), "{\"colour\":\"red\",\"size\":%d}".formatted(id % 50))
        .setField(fields.get(8), ByteString.copyFromUtf8("%016x".formatted(id * 0x9E3779B9L)))
        .setField(fields.get(9), "Grüße aus Köln")
        .build()
        .toByteString();
  }

  /** The rows of the request with this number. */
  ProtoRows request(int number) {
    return requests.get(number % requests.size());
  }

  int rowsPerRequest() {
    return requests.get(0).getSerializedRowsCount();
  }

  long rowBytes() {
    return requests.get(0).getSerializedSize() / rowsPerRequest();
  }
}
