package io.tributary.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.RawRest.Reply;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.faults.Fault;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests of the REST API that make no sense, or ask for what is not to be had. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class RestRefusalTest {
  private static final String DATASET = "/datasets/" + BigQueryUnderTest.DATASET;

  private final BigQueryUnderTest bigQuery;
  private final RawRest raw;

  RestRefusalTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.raw = new RawRest(bigQuery);
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "A body that is no JSON, or no JSON object, is refused with 400.",
      source = Sources.ERROR_MESSAGES)
  void bodiesAreObjects() {
    Reply broken = raw.post("/datasets", "{\"datasetReference\":");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.message()).isEqualTo("Invalid JSON payload received.");
    Reply list = raw.post("/datasets", "[]");
    assertThat(list.status()).isEqualTo(400);
    assertThat(list.message()).contains("the body must be an object");
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "A member that a method needs is named when it is missing: 400 invalid.",
      source = Sources.ERROR_MESSAGES)
  void membersAreRequired() {
    refused(raw.post("/datasets", "{}"), "datasetReference.datasetId");
    refused(raw.post(DATASET + "/tables", "{}"), "tableReference.tableId");
    refused(raw.post("/queries", "{\"useLegacySql\":false}"), "query");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "Modes, types and kinds of partitioning other than the documented ones are refused.",
      source = Sources.REST_TABLES)
  void namesAreThoseOfTheManual() {
    refused(table("\"schema\":{\"fields\":[{\"name\":\"a\",\"type\":\"X\"}]}"), "type: X");
    refused(
        table("\"schema\":{\"fields\":[{\"name\":\"a\",\"type\":\"STRING\",\"mode\":\"X\"}]}"),
        "mode: X");
    refused(table("\"timePartitioning\":{\"type\":\"X\"}"), "timePartitioning.type: X");
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "Numbers of the query string that are none are refused.",
      source = Sources.ERROR_MESSAGES)
  void numbersAreNumbers() {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    refused(raw.get(RawRest.path(table) + "/data?maxResults=x"), "maxResults: x");
    refused(raw.get(RawRest.path(table) + "/data?startIndex=x"), "x");
    refused(raw.get("/jobs?minCreationTime=x"), "minCreationTime: x");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A list of datasets is filtered by labels only.",
      source = Sources.REST_DATASETS + "/list")
  @Behaviour(
      area = Area.TABLES,
      says = "At most 64 labels go on a table.",
      source = "https://cloud.google.com/bigquery/docs/labels-intro")
  void labels() {
    refused(raw.get("/datasets?filter=name:x"), "Invalid filter");
    String many =
        IntStream.range(0, 65)
            .mapToObj(i -> "\"k" + i + "\":\"v\"")
            .collect(Collectors.joining(","));
    refused(table("\"labels\":{" + many + "}"), "Too many labels");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A job id has letters, digits, underscores and dashes, at most 1024.",
      source = Sources.REST_JOB_REFERENCE)
  @Behaviour(
      area = Area.JOBS,
      says = "A job that does not exist is 404 notFound.",
      source = Sources.ERROR_MESSAGES)
  @Behaviour(
      area = Area.QUOTAS,
      says = "The text of a statement has at most 1,024,000 characters.",
      source = Sources.QUOTAS + "#query_jobs")
  @Behaviour(
      area = Area.JOBS,
      says = "A query parameter whose value does not fit its type is refused.",
      source = Sources.REST_JOBS_QUERY)
  void jobs() {
    refused(
        raw.post(
            "/jobs",
            "{\"jobReference\":{\"jobId\":\"a b\"},\"configuration\":{\"query\":{\"query\":\"SELECT"
                + " 1\",\"useLegacySql\":false}}}"),
        "Invalid job ID");
    refused(query("SELECT '" + "x".repeat(1_024_000) + "'", ""), "The query is too large");
    refused(
        query(
            "SELECT @p",
            ",\"parameterMode\":\"NAMED\",\"queryParameters\":[{\"name\":\"p\",\"parameterType\":"
                + "{\"type\":\"INT64\"},\"parameterValue\":{\"value\":\"x\"}}]"),
        "Invalid value for query parameter p of type INT64");
    Reply absent = raw.get("/jobs/no_such_job");
    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.reason()).isEqualTo("notFound");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "Schema update options need WRITE_APPEND, or a partition that is truncated.",
      source = Sources.REST_JOB)
  @Behaviour(
      area = Area.JOBS,
      says = "A writeDisposition is WRITE_EMPTY, WRITE_TRUNCATE or WRITE_APPEND.",
      source = Sources.REST_JOB)
  void destinations() {
    refused(
        destination("\"schemaUpdateOptions\":[\"ALLOW_FIELD_ADDITION\"]"), "Schema update options");
    refused(destination("\"writeDisposition\":\"X\""), "writeDisposition: X");
  }

  private Reply destination(String members) {
    TableId table = bigQuery.newName();
    return raw.post(
        "/jobs",
        "{\"configuration\":{\"query\":{\"query\":\"SELECT 1 AS a\",\"useLegacySql\":false,"
            + "\"destinationTable\":{\"projectId\":\"%s\",\"datasetId\":\"%s\",\"tableId\":\"%s\"},%s}}}"
                .formatted(
                    BigQueryUnderTest.PROJECT, table.getDataset(), table.getTable(), members));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "The length of a STRING column cannot be made smaller.",
      source = Sources.MANAGING_SCHEMAS)
  void typeParameters() {
    TableId table =
        bigQuery.newTable(
            Field.newBuilder("a", StandardSQLTypeName.STRING).setMaxLength(10L).build());
    Reply reply =
        raw.send(
            "PATCH",
            RawRest.path(table),
            "{\"schema\":{\"fields\":[{\"name\":\"a\",\"type\":\"STRING\",\"maxLength\":\"5\"}]}}"
                .getBytes(StandardCharsets.UTF_8));
    refused(reply, "has changed its type parameters");
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says = "insertAll refuses an insertId of more than 128 characters, and views.",
      source = Sources.REST_TABLEDATA_INSERT)
  @Behaviour(
      area = Area.STREAMING,
      says = "A text that is too long for its column and a number beyond its range are row errors.",
      source = Sources.REST_TABLEDATA_INSERT)
  void streamedRows() {
    TableId table =
        bigQuery.newTable(
            Field.newBuilder("s", StandardSQLTypeName.STRING).setMaxLength(3L).build(),
            Field.of("n", StandardSQLTypeName.NUMERIC));
    String path = RawRest.path(table) + "/insertAll";
    refused(
        raw.post(path, "{\"rows\":[{\"insertId\":\"" + "x".repeat(129) + "\",\"json\":{}}]}"),
        "insertId");
    Reply rows =
        raw.post(path, "{\"rows\":[{\"json\":{\"s\":\"long\"}},{\"json\":{\"n\":\"1e40\"}}]}");
    assertThat(rows.body().path("insertErrors").findValuesAsText("reason"))
        .containsExactly("invalid", "invalid");
    String view = bigQuery.newName().getTable();
    raw.post(
        DATASET + "/tables",
        "{\"tableReference\":{\"tableId\":\"%s\"},\"view\":{\"query\":\"SELECT 1 AS a\",\"useLegacySql\":false}}"
            .formatted(view));
    refused(
        raw.post(DATASET + "/tables/" + view + "/insertAll", "{\"rows\":[{\"json\":{\"a\":1}}]}"),
        "VIEW");
  }

  @Test
  void resultsOfUnknownJobsAreNotFound() {
    Reply rows = raw.get("/datasets/_results/tables/no_such_job/data");
    assertThat(rows.status()).isEqualTo(404);
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.PERMISSIONS,
      says = "A table that one may not see is 403 accessDenied, whether it exists or not.",
      source = Sources.ERROR_MESSAGES)
  void accessIsDenied() {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    try (Fault denied = bigQuery.emulator().faults().denyPermission(BigQueryUnderTest.ref(table))) {
      Reply reply = raw.get(RawRest.path(table));
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.reason()).isEqualTo("accessDenied");
      assertThat(reply.message()).contains("(or it may not exist)");
      assertThat(denied.fired()).isPositive();
    }
  }

  private Reply table(String members) {
    return raw.post(
        DATASET + "/tables",
        "{\"tableReference\":{\"tableId\":\"%s\"},%s}"
            .formatted(bigQuery.newName().getTable(), members));
  }

  private Reply query(String sql, String members) {
    return raw.post(
        "/queries", "{\"useLegacySql\":false,\"query\":\"" + sql + "\"" + members + "}");
  }

  private static void refused(Reply reply, String about) {
    assertThat(reply.status()).as(reply.message()).isEqualTo(400);
    assertThat(reply.message()).contains(about);
  }
}
