package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_BOOL;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.Message.nested;
import static io.tributary.emulator.Message.repeated;
import static io.tributary.emulator.RawConnection.next;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.storage.v1.AnnotationsProto;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the service accepts as a writer's schema. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class WriterSchemaTest {
  private static final Field ID = Field.of("id", StandardSQLTypeName.INT64);
  private static final Field NAME = Field.of("name", StandardSQLTypeName.STRING);
  private final BigQueryUnderTest bigQuery;

  WriterSchemaTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  @Test
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says =
          "A field that the table lacks is refused with INVALID_ARGUMENT, \"Input "
              + "schema has more fields than BigQuery schema, extra fields: 'a,b'\".",
      source = Sources.NODE_TESTS)
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says = "The refusal of extra fields carries StorageError SCHEMA_MISMATCH_EXTRA_FIELDS.",
      source = Sources.CLIENT_TESTS)
  void refusesFieldsTheTableDoesNotHave() {
    TableId table = bigQuery.newTable(ID);
    Message message =
        Message.of(field("id", TYPE_INT64), field("a", TYPE_STRING), field("b", TYPE_STRING));
    try (StreamWriter writer = bigQuery.writer(BigQueryUnderTest.defaultStream(table), message)) {
      assertThatThrownBy(() -> writer.append(message.rows(1L)).get())
          .cause()
          .isInstanceOf(Exceptions.SchemaMismatchedException.class)
          .hasMessageContaining("INVALID_ARGUMENT")
          .hasMessageContaining(
              "Input schema has more fields than BigQuery schema, extra fields: 'a,b'");
    }
    assertThat(bigQuery.rows(table)).isEmpty();
  }

  @Test
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says =
          "A field whose type does not fit its column ends the call with "
              + "INVALID_ARGUMENT, \"The proto field mismatched with BigQuery field at "
              + "Row.f\", and both types.",
      source = Sources.BIGQUERY_RS)
  void refusesAFieldOfAnotherType() {
    TableId table = bigQuery.newTable(ID);
    Status end = refusal(table, Message.of(field("id", TYPE_STRING)));
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription())
        .contains("The proto field mismatched with BigQuery field at Row.id")
        .contains("the proto field type string, BigQuery field type INTEGER");
  }

  @Test
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says = "A repeated field fits a REPEATED column only, and a single field none of these.",
      source = Sources.SUPPORTED_DATA_TYPES)
  void refusesARepeatedFieldForASingleValue() {
    TableId table = bigQuery.newTable(ID);
    assertThat(refusal(table, Message.of(repeated("id", TYPE_INT64))).getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    TableId list = bigQuery.newTable(ID.toBuilder().setMode(Field.Mode.REPEATED).build());
    assertThat(refusal(list, Message.ids()).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says = "A schema without a REQUIRED column is refused before any row is looked at.",
      source = "https://github.com/apache/beam/issues/23291")
  void refusesASchemaWithoutARequiredColumn() {
    TableId table = bigQuery.newTable(ID, NAME.toBuilder().setMode(Field.Mode.REQUIRED).build());
    Status end = refusal(table, Message.ids());
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("name");
  }

  @Test
  @Behaviour(
      area = Area.MISSING_VALUES,
      says = "A nullable column that is absent from the schema is NULL.",
      source = Sources.WRITE_API_BEST_PRACTICES)
  void aColumnLeftOutIsNull() {
    TableId table = bigQuery.newTable(NAME, ID);
    append(table, Message.ids(), 7L);
    assertThat(bigQuery.firstColumn(table)).containsExactly("NULL");
  }

  @Test
  @Behaviour(
      area = Area.MISSING_VALUES,
      says = "A column that is absent from the schema takes its default value.",
      source = Sources.DEFAULT_VALUES)
  void aColumnLeftOutTakesItsDefault() {
    TableId table = bigQuery.newTable(withDefault(), ID);
    append(table, Message.ids(), 7L);
    assertThat(bigQuery.firstColumn(table)).containsExactly("none");
  }

  @Test
  @Behaviour(
      area = Area.MISSING_VALUES,
      says = "A column of the schema that is absent from a row is NULL, whatever its default.",
      source = Sources.DEFAULT_VALUES)
  @Behaviour(
      area = Area.MISSING_VALUES,
      says =
          "DEFAULT_VALUE in the map of a request stores the default where that "
              + "column is absent from a row.",
      source = Sources.PROTO)
  void anAbsentValueIsNullUnlessTheRequestAsksForTheDefault() {
    TableId table = bigQuery.newTable(withDefault(), ID);
    Message message = Message.of(field("id", TYPE_INT64), field("name", TYPE_STRING));
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(
          request(BigQueryUnderTest.defaultStream(table), message, message.rows(1L)).build());
      assertThat(bigQuery.firstColumn(table)).containsExactly("NULL");
      AppendRowsResponse answer =
          connection.call(
              next(message.rows(2L))
                  .putMissingValueInterpretations("name", MissingValueInterpretation.DEFAULT_VALUE)
                  .build());
      assertThat(answer.hasError()).isFalse();
      assertThat(bigQuery.firstColumn(table)).containsExactlyInAnyOrder("NULL", "none");
    }
  }

  @Test
  @Behaviour(
      area = Area.MISSING_VALUES,
      says = "default_missing_value_interpretation holds for the connection from its request on.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.MISSING_VALUES,
      says = "The map of a request overrides the default interpretation.",
      source = Sources.PROTO)
  void theConnectionKeepsItsDefaultInterpretation() {
    TableId table = bigQuery.newTable(withDefault(), ID);
    Message message = Message.of(field("id", TYPE_INT64), field("name", TYPE_STRING));
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(
          request(BigQueryUnderTest.defaultStream(table), message, message.rows(1L))
              .setDefaultMissingValueInterpretation(MissingValueInterpretation.DEFAULT_VALUE)
              .build());
      connection.call(next(message.rows(2L)).build());
      connection.call(
          next(message.rows(3L))
              .putMissingValueInterpretations("name", MissingValueInterpretation.NULL_VALUE)
              .build());
      assertThat(bigQuery.firstColumn(table)).containsExactlyInAnyOrder("none", "none", "NULL");
    }
  }

  @Test
  @Behaviour(
      area = Area.MISSING_VALUES,
      says = "MISSING_VALUE_INTERPRETATION_UNSPECIFIED in the map is refused.",
      source = Sources.PROTO)
  void refusesAnUnspecifiedInterpretation() {
    TableId table = bigQuery.newTable(ID);
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse answer =
          connection.call(
              request(BigQueryUnderTest.defaultStream(table), Message.ids(), Message.ids().rows(1L))
                  .putMissingValueInterpretations(
                      "id", MissingValueInterpretation.MISSING_VALUE_INTERPRETATION_UNSPECIFIED)
                  .build());
      assertThat(answer.getError().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
    }
  }

  @Test
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says = "Fields match columns by name, whatever the case of the letters.",
      source = Sources.CLIENT_CODE)
  void matchesNamesWhateverTheirCase() {
    TableId table = bigQuery.newTable(Field.of("OrderId", StandardSQLTypeName.INT64));
    append(table, Message.of(field("orderid", TYPE_INT64)), 3L);
    assertThat(bigQuery.firstColumn(table)).containsExactly("3");
  }

  @Test
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says =
          "The field option column_name names a column that no protobuf field can be "
              + "called after, and wins over the field's name.",
      source = Sources.PROTO)
  void theAnnotationNamesTheColumn() {
    TableId table = bigQuery.newTable(Field.of("naïve-col", StandardSQLTypeName.STRING));
    FieldDescriptorProto annotated =
        field("col_bmHDr3ZlLWNvbA", TYPE_STRING).toBuilder()
            .setOptions(
                FieldOptions.newBuilder().setExtension(AnnotationsProto.columnName, "naïve-col"))
            .build();
    append(table, Message.of(annotated), "x");
    assertThat(bigQuery.firstColumn(table)).containsExactly("x");
  }

  @Test
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says =
          "The descriptor must be self-contained: a type outside of it is refused, "
              + "\"... is not defined\".",
      source = "https://github.com/googleapis/python-bigquery-storage/issues/519")
  void refusesAReferenceToAnotherMessage() {
    TableId table = bigQuery.newTable(ID);
    Status end = refusal(table, Message.of(nested("composer", ".Composer")));
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription())
        .contains(
            "Invalid proto schema: BqMessage.proto: Row.composer: \".Composer\" is not defined.");
  }

  @Test
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says = "A descriptor with proto3_optional is refused: rows are read as proto2.",
      source = "https://github.com/googleapis/python-bigquery-storage/issues/726")
  void refusesProto3Optional() {
    TableId table = bigQuery.newTable(ID);
    Message proto3 =
        Message.of(field("id", TYPE_INT64).toBuilder().setProto3Optional(true).build());
    assertThat(refusal(table, proto3).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says = "The first request of a connection must name the stream.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says = "The first request of a connection must bring the schema of its rows.",
      source = Sources.PROTO)
  void refusesAFirstRequestWithoutSchemaOrStream() {
    TableId table = bigQuery.newTable(ID);
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(
          next(Message.ids().rows(1L))
              .setWriteStream(BigQueryUnderTest.defaultStream(table))
              .build());
      assertThat(connection.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(next(Message.ids().rows(1L)).build());
      assertThat(connection.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.PROPAGATION,
      says =
          "An answer carries updated_schema once after the schema of the table "
              + "changed, and the connection goes on.",
      source = Sources.PROTO)
  void tellsAnOpenConnectionOfANewColumn() {
    TableId table = bigQuery.newTable(ID);
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse before =
          connection.call(
              request(BigQueryUnderTest.defaultStream(table), Message.ids(), Message.ids().rows(1L))
                  .build());
      assertThat(before.hasUpdatedSchema()).isFalse();
      bigQuery.rest().update(TableInfo.of(table, StandardTableDefinition.of(Schema.of(ID, NAME))));
      AppendRowsResponse after = connection.call(next(Message.ids().rows(2L)).build());
      assertThat(after.hasAppendResult()).isTrue();
      assertThat(after.getUpdatedSchema().getFields(1).getName()).isEqualTo("name");
      assertThat(connection.call(next(Message.ids().rows(3L)).build()).hasUpdatedSchema())
          .isFalse();
    }
  }

  private static Field withDefault() {
    return NAME.toBuilder().setDefaultValueExpression("'none'").build();
  }

  private Status refusal(TableId table, Message message) {
    try (RawConnection connection = bigQuery.connect()) {
      ProtoRows rows = ProtoRows.newBuilder().addSerializedRows(ByteString.EMPTY).build();
      connection.send(request(BigQueryUnderTest.defaultStream(table), message, rows).build());
      return connection.end();
    }
  }

  private void append(TableId table, Message message, Object... values) {
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse answer =
          connection.call(
              request(BigQueryUnderTest.defaultStream(table), message, message.rows(values))
                  .build());
      assertThat(answer.hasAppendResult()).as(answer.toString()).isTrue();
    }
  }

  @Test
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says =
          "A field of a nested message that its STRUCT lacks is an extra field, "
              + "named by its path.",
      source = Sources.PROTO)
  void refusesANestedFieldTheTableDoesNotHave() {
    Field address =
        Field.newBuilder(
                "address", StandardSQLTypeName.STRUCT, Field.of("city", StandardSQLTypeName.STRING))
            .build();
    TableId table = bigQuery.newTable(address);
    Message message =
        Message.of(nested("address", "Row.Address"))
            .with(
                Message.of(field("city", TYPE_STRING), field("zip", TYPE_BOOL)).proto().toBuilder()
                    .setName("Address")
                    .build());
    assertThat(refusal(table, message).getDescription()).contains("extra fields: 'address.zip'");
  }
}
