package io.tributary.emulator.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.contract.Standing;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** BEGIN, COMMIT and ROLLBACK TRANSACTION in scripts. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class TransactionTest {
  private final BigQueryUnderTest bigQuery;
  private final String id = "tx-" + UUID.randomUUID();
  private final TableId table;
  private final TableId other;
  private final String name;

  TransactionTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    this.other = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    this.name = BigQueryUnderTest.sql(table);
    bigQuery.query("INSERT " + name + " VALUES (1)");
  }

  private void run(String script) {
    bigQuery.query(script.replace("T1", name).replace("T2", BigQueryUnderTest.sql(other)));
  }

  private Refusal refused(String script) {
    return Refusal.of(() -> run(script));
  }

  private String ids(TableId of) {
    return String.join(",", bigQuery.firstColumn(of));
  }

  @Test
  @Behaviour(
      area = Area.TRANSACTIONS,
      says = "The changes of a transaction, to several tables, are there from its COMMIT on.",
      source = Sources.TRANSACTIONS)
  void commitsAll() {
    run(
        "BEGIN TRANSACTION; INSERT T1 VALUES (2); DELETE FROM T1 WHERE id = 1;"
            + " INSERT T2 SELECT id FROM T1; COMMIT TRANSACTION;");
    assertThat(ids(table)).isEqualTo("2");
    assertThat(ids(other)).isEqualTo("2");
  }

  @Test
  @Behaviour(
      area = Area.TRANSACTIONS,
      says = "ROLLBACK TRANSACTION undoes all changes since BEGIN.",
      source = Sources.TRANSACTIONS)
  void rollsBackAll() {
    run(
        "BEGIN TRANSACTION; INSERT T1 VALUES (2); UPDATE T1 SET id = -id WHERE TRUE;"
            + " INSERT T2 VALUES (3); ROLLBACK TRANSACTION; INSERT T2 VALUES (4);");
    assertThat(ids(table)).isEqualTo("1");
    assertThat(ids(other)).isEqualTo("4");
  }

  @Test
  @Behaviour(
      area = Area.TRANSACTIONS,
      says = "A transaction sees its own changes.",
      source = Sources.TRANSACTIONS)
  void seesItsOwnChanges() {
    run(
        "BEGIN TRANSACTION; INSERT T1 VALUES (2); UPDATE T1 SET id = 10 * id WHERE TRUE;"
            + " INSERT T2 SELECT SUM(id) FROM T1; COMMIT TRANSACTION;");
    assertThat(ids(other)).isEqualTo("30");
  }

  @Test
  @Behaviour(
      area = Area.TRANSACTIONS,
      says = "A transaction that is not committed when its script ends, or fails, is rolled back.",
      source = Sources.TRANSACTIONS)
  void theEndRollsBack() {
    run("BEGIN TRANSACTION; INSERT T1 VALUES (2);");
    assertThat(ids(table)).isEqualTo("1");
    assertThat(refused("BEGIN TRANSACTION; INSERT T1 VALUES (2); SELECT ERROR('no');").message())
        .contains("no");
    assertThat(ids(table)).isEqualTo("1");
  }

  @Test
  @Behaviour(
      area = Area.TRANSACTIONS,
      says = "An EXCEPTION handler may roll a transaction back and the script go on.",
      source = Sources.TRANSACTIONS)
  void handlersRollBack() {
    run(
        "BEGIN BEGIN TRANSACTION; INSERT T1 VALUES (2); SELECT 1 / 0; COMMIT TRANSACTION;"
            + " EXCEPTION WHEN ERROR THEN SELECT @@error.message; ROLLBACK TRANSACTION; END;"
            + " INSERT T2 VALUES (5);");
    assertThat(ids(table)).isEqualTo("1");
    assertThat(ids(other)).isEqualTo("5");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.TRANSACTIONS,
      says = "Going on with a transaction after a statement of it failed, other than by ROLLBACK.",
      source = Sources.TRANSACTIONS,
      standing = Standing.NOT_SUPPORTED)
  void failedTransactionsAreRolledBackOnly() {
    for (String next : List.of("COMMIT TRANSACTION", "INSERT T1 VALUES (3)", "SELECT * FROM T1")) {
      Refusal refusal =
          refused(
              "BEGIN BEGIN TRANSACTION; INSERT T1 VALUES (2); SELECT 1 / 0;"
                  + " EXCEPTION WHEN ERROR THEN "
                  + next
                  + "; END;");
      assertThat(refusal.reason()).as(next).isEqualTo("notImplemented");
      assertThat(ids(table)).isEqualTo("1");
    }
  }

  @Test
  @Behaviour(
      area = Area.TRANSACTIONS,
      says = "Tables cannot be made, changed or dropped in a transaction, but temporary ones can.",
      source = Sources.TRANSACTIONS)
  void onlyTemporaryTablesAreMade() {
    for (String ddl :
        new String[] {
          "CREATE TABLE T1_new (id INT64)"
              .replace("T1_new", BigQueryUnderTest.sql(bigQuery.newName())),
          "ALTER TABLE T1 ADD COLUMN more INT64",
          "DROP TABLE T1",
          "CREATE TABLE T3 AS SELECT 1 AS id"
              .replace("T3", BigQueryUnderTest.sql(bigQuery.newName()))
        }) {
      Refusal refused = refused("BEGIN TRANSACTION; " + ddl + "; COMMIT TRANSACTION;");
      assertThat(refused.reason()).as(ddl).isEqualTo("invalidQuery");
    }
    run(
        "BEGIN TRANSACTION; CREATE TEMP TABLE x AS SELECT 7 AS id; INSERT T2 SELECT id FROM x;"
            + " COMMIT TRANSACTION;");
    assertThat(ids(other)).isEqualTo("7");
    assertThat(ids(table)).isEqualTo("1");
  }

  @Test
  @Behaviour(
      area = Area.TRANSACTIONS,
      says = "Transactions do not nest, and only an open one is committed or rolled back.",
      source = Sources.TRANSACTIONS)
  void oneAtATime() {
    assertThat(refused("BEGIN TRANSACTION; BEGIN TRANSACTION;").code()).isEqualTo(400);
    assertThat(refused("COMMIT TRANSACTION;").code()).isEqualTo(400);
    assertThat(refused("ROLLBACK TRANSACTION;").code()).isEqualTo(400);
  }

  private void start(String script) {
    bigQuery
        .rest()
        .create(
            JobInfo.of(
                JobId.of(id),
                QueryJobConfiguration.of(
                    script.replace("T1", name).replace("T2", BigQueryUnderTest.sql(other)))));
  }

  private Job ended() {
    await().until(() -> bigQuery.rest().getJob(JobId.of(id)).isDone());
    return bigQuery.rest().getJob(JobId.of(id));
  }

  /** Holds the job before this of its statements. */
  private Fault stall(int statement) {
    return bigQuery.emulator().faults().stallJob(id::equals, statement, Duration.ofMinutes(1));
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.TRANSACTIONS,
      says = "A transaction reads all tables as they were at its BEGIN, whatever others commit.",
      source = Sources.TRANSACTIONS)
  @Behaviour(
      area = Area.TRANSACTIONS,
      says = "Nobody else sees the changes of a transaction before its COMMIT.",
      source = Sources.TRANSACTIONS)
  void isolatesReads() {
    try (Fault stall = stall(1)) {
      start(
          "BEGIN TRANSACTION; INSERT T2 VALUES (100); INSERT T2 SELECT COUNT(*) FROM T1;"
              + " COMMIT TRANSACTION;");
      await().until(() -> stall.waiting() == 1);
      run("INSERT T1 VALUES (2), (3)");
      assertThat(ids(other)).isEmpty();
    }
    assertThat(ended().getStatus().getError()).isNull();
    assertThat(ids(other)).isEqualTo("1,100");
    assertThat(ids(table)).isEqualTo("1,2,3");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.TRANSACTIONS,
      says =
          "A transaction that changes a table which another one is changing is cancelled:"
              + " Transaction is aborted due to concurrent update.",
      source = "https://cloud.google.com/bigquery/docs/troubleshoot-queries")
  void theLaterTransactionIsCancelled() {
    try (Fault stall = stall(1)) {
      start("BEGIN TRANSACTION; UPDATE T1 SET id = 10 WHERE TRUE; SELECT 1; COMMIT TRANSACTION;");
      await().until(() -> stall.waiting() == 1);
      Refusal refused =
          refused("BEGIN TRANSACTION; DELETE FROM T1 WHERE TRUE; COMMIT TRANSACTION;");
      assertThat(refused.reason()).isEqualTo("invalidQuery");
      assertThat(refused.message())
          .startsWith(
              "Transaction is aborted due to concurrent update against table "
                  + BigQueryUnderTest.ref(table));
    }
    assertThat(ended().getStatus().getError()).isNull();
    assertThat(ids(table)).isEqualTo("10");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.TRANSACTIONS,
      says = "A transaction that changes a table which was changed since its BEGIN is cancelled.",
      source = Sources.TRANSACTIONS)
  void changesSinceTheBeginCancel() {
    try (Fault stall = stall(0)) {
      start("BEGIN TRANSACTION; UPDATE T1 SET id = 10 WHERE TRUE; COMMIT TRANSACTION;");
      await().until(() -> stall.waiting() == 1);
      run("UPDATE T1 SET id = 5 WHERE TRUE");
    }
    assertThat(ended().getStatus().getError().getMessage())
        .startsWith("Transaction is aborted due to concurrent update against table");
    assertThat(ids(table)).isEqualTo("5");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.TRANSACTIONS,
      says =
          "A statement outside of transactions that changes a table waits for the transaction"
              + " that is changing it; inserts and reads do not.",
      source = Sources.TRANSACTIONS)
  void otherStatementsWait() {
    String waiting = id + "-waiting";
    try (Fault stall = stall(1)) {
      start("BEGIN TRANSACTION; UPDATE T1 SET id = 10 WHERE id = 1; SELECT 1; COMMIT TRANSACTION;");
      await().until(() -> stall.waiting() == 1);
      bigQuery
          .rest()
          .create(
              JobInfo.of(
                  JobId.of(waiting),
                  QueryJobConfiguration.of("UPDATE " + name + " SET id = id + 1 WHERE TRUE")));
      run("INSERT T1 VALUES (50)");
      assertThat(ids(table)).isEqualTo("1,50");
      assertThat(bigQuery.rest().getJob(JobId.of(waiting)).isDone()).isFalse();
    }
    assertThat(ended().getStatus().getError()).isNull();
    await().until(() -> bigQuery.rest().getJob(JobId.of(waiting)).isDone());
    assertThat(ids(table)).isEqualTo("11,51");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.TRANSACTIONS,
      says = "Sessions, and transactions that span several queries of a session.",
      source = "https://cloud.google.com/bigquery/docs/sessions-intro",
      standing = Standing.NOT_SUPPORTED)
  void sessionsAreRefused() {
    RawRest raw = new RawRest(bigQuery);
    for (String option :
        new String[] {
          "\"createSession\":true",
          "\"connectionProperties\":[{\"key\":\"session_id\",\"value\":\"x\"}]"
        }) {
      RawRest.Reply refused =
          raw.post(
              "/queries", "{\"useLegacySql\":false,\"query\":\"SELECT 1\",%s}".formatted(option));
      assertThat(refused.status()).as(option).isEqualTo(501);
      assertThat(refused.reason()).as(option).isEqualTo("notImplemented");
    }
  }
}
