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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the service accepts as a writer's schema. Sources: the comments of storage.proto and
 * annotations.proto, https://cloud.google.com/bigquery/docs/write-api,
 * https://cloud.google.com/bigquery/docs/default-values and the issues named at the tests.
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
class WriterSchemaTest {
  private static final Field ID = Field.of("id", StandardSQLTypeName.INT64);
  private static final Field NAME = Field.of("name", StandardSQLTypeName.STRING);
  private final BigQueryUnderTest bigQuery;

  WriterSchemaTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  /**
   * SCHEMA_MISMATCH_EXTRA_FIELDS with the names (ITBigQueryStorageWriteClientTest, nodejs tests).
   */
  @Test
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

  /** A field whose type does not fit ends the connection and is named (abdolence/bigquery-rs). */
  @Test
  void refusesAFieldOfAnotherType() {
    TableId table = bigQuery.newTable(ID);
    Status end = refusal(table, Message.of(field("id", TYPE_STRING)));
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription())
        .contains("The proto field mismatched with BigQuery field at Row.id")
        .contains("the proto field type string, BigQuery field type INTEGER");
  }

  /** A repeated field does not fit a column that is not repeated, nor the other way round. */
  @Test
  void refusesARepeatedFieldForASingleValue() {
    TableId table = bigQuery.newTable(ID);
    assertThat(refusal(table, Message.of(repeated("id", TYPE_INT64))).getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    TableId list = bigQuery.newTable(ID.toBuilder().setMode(Field.Mode.REPEATED).build());
    assertThat(refusal(list, Message.ids()).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  /** A REQUIRED column must be in the schema, whatever the rows hold (apache/beam#23291). */
  @Test
  void refusesASchemaWithoutARequiredColumn() {
    TableId table = bigQuery.newTable(ID, NAME.toBuilder().setMode(Field.Mode.REQUIRED).build());
    Status end = refusal(table, Message.ids());
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("name");
  }

  /** A nullable column may be absent from the schema; it is NULL (write-api-best-practices). */
  @Test
  void aColumnLeftOutIsNull() {
    TableId table = bigQuery.newTable(NAME, ID);
    append(table, Message.ids(), 7L);
    assertThat(bigQuery.firstColumn(table)).containsExactly("NULL");
  }

  /** A column absent from the schema takes its default value (default-values). */
  @Test
  void aColumnLeftOutTakesItsDefault() {
    TableId table = bigQuery.newTable(withDefault(), ID);
    append(table, Message.ids(), 7L);
    assertThat(bigQuery.firstColumn(table)).containsExactly("none");
  }

  /** A column of the schema without a value is NULL unless DEFAULT_VALUE is asked for. */
  @Test
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

  /** default_missing_value_interpretation holds from its request on; the map overrides it. */
  @Test
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

  /** MISSING_VALUE_INTERPRETATION_UNSPECIFIED in the map is rejected (storage.proto). */
  @Test
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

  /** Fields match columns whatever their case; JsonStreamWriter lower-cases all names. */
  @Test
  void matchesNamesWhateverTheirCase() {
    TableId table = bigQuery.newTable(Field.of("OrderId", StandardSQLTypeName.INT64));
    append(table, Message.of(field("orderid", TYPE_INT64)), 3L);
    assertThat(bigQuery.firstColumn(table)).containsExactly("3");
  }

  /** The column_name annotation names columns that no field can (annotations.proto). */
  @Test
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

  /** The descriptor must be self-contained (googleapis/python-bigquery-storage#519). */
  @Test
  void refusesAReferenceToAnotherMessage() {
    TableId table = bigQuery.newTable(ID);
    Status end = refusal(table, Message.of(nested("composer", ".Composer")));
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription())
        .contains(
            "Invalid proto schema: BqMessage.proto: Row.composer: \".Composer\" is not defined.");
  }

  /** Rows are read as proto2: proto3_optional is refused (python-bigquery-storage#726). */
  @Test
  void refusesProto3Optional() {
    TableId table = bigQuery.newTable(ID);
    Message proto3 =
        Message.of(field("id", TYPE_INT64).toBuilder().setProto3Optional(true).build());
    assertThat(refusal(table, proto3).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  /** The first request needs stream and schema (storage.proto). */
  @Test
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

  /** An open connection learns of a new column by updated_schema and goes on (best practices). */
  @Test
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

  /** A nested field the table does not have is an extra field, too. */
  @Test
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
