package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.config.Endpoints;
import io.tributary.bigquery.config.PartitionChoice;
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
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestCallsTest {
  private static final TableId TABLE = new TableId("p", "d", "t");
  private static final String TABLE_JSON =
      """
      {"etag":"e1","labels":{"a":"b"},"tableConstraints":{"primaryKey":{"columns":["id"]}},
       "schema":{"fields":[{"name":"id","type":"INTEGER","mode":"REQUIRED"},
         {"name":"m","type":"RECORD","fields":[{"name":"x","type":"FLOAT"}]},
         {"name":"r","type":"STRING","mode":"REPEATED"}]}}""";

  private ScriptedRest service;
  private BigQueryWarehouse warehouse;

  @BeforeEach
  void connect() throws IOException {
    service = new ScriptedRest();
    service.on("datasets/d", 200, "{\"location\":\"EU\"}");
    warehouse = BigQueryWarehouse.connect(settings("d", Optional.empty(), service.url()), 1);
  }

  @AfterEach
  void close() {
    warehouse.close();
    service.close();
  }

  @Test
  void describesATable() {
    service.on("datasets/d/tables/t", 200, TABLE_JSON);

    assertThat(warehouse.describe(TABLE))
        .isEqualTo(
            new Answer.Ok<>(
                Optional.of(
                    new TableSchema(
                        TABLE,
                        List.of(
                            Column.required("id", ColumnType.INT64),
                            Column.struct("m", List.of(Column.nullable("x", ColumnType.FLOAT64))),
                            Column.repeated("r", ColumnType.STRING)),
                        List.of("id"),
                        Map.of("a", "b"),
                        "e1"))));
  }

  @Test
  void anAbsentTableIsEmpty() {
    service.fails("datasets/d/tables/t", 404, "notFound");

    assertThat(warehouse.describe(TABLE)).isEqualTo(new Answer.Ok<>(Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"503, backendError", "500, internalError", "403, rateLimitExceeded"})
  void makesOneAttemptOnly(int status, String reason) {
    service.fails("datasets/d/tables/t", status, reason);

    assertThat(warehouse.describe(TABLE)).isInstanceOf(Answer.TryAgain.class);
    assertThat(service.asked()).hasSize(1);
  }

  @Test
  void createsATableWithEverythingItNeeds() {
    service.on("datasets/d/tables", 200, "{}");

    warehouse.apply(
        new Step.CreateTable(
            TABLE,
            List.of(
                Column.required("id", ColumnType.INT64),
                Column.nullable("at", ColumnType.TIMESTAMP)),
            List.of("id"),
            new Traits(
                "TABLE",
                List.of("id"),
                Optional.of(
                    new PartitionChoice(
                        Optional.of("at"),
                        PartitionChoice.Granularity.HOUR,
                        Optional.of(Duration.ofHours(1)))),
                Map.of("k", "v"),
                "shop.orders",
                "")));

    assertThat(service.asked().get(0).body())
        .contains("\"primaryKey\":{\"columns\":[\"id\"]}")
        .contains("\"clustering\":{\"fields\":[\"id\"]}")
        .contains("\"expirationMs\":\"3600000\"", "\"field\":\"at\"", "\"type\":\"HOUR\"")
        .contains("\"labels\":{\"k\":\"v\"}", "\"description\":\"shop.orders\"")
        .contains("\"mode\":\"REQUIRED\"", "\"type\":\"INTEGER\"");
  }

  @ParameterizedTest
  @CsvSource({
    "409, duplicate, Ok, ",
    "404, notFound, Refused, DATASET_MISSING",
    "403, accessDenied, Refused, PERMISSION_DENIED",
    "503, backendError, TryAgain, "
  })
  void creationAnswers(int status, String reason, String answer, ErrorCode code) {
    service.fails("datasets/d/tables", status, reason);

    Answer<Void> found =
        warehouse.apply(
            new Step.CreateTable(
                TABLE,
                List.of(Column.nullable("id", ColumnType.INT64)),
                List.of(),
                new Traits("TABLE", List.of(), Optional.empty(), Map.of(), "staging", "")));

    assertThat(found.getClass().getSimpleName()).isEqualTo(answer);
    if (found instanceof Answer.Refused<Void> refused) {
      assertThat(refused.code()).isEqualTo(code);
    }
  }

  @Test
  void addsOnlyAbsentColumnsToTheVersionThatWasRead() {
    service.on("datasets/d/tables/t", 200, TABLE_JSON);

    Answer<Void> answer =
        warehouse.apply(
            new Step.AddColumns(
                TABLE,
                List.of(
                    Column.nullable("ID", ColumnType.INT64),
                    Column.nullable("note", ColumnType.JSON))));

    assertThat(answer).isInstanceOf(Answer.Ok.class);
    ScriptedRest.Asked patch = service.asked().get(1);
    assertThat(patch.ifMatch()).isEqualTo("e1");
    assertThat(patch.body())
        .contains("\"name\":\"id\"", "\"name\":\"m\"", "\"name\":\"note\"")
        .doesNotContain("\"name\":\"ID\"");
  }

  @Test
  void aTableChangedMeanwhileIsTriedAgain() {
    service.on("datasets/d/tables/t", 200, TABLE_JSON);
    service.fails("datasets/d/tables/t", 412, "conditionNotMet");

    assertThat(warehouse.apply(new Step.RelaxColumns(TABLE, List.of("Id"))))
        .isInstanceOf(Answer.TryAgain.class);
  }

  @Test
  void stepsThatAreDoneChangeNothing() {
    service.on("datasets/d/tables/t", 200, TABLE_JSON);

    warehouse.apply(new Step.AddColumns(TABLE, List.of(Column.nullable("R", ColumnType.STRING))));
    warehouse.apply(new Step.RelaxColumns(TABLE, List.of("r", "absent")));

    assertThat(service.asked()).hasSize(2).allMatch(asked -> asked.method().equals("GET"));
  }

  @Test
  void relaxesAColumn() {
    service.on("datasets/d/tables/t", 200, TABLE_JSON);

    warehouse.apply(new Step.RelaxColumns(TABLE, List.of("ID")));

    assertThat(service.asked().get(1).body()).doesNotContain("REQUIRED").contains("REPEATED");
  }

  @Test
  void setsALabelAlone() {
    service.on("datasets/d/tables/t", 200, "{}");

    warehouse.apply(new Step.SetLabel(TABLE, "chain", "7"));

    assertThat(service.asked()).hasSize(1);
    assertThat(service.asked().get(0).body()).isEqualTo("{\"labels\":{\"chain\":\"7\"}}");
  }

  @Test
  void submitsUnderTheGivenIdWhereTheDatasetIs() {
    service.on("jobs", 200, "{}");

    assertThat(warehouse.submit("tributary_t_1", "SELECT 1", Map.of("k", "v")))
        .isEqualTo(new Submission.Taken());
    assertThat(warehouse.submit("tributary_t_2", "SELECT 1", Map.of()))
        .isEqualTo(new Submission.Taken());
    assertThat(service.asked()).hasSize(3);
    assertThat(service.asked().get(1).body())
        .contains("\"jobId\":\"tributary_t_1\"", "\"location\":\"EU\"", "\"projectId\":\"p\"")
        .contains("\"query\":\"SELECT 1\"", "\"useLegacySql\":false", "\"labels\":{\"k\":\"v\"}");
    assertThat(service.asked()).allMatch(asked -> asked.authorization() == null);
  }

  @Test
  void anIdInUseIsNotTakenForSuccess() {
    service.fails("jobs", 409, "duplicate");

    assertThat(warehouse.submit("j", "SELECT 1", Map.of())).isEqualTo(new Submission.IdInUse());
    assertThat(service.asked().stream().filter(asked -> asked.uri().contains("jobs"))).hasSize(1);
  }

  @Test
  void tellsTheStatesOfAJob() {
    service
        .fails("jobs/j", 404, "notFound")
        .on("jobs/j", 200, "{\"status\":{\"state\":\"PENDING\"}}")
        .on("jobs/j", 200, "{\"status\":{\"state\":\"RUNNING\"}}")
        .on(
            "jobs/j",
            200,
            "{\"status\":{\"state\":\"DONE\"},\"statistics\":{\"creationTime\":\"1000\"}}")
        .on(
            "jobs/j",
            200,
            "{\"status\":{\"state\":\"DONE\",\"errorResult\":{\"reason\":\"invalidQuery\","
                + "\"message\":\"Could not serialize access to table\"}},"
                + "\"statistics\":{\"creationTime\":\"2000\"}}")
        .fails("jobs/j", 403, "accessDenied")
        .fails("jobs/j", 503, "backendError");

    assertThat(warehouse.job("j")).isEqualTo(new Answer.Ok<>(new JobState.Absent()));
    assertThat(warehouse.job("j")).isEqualTo(new Answer.Ok<>(new JobState.Underway()));
    assertThat(warehouse.job("j")).isEqualTo(new Answer.Ok<>(new JobState.Underway()));
    assertThat(warehouse.job("j"))
        .isEqualTo(new Answer.Ok<>(new JobState.Succeeded(Instant.ofEpochSecond(1), Map.of())));
    assertThat(warehouse.job("j"))
        .isEqualTo(
            new Answer.Ok<>(
                new JobState.Failed(
                    Instant.ofEpochSecond(2),
                    "invalidQuery: Could not serialize access to table",
                    true)));
    assertThat(warehouse.job("j")).isInstanceOf(Answer.Refused.class);
    assertThat(warehouse.job("j")).isInstanceOf(Answer.TryAgain.class);
    assertThat(service.asked().get(1).uri()).contains("location=EU");
  }

  @Test
  void readsAllPages() {
    service.on(
        "queries",
        200,
        "{\"jobComplete\":false,\"jobReference\":{\"projectId\":\"p\",\"jobId\":\"q\"}}");
    service
        .on("queries/q", 200, "{\"jobComplete\":false}")
        .on(
            "queries/q",
            200,
            "{\"jobComplete\":true,\"pageToken\":\"2\",\"rows\":[{\"f\":[{\"v\":\"1\"},{\"v\":null}]}]}")
        .on(
            "queries/q",
            200,
            "{\"jobComplete\":true,\"rows\":[{\"f\":[{\"v\":[{\"v\":\"a\"}]},{\"v\":\"\"}]}]}");

    assertThat(warehouse.read("SELECT x, y"))
        .isEqualTo(
            new Answer.Ok<>(List.of(Arrays.asList("1", null), List.of("[{\"v\":\"a\"}]", ""))));
    assertThat(service.asked().get(4).uri()).contains("pageToken=2");
  }

  static ServiceSettings settings(String dataset, Optional<String> location, String url) {
    return new PlainService("p", dataset)
        .at(new Endpoints(Optional.of(url), Optional.of("127.0.0.1:1"), true), location);
  }
}
