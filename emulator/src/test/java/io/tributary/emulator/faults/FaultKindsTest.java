package io.tributary.emulator.faults;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.at;
import static io.tributary.emulator.RawConnection.next;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.faults.PlacedFault.Way;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of fault strikes and is counted, whether placed from Java or over HTTP. */
@EmulatorOnly
@ExtendWith(BigQueryUnderTest.Shared.class)
class FaultKindsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Message IDS = Message.ids();
  private final BigQueryUnderTest bigQuery;
  private final TableId table;
  private final String name;

  FaultKindsTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    this.name =
        "%s.%s.%s".formatted(BigQueryUnderTest.PROJECT, table.getDataset(), table.getTable());
  }

  private PlacedFault place(Way way, Function<Faults, Fault> call, String order) {
    return way.place(bigQuery.emulator(), call, order);
  }

  /** Strikes the first call of the method about the table. */
  private PlacedFault onFirst(
      Way way, String method, Function<CallMatch, Function<Faults, Fault>> call, String order) {
    CallMatch calls = CallMatch.of(method).onTable(BigQueryUnderTest.ref(table)).nth(1);
    String first = "{'method':'%s','table':'%s','nth':1}".formatted(method, name);
    return place(way, call.apply(calls), order.formatted(first));
  }

  @ParameterizedTest
  @EnumSource
  @Behaviour(
      area = Area.COMMIT,
      says =
          "A batch commit whose answer was lost may be sent again: each of its streams is answered"
              + " STREAM_ALREADY_COMMITTED.",
      source = Sources.WRITE_API_BATCH)
  void loseAnswer(Way way) {
    String stream = create(WriteStream.Type.PENDING);
    append(stream);
    bigQuery.write().finalizeWriteStream(stream);
    try (PlacedFault lost =
        onFirst(
            way,
            "BatchCommitWriteStreams",
            calls -> f -> f.loseAnswer(calls),
            "{'kind':'loseAnswer','calls':%s}")) {
      // Google's client asks again by itself
      BatchCommitWriteStreamsResponse answer =
          bigQuery
              .write()
              .batchCommitWriteStreams(
                  BatchCommitWriteStreamsRequest.newBuilder()
                      .setParent(BigQueryUnderTest.path(table))
                      .addWriteStreams(stream)
                      .build());
      assertThat(answer.getStreamErrorsList())
          .extracting(StorageError::getCode)
          .containsExactly(StorageErrorCode.STREAM_ALREADY_COMMITTED);
      assertThat(lost.fired()).isEqualTo(1);
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  @ParameterizedTest
  @EnumSource
  void duplicate(Way way) {
    try (PlacedFault twice =
        onFirst(
            way,
            "AppendRows",
            calls -> f -> f.duplicate(calls),
            "{'kind':'duplicate','calls':%s}")) {
      append(BigQueryUnderTest.defaultStream(table));
      assertThat(twice.fired()).isEqualTo(1);
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "1");
  }

  @ParameterizedTest
  @EnumSource
  void fail(Way way) {
    try (PlacedFault fails =
            onFirst(
                way,
                "AppendRows",
                calls -> f -> f.fail(calls, Failure.quotaExceeded()),
                "{'kind':'fail','calls':%s,'failure':'quotaExceeded'}");
        RawConnection connection = bigQuery.connect()) {
      connection.send(request(BigQueryUnderTest.defaultStream(table), IDS, IDS.rows(1L)).build());
      Status end = connection.end();
      assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(end.getDescription()).startsWith("Quota exceeded");
      assertThat(fails.fired()).isEqualTo(1);
    }
    assertThat(bigQuery.rows(table)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void delay(Way way) {
    try (PlacedFault slow =
        onFirst(
            way,
            "FinalizeWriteStream",
            calls -> f -> f.delay(calls, LONG),
            "{'kind':'delay','calls':%s,'seconds':300}")) {
      String stream = create(WriteStream.Type.COMMITTED);
      var sealed =
          CompletableFuture.supplyAsync(() -> bigQuery.write().finalizeWriteStream(stream));
      await().until(() -> slow.waiting() == 1);
      append(stream);
      slow.release();
      assertThat(sealed.join().getRowCount()).as("after the append").isEqualTo(1);
      assertThat(slow.fired()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void delayAnswer(Way way) {
    try (PlacedFault slow =
            onFirst(
                way,
                "AppendRows",
                calls -> f -> f.delayAnswer(calls, LONG),
                "{'kind':'delayAnswer','calls':%s,'seconds':300}");
        RawConnection connection = bigQuery.connect()) {
      connection.send(request(BigQueryUnderTest.defaultStream(table), IDS, IDS.rows(1L)).build());
      await().until(() -> slow.waiting() == 1);
      assertThat(bigQuery.firstColumn(table)).containsExactly("1");
      slow.release();
      assertThat(connection.answer().hasError()).isFalse();
      assertThat(slow.fired()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void stallJob(Way way) throws Exception {
    String id = newJob();
    try (PlacedFault stalled =
        place(
            way,
            f -> f.stallJob(id::equals, 1, LONG),
            "{'kind':'stallJob','job':'%s','statement':1,'seconds':300}".formatted(id))) {
      Job job = start(id, "INSERT %s VALUES (1); INSERT %s VALUES (2)");
      await().until(() -> stalled.waiting() == 1);
      assertThat(bigQuery.firstColumn(table)).containsExactly("1");
      stalled.release();
      job.waitFor();
      assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2");
      assertThat(stalled.fired()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void stallCommit(Way way) throws Exception {
    String id = newJob();
    try (PlacedFault stalled =
        place(
            way,
            f -> f.stallCommit(id::equals, 0, LONG),
            "{'kind':'stallCommit','job':'%s','seconds':300}".formatted(id))) {
      Job job = start(id, "INSERT %s VALUES (1)");
      await().until(() -> stalled.waiting() == 1);
      assertThat(bigQuery.rows(table)).isEmpty();
      stalled.release();
      job.waitFor();
      assertThat(bigQuery.firstColumn(table)).containsExactly("1");
      assertThat(stalled.fired()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void failJob(Way way) {
    String id = newJob();
    try (PlacedFault fails =
        place(
            way,
            f -> f.failJob(id::equals, 1, Failure.internal()),
            "{'kind':'failJob','job':'%s','statement':1,'failure':'internal'}".formatted(id))) {
      Job job = start(id, "INSERT %s VALUES (1); INSERT %s VALUES (2)");
      assertThatThrownBy(job::waitFor).hasMessageContaining("Error encountered during execution");
      assertThat(fails.fired()).isEqualTo(1);
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  @ParameterizedTest
  @EnumSource
  void denyPermission(Way way) {
    try (PlacedFault denied =
        place(
            way,
            f -> f.denyPermission(BigQueryUnderTest.ref(table)),
            "{'kind':'denyPermission','table':'%s'}".formatted(name))) {
      assertThatThrownBy(() -> bigQuery.rest().getTable(table))
          .isInstanceOfSatisfying(
              BigQueryException.class, e -> assertThat(e.getCode()).isEqualTo(403));
      assertThat(denied.fired()).isPositive();
    }
    assertThat(bigQuery.rest().getTable(table)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void lagSchema(Way way) {
    Message wide = Message.of(field("id", TYPE_INT64), field("name", TYPE_STRING));
    try (PlacedFault lag =
        place(
            way,
            f -> f.lagSchema(BigQueryUnderTest.ref(table), LONG),
            "{'kind':'lagSchema','table':'%s','seconds':300}".formatted(name))) {
      bigQuery.query("ALTER TABLE " + BigQueryUnderTest.sql(table) + " ADD COLUMN name STRING");
      try (RawConnection connection = bigQuery.connect()) {
        connection.send(
            request(BigQueryUnderTest.defaultStream(table), wide, wide.rows(1L)).build());
        assertThat(connection.end().getDescription()).contains("extra fields: 'name'");
      }
      assertThat(lag.fired()).isPositive();
    }
    try (RawConnection connection = bigQuery.connect()) {
      var seen = request(BigQueryUnderTest.defaultStream(table), wide, wide.rows(1L));
      assertThat(connection.call(seen.build()).hasError()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void hideNewTables(Way way) {
    try (PlacedFault hidden =
        place(
            way,
            f -> f.hideNewTables(BigQueryUnderTest.ref(table)::equals, LONG),
            "{'kind':'hideNewTables','table':'%s','seconds':300}".formatted(name))) {
      assertThatThrownBy(() -> create(WriteStream.Type.PENDING))
          .hasMessageContaining("PERMISSION_DENIED");
      assertThat(hidden.fired()).isEqualTo(1);
    }
    assertThat(create(WriteStream.Type.PENDING)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void shortenRowErrors(Way way) {
    TableId required =
        bigQuery.newTable(
            Field.newBuilder("id", StandardSQLTypeName.INT64).setMode(Field.Mode.REQUIRED).build());
    try (PlacedFault shortened =
            place(
                way,
                f -> f.shortenRowErrors(BigQueryUnderTest.ref(required), 1),
                "{'kind':'shortenRowErrors','table':'%s','rows':1}"
                    .formatted(name.replace(table.getTable(), required.getTable())));
        RawConnection connection = bigQuery.connect()) {
      String stream = BigQueryUnderTest.defaultStream(required);
      var bad = request(stream, IDS, IDS.rows(1L, null, null)).build();
      assertThat(connection.call(bad).getRowErrorsCount()).isEqualTo(1);
      assertThat(shortened.fired()).isEqualTo(1);
      shortened.release();
      assertThat(connection.call(bad).getRowErrorsCount()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Behaviour(
      area = Area.APPEND,
      says =
          "A connection that the service closes is opened again by Google's writer, and its stream"
              + " goes on at the next offset.",
      source = Sources.WRITE_API)
  void closeConnections(Way way) throws Exception {
    String stream = create(WriteStream.Type.COMMITTED);
    try (RawConnection raw = bigQuery.connect();
        StreamWriter writer = bigQuery.writer(create(WriteStream.Type.COMMITTED), IDS)) {
      raw.call(at(0, request(stream, IDS, IDS.rows(1L))));
      writer.append(IDS.rows(2L), 0).get();
      String own = writer.getStreamName();
      try (PlacedFault closed =
          place(
              way,
              f -> f.closeConnections(s -> s.equals(stream) || s.equals(own), Failure.internal()),
              "{'kind':'closeConnections','stream':'%s','failure':'internal'}"
                  .formatted("tables/" + table.getTable() + "/"))) {
        assertThat(closed.fired()).isEqualTo(2);
      }
      assertThat(raw.end().getCode()).isEqualTo(Status.Code.INTERNAL);
      AppendRowsResponse answer = writer.append(IDS.rows(3L), 1).get();
      assertThat(answer.getAppendResult().getOffset().getValue()).isEqualTo(1);
    }
    try (RawConnection again = bigQuery.connect()) {
      again.call(at(1, request(stream, IDS, IDS.rows(4L))));
      assertThat(again.call(at(2, next(IDS.rows(5L)))).hasError()).isFalse();
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2", "3", "4", "5");
  }

  private String create(WriteStream.Type type) {
    WriteStream stream = WriteStream.newBuilder().setType(type).build();
    return bigQuery.write().createWriteStream(BigQueryUnderTest.path(table), stream).getName();
  }

  private void append(String stream) {
    try (RawConnection connection = bigQuery.connect()) {
      assertThat(connection.call(request(stream, IDS, IDS.rows(1L)).build()).hasError()).isFalse();
    }
  }

  private static String newJob() {
    return "job_" + UUID.randomUUID();
  }

  private Job start(String id, String sql) {
    String statements = sql.replace("%s", BigQueryUnderTest.sql(table));
    return bigQuery
        .rest()
        .create(
            JobInfo.newBuilder(QueryJobConfiguration.of(statements))
                .setJobId(JobId.of(id))
                .build());
  }
}
