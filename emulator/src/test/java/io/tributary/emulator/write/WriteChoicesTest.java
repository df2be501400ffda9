package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.at;
import static io.tributary.emulator.RawConnection.next;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.rpc.Code;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.contract.Standing;
import io.tributary.emulator.write.WriteChoices.AbsentTable;
import io.tributary.emulator.write.WriteChoices.ExtraFields;
import io.tributary.emulator.write.WriteChoices.Followers;
import io.tributary.emulator.write.WriteChoices.LargeRequests;
import io.tributary.emulator.write.WriteChoices.LaterSchema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The other side of each switch for what is not documented of the Storage Write API. */
@EmulatorOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WriteChoicesTest {
  private static final Message IDS = Message.ids();
  private final BigQueryUnderTest bigQuery =
      BigQueryUnderTest.start(
          EmulatorOptions.builder()
              .limits(new WriteLimits(10 * 1024 * 1024, WriteLimits.SERVICE.idle()))
              .writeChoices(
                  WriteChoices.defaults()
                      .withAbsentTable(AbsentTable.NOT_FOUND)
                      .withExtraFields(ExtraFields.KEEP_CONNECTION)
                      .withLaterSchema(LaterSchema.IGNORED)
                      .withFollowers(Followers.ABORTED)
                      .withRowErrors(1)
                      .withLargeRequests(LargeRequests.KEEP_CONNECTION)));

  @AfterAll
  void close() {
    bigQuery.close();
  }

  private TableId table() {
    return bigQuery.newTable(
        Field.newBuilder("id", StandardSQLTypeName.INT64).setMode(Field.Mode.REQUIRED).build(),
        Field.of("name", StandardSQLTypeName.STRING));
  }

  @Test
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says =
          "Calls about a table that does not exist are answered PERMISSION_DENIED "
              + "or, as others saw it, NOT_FOUND.",
      source = "https://github.com/googleapis/google-cloud-go/issues/12449",
      standing = Standing.SWITCH)
  void anAbsentTableMayBeNotFound() {
    TableId absent = bigQuery.newName();
    assertThatThrownBy(
            () ->
                bigQuery
                    .write()
                    .createWriteStream(
                        BigQueryUnderTest.path(absent), WriteStream.getDefaultInstance()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("Requested entity was not found.");
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(request(BigQueryUnderTest.defaultStream(absent), IDS, IDS.rows(1L)).build());
      assertThat(connection.end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }
  }

  @Test
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says =
          "A schema with extra fields ends its connection, or is refused in an "
              + "answer and the connection goes on.",
      source = Sources.NODE_TESTS,
      standing = Standing.SWITCH)
  void extraFieldsMayKeepTheConnection() throws Exception {
    String stream = BigQueryUnderTest.defaultStream(table());
    Message wide = Message.of(field("id", TYPE_INT64), field("extra", TYPE_STRING));
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse refused = connection.call(request(stream, wide, wide.rows(1L)).build());
      assertThat(refused.getError().getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
      StorageError detail = refused.getError().getDetails(0).unpack(StorageError.class);
      assertThat(detail.getCode()).isEqualTo(StorageErrorCode.SCHEMA_MISMATCH_EXTRA_FIELDS);
      assertThat(detail.getEntity()).isEqualTo(stream);
      assertThat(connection.call(request(stream, IDS, IDS.rows(1L)).build()).hasError()).isFalse();
    }
  }

  @Test
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says = "A schema in a later request for the same stream is followed or ignored.",
      source = Sources.PROTO,
      standing = Standing.SWITCH)
  void aLaterSchemaMayBeIgnored() {
    TableId table = table();
    String stream = BigQueryUnderTest.defaultStream(table);
    Message swapped = Message.of(field("name", TYPE_STRING), field("id", TYPE_INT64));
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(stream, IDS, IDS.rows(1L)).build());
      AppendRowsResponse misread =
          connection.call(
              request(
                      stream,
                      swapped,
                      IDS.rows().toBuilder().addSerializedRows(swapped.row("a", 2L)).build())
                  .build());
      assertThat(misread.getRowErrorsCount()).isOne();
    }
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says = "Appends in flight behind one that failed are answered OUT_OF_RANGE or ABORTED.",
      source = Sources.PROTO,
      standing = Standing.SWITCH)
  void followersOfAFailedAppendMayBeAborted() {
    String stream =
        bigQuery
            .write()
            .createWriteStream(
                BigQueryUnderTest.path(table()),
                WriteStream.newBuilder().setType(WriteStream.Type.PENDING).build())
            .getName();
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(at(0, request(stream, IDS, IDS.rows(1L, null))));
      connection.send(at(2, next(IDS.rows(3L))));
      connection.send(at(3, next(IDS.rows(4L))));
      connection.send(at(0, next(IDS.rows(1L))));
      assertThat(connection.answer().getRowErrorsCount()).isOne();
      assertThat(connection.answer().getError().getCode()).isEqualTo(Code.ABORTED_VALUE);
      assertThat(connection.answer().getError().getCode()).isEqualTo(Code.ABORTED_VALUE);
      assertThat(connection.answer().hasError()).isFalse();
    }
  }

  @Test
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says =
          "The list of bad rows may be incomplete: without the rows it names, others "
              + "can be named.",
      source = "https://github.com/googleapis/python-bigquery-storage/issues/717",
      standing = Standing.SWITCH)
  void listsOfBadRowsMayBeIncomplete() {
    String stream = BigQueryUnderTest.defaultStream(table());
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse first =
          connection.call(request(stream, IDS, IDS.rows(1L, null, null)).build());
      assertThat(first.getRowErrorsList()).extracting(e -> e.getIndex()).containsExactly(1L);
      AppendRowsResponse second = connection.call(next(IDS.rows(1L, null)).build());
      assertThat(second.getRowErrorsList()).extracting(e -> e.getIndex()).containsExactly(1L);
    }
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says =
          "The largest request has 20 MiB or, as older texts say, 10 MiB: \"AppendRows request too"
              + " large: N limit 10485760\".",
      source = Sources.CLIENT_TESTS,
      standing = Standing.SWITCH)
  @Behaviour(
      area = Area.APPEND,
      says =
          "A request that is too large ends its connection, or is refused in an answer and the"
              + " connection goes on.",
      source = Sources.CLIENT_TESTS,
      standing = Standing.SWITCH)
  void largeRequestsMayKeepTheConnection() {
    TableId table = bigQuery.newTable(Field.of("name", StandardSQLTypeName.STRING));
    Message names = Message.of(field("name", TYPE_STRING));
    String stream = BigQueryUnderTest.defaultStream(table);
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse refused =
          connection.call(request(stream, names, names.rows("x".repeat(10 * 1024 * 1024))).build());
      assertThat(refused.getError().getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
      assertThat(refused.getError().getMessage())
          .matches("AppendRows request too large: \\d+ limit 10485760");
      assertThat(connection.call(request(stream, names, names.rows("x")).build()).hasError())
          .isFalse();
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("x");
  }
}
