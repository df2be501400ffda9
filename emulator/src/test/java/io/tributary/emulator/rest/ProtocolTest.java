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
import io.tributary.emulator.contract.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** HTTP under the REST API. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class ProtocolTest {
  private static final String PERFORMANCE =
      "https://cloud.google.com/bigquery/docs/api-performance";

  private final BigQueryUnderTest bigQuery;
  private final RawRest raw;

  ProtocolTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.raw = new RawRest(bigQuery);
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "A request's body may be compressed with gzip, as Google's Java client sends it.",
      source = PERFORMANCE)
  void takesCompressedBodies() {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    Reply patched =
        raw.send(
            "PATCH",
            RawRest.path(table),
            RawRest.zipped("{\"description\":\"packed\"}"),
            "Content-Encoding",
            "gzip");
    assertThat(patched.status()).isEqualTo(200);
    assertThat(bigQuery.rest().getTable(table).getDescription()).isEqualTo("packed");
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "An answer is compressed with gzip for a caller that accepts it.",
      source = PERFORMANCE)
  void answersCompressed() {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    Reply packed =
        raw.get(
            RawRest.path(table), "Accept-Encoding", "gzip", "User-Agent", "contract test (gzip)");
    assertThat(packed.header("content-encoding")).isEqualTo("gzip");
    assertThat(packed.body().path("kind").asText()).isEqualTo("bigquery#table");
    Reply plain = raw.get(RawRest.path(table));
    assertThat(plain.header("content-encoding")).isEmpty();
    assertThat(plain.body()).isEqualTo(packed.body());
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "A path that is no method is 404.",
      source = Sources.ERROR_MESSAGES)
  void unknownPathsAreNotFound() {
    assertThat(raw.get("/no/such/thing").status()).isEqualTo(404);
    assertThat(raw.post("/datasets/x/tables/y/z", "{}").status()).isEqualTo(404);
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "A body that is not JSON is refused with 400 INVALID_ARGUMENT.",
      source = Sources.ERROR_MESSAGES)
  void malformedJsonIsRefused() {
    Reply refused = raw.post("/queries", "{\"query\": ");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().at("/error/status").asText()).isEqualTo("INVALID_ARGUMENT");
    assertThat(refused.message()).startsWith("Invalid JSON payload received");
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "A required member that is missing is refused with 400 and named.",
      source = Sources.ERROR_MESSAGES)
  void missingMembersAreNamed() {
    Reply query = raw.post("/queries", "{\"useLegacySql\":false}");
    assertThat(query.status()).isEqualTo(400);
    assertThat(query.message()).contains("Required parameter is missing").contains("query");
    Reply table = raw.post("/datasets/" + BigQueryUnderTest.DATASET + "/tables", "{}");
    assertThat(table.status()).isEqualTo(400);
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "Answers are application/json in UTF-8.",
      source = Sources.ERROR_MESSAGES)
  void answersAreJson() {
    assertThat(raw.get("/datasets").header("content-type"))
        .isEqualToIgnoringCase("application/json; charset=UTF-8");
  }
}
