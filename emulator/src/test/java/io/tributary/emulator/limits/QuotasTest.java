package io.tributary.emulator.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteGrpc;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.TableName;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.jobs.JobRecord;
import io.tributary.emulator.junit.MovableClock;
import io.tributary.emulator.limits.Quotas.DmlLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the service refuses beyond its quotas: https://cloud.google.com/bigquery/quotas */
@EmulatorOnly
final class QuotasTest {
  private static final Field ID = Field.of("id", StandardSQLTypeName.INT64);

  private final MovableClock clock = MovableClock.at(Instant.parse("2026-03-01T10:00:00Z"));
  private BigQueryUnderTest bigQuery;

  @AfterEach
  void close() {
    bigQuery.close();
  }

  private void start(Quotas quotas) {
    bigQuery = BigQueryUnderTest.start(EmulatorOptions.builder().clock(clock).quotas(quotas));
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says =
          "A table's metadata is updated five times in 10 seconds; what is beyond is 403"
              + " rateLimitExceeded, and soon taken again.",
      source = Sources.QUOTAS)
  void aTablesMetadataChangesFiveTimesInTenSeconds() {
    start(Quotas.SERVICE);
    TableId table = bigQuery.newTable(ID);
    for (int i = 0; i < 4; i++) {
      describe(table, "d" + i);
    }
    assertThatThrownBy(() -> describe(table, "one too many"))
        .asInstanceOf(type(BigQueryException.class))
        .satisfies(refused -> assertThat(refused.getCode()).isEqualTo(403))
        .satisfies(
            refused -> assertThat(refused.getError().getReason()).isEqualTo("rateLimitExceeded"))
        .satisfies(
            refused ->
                assertThat(refused)
                    .hasMessageContaining(
                        "Exceeded rate limits: too many table update operations for this table."));
    assertThat(bigQuery.rest().getTable(table).getDescription()).isEqualTo("d3");
    clock.advance(Duration.ofSeconds(10));
    describe(table, "again");
    assertThat(bigQuery.rest().getTable(table).getDescription()).isEqualTo("again");
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says = "The metadata of a partitioned table is updated 50 times in 10 seconds.",
      source = Sources.QUOTAS)
  void aPartitionedTablesMetadataChangesFiftyTimes() {
    start(Quotas.SERVICE);
    TableId table = bigQuery.newName();
    bigQuery
        .rest()
        .create(
            TableInfo.of(
                table,
                StandardTableDefinition.newBuilder()
                    .setSchema(Schema.of(ID))
                    .setTimePartitioning(TimePartitioning.of(TimePartitioning.Type.DAY))
                    .build()));
    for (int i = 0; i < 50; i++) {
      describe(table, "d" + i);
    }
    assertThatThrownBy(() -> describe(table, "one too many"))
        .hasMessageContaining("too many partitioned table update operations for this table");
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says =
          "CreateWriteStream beyond 10,000 in an hour is RESOURCE_EXHAUSTED with INSUFFICIENT_TOKENS.",
      source = Sources.QUOTAS)
  void createWriteStreamHasAQuotaOfItsProject() {
    QuotaRule published = Quotas.SERVICE.rules().get(0);
    assertThat(published.calls()).isEqualTo(10_000);
    QuotaRule small =
        new QuotaRule(
            published.methods(), published.scope(), 2, published.window(), published.failure());
    start(new Quotas(List.of(small), Quotas.UNLIMITED.dml()));
    TableId table = bigQuery.newTable(ID);
    TableName parent =
        TableName.of(BigQueryUnderTest.PROJECT, table.getDataset(), table.getTable());
    WriteStream pending = WriteStream.newBuilder().setType(WriteStream.Type.PENDING).build();
    bigQuery.write().createWriteStream(parent, pending);
    bigQuery.write().createWriteStream(parent, pending);
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(bigQuery.emulator().grpcEndpoint()).usePlaintext().build();
    CreateWriteStreamRequest request =
        CreateWriteStreamRequest.newBuilder()
            .setParent(parent.toString())
            .setWriteStream(pending)
            .build();
    assertThatThrownBy(() -> BigQueryWriteGrpc.newBlockingStub(channel).createWriteStream(request))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("RESOURCE_EXHAUSTED")
        .hasMessageContaining("Exceeds 'CreateWriteStream requests' quota")
        .hasMessageContaining("INSUFFICIENT_TOKENS");
    channel.shutdownNow();
    // Google's client asks again by itself until the quota has room
    CompletableFuture<WriteStream> patient =
        CompletableFuture.supplyAsync(() -> bigQuery.write().createWriteStream(parent, pending));
    await().until(() -> bigQuery.emulator().calls().get("CreateWriteStream") > 4);
    assertThat(patient).isNotDone();
    clock.advance(Duration.ofHours(1));
    assertThat(patient.join().getType()).isEqualTo(WriteStream.Type.PENDING);
  }

  /** https://cloud.google.com/bigquery/docs/data-manipulation-language#dml-limitations */
  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says =
          "Two UPDATE, DELETE or MERGE statements run on a table at a time, 20 wait, and further ones"
              + " fail: Too many DML statements outstanding.",
      source = Sources.DML)
  void statementsThatChangeRowsQueueBehindTwoAndAreRefusedBehindTheQueue() {
    assertThat(Quotas.SERVICE.dml()).isEqualTo(new DmlLimit(2, 20));
    start(new Quotas(List.of(), new DmlLimit(2, 1)));
    TableId table = bigQuery.newTable(ID);
    bigQuery.query("INSERT " + BigQueryUnderTest.sql(table) + " VALUES (1), (2), (3), (4)");
    try (Fault stall =
        bigQuery
            .emulator()
            .faults()
            .stallCommit(id -> id.startsWith("slow"), 0, Duration.ofMinutes(1))) {
      update(table, 1, "slow1");
      update(table, 2, "slow2");
      await().until(() -> stall.waiting() == 2);
      update(table, 3, "queued");
      await().until(() -> job("queued").state().equals("RUNNING"));
      update(table, 4, "refused");
      await().until(() -> job("refused").state().equals("DONE"));
      assertThat(job("refused").errorReason()).isEqualTo("resourcesExceeded");
      assertThat(job("refused").errorMessage())
          .isEqualTo(
              "Resources exceeded during query execution: Too many DML statements outstanding"
                  + " against table %s, limit is 1.".formatted(BigQueryUnderTest.ref(table)));
      assertThat(job("queued").state()).isEqualTo("RUNNING");
      bigQuery.query("INSERT " + BigQueryUnderTest.sql(table) + " VALUES (5)");
      assertThat(stall.fired()).isEqualTo(2);
    }
    await().until(() -> job("queued").state().equals("DONE"));
    assertThat(job("queued").errorMessage()).isNull();
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says =
          "A method is called 100 times a second by a user; what is beyond is 403 rateLimitExceeded.",
      source = Sources.QUOTAS)
  void methodsHaveARate() {
    start(Quotas.SERVICE);
    RawRest raw = new RawRest(bigQuery);
    for (int i = 0; i < 100; i++) {
      assertThat(raw.get("/jobs/none").status()).isEqualTo(404);
    }
    RawRest.Reply refused = raw.get("/jobs/none");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.reason()).isEqualTo("rateLimitExceeded");
    assertThat(raw.get("/datasets").status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    assertThat(raw.get("/jobs/none").status()).isEqualTo(404);
  }

  @Test
  void nothingIsRefusedUnlessAskedFor() {
    start(Quotas.UNLIMITED);
    TableId table = bigQuery.newTable(ID);
    for (int i = 0; i < 12; i++) {
      describe(table, "d" + i);
    }
    assertThat(bigQuery.rest().getTable(table).getDescription()).isEqualTo("d11");
  }

  private void describe(TableId table, String description) {
    TableInfo changed =
        bigQuery.rest().getTable(table).toBuilder().setDescription(description).build();
    bigQuery.rest().update(changed);
  }

  private void update(TableId table, int id, String jobId) {
    String sql = "UPDATE " + BigQueryUnderTest.sql(table) + " SET id = -id WHERE id = " + id;
    bigQuery
        .rest()
        .create(
            JobInfo.newBuilder(
                    QueryJobConfiguration.newBuilder(sql).setLabels(Map.of("of", "test")).build())
                .setJobId(JobId.of(jobId))
                .build());
  }

  private JobRecord job(String id) {
    return bigQuery.emulator().jobs().stream()
        .filter(job -> job.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
