package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.at;
import static io.tributary.emulator.RawConnection.next;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions.AppendSerializationError;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.RowError.RowErrorCode;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.cloud.bigquery.storage.v1.WriteStreamView;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * AppendRows connections: the default stream, answers in order, errors that end a connection and
 * errors that do not.
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
class ConnectionTest {
  private static final Message IDS = Message.ids();
  private static final Field ID = Field.of("id", StandardSQLTypeName.INT64);
  private final BigQueryUnderTest bigQuery;

  ConnectionTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says = "Every table has a default stream, which nobody creates.",
      source = Sources.WRITE_API)
  @Behaviour(
      area = Area.STREAMS,
      says = "Rows of the default stream are visible when they are acknowledged.",
      source = Sources.WRITE_API)
  @Behaviour(
      area = Area.APPEND,
      says = "An append to the default stream is answered without an offset.",
      source = Sources.PROTO)
  void defaultStreamRowsAreVisibleAtOnce() throws Exception {
    TableId table = bigQuery.newTable(ID);
    try (StreamWriter writer = bigQuery.writer(BigQueryUnderTest.defaultStream(table), IDS)) {
      AppendRowsResponse answer = writer.append(IDS.rows(1L, 2L)).get();
      assertThat(answer.getAppendResult().hasOffset()).isFalse();
      assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2");
    }
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says =
          "The default stream is known by the short name "
              + "projects/P/datasets/D/tables/T/_default, too.",
      source = Sources.CLIENT_CODE)
  @Behaviour(
      area = Area.APPEND,
      says = "An answer names the stream as its request did.",
      source = Sources.PROTO)
  void takesTheShortNameOfTheDefaultStream() {
    TableId table = bigQuery.newTable(ID);
    String name = BigQueryUnderTest.path(table) + "/_default";
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse answer = connection.call(request(name, IDS, IDS.rows(1L)).build());
      assertThat(answer.hasAppendResult()).isTrue();
      assertThat(answer.getWriteStream()).isEqualTo(name);
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says =
          "GetWriteStream describes the default stream: it is COMMITTED, and its "
              + "FULL view has the schema.",
      source = Sources.PROTO)
  void describesTheDefaultStream() {
    TableId table = bigQuery.newTable(ID);
    WriteStream stream =
        bigQuery
            .write()
            .getWriteStream(
                GetWriteStreamRequest.newBuilder()
                    .setName(BigQueryUnderTest.defaultStream(table))
                    .setView(WriteStreamView.FULL)
                    .build());
    assertThat(stream.getType()).isEqualTo(WriteStream.Type.COMMITTED);
    assertThat(stream.getTableSchema().getFields(0).getName()).isEqualTo("id");
    assertThat(stream.getName()).isEqualTo(BigQueryUnderTest.defaultStream(table));
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says = "An offset on the default stream is refused with INVALID_ARGUMENT.",
      source = Sources.PROTO)
  void refusesAnOffsetOnTheDefaultStream() {
    TableId table = bigQuery.newTable(ID);
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse answer =
          connection.call(
              at(0, request(BigQueryUnderTest.defaultStream(table), IDS, IDS.rows(1L))));
      assertThat(answer.getError().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
    }
    assertThat(bigQuery.rows(table)).isEmpty();
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says = "One connection may write to the default streams of several tables.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.APPEND,
      says = "A request that names no stream goes where the one before it went.",
      source = Sources.PROTO)
  void oneConnectionMayServeSeveralTables() {
    TableId first = bigQuery.newTable(ID);
    TableId second = bigQuery.newTable(ID);
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(BigQueryUnderTest.defaultStream(first), IDS, IDS.rows(1L)).build());
      connection.call(request(BigQueryUnderTest.defaultStream(second), IDS, IDS.rows(2L)).build());
      connection.call(next(IDS.rows(3L)).build());
    }
    assertThat(bigQuery.firstColumn(first)).containsExactly("1");
    assertThat(bigQuery.firstColumn(second)).containsExactly("2", "3");
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says =
          "Every request gets one answer, in the order of the requests, whether it "
              + "failed or not.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.APPEND,
      says =
          "A connection that the client half-closes ends with OK once all requests "
              + "are answered.",
      source = Sources.PROTO)
  void answersEveryRequestInOrder() {
    TableId table = bigQuery.newTable(ID);
    String stream = create(table);
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(at(0, request(stream, IDS, IDS.rows(1L))));
      connection.send(at(5, next(IDS.rows(2L))));
      connection.send(at(1, next(IDS.rows(3L))));
      assertThat(connection.answer().getAppendResult().getOffset().getValue()).isZero();
      assertThat(connection.answer().hasError()).isTrue();
      assertThat(connection.answer().getAppendResult().getOffset().getValue()).isEqualTo(1);
      connection.halfClose();
      assertThat(connection.end().getCode()).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says =
          "A request without rows is answered with the error \"Rows must be "
              + "specified.\", and the connection goes on.",
      source = Sources.NODE_TESTS)
  void refusesARequestWithoutRows() {
    TableId table = bigQuery.newTable(ID);
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse answer =
          connection.call(request(BigQueryUnderTest.defaultStream(table), IDS, IDS.rows()).build());
      assertThat(answer.getError().getMessage()).startsWith("Rows must be specified.");
      assertThat(connection.call(next(IDS.rows(1L)).build()).hasAppendResult()).isTrue();
    }
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says =
          "A request of more than 20 MiB is refused with INVALID_ARGUMENT, "
              + "\"AppendRows request too large\", and nothing of it is stored.",
      source = Sources.QUOTAS)
  void aRequestAboveTheLimitEndsTheConnection() {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.STRING));
    Message message = Message.of(field("id", TYPE_STRING));
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(
          request(
                  BigQueryUnderTest.defaultStream(table),
                  message,
                  message.rows("x".repeat(BigQueryUnderTest.APPEND_LIMIT)))
              .build());
      Status end = connection.end();
      assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(end.getDescription()).contains("AppendRows request too large");
    }
    assertThat(bigQuery.rows(table)).isEmpty();
  }

  @Test
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says = "Bad rows are named by their index in the request, with the code FIELDS_ERROR.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says =
          "The error above the list of bad rows is INVALID_ARGUMENT, \"Errors found "
              + "while processing rows\".",
      source = "https://github.com/googleapis/python-bigquery-storage/issues/717")
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says = "If one row of a request is bad, none of the request is stored.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says = "A NULL in a REQUIRED column is the row error \"Field value of C cannot be empty\".",
      source = Sources.BIGQUERY_RS)
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says = "After bad rows the connection takes good ones.",
      source = Sources.PROTO)
  void namesBadRowsAndWritesNone() {
    TableId table = bigQuery.newTable(ID.toBuilder().setMode(Field.Mode.REQUIRED).build());
    try (RawConnection connection = bigQuery.connect()) {
      ProtoRows rows = IDS.rows(1L, null, 3L, null);
      AppendRowsResponse answer =
          connection.call(request(BigQueryUnderTest.defaultStream(table), IDS, rows).build());
      assertThat(answer.getError().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
      assertThat(answer.getError().getMessage()).startsWith("Errors found while processing rows.");
      assertThat(answer.getRowErrorsList())
          .extracting(error -> error.getIndex())
          .containsExactly(1L, 3L);
      assertThat(answer.getRowErrors(0).getCode()).isEqualTo(RowErrorCode.FIELDS_ERROR);
      assertThat(answer.getRowErrors(0).getMessage())
          .isEqualTo("Field value of id cannot be empty.");
      assertThat(bigQuery.rows(table)).isEmpty();
      assertThat(connection.call(next(IDS.rows(4L)).build()).hasAppendResult()).isTrue();
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("4");
  }

  @Test
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says =
          "Google's Java client turns the list of bad rows into "
              + "AppendSerializationError, by index.",
      source = Sources.CLIENT_CODE)
  void theClientSeesRowErrorsByIndex() {
    TableId table = bigQuery.newTable(ID.toBuilder().setMode(Field.Mode.REQUIRED).build());
    try (StreamWriter writer = bigQuery.writer(BigQueryUnderTest.defaultStream(table), IDS)) {
      assertThatThrownBy(() -> writer.append(IDS.rows(1L, null)).get())
          .cause()
          .isInstanceOfSatisfying(
              AppendSerializationError.class,
              e -> assertThat(e.getRowIndexToErrorMessage()).containsOnlyKeys(1));
    }
  }

  @Test
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says =
          "CreateWriteStream for a table that does not exist is answered "
              + "PERMISSION_DENIED, \"Permission 'TABLES_UPDATE_DATA' denied on resource "
              + "'...' (or it may not exist)\".",
      source = Sources.FLINK_GCP)
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says =
          "AppendRows to a table that does not exist ends with PERMISSION_DENIED, "
              + "\"Permission 'TABLES_GET' denied on resource '...' (or it may not "
              + "exist)\".",
      source = Sources.FLINK_GCP)
  void aMissingTableIsADeniedPermission() {
    TableId absent = bigQuery.newName();
    assertThatThrownBy(() -> create(absent))
        .isInstanceOf(PermissionDeniedException.class)
        .hasMessageContaining(
            "Permission 'TABLES_UPDATE_DATA' denied on resource '%s' (or it may not exist)."
                .formatted(BigQueryUnderTest.path(absent)));
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(request(BigQueryUnderTest.defaultStream(absent), IDS, IDS.rows(1L)).build());
      Status end = connection.end();
      assertThat(end.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(end.getDescription())
          .isEqualTo(
              "Permission 'TABLES_GET' denied on resource '%s' (or it may not exist)."
                  .formatted(BigQueryUnderTest.path(absent)));
    }
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says = "A stream is gone with its table, also if a table of that name is created again.",
      source = Sources.WRITE_API)
  void aStreamDoesNotOutliveItsTable() {
    TableId table = bigQuery.newTable(ID);
    String stream = create(table);
    bigQuery.rest().delete(table);
    bigQuery.rest().create(TableInfo.of(table, StandardTableDefinition.of(Schema.of(ID))));
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(request(stream, IDS, IDS.rows(1L)).build());
      assertThat(connection.end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.APPEND,
      says =
          "The trace id of the first request is that of the connection; later ones "
              + "are ignored.",
      source = Sources.PROTO)
  void keepsTheTraceIdOfTheFirstRequest() {
    TableId table = bigQuery.newTable(ID);
    String stream = create(table);
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(stream, IDS, IDS.rows(1L)).setTraceId("tributary:test").build());
      connection.call(next(IDS.rows(2L)).setTraceId("other:test").build());
    }
    assertThat(bigQuery.emulator().appendLog())
        .filteredOn(append -> append.stream().equals(stream))
        .extracting(AppendRecord::traceId)
        .containsExactly("tributary:test", "tributary:test");
  }

  private String create(TableId table) {
    WriteStream type = WriteStream.newBuilder().setType(WriteStream.Type.PENDING).build();
    return bigQuery.write().createWriteStream(BigQueryUnderTest.path(table), type).getName();
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says = "Requests may be sent without waiting for answers.",
      source = Sources.WRITE_API_BEST_PRACTICES)
  void pipelinesManyRequests() throws Exception {
    TableId table = bigQuery.newTable(ID);
    String stream = create(table);
    try (StreamWriter writer = bigQuery.writer(stream, IDS)) {
      List<ApiFuture<AppendRowsResponse>> answers = new ArrayList<>();
      for (long i = 0; i < 100; i++) {
        answers.add(writer.append(IDS.rows(i), i));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get().getAppendResult().getOffset().getValue()).isEqualTo(i);
      }
    }
    assertThat(bigQuery.write().finalizeWriteStream(stream).getRowCount()).isEqualTo(100);
  }
}
