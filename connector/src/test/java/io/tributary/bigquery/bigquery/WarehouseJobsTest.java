package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.JobState;
import io.tributary.bigquery.table.Submission;
import io.tributary.bigquery.table.TableId;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs run once in the emulator, and queries are read. */
final class WarehouseJobsTest {
  @RegisterExtension static final EmulatedShop SHOP = new EmulatedShop();

  private BigQueryWarehouse warehouse;
  private TableId table;

  @BeforeEach
  void connect() {
    warehouse = SHOP.warehouse();
    table = SHOP.table();
  }

  @Test
  void aJobIdIsTakenOnce() {
    SHOP.createTable();
    String id = "tributary_" + table.table() + "_1";
    assertThat(warehouse.job(id)).isEqualTo(new Answer.Ok<>(new JobState.Absent()));

    assertThat(warehouse.submit(id, insert(7), Map.of("table", "x")))
        .isEqualTo(new Submission.Taken());
    assertThat(warehouse.submit(id, insert(8), Map.of())).isEqualTo(new Submission.IdInUse());

    assertThat(ended(id)).isInstanceOf(JobState.Succeeded.class);
    assertThat(SHOP.ids()).containsExactly("7");
  }

  @Test
  void aLostSubmissionIsFoundInUse() {
    SHOP.createTable();
    String id = "tributary_" + table.table() + "_1";
    try (Fault lost = SHOP.faults().loseAnswer(CallMatch.of("jobs.insert").times(1))) {
      assertThat(warehouse.submit(id, insert(7), Map.of())).isInstanceOf(Submission.TryAgain.class);
      assertThat(warehouse.submit(id, insert(7), Map.of())).isEqualTo(new Submission.IdInUse());
      assertThat(lost.fired()).isEqualTo(1);
    }
    assertThat(ended(id)).isInstanceOf(JobState.Succeeded.class);
    assertThat(SHOP.ids()).containsExactly("7");
  }

  @Test
  void aFailedJobSaysWhetherItMayPass() {
    SHOP.createTable();
    String wrong = "tributary_" + table.table() + "_1";
    String unlucky = "tributary_" + table.table() + "_2";
    warehouse.submit(wrong, "SELECT ERROR('no such column'); SELECT 1", Map.of());
    try (Fault fault = SHOP.faults().failJob(unlucky::equals, 0, Failure.internal())) {
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

  private String insert(int id) {
    return "INSERT INTO `" + table + "` (id) VALUES (" + id + ")";
  }

  private JobState ended(String id) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> EmulatedShop.ok(warehouse.job(id)),
            state -> !(state instanceof JobState.Underway));
  }
}
