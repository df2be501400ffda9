package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.grpc.Status;
import io.tributary.bigquery.bigquery.ScriptedWrites.Turn;
import io.tributary.bigquery.config.Endpoints;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.write.AppendOutcome;
import io.tributary.bigquery.write.CommitOutcome;
import io.tributary.bigquery.write.PendingStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriteCallsTest {
  private static final TableId TABLE = new TableId("p", "d", "t");
  private static final DescriptorProto SCHEMA =
      DescriptorProto.newBuilder()
          .setName("Row")
          .addField(
              FieldDescriptorProto.newBuilder()
                  .setName("id")
                  .setNumber(1)
                  .setType(FieldDescriptorProto.Type.TYPE_INT64)
                  .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL))
          .build();
  private static final List<ByteString> TWO_ROWS =
      List.of(ByteString.copyFrom(new byte[] {8, 1}), ByteString.copyFrom(new byte[] {8, 2}));

  private ScriptedRest rest;
  private ScriptedWrites writes;
  private BigQueryWarehouse warehouse;

  @BeforeEach
  void connect() throws IOException {
    rest = new ScriptedRest();
    writes = new ScriptedWrites();
    warehouse =
        BigQueryWarehouse.connect(new PlainService("p", "d").at(endpoints(), Optional.of("US")), 1);
  }

  @AfterEach
  void close() {
    warehouse.close();
    writes.close();
    rest.close();
  }

  @Test
  void stagesAndCommits() {
    try (PendingStream stream = open()) {
      CompletableFuture<AppendOutcome> first = stream.append(0, TWO_ROWS);
      CompletableFuture<AppendOutcome> second = stream.append(2, TWO_ROWS);

      assertThat(stream.name()).isEqualTo(TABLE.path() + "/streams/s");
      assertThat(outcome(first)).isEqualTo(new AppendOutcome.Accepted());
      assertThat(outcome(second)).isEqualTo(new AppendOutcome.Accepted());
      assertThat(stream.finish()).isEqualTo(new Answer.Ok<>(4L));
      assertThat(warehouse.commit(TABLE, List.of(stream.name())))
          .isEqualTo(new CommitOutcome.Committed());
    }
  }

  @Test
  void rowsStoredBeforeTheConnectionBrokeAreAcceptedOnce() {
    try (PendingStream stream = open()) {
      writes.next(new Turn.AnswerLost());

      assertThat(outcome(stream.append(0, TWO_ROWS))).isEqualTo(new AppendOutcome.Accepted());
      assertThat(writes.connections()).isEqualTo(2);
      assertThat(stream.finish()).isEqualTo(new Answer.Ok<>(2L));
    }
  }

  @Test
  void anErrorInAnAnswerLeavesTheConnectionUsable() {
    try (PendingStream stream = open()) {
      writes.next(
          new Turn.Answered(
              ScriptedWrites.error(
                  Status.Code.INVALID_ARGUMENT,
                  StorageErrorCode.SCHEMA_MISMATCH_EXTRA_FIELDS,
                  "Schema mismatch due to extra fields in user schema")));

      assertThat(outcome(stream.append(0, TWO_ROWS)))
          .isInstanceOf(AppendOutcome.SchemaBehind.class);
      assertThat(outcome(stream.append(0, TWO_ROWS))).isEqualTo(new AppendOutcome.Accepted());
      assertThat(writes.connections()).isEqualTo(1);
    }
  }

  @Test
  void afterAConnectionEndedAppendsWaitForANewOne() {
    try (PendingStream stream = open()) {
      writes.next(ScriptedWrites.failed(Status.Code.PERMISSION_DENIED));

      assertThat(outcome(stream.append(0, TWO_ROWS))).isInstanceOf(AppendOutcome.Unseen.class);
      assertThat(outcome(stream.append(0, TWO_ROWS))).isInstanceOf(AppendOutcome.TryAgain.class);
      assertThat(stream.reconnect()).isInstanceOf(Answer.Ok.class);
      assertThat(outcome(stream.append(0, TWO_ROWS))).isEqualTo(new AppendOutcome.Accepted());
    }
  }

  @Test
  void aFinishedStreamIsGoneForAppends() {
    try (PendingStream stream = open()) {
      writes.next(
          new Turn.Answered(
              ScriptedWrites.error(
                  Status.Code.INVALID_ARGUMENT,
                  StorageErrorCode.STREAM_FINALIZED,
                  "Stream has been finalized")));

      assertThat(outcome(stream.append(0, TWO_ROWS))).isInstanceOf(AppendOutcome.StreamGone.class);
    }
  }

  @Test
  void aSilentConnectionIsGivenUp() throws IOException {
    WriteService service = WriteService.open(endpoints(), Optional.empty());
    Connection connection =
        new Connection(
            OpenStream.writer(
                service,
                TABLE.path() + "/streams/s",
                ProtoSchema.newBuilder().setProtoDescriptor(SCHEMA).build()),
            Duration.ofMillis(300));
    writes.next(new Turn.Silence());

    assertThat(outcome(connection.append(0, TWO_ROWS)))
        .isEqualTo(new AppendOutcome.TryAgain("No answer within 300 ms."));
    assertThat(outcome(connection.append(0, TWO_ROWS)))
        .isEqualTo(new AppendOutcome.TryAgain("The connection is closed."));
    service.close();
  }

  @Test
  void restTellsATableNotSeenYetFromAnAbsentOne() {
    rest.on("datasets/d/tables/t", 200, "{\"etag\":\"e\"}");
    rest.fails("datasets/d/tables/t", 404, "notFound");
    writes
        .next(ScriptedWrites.failed(Status.Code.PERMISSION_DENIED))
        .next(ScriptedWrites.failed(Status.Code.NOT_FOUND));

    assertThat(warehouse.openPending(TABLE, SCHEMA)).isInstanceOf(Answer.TryAgain.class);
    assertThat(warehouse.openPending(TABLE, SCHEMA))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TABLE_UNFIT));
  }

  @Test
  void unaryCallsMakeOneAttempt() {
    try (PendingStream stream = open()) {
      writes
          .next(ScriptedWrites.failed(Status.Code.UNAVAILABLE))
          .next(ScriptedWrites.failed(Status.Code.NOT_FOUND, StorageErrorCode.STREAM_NOT_FOUND))
          .next(ScriptedWrites.failed(Status.Code.UNAVAILABLE))
          .next(ScriptedWrites.failed(Status.Code.ABORTED));

      assertThat(stream.finish()).isInstanceOf(Answer.TryAgain.class);
      assertThat(stream.finish())
          .isInstanceOfSatisfying(
              Answer.Refused.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STREAM_LOST));
      assertThat(warehouse.commit(TABLE, List.of(stream.name())))
          .isInstanceOf(CommitOutcome.TryAgain.class);
      assertThat(warehouse.commit(TABLE, List.of(stream.name())))
          .isInstanceOf(CommitOutcome.TryAgain.class);
      assertThat(warehouse.commit(TABLE, List.of(stream.name())))
          .isInstanceOf(CommitOutcome.Committed.class);
    }
  }

  private PendingStream open() {
    Answer<PendingStream> answer = warehouse.openPending(TABLE, SCHEMA);
    assertThat(answer).isInstanceOf(Answer.Ok.class);
    return ((Answer.Ok<PendingStream>) answer).value();
  }

  private Endpoints endpoints() {
    return new Endpoints(Optional.of(rest.url()), Optional.of(writes.endpoint()), true);
  }

  private static AppendOutcome outcome(CompletableFuture<AppendOutcome> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      throw new AssertionError(failure);
    }
  }
}
