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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * AppendRows connections: the default stream, answers in order, errors that end a connection and
 * errors that do not. Sources: storage.proto, https://cloud.google.com/bigquery/docs/write-api, the
 * client's ConnectionWorker.java, and the notes on denied permissions of
 * https://github.com/flink-gcp/flink-connector-gcp (ADR 0030).
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
class ConnectionTest {
  private static final Message IDS = Message.ids();
  private static final Field ID = Field.of("id", StandardSQLTypeName.INT64);
  private final BigQueryUnderTest bigQuery;

  ConnectionTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  /** Rows of the default stream are visible on acknowledgement; it has no offsets. */
  @Test
  void defaultStreamRowsAreVisibleAtOnce() throws Exception {
    TableId table = bigQuery.newTable(ID);
    try (StreamWriter writer = bigQuery.writer(BigQueryUnderTest.defaultStream(table), IDS)) {
      AppendRowsResponse answer = writer.append(IDS.rows(1L, 2L)).get();
      assertThat(answer.getAppendResult().hasOffset()).isFalse();
      assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2");
    }
  }

  /**
   * The service takes the short name, too, as JsonStreamWriter sends it (ConnectionWorker.java).
   */
  @Test
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

  /** GetWriteStream works on the default stream and calls it COMMITTED (storage.proto). */
  @Test
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

  /** "Specifying an offset is not supported on the default stream" (storage.proto). */
  @Test
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

  /** One connection may serve several tables through their default streams (storage.proto). */
  @Test
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

  /** Exactly one response per request, in order, errors included (storage.proto). */
  @Test
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

  /** A request without rows is refused in band (googleapis/nodejs-bigquery-storage tests). */
  @Test
  void refusesARequestWithoutRows() {
    TableId table = bigQuery.newTable(ID);
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse answer =
          connection.call(request(BigQueryUnderTest.defaultStream(table), IDS, IDS.rows()).build());
      assertThat(answer.getError().getMessage()).startsWith("Rows must be specified.");
      assertThat(connection.call(next(IDS.rows(1L)).build()).hasAppendResult()).isTrue();
    }
  }

  /** A request above the limit ends the connection (quotas page; abdolence/bigquery-rs docs). */
  @Test
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

  /** A silent connection is closed with ABORTED (write-api; ConnectionWorker.java). */
  @Test
  void closesASilentConnection() {
    TableId table = bigQuery.newTable(ID);
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(BigQueryUnderTest.defaultStream(table), IDS, IDS.rows(1L)).build());
      Status end = connection.end();
      assertThat(end.getCode()).isEqualTo(Status.Code.ABORTED);
      assertThat(end.getDescription())
          .startsWith("Closing the stream because it has been inactive for");
    }
  }

  /** Bad rows are named by index, all of them, and nothing of the request is written. */
  @Test
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

  /** The Java client turns row errors into AppendSerializationError (ConnectionWorker.java). */
  @Test
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

  /** A missing table looks like a missing permission, by code and text (ADR 0030). */
  @Test
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

  /** A stream nobody created, or of a table that was dropped and made anew, is not found. */
  @Test
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

  /** The trace id of the first request is the connection's (storage.proto). */
  @Test
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

  /** The client splits nothing: many requests in flight come back in order. */
  @Test
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
