package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.tributary.bigquery.config.PartitionChoice;
import io.tributary.bigquery.config.Problem;
import io.tributary.bigquery.config.ServiceSettings;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.JobState;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.Submission;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TableSchema;
import io.tributary.bigquery.table.Traits;
import io.tributary.bigquery.write.AppendOutcome;
import io.tributary.bigquery.write.CommitOutcome;
import io.tributary.bigquery.write.PendingStream;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.faults.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The edge against the emulator, over sockets, with Google's clients on our side. */
class BigQueryWarehouseTest {
  private static final String PROJECT = "shop-project";
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static BigQueryEmulator emulator;

  private BigQueryWarehouse warehouse;
  private TableId table;

  @BeforeAll
  static void start() {
    emulator = BigQueryEmulator.start(EmulatorOptions.defaults());
    emulator.engine().createDataset(DatasetDefinition.of(new DatasetRef(PROJECT, "shop")));
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @BeforeEach
  void connect() {
    warehouse = BigQueryWarehouse.connect(settings("shop", Optional.empty()), 2);
    table = new TableId(PROJECT, "shop", "t" + TABLES.incrementAndGet());
  }

  @AfterEach
  void close() {
    emulator.faults().clear();
    warehouse.close();
  }

  @Test
  void createsATableOnceAndDescribesIt() {
    Step create =
        new Step.CreateTable(
            table,
            List.of(
                Column.required("id", ColumnType.INT64),
                Column.nullable("name", ColumnType.STRING),
                Column.repeated("tags", ColumnType.STRING),
                Column.nullable("at", ColumnType.TIMESTAMP),
                Column.struct(
                    "change_metadata", List.of(Column.nullable("position", ColumnType.BYTES)))),
            List.of("id"),
            new Traits(
                "TABLE",
                List.of("id"),
                Optional.of(
                    new PartitionChoice(
                        Optional.of("at"),
                        PartitionChoice.Granularity.HOUR,
                        Optional.of(Duration.ofMillis(Duration.ofDays(2).toMillis())))),
                Map.of("origin", "shop"),
                "public.orders",
                ""));

    assertThat(warehouse.describe(table)).isEqualTo(new Answer.Ok<>(Optional.empty()));
    assertThat(warehouse.apply(create)).isInstanceOf(Answer.Ok.class);
    assertThat(warehouse.apply(create)).isInstanceOf(Answer.Ok.class);

    TableSchema schema = described();
    assertThat(schema.columns()).isEqualTo(((Step.CreateTable) create).columns());
    assertThat(schema.primaryKey()).containsExactly("id");
    assertThat(schema.labels()).containsEntry("origin", "shop");
    assertThat(schema.etag()).isNotBlank();
  }

  @Test
  void aTableInAnAbsentDatasetIsRefused() {
    Answer<Void> answer =
        warehouse.apply(createPlain(new TableId(PROJECT, "absent", table.table())));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.DATASET_MISSING));
  }

  @Test
  void changesATableRepeatably() {
    created();
    Step add = new Step.AddColumns(table, List.of(Column.nullable("note", ColumnType.STRING)));
    Step relax = new Step.RelaxColumns(table, List.of("ID"));

    for (int i = 0; i < 2; i++) {
      assertThat(warehouse.apply(add)).isInstanceOf(Answer.Ok.class);
      assertThat(warehouse.apply(relax)).isInstanceOf(Answer.Ok.class);
      assertThat(warehouse.apply(new Step.SetLabel(table, "chain", "" + i)))
          .isInstanceOf(Answer.Ok.class);
    }

    assertThat(described().columns())
        .containsExactly(
            Column.nullable("id", ColumnType.INT64),
            Column.nullable("name", ColumnType.STRING),
            Column.nullable("note", ColumnType.STRING));
    assertThat(described().labels())
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "b", "chain", "1"));
  }

  @Test
  void rowsAreThereAfterTheCommitAndOnce() {
    created();
    PendingStream stream = open();
    assertThat(outcome(stream.append(0, rows(1, 2)))).isEqualTo(new AppendOutcome.Accepted());
    assertThat(outcome(stream.append(2, rows(3)))).isEqualTo(new AppendOutcome.Accepted());
    assertThat(outcome(stream.append(0, rows(1, 2)))).isEqualTo(new AppendOutcome.Accepted());
    assertThat(outcome(stream.append(9, rows(4)))).isInstanceOf(AppendOutcome.TryAgain.class);
    assertThat(stream.finish()).isEqualTo(new Answer.Ok<>(3L));
    assertThat(ids()).isEmpty();

    assertThat(outcome(stream.append(3, rows(4)))).isInstanceOf(AppendOutcome.StreamGone.class);
    for (int i = 0; i < 2; i++) {
      assertThat(warehouse.commit(table, List.of(stream.name())))
          .isEqualTo(new CommitOutcome.Committed());
    }

    assertThat(ids()).containsExactly("1", "2", "3");
    stream.close();
  }

  @Test
  void anUnfinishedStreamCannotBeCommitted() {
    created();
    try (PendingStream stream = open()) {
      assertThat(warehouse.commit(table, List.of(stream.name())))
          .isInstanceOf(CommitOutcome.StreamGone.class);
    }
  }

  @Test
  void lostAnswersAreHarmless() {
    created();
    try (PendingStream stream = open();
        Fault append = emulator.faults().loseAnswer(CallMatch.of("AppendRows").times(1));
        Fault commit =
            emulator.faults().loseAnswer(CallMatch.of("BatchCommitWriteStreams").times(1))) {
      assertThat(outcome(stream.append(0, rows(1)))).isEqualTo(new AppendOutcome.Accepted());
      assertThat(stream.finish()).isEqualTo(new Answer.Ok<>(1L));
      assertThat(warehouse.commit(table, List.of(stream.name())))
          .isInstanceOf(CommitOutcome.TryAgain.class);
      assertThat(warehouse.commit(table, List.of(stream.name())))
          .isEqualTo(new CommitOutcome.Committed());
      assertThat(ids()).containsExactly("1");
      assertThat(append.fired()).isEqualTo(1);
      assertThat(commit.fired()).isEqualTo(1);
    }
  }

  @Test
  void aColumnThatTheTableLacksIsSchemaBehind() {
    created();
    DescriptorProto wider =
        descriptor().toBuilder()
            .addField(field("note", 3, FieldDescriptorProto.Type.TYPE_STRING))
            .build();
    try (PendingStream stream = opened(wider)) {
      assertThat(outcome(stream.append(0, rows(1)))).isInstanceOf(AppendOutcome.SchemaBehind.class);
    }
  }

  @Test
  void aRowWithoutItsKeyIsRejectedByIndex() {
    created();
    try (PendingStream stream = open()) {
      AppendOutcome outcome = outcome(stream.append(0, List.of(rows(1).get(0), ByteString.EMPTY)));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              AppendOutcome.RowsRejected.class,
              rejected -> assertThat(rejected.reasons()).containsOnlyKeys(1));
      assertThat(outcome(stream.append(0, rows(1)))).isEqualTo(new AppendOutcome.Accepted());
    }
  }

  @Test
  void anAbsentTableIsToldFromANewOne() {
    assertThat(warehouse.openPending(table, descriptor())).isInstanceOf(Answer.Refused.class);
    try (Fault hidden = emulator.faults().hideNewTables(ref -> true, Duration.ofMinutes(10))) {
      created();
      assertThat(warehouse.openPending(table, descriptor())).isInstanceOf(Answer.TryAgain.class);
      assertThat(hidden.fired()).isPositive();
    }
    open().close();
  }

  @Test
  void aJobIdIsTakenOnce() {
    created();
    String id = "tributary_" + table.table() + "_1";
    assertThat(warehouse.job(id)).isEqualTo(new Answer.Ok<>(new JobState.Absent()));

    assertThat(warehouse.submit(id, insert(7), Map.of("table", "x")))
        .isEqualTo(new Submission.Taken());
    assertThat(warehouse.submit(id, insert(8), Map.of())).isEqualTo(new Submission.IdInUse());

    assertThat(ended(id)).isInstanceOf(JobState.Succeeded.class);
    assertThat(ids()).containsExactly("7");
  }

  @Test
  void aLostSubmissionIsFoundInUse() {
    created();
    String id = "tributary_" + table.table() + "_1";
    try (Fault lost = emulator.faults().loseAnswer(CallMatch.of("jobs.insert").times(1))) {
      assertThat(warehouse.submit(id, insert(7), Map.of())).isInstanceOf(Submission.TryAgain.class);
      assertThat(warehouse.submit(id, insert(7), Map.of())).isEqualTo(new Submission.IdInUse());
      assertThat(lost.fired()).isEqualTo(1);
    }
    assertThat(ended(id)).isInstanceOf(JobState.Succeeded.class);
    assertThat(ids()).containsExactly("7");
  }

  @Test
  void aFailedJobSaysWhetherItMayPass() {
    created();
    String wrong = "tributary_" + table.table() + "_1";
    String unlucky = "tributary_" + table.table() + "_2";
    warehouse.submit(wrong, "SELECT ERROR('no such column'); SELECT 1", Map.of());
    try (Fault fault = emulator.faults().failJob(unlucky::equals, 0, Failure.internal())) {
      warehouse.submit(unlucky, insert(7) + "; SELECT 1", Map.of());
      assertThat(((JobState.Failed) ended(unlucky)).passing()).isTrue();
      assertThat(fault.fired()).isPositive();
    }
    JobState.Failed failed = (JobState.Failed) ended(wrong);
    assertThat(failed.passing()).isFalse();
    assertThat(failed.reason()).contains("no such column");
  }

  @Test
  void readsCellsAsText() {
    assertThat(warehouse.read("SELECT 1, NULL, 'x', TRUE"))
        .isEqualTo(new Answer.Ok<>(List.of(Arrays.asList("1", null, "x", "true"))));
  }

  @Test
  void theCheckAgreesWithTheEmulator() {
    assertThat(
            ServiceCheck.run(settings("shop", Optional.of("US")), ServiceCheckTest.naming("shop")))
        .isEmpty();
    assertThat(
            ServiceCheck.run(
                settings("absent", Optional.empty()), ServiceCheckTest.naming("absent")))
        .extracting(Problem::key)
        .containsExactly("dataset");
  }

  private void created() {
    assertThat(warehouse.apply(createPlain(table))).isInstanceOf(Answer.Ok.class);
  }

  private static Step createPlain(TableId id) {
    return new Step.CreateTable(
        id,
        List.of(
            Column.required("id", ColumnType.INT64), Column.nullable("name", ColumnType.STRING)),
        List.of(),
        new Traits("TABLE", List.of(), Optional.empty(), Map.of("a", "b"), "plain", ""));
  }

  private TableSchema described() {
    return ok(warehouse.describe(table)).orElseThrow();
  }

  private PendingStream open() {
    return opened(descriptor());
  }

  private PendingStream opened(DescriptorProto descriptor) {
    return ok(warehouse.openPending(table, descriptor));
  }

  private List<String> ids() {
    return ok(warehouse.read("SELECT id FROM `" + table + "` ORDER BY id")).stream()
        .map(row -> row.get(0))
        .toList();
  }

  private String insert(int id) {
    return "INSERT INTO `" + table + "` (id) VALUES (" + id + ")";
  }

  private JobState ended(String id) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ok(warehouse.job(id)), state -> !(state instanceof JobState.Underway));
  }

  private static <T> T ok(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Ok.class);
    return ((Answer.Ok<T>) answer).value();
  }

  private static AppendOutcome outcome(CompletableFuture<AppendOutcome> future) {
    return future.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static DescriptorProto descriptor() {
    return DescriptorProto.newBuilder()
        .setName("Row")
        .addField(field("id", 1, FieldDescriptorProto.Type.TYPE_INT64))
        .addField(field("name", 2, FieldDescriptorProto.Type.TYPE_STRING))
        .build();
  }

  private static FieldDescriptorProto field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
        .build();
  }

  private static List<ByteString> rows(long... ids) {
    return Arrays.stream(ids).mapToObj(BigQueryWarehouseTest::row).toList();
  }

  private static ByteString row(long id) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeInt64(1, id);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }

  private static ServiceSettings settings(String dataset, Optional<String> location) {
    return new PlainService(PROJECT, dataset).at(PlainService.endpoints(emulator), location);
  }
}
