package io.tributary.emulator.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.bigquery.BigQuery.JobListOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs by their id: jobs.insert, get, list, cancel and delete. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class JobResourceTest {
  private static final String INSERT =
      "https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/insert";
  private static final String LIST =
      "https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/list";

  private final BigQueryUnderTest bigQuery;
  private final String id = "job-" + UUID.randomUUID();

  JobResourceTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  private Job run(String jobId, String sql) {
    return ended(start(jobId, sql).getJobId());
  }

  private Job ended(JobId job) {
    await().until(() -> bigQuery.rest().getJob(job).isDone());
    return bigQuery.rest().getJob(job);
  }

  private Job start(String jobId, String sql) {
    return bigQuery.rest().create(JobInfo.of(JobId.of(jobId), QueryJobConfiguration.of(sql)));
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A job ends in state DONE with the times of its creation, start and end.",
      source = Sources.REST_JOB)
  void jobsEnd() throws Exception {
    Job job = run(id, "SELECT 42 AS answer");
    assertThat(job.getStatus().getState()).isEqualTo(JobStatus.State.DONE);
    assertThat(job.getStatus().getError()).isNull();
    JobStatistics statistics = job.getStatistics();
    assertThat(statistics.getCreationTime()).isPositive();
    assertThat(statistics.getStartTime()).isGreaterThanOrEqualTo(statistics.getCreationTime());
    assertThat(statistics.getEndTime()).isGreaterThanOrEqualTo(statistics.getStartTime());
    assertThat(job.getQueryResults().iterateAll())
        .extracting(row -> row.get("answer").getLongValue())
        .containsExactly(42L);
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "An id that a job has had is refused with 409 duplicate, also if that job failed.",
      source = Sources.REST_JOB_REFERENCE)
  void idsAreUnique() {
    assertThat(run(id, "SELECT ERROR('failed')").getStatus().getError()).isNotNull();
    String body =
        "{\"jobReference\":{\"jobId\":\"%s\",\"location\":\"US\"},\"configuration\":{\"query\":"
                .formatted(id)
            + "{\"query\":\"SELECT 1\",\"useLegacySql\":false}}}";
    RawRest.Reply again = new RawRest(bigQuery).post("/jobs", body);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.reason()).isEqualTo("duplicate");
    assertThat(again.message())
        .isEqualTo("Already Exists: Job %s:US.%s".formatted(BigQueryUnderTest.PROJECT, id));
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A job's id has letters, digits, dashes and underscores, at most 1,024 of them.",
      source = Sources.REST_JOB_REFERENCE)
  void idsHaveAForm() {
    assertThat(Refusal.of(() -> start("with blank", "SELECT 1")).code()).isEqualTo(400);
    assertThat(Refusal.of(() -> start("x".repeat(1025), "SELECT 1")).code()).isEqualTo(400);
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A job whose statement is wrong is made, and fails with reason invalidQuery.",
      source = Sources.ERROR_MESSAGES)
  void wrongStatementsFail() {
    Job job = run(id, "SELECT no_such_column");
    assertThat(job.getStatus().getState()).isEqualTo(JobStatus.State.DONE);
    assertThat(job.getStatus().getError().getReason()).isEqualTo("invalidQuery");
    assertThat(job.getStatus().getError().getLocation()).isEqualTo("query");
    assertThat(job.getStatus().getError().getMessage()).contains("no_such_column");
    assertThat(job.getStatus().getExecutionErrors()).hasSize(1);
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "jobs.insert refuses nothing about the statement's tables; the job fails with notFound.",
      source = Sources.ERROR_MESSAGES)
  void absentTablesFailTheJob() {
    TableId absent = bigQuery.newName();
    Job job = run(id, "SELECT * FROM " + BigQueryUnderTest.sql(absent));
    assertThat(job.getStatus().getError().getReason()).isEqualTo("notFound");
    assertThat(job.getStatus().getError().getMessage())
        .startsWith("Not found: Table " + BigQueryUnderTest.ref(absent))
        .contains("was not found in location");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A job keeps its labels, its priority and its default dataset.",
      source = Sources.REST_JOB)
  void jobsKeepTheirConfiguration() {
    QueryJobConfiguration configuration =
        QueryJobConfiguration.newBuilder("SELECT 1")
            .setLabels(Map.of("team", "data"))
            .setPriority(QueryJobConfiguration.Priority.BATCH)
            .setDefaultDataset(BigQueryUnderTest.DATASET)
            .build();
    bigQuery.rest().create(JobInfo.of(JobId.of(id), configuration));
    QueryJobConfiguration kept = bigQuery.rest().getJob(JobId.of(id)).getConfiguration();
    assertThat(kept.getLabels()).containsOnly(Map.entry("team", "data"));
    assertThat(kept.getPriority()).isEqualTo(QueryJobConfiguration.Priority.BATCH);
    assertThat(kept.getDefaultDataset().getDataset()).isEqualTo(BigQueryUnderTest.DATASET);
    assertThat(kept.getQuery()).isEqualTo("SELECT 1");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A job's labels have the same form as those of a table.",
      source = "https://cloud.google.com/bigquery/docs/labels-intro")
  void labelsHaveAForm() {
    QueryJobConfiguration configuration =
        QueryJobConfiguration.newBuilder("SELECT 1").setLabels(Map.of("Upper", "x")).build();
    assertThat(
            Refusal.of(() -> bigQuery.rest().create(JobInfo.of(JobId.of(id), configuration)))
                .code())
        .isEqualTo(400);
  }

  @Test
  @Behaviour(
      area = Area.PERMISSIONS,
      says = "A job that is not there, or not in the location asked for, is 404 notFound.",
      source = Sources.ERROR_MESSAGES)
  @Behaviour(
      area = Area.PERMISSIONS,
      says =
          "Jobs of the multi-regions US and EU are found without naming the location, others not.",
      source = Sources.REST_QUERY_RESULTS)
  void jobsAreFoundWhereTheyAre() {
    RawRest raw = new RawRest(bigQuery);
    run(id, "SELECT 1");
    assertThat(raw.get("/jobs/" + id).status()).isEqualTo(200);
    assertThat(raw.get("/jobs/" + id + "?location=US").status()).isEqualTo(200);
    assertThat(raw.get("/jobs/" + id + "?location=us").status()).isEqualTo(200);
    RawRest.Reply elsewhere = raw.get("/jobs/" + id + "?location=asia-northeast1");
    assertThat(elsewhere.status()).isEqualTo(404);
    assertThat(elsewhere.reason()).isEqualTo("notFound");
    assertThat(raw.get("/queries/" + id + "?location=EU").status()).isEqualTo(404);
    String regional = id + "-r";
    JobId named = JobId.newBuilder().setJob(regional).setLocation("asia-northeast1").build();
    bigQuery.rest().create(JobInfo.of(named, QueryJobConfiguration.of("SELECT 1")));
    ended(named);
    assertThat(raw.get("/jobs/" + regional).status()).isEqualTo(404);
    assertThat(raw.get("/queries/" + regional).status()).isEqualTo(404);
    assertThat(raw.get("/jobs/" + regional + "?location=asia-northeast1").status()).isEqualTo(200);
    assertThat(raw.get("/jobs/no-such-job").status()).isEqualTo(404);
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "jobs.list shows the newest jobs first, in pages, and filters by state and by time of"
              + " creation.",
      source = LIST)
  void listsJobs() {
    Job first = run(id + "-1", "SELECT 1");
    run(id + "-2", "SELECT 2");
    List<String> mine = mine(JobListOption.pageSize(1));
    assertThat(mine).containsExactly(id + "-2", id + "-1");
    long later = first.getStatistics().getCreationTime() + Duration.ofDays(1).toMillis();
    assertThat(mine(JobListOption.minCreationTime(later))).isEmpty();
    assertThat(mine(JobListOption.maxCreationTime(later))).hasSize(2);
    assertThat(mine(JobListOption.stateFilter(JobStatus.State.DONE))).hasSize(2);
    assertThat(mine(JobListOption.stateFilter(JobStatus.State.PENDING))).isEmpty();
  }

  private List<String> mine(JobListOption... options) {
    return StreamSupport.stream(bigQuery.rest().listJobs(options).iterateAll().spliterator(), false)
        .limit(300)
        .map(job -> job.getJobId().getJob())
        .filter(job -> job.startsWith(id))
        .toList();
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "The statements of a script are child jobs: the script has numChildJobs, each child"
              + " the parentJobId and its own text, and jobs.list finds them by it.",
      source = Sources.SQL_SCRIPTS)
  void scriptsHaveChildren() {
    Job script = run(id, "DECLARE x INT64 DEFAULT 1; SELECT x; SELECT x + 1;");
    JobStatistics.QueryStatistics statistics = script.getStatistics();
    assertThat(statistics.getStatementType())
        .isEqualTo(JobStatistics.QueryStatistics.StatementType.SCRIPT);
    assertThat(statistics.getNumChildJobs()).isEqualTo(2);
    List<Job> children =
        StreamSupport.stream(
                bigQuery.rest().listJobs(JobListOption.parentJobId(id)).iterateAll().spliterator(),
                false)
            .toList();
    assertThat(children).hasSize(2);
    assertThat(children)
        .allSatisfy(
            child -> {
              assertThat(child.getStatistics().getParentJobId()).isEqualTo(id);
              assertThat(child.getStatus().getState()).isEqualTo(JobStatus.State.DONE);
            });
    assertThat(children)
        .extracting(child -> child.<QueryJobConfiguration>getConfiguration().getQuery())
        .containsExactlyInAnyOrder("SELECT x", "SELECT x + 1");
    assertThat(bigQuery.rest().getJob(JobId.of(id)).<QueryJobConfiguration>getConfiguration())
        .extracting(QueryJobConfiguration::getQuery)
        .isEqualTo("DECLARE x INT64 DEFAULT 1; SELECT x; SELECT x + 1;");
    assertThat(mine()).containsExactly(id);
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.JOBS,
      says = "A job that is cancelled ends with reason stopped.",
      source = "https://cloud.google.com/bigquery/docs/managing-jobs")
  @Behaviour(
      area = Area.JOBS,
      says = "jobs.list tells running jobs from those that are done.",
      source = LIST)
  void jobsAreCancelled() {
    try (Fault stall =
        bigQuery.emulator().faults().stallJob(id::equals, 1, Duration.ofMinutes(1))) {
      Job job = start(id, "SELECT 1; SELECT 2;");
      await().until(() -> stall.waiting() == 1);
      assertThat(mine(JobListOption.stateFilter(JobStatus.State.RUNNING))).containsExactly(id);
      assertThat(mine(JobListOption.stateFilter(JobStatus.State.DONE))).isEmpty();
      assertThat(job.cancel()).isTrue();
    }
    assertThat(ended(JobId.of(id)).getStatus().getError().getReason()).isEqualTo("stopped");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "jobs.cancel of a job that is done answers well and changes nothing.",
      source = "https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/cancel")
  void doneJobsCannotBeCancelled() {
    Job job = run(id, "SELECT 1");
    assertThat(job.cancel()).isTrue();
    assertThat(bigQuery.rest().getJob(JobId.of(id)).getStatus().getError()).isNull();
    assertThat(bigQuery.rest().cancel(JobId.of("no-such-job"))).isFalse();
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "jobs.delete removes a job, and a script's children with it, but no child alone.",
      source = "https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/delete")
  void jobsAreDeleted() {
    run(id, "SELECT 1; SELECT 2;");
    JobId child =
        bigQuery
            .rest()
            .listJobs(JobListOption.parentJobId(id))
            .getValues()
            .iterator()
            .next()
            .getJobId();
    assertThat(Refusal.of(() -> bigQuery.rest().delete(child)).code()).isEqualTo(400);
    assertThat(bigQuery.rest().delete(JobId.of(id))).isTrue();
    assertThat(bigQuery.rest().getJob(JobId.of(id))).isNull();
    assertThat(bigQuery.rest().getJob(child)).isNull();
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A job that writes takes effect once, however often its insert is sent with its id.",
      source = INSERT)
  void resubmittingIsSafe() {
    TableId table =
        bigQuery.newTable(
            com.google.cloud.bigquery.Field.of(
                "id", com.google.cloud.bigquery.StandardSQLTypeName.INT64));
    String sql = "INSERT %s VALUES (1)".formatted(BigQueryUnderTest.sql(table));
    run(id, sql);
    try {
      run(id, sql);
    } catch (BigQueryException e) {
      assertThat(e.getCode()).isEqualTo(409);
    }
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.JOBS,
      says = "A job that was lost when its insert failed is there under its id.",
      source = Sources.ERROR_MESSAGES)
  void aLostAnswerLeavesTheJob() {
    try (Fault lost =
        bigQuery
            .emulator()
            .faults()
            .loseAnswer(
                io.tributary.emulator.faults.CallMatch.of("jobs.insert")
                    .onJob(id::equals)
                    .nth(1))) {
      Job job = run(id, "SELECT 1");
      assertThat(lost.fired()).isEqualTo(1);
      assertThat(job.getStatus().getError()).isNull();
    }
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A job resource has kind, id, jobReference with its location, and user_email.",
      source = Sources.REST_JOB)
  void aResourceSaysWhatItIs() {
    run(id, "SELECT 1");
    JsonNode json = new RawRest(bigQuery).get("/jobs/" + id).body();
    assertThat(json.path("kind").asText()).isEqualTo("bigquery#job");
    assertThat(json.path("id").asText()).isEqualTo(BigQueryUnderTest.PROJECT + ":US." + id);
    assertThat(json.at("/jobReference/jobId").asText()).isEqualTo(id);
    assertThat(json.at("/jobReference/location").asText()).isEqualTo("US");
    assertThat(json.path("user_email").asText()).contains("@");
    assertThat(json.at("/configuration/jobType").asText()).isEqualTo("QUERY");
    assertThat(json.at("/statistics/creationTime").isTextual()).isTrue();
  }
}
