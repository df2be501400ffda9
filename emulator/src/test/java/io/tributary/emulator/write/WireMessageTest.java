package io.tributary.emulator.write;

import static com.google.cloud.bigquery.StandardSQLTypeName.INT64;
import static com.google.cloud.bigquery.StandardSQLTypeName.STRING;
import static com.google.cloud.bigquery.StandardSQLTypeName.STRUCT;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_ENUM;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.write.WireForms.nested;
import static io.tributary.emulator.write.WireForms.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.RowError;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Enums, arrays and structs of rows, and rows that cannot be read. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class WireMessageTest {
  private final WireForms forms;

  WireMessageTest(BigQueryUnderTest bigQuery) {
    this.forms = new WireForms(bigQuery);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "An enum is its number in an INT64 column.",
      source = Sources.SUPPORTED_DATA_TYPES)
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "An enum is its name in a STRING column.",
      source = Sources.SUPPORTED_DATA_TYPES)
  void enums() {
    Message message = colours();
    Object red = message.descriptor().getEnumTypes().get(0).findValueByName("RED");
    TableId numbers = forms.table(Field.of("c", INT64));
    forms.store(numbers, message, message.row(0L, red));
    assertThat(forms.read(numbers, "c")).containsExactly("3");
    TableId names = forms.table(Field.of("c", STRING));
    forms.store(names, message, message.row(0L, red));
    assertThat(forms.read(names, "c")).containsExactly("RED");
    ByteString unknown = ByteString.copyFrom(new byte[] {0x10, 99});
    assertThat(forms.send(names, message, rows(unknown)).getRowErrors(0).getMessage())
        .isEqualTo("Unknown enum value 99 of Colour");
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "A REPEATED column takes a repeated field, packed or not.",
      source = Sources.SUPPORTED_DATA_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says = "An array without elements is empty and never NULL.",
      source = Sources.SQL_TYPES)
  void repeatedFields() {
    TableId table = forms.table(Field.newBuilder("c", INT64).setMode(Field.Mode.REPEATED).build());
    Message message = Message.of(field("n", TYPE_INT64), Message.repeated("c", TYPE_INT64));
    ByteString packed = ByteString.copyFrom(new byte[] {8, 1, 18, 2, 3, 4});
    forms.store(
        table, message, message.row(0L, List.of(1L, 2L)), packed, message.row(2L, List.of()));
    assertThat(
            forms.read(
                table,
                "ARRAY_TO_STRING(ARRAY(SELECT CAST(e AS STRING) FROM UNNEST(c) e), '+'),"
                    + " c IS NULL"))
        .containsExactly("1+2 false", "3+4 false", " false");
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "A STRUCT column takes a nested message.",
      source = Sources.SUPPORTED_DATA_TYPES)
  @Behaviour(
      area = Area.WIRE_FORMS,
      says =
          "A nested message that is unset is a NULL STRUCT; an empty one is a STRUCT "
              + "of NULLs.",
      source = Sources.SUPPORTED_DATA_TYPES)
  void structs() {
    TableId table = forms.table(Field.of("c", STRUCT, Field.of("x", INT64)));
    Message message = nested("Inner", field("x", TYPE_INT64));
    Descriptor inner = message.descriptor().getNestedTypes().get(0);
    forms.store(
        table,
        message,
        message.row(0L, Message.message(inner, 5L)),
        message.row(1L, Message.message(inner)),
        message.row(2L, null));
    assertThat(forms.read(table, "c IS NULL, c.x"))
        .containsExactly("false 5", "false NULL", "true NULL");
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "A REPEATED STRUCT takes a repeated message.",
      source = Sources.SUPPORTED_DATA_TYPES)
  void arraysOfStructs() {
    TableId table =
        forms.table(
            Field.newBuilder("c", STRUCT, Field.of("x", INT64))
                .setMode(Field.Mode.REPEATED)
                .build());
    Message single = nested("Inner", field("x", TYPE_INT64));
    Message message =
        new Message(
            single.proto().toBuilder()
                .setField(
                    1,
                    single.proto().getField(1).toBuilder()
                        .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED))
                .build());
    Descriptor inner = message.descriptor().getNestedTypes().get(0);
    forms.store(
        table,
        message,
        message.row(0L, List.of(Message.message(inner, 5L), Message.message(inner, 6L))));
    assertThat(forms.read(table, "(SELECT SUM(e.x) FROM UNNEST(c) e), ARRAY_LENGTH(c)"))
        .containsExactly("11 2");
  }

  @Test
  @Behaviour(area = Area.TYPES, says = "A STRING must be valid UTF-8.", source = Sources.SQL_TYPES)
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "Bytes that are no message of the schema are an error of their row.",
      source = Sources.PROTO)
  void brokenRows() {
    TableId table = forms.table(Field.of("c", STRING));
    Message message = Message.of(field("n", TYPE_INT64), field("c", TYPE_STRING));
    ByteString invalidUtf8 = ByteString.copyFrom(new byte[] {18, 2, (byte) 0xC0, (byte) 0x80});
    ByteString cutOff = ByteString.copyFrom(new byte[] {18, 9, 65});
    assertThat(
            forms
                .send(table, message, rows(message.row(0L, "a"), invalidUtf8, cutOff))
                .getRowErrorsList())
        .extracting(RowError::getIndex)
        .containsExactly(1L, 2L);
  }

  private static Message colours() {
    Message plain =
        Message.of(
            field("n", TYPE_INT64),
            field("c", TYPE_ENUM).toBuilder().setTypeName("Row.Colour").build());
    EnumDescriptorProto colour =
        EnumDescriptorProto.newBuilder()
            .setName("Colour")
            .addValue(EnumValueDescriptorProto.newBuilder().setName("NONE").setNumber(0))
            .addValue(EnumValueDescriptorProto.newBuilder().setName("RED").setNumber(3))
            .build();
    return new Message(plain.proto().toBuilder().addEnumType(colour).build());
  }
}
