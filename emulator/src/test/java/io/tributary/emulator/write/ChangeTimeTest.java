package io.tributary.emulator.write;

import static io.tributary.emulator.write.Changes.delete;
import static io.tributary.emulator.write.Changes.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery.JobListOption;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatus;
import com.google.protobuf.ByteString;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.contract.Standing;
import io.tributary.emulator.engine.ChangeOptions;
import io.tributary.emulator.engine.ChangeOptions.ApplyJobs;
import io.tributary.emulator.engine.ChangeOptions.DeleteRows;
import io.tributary.emulator.junit.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When changes are seen, what is remembered for how long, and what is left to chance. Source, where
 * a test names no other: https://cloud.google.com/bigquery/docs/change-data-capture.
 */
@EmulatorOnly
class ChangeTimeTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private final MovableClock clock = MovableClock.at(START);

  private BigQueryUnderTest start(ChangeOptions options) {
    return BigQueryUnderTest.start(EmulatorOptions.builder().clock(clock).changes(options));
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "With max_staleness a query may miss changes younger than the interval, "
              + "and none that are older.",
      source = Sources.CHANGE_DATA_CAPTURE)
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "With max_staleness taken away a query sees all changes.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void readsTheBaselineWithinMaxStaleness() {
    try (BigQueryUnderTest bigQuery = start(ChangeOptions.defaults())) {
      Changes changes = Changes.ofNewTable(bigQuery);
      stale(changes);
      changes.store(upsert(1, "a", null));
      assertThat(changes.read()).as("the baseline").isEmpty();
      clock.advance(Duration.ofMinutes(9));
      changes.store(upsert(2, "b", null));
      assertThat(changes.read()).isEmpty();
      clock.advance(Duration.ofMinutes(1));
      assertThat(changes.read()).as("after a background job").containsExactly("1 a", "2 b");
      changes.store(delete(1, null));
      assertThat(changes.read()).containsExactly("1 a", "2 b");
      bigQuery.query(
          "ALTER TABLE "
              + BigQueryUnderTest.sql(changes.table())
              + " SET OPTIONS(max_staleness=NULL)");
      assertThat(changes.read()).containsExactly("2 b");
    }
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "A merge at query time leaves upsert_stream_apply_watermark of "
              + "INFORMATION_SCHEMA.TABLES; a background job moves it.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void onlyBackgroundJobsMoveTheWatermark() {
    try (BigQueryUnderTest bigQuery =
        start(ChangeOptions.defaults().withApplyJobs(ApplyJobs.ON_REQUEST))) {
      Changes changes = Changes.ofNewTable(bigQuery);
      stale(changes);
      changes.store(upsert(1, "a", null));
      clock.advance(Duration.ofMinutes(10));
      assertThat(changes.read()).as("merged at run time").containsExactly("1 a");
      assertThat(watermark(changes)).containsExactly("NULL");
      changes.store(upsert(2, "b", null));
      bigQuery.emulator().applyChanges(BigQueryUnderTest.ref(changes.table()));
      assertThat(changes.read()).containsExactly("1 a", "2 b");
      assertThat(watermark(changes)).containsExactly(START.plusSeconds(600).toString());
    }
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A background job applies changes at least once per max_staleness.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void theBackgroundJobRunsByTheClock() {
    try (BigQueryUnderTest bigQuery = start(ChangeOptions.defaults())) {
      Changes changes = Changes.ofNewTable(bigQuery);
      stale(changes);
      changes.store(upsert(1, "a", null));
      assertThat(watermark(changes)).containsExactly("NULL");
      clock.advance(Duration.ofMinutes(10));
      assertThat(watermark(changes)).containsExactly(START.plusSeconds(600).toString());
    }
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "Background jobs that apply changes are listed among the jobs of the project, with ids"
              + " like cdc_background.",
      source = Sources.CHANGE_DATA_CAPTURE)
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "Background jobs run as bigquery-adminbot@system.gserviceaccount.com.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void backgroundJobsAreListed() {
    try (BigQueryUnderTest bigQuery = start(ChangeOptions.defaults())) {
      Changes changes = Changes.ofNewTable(bigQuery);
      stale(changes);
      changes.store(upsert(1, "a", null));
      assertThat(backgroundJobs(bigQuery)).isEmpty();
      clock.advance(Duration.ofMinutes(10));
      assertThat(changes.read()).containsExactly("1 a");
      assertThat(backgroundJobs(bigQuery))
          .singleElement()
          .satisfies(
              job -> {
                assertThat(job.getStatus().getState()).isEqualTo(JobStatus.State.DONE);
                assertThat(job.getUserEmail())
                    .isEqualTo("bigquery-adminbot@system.gserviceaccount.com");
                assertThat(bigQuery.rest().getJob(job.getJobId())).isNotNull();
              });
      assertThat(
              bigQuery.query(
                  "SELECT user_email FROM `region-us`.INFORMATION_SCHEMA.JOBS"
                      + " WHERE job_id LIKE '%cdc_background%'"))
          .containsExactly("bigquery-adminbot@system.gserviceaccount.com");
    }
  }

  private static List<Job> backgroundJobs(BigQueryUnderTest bigQuery) {
    List<Job> jobs = new ArrayList<>();
    for (Job job : bigQuery.rest().listJobs(JobListOption.allUsers()).iterateAll()) {
      if (job.getJobId().getJob().contains("cdc_background")) {
        jobs.add(job);
      }
    }
    return jobs;
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "A DELETE is remembered for two days: a later UPSERT with a smaller number "
              + "does nothing until then.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void deletesAreRememberedForTwoDays() {
    try (BigQueryUnderTest bigQuery = start(ChangeOptions.defaults())) {
      Changes changes = Changes.ofNewTable(bigQuery);
      changes.store(upsert(1, "a", "1"));
      changes.store(delete(1, "5"));
      clock.advance(Duration.ofHours(47));
      changes.store(upsert(1, "late", "3"));
      assertThat(changes.read()).isEmpty();
      clock.advance(Duration.ofHours(2));
      changes.store(upsert(1, "too late", "4"));
      assertThat(changes.read()).as("the delete is forgotten").containsExactly("1 too late");
    }
  }

  /** The same if no query came between the changes. */
  @Test
  void deletesAreForgottenWithoutAnyQuery() {
    try (BigQueryUnderTest bigQuery = start(ChangeOptions.defaults())) {
      Changes changes = Changes.ofNewTable(bigQuery);
      changes.store(delete(1, "5"), delete(2, "5"));
      clock.advance(Duration.ofHours(47));
      changes.store(upsert(1, "late", "3"));
      clock.advance(Duration.ofHours(2));
      changes.store(upsert(2, "too late", "3"));
      assertThat(changes.read()).containsExactly("2 too late");
    }
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A row keeps its sequence number for good.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void rowsKeepTheirSequenceNumber() {
    try (BigQueryUnderTest bigQuery = start(ChangeOptions.defaults())) {
      Changes changes = Changes.ofNewTable(bigQuery);
      changes.store(upsert(1, "a", "5"));
      clock.advance(Duration.ofDays(30));
      changes.store(upsert(1, "old", "4"));
      assertThat(changes.read()).containsExactly("1 a");
    }
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "Which of the changes of a key in one request wins without sequence "
              + "numbers cannot be relied on.",
      source = "https://github.com/googleapis/java-bigquerystorage/issues/2404",
      standing = Standing.SWITCH)
  void theWinnerAmongEqualsIsChance() {
    List<List<String>> runs = new ArrayList<>();
    for (long seed : new long[] {7, 7, 8}) {
      try (BigQueryUnderTest bigQuery = start(ChangeOptions.defaults().withSeed(seed))) {
        Changes changes = Changes.ofNewTable(bigQuery);
        List<ByteString> rows = new ArrayList<>();
        for (long id = 0; id < 40; id++) {
          rows.add(upsert(id, "first", null));
          rows.add(upsert(id, "second", "0"));
          rows.add(upsert(id, "third", "0"));
        }
        changes.store(rows.toArray(new ByteString[0]));
        runs.add(changes.read());
      }
    }
    assertThat(runs.get(0)).hasSize(40).isEqualTo(runs.get(1)).isNotEqualTo(runs.get(2));
    assertThat(runs.get(0)).anyMatch(row -> row.endsWith("second"));
    assertThat(runs.get(0)).anyMatch(row -> row.endsWith("third"));
    assertThat(runs.get(0)).as("a missing number ranks lowest").noneMatch(r -> r.endsWith("first"));
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "DELETE may leave REQUIRED columns out that are not of the key, or must give them.",
      source = Sources.CHANGE_DATA_CAPTURE,
      standing = Standing.SWITCH)
  void deletesMayNeedRequiredColumns() {
    try (BigQueryUnderTest bigQuery =
        start(ChangeOptions.defaults().withDeleteRows(DeleteRows.NEED_REQUIRED_COLUMNS))) {
      Field required = Changes.NAME.toBuilder().setMode(Field.Mode.REQUIRED).build();
      Changes changes =
          new Changes(bigQuery, bigQuery.newKeyedTable(List.of("id"), Changes.ID, required));
      changes.store(upsert(1, "a", null));
      assertThat(changes.send(delete(1, null)).getRowErrors(0).getMessage())
          .isEqualTo("Field value of name cannot be empty.");
    }
  }

  /** Changes that wait, deletes that are remembered, and the refusal of DML outlive a restart. */
  @Test
  void aFileKeepsChanges(@TempDir Path folder) {
    EmulatorOptions.Builder options =
        EmulatorOptions.builder()
            .clock(clock)
            .changes(ChangeOptions.defaults())
            .dataFile(folder.resolve("data.db"));
    Changes changes;
    try (BigQueryUnderTest bigQuery = BigQueryUnderTest.start(options)) {
      changes = Changes.ofNewTable(bigQuery);
      changes.store(upsert(1, "a", "1"), delete(2, "9"));
      assertThat(changes.read()).containsExactly("1 a");
      changes.store(upsert(1, "b", "2"));
    }
    try (BigQueryUnderTest bigQuery = BigQueryUnderTest.start(options)) {
      Changes reopened = new Changes(bigQuery, changes.table());
      reopened.store(upsert(2, "late", "3"));
      assertThat(reopened.read()).containsExactly("1 b");
    }
  }

  private static void stale(Changes changes) {
    changes
        .bigQuery()
        .query(
            "ALTER TABLE "
                + BigQueryUnderTest.sql(changes.table())
                + " SET OPTIONS(max_staleness = INTERVAL 10 MINUTE)");
  }

  private static List<String> watermark(Changes changes) {
    return changes
        .bigQuery()
        .query(
            "SELECT FORMAT_TIMESTAMP('%FT%TZ', upsert_stream_apply_watermark) FROM"
                + " shop.INFORMATION_SCHEMA.TABLES WHERE table_name = '"
                + changes.table().getTable()
                + "'");
  }
}
