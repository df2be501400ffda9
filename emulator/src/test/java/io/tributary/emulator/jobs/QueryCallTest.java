package io.tributary.emulator.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.contract.Standing;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** jobs.query and jobs.getQueryResults as they are on the wire. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class QueryCallTest {
  private static final String RUNNING = "https://cloud.google.com/bigquery/docs/running-queries";

  private final BigQueryUnderTest bigQuery;
  private final RawRest raw;

  QueryCallTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.raw = new RawRest(bigQuery);
  }

  private JsonNode query(String sql, String... members) {
    RawRest.Reply reply = raw.post("/queries", body(sql, members));
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply.body();
  }

  private static String body(String sql, String... members) {
    StringBuilder body = new StringBuilder("{\"useLegacySql\":false,\"query\":\"");
    body.append(sql.replace("\"", "\\\"")).append('"');
    for (String member : members) {
      body.append(',').append(member);
    }
    return body.append('}').toString();
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "A query that ends in time is answered with jobComplete, its schema, rows, totalRows"
              + " and jobReference.",
      source = Sources.REST_JOBS_QUERY)
  void answersWhatIsComplete() {
    JsonNode answer = query("SELECT 1 AS a, 'x' AS b");
    assertThat(answer.path("kind").asText()).isEqualTo("bigquery#queryResponse");
    assertThat(answer.path("jobComplete").asBoolean()).isTrue();
    assertThat(answer.at("/schema/fields/0/name").asText()).isEqualTo("a");
    assertThat(answer.at("/schema/fields/0/type").asText()).isEqualTo("INTEGER");
    assertThat(answer.at("/rows/0/f/1/v").asText()).isEqualTo("x");
    assertThat(answer.path("totalRows").asText()).isEqualTo("1");
    assertThat(answer.at("/jobReference/jobId").asText()).isNotEmpty();
    assertThat(answer.at("/jobReference/location").asText()).isEqualTo("US");
    assertThat(answer.path("cacheHit").asBoolean()).isFalse();
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A statement that changes rows is answered with numDmlAffectedRows and dmlStats.",
      source = Sources.REST_JOBS_QUERY)
  void answersHowManyRowsChanged() {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    String name = BigQueryUnderTest.sql(table);
    JsonNode inserted = query("INSERT " + name + " VALUES (1), (2), (3)");
    assertThat(inserted.path("numDmlAffectedRows").asText()).isEqualTo("3");
    assertThat(inserted.at("/dmlStats/insertedRowCount").asText()).isEqualTo("3");
    JsonNode merged =
        query(
            "MERGE "
                + name
                + " t USING (SELECT 1 AS id UNION ALL SELECT 2 UNION ALL SELECT 9) s"
                + " ON t.id = s.id WHEN MATCHED AND s.id = 1 THEN DELETE"
                + " WHEN MATCHED THEN UPDATE SET id = -s.id WHEN NOT MATCHED THEN INSERT ROW");
    assertThat(merged.at("/dmlStats/insertedRowCount").asText()).isEqualTo("1");
    assertThat(merged.at("/dmlStats/updatedRowCount").asText()).isEqualTo("1");
    assertThat(merged.at("/dmlStats/deletedRowCount").asText()).isEqualTo("1");
    JsonNode truncated = query("TRUNCATE TABLE " + name);
    assertThat(truncated.at("/dmlStats/deletedRowCount").asText()).isEqualTo("3");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "A DDL statement is answered without a schema; the job says what it did to which table.",
      source = Sources.REST_JOB)
  void answersWhatDdlDid() {
    TableId table = bigQuery.newName();
    JsonNode answer = query("CREATE TABLE " + BigQueryUnderTest.sql(table) + " (id INT64)");
    assertThat(answer.path("jobComplete").asBoolean()).isTrue();
    assertThat(answer.has("schema")).isFalse();
    JsonNode statistics =
        raw.get("/jobs/" + answer.at("/jobReference/jobId").asText())
            .body()
            .at("/statistics/query");
    assertThat(statistics.path("statementType").asText()).isEqualTo("CREATE_TABLE");
    assertThat(statistics.path("ddlOperationPerformed").asText()).isEqualTo("CREATE");
    assertThat(statistics.at("/ddlTargetTable/tableId").asText()).isEqualTo(table.getTable());
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "A result longer than maxResults comes in pages: a pageToken leads to the next by"
              + " jobs.getQueryResults.",
      source = Sources.REST_QUERY_RESULTS)
  void resultsComeInPages() {
    JsonNode first =
        query("SELECT n FROM UNNEST(GENERATE_ARRAY(1, 5)) AS n ORDER BY n", "\"maxResults\":2");
    assertThat(first.path("rows").size()).isEqualTo(2);
    assertThat(first.path("totalRows").asText()).isEqualTo("5");
    String path = "/queries/" + first.at("/jobReference/jobId").asText();
    JsonNode second =
        raw.get(path + "?maxResults=2&pageToken=" + first.path("pageToken").asText()).body();
    assertThat(second.path("kind").asText()).isEqualTo("bigquery#getQueryResultsResponse");
    assertThat(second.at("/rows/0/f/0/v").asText()).isEqualTo("3");
    JsonNode third =
        raw.get(path + "?maxResults=2&pageToken=" + second.path("pageToken").asText()).body();
    assertThat(third.at("/rows/0/f/0/v").asText()).isEqualTo("5");
    assertThat(third.has("pageToken")).isFalse();
    assertThat(raw.get(path + "?startIndex=3").body().at("/rows/0/f/0/v").asText()).isEqualTo("4");
    assertThat(raw.get(path + "?maxResults=0").body().has("rows")).isFalse();
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.JOBS,
      says =
          "A query that is not done after timeoutMs is answered jobComplete false, and goes on;"
              + " jobs.getQueryResults waits for it likewise.",
      source = Sources.REST_JOBS_QUERY)
  void waitsNoLongerThanAsked() {
    String id = "slow-" + UUID.randomUUID();
    try (Fault stall =
        bigQuery.emulator().faults().stallJob(id::equals, 0, Duration.ofMinutes(1))) {
      bigQuery
          .rest()
          .create(
              com.google.cloud.bigquery.JobInfo.of(
                  JobId.of(id), com.google.cloud.bigquery.QueryJobConfiguration.of("SELECT 7")));
      await().until(() -> stall.waiting() == 1);
      JsonNode early = raw.get("/queries/" + id + "?timeoutMs=10").body();
      assertThat(early.path("jobComplete").asBoolean()).isFalse();
      assertThat(early.has("rows")).isFalse();
      assertThat(early.at("/jobReference/jobId").asText()).isEqualTo(id);
      assertThat(stall.fired()).isEqualTo(1);
    }
    JsonNode late = raw.get("/queries/" + id + "?timeoutMs=60000").body();
    assertThat(late.path("jobComplete").asBoolean()).isTrue();
    assertThat(late.at("/rows/0/f/0/v").asText()).isEqualTo("7");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.JOBS,
      says = "jobs.query with a short timeoutMs answers before the query is done.",
      source = Sources.REST_JOBS_QUERY)
  void queriesMayAnswerEarly() {
    try (Fault stall =
        bigQuery.emulator().faults().stallJob(any -> true, 0, Duration.ofMinutes(1))) {
      JsonNode answer = query("SELECT 7", "\"timeoutMs\":10");
      assertThat(answer.path("jobComplete").asBoolean()).isFalse();
      assertThat(answer.at("/jobReference/jobId").asText()).isNotEmpty();
      await().until(() -> stall.fired() == 1);
    }
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "A jobs.query with the requestId of an earlier one is that query again: it changes"
              + " nothing twice.",
      source = Sources.REST_JOBS_QUERY)
  void requestIdsMakeQueriesSafeToRepeat() {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    String sql = "INSERT " + BigQueryUnderTest.sql(table) + " VALUES (1)";
    String request = "\"requestId\":\"" + UUID.randomUUID() + "\"";
    JsonNode first = query(sql, request);
    JsonNode second = query(sql, request);
    assertThat(second.path("jobReference")).isEqualTo(first.path("jobReference"));
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
    query(sql, "\"requestId\":\"" + UUID.randomUUID() + "\"");
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "1");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "With JOB_CREATION_OPTIONAL a short query has a queryId and no jobReference.",
      source = RUNNING)
  void shortQueriesNeedNoJob() {
    JsonNode answer = query("SELECT 1", "\"jobCreationMode\":\"JOB_CREATION_OPTIONAL\"");
    assertThat(answer.has("jobReference")).isFalse();
    assertThat(answer.path("queryId").asText()).isNotEmpty();
    assertThat(answer.at("/rows/0/f/0/v").asText()).isEqualTo("1");
    JsonNode paged =
        query(
            "SELECT n FROM UNNEST([1, 2, 3]) AS n",
            "\"jobCreationMode\":\"JOB_CREATION_OPTIONAL\"",
            "\"maxResults\":1");
    assertThat(paged.at("/jobReference/jobId").asText()).isNotEmpty();
    assertThat(
            query("SELECT 1", "\"jobCreationMode\":\"JOB_CREATION_REQUIRED\"")
                .at("/jobReference/jobId")
                .asText())
        .isNotEmpty();
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A query that fails is an error of the call, with the job's reason and message.",
      source = Sources.ERROR_MESSAGES)
  void failuresAreErrorsOfTheCall() {
    RawRest.Reply wrong = raw.post("/queries", body("SELECT no_such_column"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.reason()).isEqualTo("invalidQuery");
    assertThat(wrong.message()).contains("no_such_column");
    RawRest.Reply late = raw.post("/queries", body("SELECT ERROR('while it ran')"));
    assertThat(late.status()).isEqualTo(400);
    assertThat(late.message()).contains("while it ran");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A query has at most 1,024,000 characters.",
      source = Sources.QUOTAS)
  void queriesHaveALength() {
    String sql = "SELECT 1 -- " + "x".repeat(1_024_001);
    RawRest.Reply refused = raw.post("/queries", body(sql));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.reason()).isEqualTo("invalid");
  }

  @Test
  @Behaviour(
      area = Area.PERMISSIONS,
      says =
          "A query runs where its datasets are, and fails with notFound if it is sent elsewhere.",
      source = Sources.LOCATIONS)
  void queriesRunWhereTheDataIs() {
    String dataset = "tributary_eu_" + UUID.randomUUID().toString().replace('-', '_');
    bigQuery
        .rest()
        .create(
            com.google.cloud.bigquery.DatasetInfo.newBuilder(dataset).setLocation("EU").build());
    try {
      query("CREATE TABLE %s.t (id INT64)".formatted(dataset), "\"location\":\"EU\"");
      assertThat(
              query("SELECT * FROM %s.t".formatted(dataset)).at("/jobReference/location").asText())
          .isEqualTo("EU");
      RawRest.Reply elsewhere =
          raw.post(
              "/queries", body("SELECT * FROM %s.t".formatted(dataset), "\"location\":\"US\""));
      assertThat(elsewhere.status()).isEqualTo(404);
      assertThat(elsewhere.message())
          .isEqualTo(
              "Not found: Dataset %s:%s was not found in location US"
                  .formatted(BigQueryUnderTest.PROJECT, dataset));
    } finally {
      bigQuery
          .rest()
          .delete(dataset, com.google.cloud.bigquery.BigQuery.DatasetDeleteOption.deleteContents());
    }
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.JOBS,
      says = "Queries of legacy SQL.",
      source = RUNNING,
      standing = Standing.NOT_SUPPORTED)
  void legacySqlIsRefused() {
    RawRest.Reply refused = raw.post("/queries", "{\"useLegacySql\":true,\"query\":\"SELECT 1\"}");
    assertThat(refused.status()).isEqualTo(501);
    assertThat(refused.reason()).isEqualTo("notImplemented");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.JOBS,
      says = "Jobs that load, copy or extract.",
      source = Sources.REST_JOB,
      standing = Standing.NOT_SUPPORTED)
  void otherJobsAreRefused() {
    for (String kind : new String[] {"load", "copy", "extract"}) {
      RawRest.Reply refused =
          raw.post("/jobs", "{\"configuration\":{\"%s\":{\"x\":1}}}".formatted(kind));
      assertThat(refused.status()).isEqualTo(501);
      assertThat(refused.reason()).isEqualTo("notImplemented");
    }
  }
}
