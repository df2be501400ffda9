package io.tributary.emulator.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery.TableListOption;
import com.google.cloud.bigquery.BigQuery.TableOption;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.ViewDefinition;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.RawRest.Reply;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables methods as far as they are about the resource, not its schema. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class TableResourceTest {
  private static final Field ID = Field.of("id", StandardSQLTypeName.INT64);
  private static final String GET = Sources.REST_TABLES + "/get";
  private static final String PATCH = Sources.REST_TABLES + "/patch";
  private static final String LIST = Sources.REST_TABLES + "/list";

  private final BigQueryUnderTest bigQuery;
  private final RawRest raw;

  TableResourceTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.raw = new RawRest(bigQuery);
  }

  private static String named(TableId table) {
    return BigQueryUnderTest.ref(table).toString();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A table whose name is taken is refused with 409 duplicate, whatever its schema.",
      source = Sources.ERROR_MESSAGES)
  void aTakenNameIsRefused() {
    TableId table = bigQuery.newTable(ID);
    TableInfo again =
        TableInfo.of(
            table,
            StandardTableDefinition.of(Schema.of(Field.of("x", StandardSQLTypeName.STRING))));
    assertThat(Refusal.of(() -> bigQuery.rest().create(again)))
        .isEqualTo(new Refusal(409, "duplicate", "Already Exists: Table " + named(table)));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A table that does not exist is 404 notFound of tables.get, patch, delete and list.",
      source = Sources.ERROR_MESSAGES)
  @Behaviour(
      area = Area.REST,
      says =
          "An error is an object with code, message, status and errors of message, domain and"
              + " reason.",
      source = Sources.ERROR_MESSAGES)
  void anAbsentTableIsNotFound() {
    TableId table = bigQuery.newName();
    Reply absent = raw.get(RawRest.path(table));
    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.message()).isEqualTo("Not found: Table " + named(table));
    assertThat(absent.body().path("error").path("code").asInt()).isEqualTo(404);
    assertThat(absent.body().path("error").path("status").asText()).isEqualTo("NOT_FOUND");
    var detail = absent.body().path("error").path("errors").path(0);
    assertThat(detail.path("reason").asText()).isEqualTo("notFound");
    assertThat(detail.path("domain").asText()).isEqualTo("global");
    assertThat(detail.path("message").asText()).isEqualTo(absent.message());
    assertThat(raw.send("PATCH", RawRest.path(table), "{}".getBytes(UTF_8)).status())
        .isEqualTo(404);
    assertThat(raw.send("DELETE", RawRest.path(table), null).status()).isEqualTo(404);
    assertThat(raw.get(RawRest.path(table) + "/data").status()).isEqualTo(404);
    assertThat(bigQuery.rest().delete(table)).isFalse();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A table cannot be made in a dataset that does not exist: 404 notFound.",
      source = Sources.ERROR_MESSAGES)
  void aTableNeedsADataset() {
    TableId table = TableId.of(BigQueryUnderTest.PROJECT, "no_such_dataset", "t");
    Refusal refused =
        Refusal.of(
            () ->
                bigQuery
                    .rest()
                    .create(TableInfo.of(table, StandardTableDefinition.of(Schema.of(ID)))));
    assertThat(refused.code()).isEqualTo(404);
    assertThat(refused.reason()).isEqualTo("notFound");
    assertThat(refused.message())
        .isEqualToIgnoringCase(
            "Not found: Dataset " + BigQueryUnderTest.PROJECT + ":no_such_dataset");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says =
          "A table resource has kind, id, selfLink, type, location, etag, creationTime and"
              + " lastModifiedTime, and its whole numbers are strings.",
      source = Sources.REST_TABLES)
  void aResourceSaysWhatItIs() {
    TableId table = bigQuery.newTable(ID);
    var json = raw.get(RawRest.path(table)).body();
    assertThat(json.path("kind").asText()).isEqualTo("bigquery#table");
    assertThat(json.path("id").asText()).isEqualTo(named(table));
    assertThat(json.path("selfLink").asText())
        .endsWith(
            "/bigquery/v2/projects/%s%s".formatted(BigQueryUnderTest.PROJECT, RawRest.path(table)));
    assertThat(json.path("type").asText()).isEqualTo("TABLE");
    assertThat(json.path("location").asText()).isNotEmpty();
    assertThat(json.path("etag").asText()).isNotEmpty();
    for (String number : List.of("creationTime", "lastModifiedTime", "numRows", "numBytes")) {
      assertThat(json.path(number).isTextual()).as(number).isTrue();
      assertThat(json.path(number).asText()).matches("[0-9]+");
    }
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "tables.get with view=BASIC leaves out the numbers of rows and bytes.",
      source = GET)
  void theBasicViewCountsNothing() {
    TableId table = bigQuery.newTable(ID);
    assertThat(raw.get(RawRest.path(table) + "?view=BASIC").body().has("numRows")).isFalse();
    assertThat(raw.get(RawRest.path(table) + "?view=FULL").body().has("numRows")).isTrue();
    assertThat(raw.get(RawRest.path(table)).body().has("numRows")).isTrue();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "tables.patch changes what it names and leaves the rest.",
      source = PATCH)
  @Behaviour(
      area = Area.TABLES,
      says = "tables.update replaces the resource: what it leaves out is gone.",
      source = Sources.REST_TABLES + "/update")
  void patchLeavesTheRestAndUpdateReplaces() {
    TableId table = bigQuery.newTable(ID);
    Table made = bigQuery.rest().getTable(table);
    made.toBuilder().setDescription("d").setFriendlyName("f").build().update();
    raw.send("PATCH", RawRest.path(table), "{\"friendlyName\":\"g\"}".getBytes(UTF_8));
    Table patched = bigQuery.rest().getTable(table);
    assertThat(patched.getDescription()).isEqualTo("d");
    assertThat(patched.getFriendlyName()).isEqualTo("g");
    String whole =
        "{\"schema\":{\"fields\":[{\"name\":\"id\",\"type\":\"INTEGER\"}]},\"description\":\"e\"}";
    assertThat(raw.send("PUT", RawRest.path(table), whole.getBytes(UTF_8)).status()).isEqualTo(200);
    Table replaced = bigQuery.rest().getTable(table);
    assertThat(replaced.getDescription()).isEqualTo("e");
    assertThat(replaced.getFriendlyName()).isNull();
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says =
          "A POST with X-HTTP-Method-Override: PATCH is a PATCH; Google's Java client sends that.",
      source =
          "https://github.com/googleapis/java-bigquery/tree/main/google-cloud-bigquery/src/main/java/com/google/cloud/bigquery")
  void aPostCanBeAPatch() {
    TableId table = bigQuery.newTable(ID);
    Reply patched =
        raw.post(
            RawRest.path(table), "{\"description\":\"over\"}", "X-HTTP-Method-Override", "PATCH");
    assertThat(patched.status()).isEqualTo(200);
    assertThat(bigQuery.rest().getTable(table).getDescription()).isEqualTo("over");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A change of a table with an If-Match that is not its etag is refused with 412.",
      source = Sources.ERROR_MESSAGES)
  @Behaviour(
      area = Area.TABLES,
      says = "Every change of a table's resource gives it another etag.",
      source = Sources.REST_TABLES)
  void aStaleEtagIsRefused() {
    TableId table = bigQuery.newTable(ID);
    String old = bigQuery.rest().getTable(table).getEtag();
    byte[] change = "{\"description\":\"x\"}".getBytes(UTF_8);
    assertThat(raw.send("PATCH", RawRest.path(table), change, "If-Match", old).status())
        .isEqualTo(200);
    assertThat(bigQuery.rest().getTable(table).getEtag()).isNotEqualTo(old);
    byte[] late = "{\"description\":\"y\"}".getBytes(UTF_8);
    assertThat(raw.send("PATCH", RawRest.path(table), late, "If-Match", old).status())
        .isEqualTo(412);
    assertThat(bigQuery.rest().getTable(table).getDescription()).isEqualTo("x");
  }

  @Test
  @Behaviour(
      area = Area.REST,
      says = "A GET with If-None-Match of the present etag is answered 304 without a body.",
      source = Sources.REST_TABLES)
  void whatIsKnownIsNotSentAgain() {
    TableId table = bigQuery.newTable(ID);
    String etag = bigQuery.rest().getTable(table).getEtag();
    Reply known = raw.get(RawRest.path(table), "If-None-Match", etag);
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.body().isEmpty()).isTrue();
    assertThat(raw.get(RawRest.path(table), "If-None-Match", "older").status()).isEqualTo(200);
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "tables.list names the tables of a dataset in order, in pages with a token.",
      source = LIST)
  void listsTablesInPages() {
    String dataset = BigQueryUnderTest.DATASET + "_list";
    bigQuery.rest().create(DatasetInfo.of(dataset));
    for (String name : List.of("c", "a", "b")) {
      bigQuery
          .rest()
          .create(
              TableInfo.newBuilder(
                      TableId.of(dataset, name), StandardTableDefinition.of(Schema.of(ID)))
                  .setLabels(Map.of("n", name))
                  .build());
    }
    var first = bigQuery.rest().listTables(dataset, TableListOption.pageSize(2));
    assertThat(first.getValues()).hasSize(2);
    assertThat(first.getNextPageToken()).isNotEmpty();
    assertThat(first.streamAll().map(table -> table.getTableId().getTable()))
        .containsExactly("a", "b", "c");
    assertThat(first.streamAll().map(table -> table.getLabels().get("n")))
        .containsExactly("a", "b", "c");
    bigQuery
        .rest()
        .delete(dataset, com.google.cloud.bigquery.BigQuery.DatasetDeleteOption.deleteContents());
    assertThat(Refusal.of(() -> bigQuery.rest().listTables(dataset)).code()).isEqualTo(404);
  }

  @Test
  @Behaviour(
      area = Area.NAMES,
      says = "Names of tables differ by case.",
      source = "https://cloud.google.com/bigquery/docs/tables")
  @Behaviour(
      area = Area.NAMES,
      says =
          "Names of tables have letters, marks, digits, connectors, dashes and spaces of any"
              + " language, but no other punctuation.",
      source = "https://cloud.google.com/bigquery/docs/tables")
  void namesOfTables() {
    TableId lower = bigQuery.newTable(ID);
    String name = lower.getTable().toUpperCase(java.util.Locale.ROOT);
    create(name);
    create(name + " é-_日本");
    for (String bad : List.of("a.b", "a$b!", "a/b", "a*b")) {
      Refusal refused = Refusal.of(() -> create(name + bad));
      assertThat(refused.code()).as(bad).isEqualTo(400);
    }
    assertThat(Refusal.of(() -> create("x".repeat(1025))).code()).isEqualTo(400);
  }

  private void create(String name) {
    bigQuery
        .rest()
        .create(
            TableInfo.of(
                TableId.of(BigQueryUnderTest.DATASET, name),
                StandardTableDefinition.of(Schema.of(ID))));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A view is made by tables.insert with its query, and has the columns of that.",
      source = "https://cloud.google.com/bigquery/docs/views")
  @Behaviour(
      area = Area.STREAMING,
      says = "The rows of a view cannot be listed.",
      source = "https://cloud.google.com/bigquery/docs/views-intro")
  void viewsHaveTheColumnsOfTheirQuery() {
    TableId table = bigQuery.newTable(ID);
    bigQuery.query("INSERT " + BigQueryUnderTest.sql(table) + " VALUES (20), (22)");
    TableId view = bigQuery.newName();
    String sql = "SELECT SUM(id) AS total FROM " + BigQueryUnderTest.sql(table);
    bigQuery
        .rest()
        .create(TableInfo.of(view, ViewDefinition.newBuilder(sql).setUseLegacySql(false).build()));
    Table made = bigQuery.rest().getTable(view);
    assertThat(made.<ViewDefinition>getDefinition().getQuery()).isEqualTo(sql);
    assertThat(made.getDefinition().getSchema().getFields())
        .extracting(Field::getName)
        .containsExactly("total");
    assertThat(bigQuery.query("SELECT * FROM " + BigQueryUnderTest.sql(view)))
        .containsExactly("42");
    Reply rows = raw.get(RawRest.path(view) + "/data");
    assertThat(rows.status()).isEqualTo(400);
    assertThat(rows.message()).contains("Cannot list a table of type VIEW");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A view whose query is wrong is refused.",
      source = "https://cloud.google.com/bigquery/docs/views")
  void aViewNeedsARightQuery() {
    TableInfo wrong =
        TableInfo.of(
            bigQuery.newName(),
            ViewDefinition.newBuilder("SELECT nothing_like_it").setUseLegacySql(false).build());
    Refusal refused = Refusal.of(() -> bigQuery.rest().create(wrong));
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.message()).contains("nothing_like_it");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "Google's Java client asks tables.get for chosen fields only and gets those.",
      source = GET)
  void aClientAsksForChosenFields() {
    TableId table = bigQuery.newTable(ID);
    Table found =
        bigQuery
            .rest()
            .getTable(
                table,
                TableOption.fields(com.google.cloud.bigquery.BigQuery.TableField.DESCRIPTION));
    assertThat(found.getTableId().getTable()).isEqualTo(table.getTable());
  }
}
