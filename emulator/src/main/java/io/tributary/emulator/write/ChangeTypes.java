package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.RowError;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The pseudocolumns by which a writer sends changes instead of rows. */
final class ChangeTypes {
  private static final String CHANGE_TYPE = "_CHANGE_TYPE";
  private static final Set<String> NAMES = Set.of("_change_type", "_change_sequence_number");

  private final RowDecoder decoder;

  private ChangeTypes(RowDecoder decoder) {
    this.decoder = decoder;
  }

  static boolean isPseudocolumn(String lowerCaseName) {
    return NAMES.contains(lowerCaseName);
  }

  /** Reads the change type of the message's rows, or null if the message has no such field. */
  static ChangeTypes of(Descriptor message) {
    for (FieldDescriptor field : message.getFields()) {
      if (field.getName().equalsIgnoreCase(CHANGE_TYPE)
          && field.getType() == FieldDescriptor.Type.STRING) {
        RowDecoder.Slot slot =
            new RowDecoder.Slot(
                field.getNumber(),
                WireReaders.wireType(field.getType()),
                0,
                false,
                CodedInputStream::readStringRequireUtf8);
        return new ChangeTypes(
            new RowDecoder(
                List.of(Column.nullable(CHANGE_TYPE, ColumnType.STRING)), List.of(slot)));
      }
    }
    return null;
  }

  /** A stream that an application created only inserts: any other change is refused. */
  List<RowError> refusedByCreatedStream(ProtoRows rows) {
    List<RowError> errors = new ArrayList<>();
    for (int index = 0; index < rows.getSerializedRowsCount(); index++) {
      String message = null;
      try {
        Object type = decoder.decode(rows.getSerializedRows(index))[0];
        if (type != null && !type.equals("INSERT")) {
          message = "The given value is not a valid CHANGE_TYPE in insert mode: " + type;
        }
      } catch (CellException e) {
        message = e.getMessage();
      }
      if (message != null) {
        errors.add(
            RowError.newBuilder()
                .setIndex(index)
                .setCode(RowError.RowErrorCode.FIELDS_ERROR)
                .setMessage(message)
                .build());
      }
    }
    return errors;
  }
}
