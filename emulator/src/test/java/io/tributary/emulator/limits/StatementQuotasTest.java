package io.tributary.emulator.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
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
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Quotas of statements, connections and requests: https://cloud.google.com/bigquery/quotas */
@EmulatorOnly
class StatementQuotasTest {
  private static final Field ID = Field.of("id", StandardSQLTypeName.INT64);
  private static final DmlLimit ANY = Quotas.UNLIMITED.dml();

  private final MovableClock clock = MovableClock.at(Instant.parse("2026-03-01T10:00:00Z"));
  private BigQueryUnderTest bigQuery;

  @AfterEach
  void close() {
    bigQuery.close();
  }

  private void start(Quotas quotas) {
    bigQuery = BigQueryUnderTest.start(EmulatorOptions.builder().clock(clock).quotas(quotas));
  }

  /** Google's client would repeat what a rate refuses, so the job is looked at instead. */
  private JobRecord run(String sql) {
    String id = "q-" + UUID.randomUUID();
    bigQuery.rest().create(JobInfo.of(JobId.of(id), QueryJobConfiguration.of(sql)));
    await().until(() -> job(id).state().equals("DONE"));
    return job(id);
  }

  private JobRecord job(String id) {
    return bigQuery.emulator().jobs().stream()
        .filter(job -> job.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Quotas only(String kind) {
    return new Quotas(
        Quotas.SERVICE.rules().stream().filter(rule -> rule.methods().contains(kind)).toList(),
        ANY);
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says =
          "DDL statements count, with calls of the REST API, as updates of a table's metadata:"
              + " five in 10 seconds.",
      source = Sources.QUOTAS)
  void ddlUpdatesMetadata() {
    start(only(Quotas.DDL));
    TableId table = bigQuery.newName();
    String name = BigQueryUnderTest.sql(table);
    assertThat(run("CREATE TABLE " + name + " (id INT64)").errorMessage()).isNull();
    for (int i = 0; i < 4; i++) {
      assertThat(run("ALTER TABLE " + name + " ADD COLUMN c" + i + " INT64").errorMessage())
          .isNull();
    }
    JobRecord refused = run("ALTER TABLE " + name + " ADD COLUMN more INT64");
    assertThat(refused.errorReason()).isEqualTo("rateLimitExceeded");
    assertThat(refused.errorMessage())
        .startsWith("Exceeded rate limits: too many table update operations for this table.");
    clock.advance(Duration.ofSeconds(10));
    assertThat(run("ALTER TABLE " + name + " ADD COLUMN more INT64").errorMessage()).isNull();
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says = "A table takes 25 statements that change its rows in 10 seconds.",
      source = Sources.QUOTAS)
  @Behaviour(
      area = Area.QUOTAS,
      says = "Statements that change rows are not held up by the limit on updates of metadata.",
      source = Sources.QUOTAS)
  void dmlHasARate() {
    start(only(Quotas.DML));
    TableId table = bigQuery.newTable(ID);
    String insert = "INSERT " + BigQueryUnderTest.sql(table) + " VALUES (1)";
    for (int i = 0; i < 25; i++) {
      assertThat(run(insert).errorMessage()).isNull();
    }
    JobRecord refused = run(insert);
    assertThat(refused.errorReason()).isEqualTo("rateLimitExceeded");
    assertThat(refused.errorMessage()).startsWith("Exceeded rate limits: ");
    assertThat(bigQuery.firstColumn(table)).hasSize(25);
    clock.advance(Duration.ofSeconds(10));
    assertThat(run(insert).errorMessage()).isNull();
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says =
          "A statement that waited seven hours behind others fails: DML statement has been queued"
              + " for too long.",
      source = Sources.DML)
  void queuedStatementsGiveUp() {
    start(new Quotas(List.of(), new DmlLimit(1, 5)));
    TableId table = bigQuery.newTable(ID);
    String update = "UPDATE " + BigQueryUnderTest.sql(table) + " SET id = id + 1 WHERE TRUE";
    bigQuery.query("INSERT " + BigQueryUnderTest.sql(table) + " VALUES (1)");
    try (Fault stall =
        bigQuery.emulator().faults().stallCommit("slow"::equals, 0, Duration.ofMinutes(1))) {
      bigQuery.rest().create(JobInfo.of(JobId.of("slow"), QueryJobConfiguration.of(update)));
      await().until(() -> stall.waiting() == 1);
      bigQuery.rest().create(JobInfo.of(JobId.of("late"), QueryJobConfiguration.of(update)));
      await().until(() -> job("late").state().equals("RUNNING"));
      await()
          .until(
              () -> {
                clock.advance(Duration.ofHours(4));
                return job("late").state().equals("DONE");
              });
      assertThat(job("late").errorMessage())
          .isEqualTo("DML statement has been queued for too long");
    }
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says =
          "Connections of AppendRows beyond the quota end with RESOURCE_EXHAUSTED; one that ends"
              + " makes room.",
      source = Sources.QUOTAS)
  void connectionsAreCounted() {
    assertThat(Quotas.SERVICE.connections()).isEqualTo(20_000);
    start(new Quotas(List.of(), ANY, 1, Integer.MAX_VALUE));
    TableId table = bigQuery.newTable(ID);
    String stream = BigQueryUnderTest.defaultStream(table);
    Message ids = Message.ids();
    RawConnection first = bigQuery.connect();
    first.call(RawConnection.request(stream, ids, ids.rows(1L)).build());
    RawConnection second = bigQuery.connect();
    second.send(RawConnection.request(stream, ids, ids.rows(2L)).build());
    Status refused = second.lastStatus();
    assertThat(refused.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(refused.getDescription()).contains("Exceeds 'Concurrent connections' quota");
    first.close();
    await()
        .untilAsserted(
            () -> {
              RawConnection third = bigQuery.connect();
              third.call(RawConnection.request(stream, ids, ids.rows(3L)).build());
              third.close();
            });
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says =
          "Requests of the REST API beyond those that may be answered at a time are refused with"
              + " 403 rateLimitExceeded.",
      source = Sources.QUOTAS)
  void requestsAreCounted() {
    assertThat(Quotas.SERVICE.requests()).isEqualTo(300);
    start(new Quotas(List.of(), ANY, Integer.MAX_VALUE, 1));
    RawRest raw = new RawRest(bigQuery);
    try (Fault stall =
        bigQuery.emulator().faults().stallJob(any -> true, 0, Duration.ofMinutes(1))) {
      Thread slow =
          new Thread(() -> raw.post("/queries", "{\"useLegacySql\":false,\"query\":\"SELECT 1\"}"));
      slow.start();
      await().until(() -> stall.waiting() == 1);
      RawRest.Reply refused = raw.get("/datasets");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.reason()).isEqualTo("rateLimitExceeded");
    }
    await().until(() -> raw.get("/datasets").status() == 200);
  }
}
