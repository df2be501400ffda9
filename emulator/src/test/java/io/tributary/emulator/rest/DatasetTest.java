package io.tributary.emulator.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery.DatasetDeleteOption;
import com.google.cloud.bigquery.BigQuery.DatasetListOption;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The datasets methods. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class DatasetTest {
  private static final String LIST = Sources.REST_DATASETS + "/list";
  private static final String DELETE = Sources.REST_DATASETS + "/delete";

  private final BigQueryUnderTest bigQuery;
  private final String name = "tributary_d_" + UUID.randomUUID().toString().replace('-', '_');

  DatasetTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  @AfterEach
  void remove() {
    bigQuery.rest().delete(name, DatasetDeleteOption.deleteContents());
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says =
          "A dataset keeps its location, labels, description and default life of tables, and has an"
              + " etag and the times of its creation and last change.",
      source = Sources.REST_DATASETS)
  void keepsWhatItIsMadeWith() {
    bigQuery
        .rest()
        .create(
            DatasetInfo.newBuilder(name)
                .setLocation("EU")
                .setLabels(Map.of("team", "data"))
                .setDescription("for a test")
                .setDefaultTableLifetime(3_600_000L)
                .build());
    Dataset made = bigQuery.rest().getDataset(name);
    assertThat(made.getLocation()).isEqualTo("EU");
    assertThat(made.getLabels()).containsEntry("team", "data");
    assertThat(made.getDescription()).isEqualTo("for a test");
    assertThat(made.getDefaultTableLifetime()).isEqualTo(3_600_000L);
    assertThat(made.getEtag()).isNotEmpty();
    assertThat(made.getCreationTime()).isPositive();
    assertThat(made.getLastModified()).isGreaterThanOrEqualTo(made.getCreationTime());
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A dataset that names no location is in the multi-region US.",
      source = Sources.LOCATIONS)
  void isInTheUnitedStatesUnlessTold() {
    bigQuery.rest().create(DatasetInfo.of(name));
    assertThat(bigQuery.rest().getDataset(name).getLocation()).isEqualTo("US");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A dataset whose name is taken is refused with 409 duplicate.",
      source = Sources.ERROR_MESSAGES)
  void aTakenNameIsRefused() {
    bigQuery.rest().create(DatasetInfo.of(name));
    assertThat(Refusal.of(() -> bigQuery.rest().create(DatasetInfo.of(name))))
        .isEqualTo(
            new Refusal(
                409,
                "duplicate",
                "Already Exists: Dataset " + BigQueryUnderTest.PROJECT + ":" + name));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A dataset that does not exist is 404 notFound, of datasets.get and datasets.delete.",
      source = Sources.ERROR_MESSAGES)
  void anAbsentOneIsNotFound() {
    RawRest raw = new RawRest(bigQuery);
    assertThat(raw.get("/datasets/" + name).status()).isEqualTo(404);
    assertThat(raw.get("/datasets/" + name).reason()).isEqualTo("notFound");
    assertThat(raw.send("DELETE", "/datasets/" + name, null).status()).isEqualTo(404);
    assertThat(bigQuery.rest().getDataset(name)).isNull();
    assertThat(bigQuery.rest().delete(DatasetId.of(name))).isFalse();
  }

  @Test
  @Behaviour(
      area = Area.NAMES,
      says = "The name of a dataset has letters, digits and underscores only.",
      source = Sources.REST_DATASETS)
  void aBadNameIsRefused() {
    Refusal refused = Refusal.of(() -> bigQuery.rest().create(DatasetInfo.of(name + "-x")));
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.reason()).isEqualTo("invalid");
    assertThat(refused.message()).contains("Invalid dataset ID").contains("alphanumeric");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says =
          "A dataset that has tables is deleted only with deleteContents; without it 400"
              + " resourceInUse.",
      source = DELETE)
  void aFullOneIsDeletedOnDemandOnly() {
    bigQuery.rest().create(DatasetInfo.of(name));
    TableId table = table();
    assertThat(Refusal.of(() -> bigQuery.rest().delete(DatasetId.of(name))))
        .isEqualTo(
            new Refusal(
                400,
                "resourceInUse",
                "Dataset %s:%s is still in use".formatted(BigQueryUnderTest.PROJECT, name)));
    assertThat(bigQuery.rest().getTable(table)).isNotNull();
    assertThat(bigQuery.rest().delete(name, DatasetDeleteOption.deleteContents())).isTrue();
    assertThat(bigQuery.rest().getDataset(name)).isNull();
    assertThat(bigQuery.rest().getTable(table)).isNull();
  }

  private TableId table() {
    TableId table = TableId.of(BigQueryUnderTest.PROJECT, name, "inside");
    bigQuery
        .rest()
        .create(
            TableInfo.of(
                table,
                StandardTableDefinition.of(Schema.of(Field.of("id", StandardSQLTypeName.INT64)))));
    return table;
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "datasets.patch changes what it names and leaves the rest; datasets.update replaces.",
      source = Sources.REST_DATASETS + "/patch")
  void patchLeavesTheRestAndUpdateReplaces() {
    bigQuery
        .rest()
        .create(
            DatasetInfo.newBuilder(name).setLabels(Map.of("a", "1")).setDescription("d").build());
    RawRest raw = new RawRest(bigQuery);
    raw.send("PATCH", "/datasets/" + name, "{\"labels\":{\"b\":\"2\"}}".getBytes(UTF_8));
    Dataset patched = bigQuery.rest().getDataset(name);
    assertThat(patched.getDescription()).isEqualTo("d");
    assertThat(patched.getLabels()).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
    String whole =
        "{\"datasetReference\":{\"datasetId\":\"%s\"},\"description\":\"new\"}".formatted(name);
    assertThat(raw.send("PUT", "/datasets/" + name, whole.getBytes(UTF_8)).status()).isEqualTo(200);
    Dataset replaced = bigQuery.rest().getDataset(name);
    assertThat(replaced.getDescription()).isEqualTo("new");
    assertThat(replaced.getLabels()).isNullOrEmpty();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A label of a dataset is removed by a patch that sets it to null.",
      source = Sources.REST_DATASETS + "/patch")
  void aNullRemovesALabel() {
    bigQuery
        .rest()
        .create(DatasetInfo.newBuilder(name).setLabels(Map.of("a", "1", "b", "2")).build());
    new RawRest(bigQuery)
        .send("PATCH", "/datasets/" + name, "{\"labels\":{\"b\":null}}".getBytes(UTF_8));
    assertThat(bigQuery.rest().getDataset(name).getLabels()).containsOnly(Map.entry("a", "1"));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A change of a dataset with an If-Match that is not its etag is refused with 412.",
      source = Sources.ERROR_MESSAGES)
  void aStaleEtagIsRefused() {
    String old = bigQuery.rest().create(DatasetInfo.of(name)).getEtag();
    RawRest raw = new RawRest(bigQuery);
    byte[] change = "{\"description\":\"x\"}".getBytes(UTF_8);
    String path = "/datasets/" + name;
    assertThat(raw.send("PATCH", path, change, "If-Match", old).status()).isEqualTo(200);
    assertThat(raw.send("PATCH", path, change, "If-Match", old).status()).isEqualTo(412);
    assertThat(bigQuery.rest().getDataset(name).getEtag()).isNotEqualTo(old);
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "The location of a dataset cannot be changed.",
      source = Sources.LOCATIONS)
  void staysWhereItIs() {
    bigQuery.rest().create(DatasetInfo.newBuilder(name).setLocation("US").build());
    assertThat(
            new RawRest(bigQuery)
                .send("PATCH", "/datasets/" + name, "{\"location\":\"EU\"}".getBytes(UTF_8))
                .status())
        .isEqualTo(400);
    assertThat(bigQuery.rest().getDataset(name).getLocation()).isEqualTo("US");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "datasets.list finds datasets by their labels.",
      source = LIST)
  void listsByLabel() {
    bigQuery.rest().create(DatasetInfo.newBuilder(name).setLabels(Map.of("find", "me")).build());
    assertThat(listed("labels.find:me")).contains(name);
    assertThat(listed("labels.find")).contains(name);
    assertThat(listed("labels.find:you")).doesNotContain(name);
    assertThat(listed("labels.find:me labels.other")).doesNotContain(name);
  }

  private List<String> listed(String filter) {
    return bigQuery
        .rest()
        .listDatasets(DatasetListOption.labelFilter(filter))
        .streamAll()
        .map(dataset -> dataset.getDatasetId().getDataset())
        .toList();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "datasets.list comes in pages of maxResults, each with a token for the next.",
      source = LIST)
  void listsInPages() {
    bigQuery.rest().create(DatasetInfo.of(name));
    var first = bigQuery.rest().listDatasets(DatasetListOption.pageSize(1));
    assertThat(first.getValues()).hasSize(1);
    assertThat(first.getNextPageToken()).isNotEmpty();
    assertThat(first.streamAll().map(dataset -> dataset.getDatasetId().getDataset()))
        .contains(name, BigQueryUnderTest.DATASET)
        .doesNotHaveDuplicates();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A table without an expiration of its own expires after its dataset's default life.",
      source = "https://cloud.google.com/bigquery/docs/updating-datasets")
  void tablesInheritTheDefaultLife() {
    bigQuery
        .rest()
        .create(DatasetInfo.newBuilder(name).setDefaultTableLifetime(7_200_000L).build());
    var table = bigQuery.rest().getTable(table());
    assertThat(table.getExpirationTime() - table.getCreationTime())
        .isBetween(7_200_000L - 1000, 7_200_000L + Duration.ofMinutes(1).toMillis());
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says =
          "Keys and values of labels have lower-case letters, digits, _ and - and at most 63"
              + " characters, and keys start with a letter.",
      source = Sources.REST_TABLES)
  void labelsHaveAForm() {
    bigQuery.rest().create(DatasetInfo.of(name));
    for (Map<String, String> labels :
        List.of(
            Map.of("Upper", "x"),
            Map.of("1digit", "x"),
            Map.of("k", "Upper"),
            Map.of("k", "with space"),
            Map.of("k".repeat(64), "x"),
            Map.of("k", "v".repeat(64)))) {
      DatasetInfo changed = DatasetInfo.newBuilder(name).setLabels(labels).build();
      assertThat(Refusal.of(() -> bigQuery.rest().update(changed)).code()).isEqualTo(400);
    }
    bigQuery
        .rest()
        .update(
            DatasetInfo.newBuilder(name)
                .setLabels(Map.of("k".repeat(63), "v-1_" + "x".repeat(59), "empty", ""))
                .build());
    assertThat(bigQuery.rest().getDataset(name).getLabels()).hasSize(2);
  }
}
