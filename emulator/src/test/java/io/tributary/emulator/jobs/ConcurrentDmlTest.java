package io.tributary.emulator.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that change rows of one table at the same time. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@EmulatorOnly
class ConcurrentDmlTest {
  private final BigQueryUnderTest bigQuery;
  private final String id = "dml-" + UUID.randomUUID();
  private final TableId table;
  private final String name;

  ConcurrentDmlTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.table = bigQuery.newName();
    this.name = BigQueryUnderTest.sql(table);
    bigQuery.query(
        ("CREATE TABLE %s (day DATE, id INT64) PARTITION BY day; "
                + "INSERT %s VALUES ('2026-01-01', 1), ('2026-01-02', 2)")
            .formatted(name, name));
  }

  private void start(String sql) {
    bigQuery.rest().create(JobInfo.of(JobId.of(id), QueryJobConfiguration.of(sql)));
  }

  private Job ended() {
    await().until(() -> bigQuery.rest().getJob(JobId.of(id)).isDone());
    return bigQuery.rest().getJob(JobId.of(id));
  }

  /** Holds the job of this test after its work and before its commit. */
  private Fault stall() {
    return bigQuery.emulator().faults().stallCommit(id::equals, 0, Duration.ofMinutes(1));
  }

  private String rows() {
    return String.join(";", bigQuery.query("SELECT day, id FROM " + name + " ORDER BY day, id"));
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says =
          "A statement sees the rows that were there when it started, not those that come while"
              + " it runs.",
      source = Sources.SQL_DML)
  void statementsSeeTheirStart() {
    try (Fault stall = stall()) {
      start("UPDATE " + name + " SET id = -id WHERE TRUE");
      await().until(() -> stall.waiting() == 1);
      bigQuery.query("INSERT " + name + " VALUES ('2026-01-03', 3)");
    }
    assertThat(ended().<QueryStatistics>getStatistics().getDmlStats().getUpdatedRowCount())
        .isEqualTo(2);
    assertThat(rows()).isEqualTo("2026-01-01 -1;2026-01-02 -2;2026-01-03 3");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says = "Rows inserted while a statement changes the table do not conflict with it.",
      source = Sources.DML)
  void insertsConflictWithNothing() {
    try (Fault stall = stall()) {
      start("INSERT " + name + " VALUES ('2026-01-01', 7)");
      await().until(() -> stall.waiting() == 1);
      bigQuery.query("DELETE FROM " + name + " WHERE TRUE");
      assertThat(stall.fired()).isEqualTo(1);
    }
    assertThat(ended().getStatus().getError()).isNull();
    assertThat(rows()).isEqualTo("2026-01-01 7");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says = "Statements that change different partitions of a table do not conflict.",
      source = Sources.DML)
  void otherPartitionsDoNotConflict() {
    try (Fault stall = stall()) {
      start("UPDATE " + name + " SET id = 10 WHERE day = '2026-01-01'");
      await().until(() -> stall.waiting() == 1);
      bigQuery.query("UPDATE " + name + " SET id = 20 WHERE day = '2026-01-02'");
      stall.release();
      assertThat(ended().getStatus().getError()).isNull();
      assertThat(stall.fired()).as("runs").isEqualTo(1);
    }
    assertThat(rows()).isEqualTo("2026-01-01 10;2026-01-02 20");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE %s SET day = '2026-01-02' WHERE day = '2026-01-01'",
        "UPDATE %s SET day = DATE_ADD(day, INTERVAL 1 DAY) WHERE id = 1",
        "MERGE %s t USING (SELECT 1 AS id) s ON t.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET day = '2026-01-02'"
      })
  @Behaviour(
      area = Area.DML,
      says =
          "A statement that moves rows to another partition conflicts with statements that change"
              + " that one.",
      source = Sources.DML)
  void movedRowsConflictWhereTheyGo(String move) {
    try (Fault first = stall()) {
      start(move.formatted(name));
      await().until(() -> first.waiting() == 1);
      bigQuery.query("UPDATE " + name + " SET id = 20 WHERE day = '2026-01-02'");
      try (Fault second = stall()) {
        first.release();
        await("a second run").until(() -> second.waiting() == 1);
      }
    }
    assertThat(ended().getStatus().getError()).isNull();
    assertThat(rows()).isEqualTo("2026-01-02 1;2026-01-02 20");
  }

  @Test
  void theOtherStatementLosesToMovedRows() {
    try (Fault stall = stall()) {
      start("UPDATE " + name + " SET id = id + 100 WHERE day = '2026-01-02'");
      await().until(() -> stall.waiting() == 1);
      bigQuery.query("UPDATE " + name + " SET day = '2026-01-02' WHERE id = 1");
    }
    assertThat(ended().<QueryStatistics>getStatistics().getDmlStats().getUpdatedRowCount())
        .isEqualTo(2);
    assertThat(rows()).isEqualTo("2026-01-02 101;2026-01-02 102");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says =
          "Of two statements that change one partition at a time, the loser is run again on the"
              + " newer rows.",
      source = Sources.DML)
  void losersRunAgain() {
    bigQuery.query("INSERT " + name + " VALUES ('2026-01-01', 3)");
    try (Fault stall = stall()) {
      start("UPDATE " + name + " SET id = id + 100 WHERE day = '2026-01-01'");
      await().until(() -> stall.waiting() == 1);
      bigQuery.query("DELETE FROM " + name + " WHERE day = '2026-01-01' AND id = 3");
    }
    assertThat(ended().<QueryStatistics>getStatistics().getDmlStats().getUpdatedRowCount())
        .isEqualTo(1);
    assertThat(rows()).isEqualTo("2026-01-01 101;2026-01-02 2");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says =
          "A statement that loses again after three more runs fails: Could not serialize access"
              + " to table, due to concurrent update.",
      source = "https://cloud.google.com/bigquery/docs/troubleshoot-queries")
  void afterThreeMoreRunsItFails() {
    List<Fault> runs = new ArrayList<>(List.of(stall()));
    start("UPDATE " + name + " SET id = id + 100 WHERE day = '2026-01-01'");
    for (int run = 0; run < 4; run++) {
      Fault held = runs.get(run);
      await().until(() -> held.waiting() == 1);
      bigQuery.query("UPDATE " + name + " SET id = id + 1 WHERE day = '2026-01-01'");
      runs.add(stall());
      held.close();
    }
    Job lost = ended();
    assertThat(lost.getStatus().getError().getReason()).isEqualTo("invalidQuery");
    assertThat(lost.getStatus().getError().getMessage())
        .isEqualTo(
            "Could not serialize access to table %s due to concurrent update"
                .formatted(BigQueryUnderTest.ref(table)));
    runs.get(4).close();
    assertThat(rows()).isEqualTo("2026-01-01 5;2026-01-02 2");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says =
          "A MERGE that in fact only inserts conflicts with nothing, even beside one that changes"
              + " the same rows.",
      source = Sources.DML)
  void insertingMergesConflictWithNothing() {
    try (Fault stall = stall()) {
      start(
          "MERGE "
              + name
              + " t USING (SELECT 9 AS id) s ON t.id = s.id"
              + " WHEN MATCHED THEN DELETE"
              + " WHEN NOT MATCHED THEN INSERT (day, id) VALUES ('2026-01-01', s.id)");
      await().until(() -> stall.waiting() == 1);
      bigQuery.query("UPDATE " + name + " SET id = id + 1 WHERE TRUE");
      stall.release();
      assertThat(ended().getStatus().getError()).isNull();
      assertThat(stall.fired()).as("runs").isEqualTo(1);
    }
    assertThat(rows()).isEqualTo("2026-01-01 2;2026-01-01 9;2026-01-02 3");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says = "TRUNCATE TABLE conflicts with a statement that changes any partition.",
      source = Sources.DML)
  void truncationConflictsWithAll() {
    try (Fault stall = stall()) {
      start("UPDATE " + name + " SET id = 10 WHERE day = '2026-01-01'");
      await().until(() -> stall.waiting() == 1);
      bigQuery.query("TRUNCATE TABLE " + name);
    }
    assertThat(ended().<QueryStatistics>getStatistics().getDmlStats().getUpdatedRowCount())
        .isZero();
    assertThat(rows()).isEmpty();
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says = "A statement that fails after it changed rows leaves all rows as they were.",
      source = Sources.SQL_DML)
  void statementsAreAtomic() {
    start("UPDATE " + name + " SET id = IF(id = 2, ERROR('half way'), id + 1) WHERE TRUE");
    assertThat(ended().getStatus().getError().getMessage()).contains("half way");
    assertThat(rows()).isEqualTo("2026-01-01 1;2026-01-02 2");
  }
}
