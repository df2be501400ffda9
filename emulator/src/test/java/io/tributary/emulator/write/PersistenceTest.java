package io.tributary.emulator.write;

import static io.tributary.emulator.write.Changes.delete;
import static io.tributary.emulator.write.Changes.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.grpc.Status;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.contract.EmulatorOnly;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an emulator with a file knows after it was closed and started again. */
@EmulatorOnly
class PersistenceTest {
  private static final TableId ITEMS =
      TableId.of(BigQueryUnderTest.PROJECT, BigQueryUnderTest.DATASET, "items");
  private static final TableId CHEAP =
      TableId.of(BigQueryUnderTest.PROJECT, BigQueryUnderTest.DATASET, "cheap");

  @TempDir Path folder;

  private BigQueryUnderTest start() {
    return BigQueryUnderTest.start(
        EmulatorOptions.builder().dataFile(folder.resolve("shop.duckdb")));
  }

  @Test
  void tablesAndViewsAreAsTheyWere() throws InterruptedException {
    Table items;
    Table cheap;
    Dataset dataset;
    try (BigQueryUnderTest bigQuery = start()) {
      bigQuery
          .rest()
          .create(
              DatasetInfo.newBuilder("archive")
                  .setLocation("EU")
                  .setDescription("old things")
                  .setLabels(Map.of("team", "sales"))
                  .setDefaultTableLifetime(7_200_000L)
                  .build());
      run(
          bigQuery,
          "CREATE TABLE shop.items (id INT64 NOT NULL, day DATE, name STRING(20) DEFAULT 'none',"
              + " price NUMERIC(10, 2), parts ARRAY<STRUCT<part STRING, weight FLOAT64>>,"
              + " PRIMARY KEY (id) NOT ENFORCED) PARTITION BY DATE_TRUNC(day, MONTH)"
              + " CLUSTER BY name OPTIONS(description='for sale', labels=[('kind', 'stock')],"
              + " max_staleness=INTERVAL 0 HOUR, require_partition_filter=TRUE)");
      run(
          bigQuery,
          "INSERT shop.items (id, day, price, parts)"
              + " VALUES (1, '2024-02-29', 1.25, [('lid', 0.5), ('box', NULL)])");
      run(bigQuery, "ALTER TABLE shop.items ADD COLUMN note STRING");
      run(bigQuery, "CREATE VIEW shop.cheap AS SELECT id FROM shop.items WHERE price < 2");
      items = bigQuery.rest().getTable(ITEMS);
      cheap = bigQuery.rest().getTable(CHEAP);
      dataset = bigQuery.rest().getDataset("archive");
    }
    try (BigQueryUnderTest bigQuery = start()) {
      Table again = bigQuery.rest().getTable(ITEMS);
      assertThat((Object) again.getDefinition()).isEqualTo(items.getDefinition());
      assertThat(again.getTableConstraints()).isEqualTo(items.getTableConstraints());
      assertThat(again.getLabels()).isEqualTo(items.getLabels()).containsEntry("kind", "stock");
      assertThat(again.getDescription()).isEqualTo("for sale");
      assertThat(again.getRequirePartitionFilter()).isTrue();
      assertThat(again.getEtag()).isEqualTo(items.getEtag());
      assertThat(again.getCreationTime()).isEqualTo(items.getCreationTime());
      assertThat(again.getNumRows()).isOne();
      assertThat((Object) bigQuery.rest().getTable(CHEAP).getDefinition())
          .isEqualTo(cheap.getDefinition());
      Dataset archive = bigQuery.rest().getDataset("archive");
      assertThat(archive.getLocation()).isEqualTo("EU");
      assertThat(archive.getLabels()).isEqualTo(dataset.getLabels());
      assertThat(archive.getDefaultTableLifetime()).isEqualTo(7_200_000L);
      assertThat(
              bigQuery.query(
                  "SELECT id, name, price, parts[0].part, parts[1].weight, note FROM shop.items"
                      + " WHERE day > '2024-01-01'"))
          .containsExactly("1 none 1.25 lid NULL NULL");
    }
  }

  @Test
  void waitingChangesAndRememberedDeletesAreNotLost() {
    TableId table;
    try (BigQueryUnderTest bigQuery = start()) {
      Changes changes = Changes.ofNewTable(bigQuery);
      table = changes.table();
      run(
          bigQuery,
          "ALTER TABLE "
              + BigQueryUnderTest.sql(table)
              + " SET OPTIONS(max_staleness=INTERVAL 10 MINUTE)");
      changes.store(upsert(1, "a", "1"), upsert(2, "b", "1"));
      bigQuery.emulator().applyChanges(BigQueryUnderTest.ref(table));
      changes.store(delete(1, "5"));
      changes.store(upsert(3, "c", "1"));
      assertThat(changes.read()).as("the baseline").containsExactly("1 a", "2 b");
    }
    try (BigQueryUnderTest bigQuery = start()) {
      Changes changes = new Changes(bigQuery, table);
      assertThat(changes.read()).as("the baseline").containsExactly("1 a", "2 b");
      bigQuery.emulator().applyChanges(BigQueryUnderTest.ref(table));
      assertThat(changes.read()).containsExactly("2 b", "3 c");
    }
    try (BigQueryUnderTest bigQuery = start()) {
      Changes changes = new Changes(bigQuery, table);
      changes.store(upsert(1, "late", "4"), upsert(2, "newer", "2"));
      bigQuery.emulator().applyChanges(BigQueryUnderTest.ref(table));
      assertThat(changes.read()).containsExactly("2 newer", "3 c");
      assertThatThrownBy(
              () -> bigQuery.query("DELETE FROM " + BigQueryUnderTest.sql(table) + " WHERE TRUE"))
          .hasMessageContaining("UPSERT");
    }
  }

  @Test
  void streamsAndJobsAreForgotten() throws InterruptedException {
    Message ids = Message.ids();
    JobId job = JobId.of("once");
    String committed;
    String pending;
    TableId table;
    try (BigQueryUnderTest bigQuery = start()) {
      table = bigQuery.newTable(Changes.ID);
      committed = append(bigQuery, table, WriteStream.Type.COMMITTED, ids);
      pending = append(bigQuery, table, WriteStream.Type.PENDING, ids);
      create(bigQuery, job);
    }
    try (BigQueryUnderTest bigQuery = start()) {
      assertThat(bigQuery.firstColumn(table)).as("visible rows").containsExactly("1", "2");
      for (String stream : List.of(committed, pending)) {
        assertThatThrownBy(() -> bigQuery.write().getWriteStream(stream))
            .satisfies(
                e ->
                    assertThat(Status.fromThrowable(e).getCode()).isEqualTo(Status.Code.NOT_FOUND));
      }
      assertThat(bigQuery.rest().getJob(job)).isNull();
      create(bigQuery, job);
    }
  }

  private static String append(
      BigQueryUnderTest bigQuery, TableId table, WriteStream.Type type, Message ids) {
    String stream =
        bigQuery
            .write()
            .createWriteStream(
                CreateWriteStreamRequest.newBuilder()
                    .setParent(BigQueryUnderTest.path(table))
                    .setWriteStream(WriteStream.newBuilder().setType(type))
                    .build())
            .getName();
    try (RawConnection connection = bigQuery.connect()) {
      assertThat(
              connection
                  .call(RawConnection.request(stream, ids, ids.rows(1L, 2L)).build())
                  .hasError())
          .isFalse();
    }
    return stream;
  }

  private static void create(BigQueryUnderTest bigQuery, JobId id) throws InterruptedException {
    BigQuery rest = bigQuery.rest();
    assertThat(rest.create(JobInfo.of(id, QueryJobConfiguration.of("SELECT 1"))).waitFor())
        .isNotNull();
  }

  @Test
  void twoEmulatorsOfOneProcessDoNotShareAFile() {
    EmulatorOptions options =
        EmulatorOptions.builder().dataFile(folder.resolve("shop.duckdb")).build();
    try (BigQueryEmulator first = BigQueryEmulator.start(options)) {
      assertThat(first.restPort()).isPositive();
      assertThatThrownBy(() -> BigQueryEmulator.start(options))
          .isInstanceOf(BigQueryError.class)
          .hasMessageContaining("in use by another emulator");
    }
    BigQueryEmulator.start(options).close();
  }

  private static void run(BigQueryUnderTest bigQuery, String sql) {
    var unused = bigQuery.query(sql);
  }
}
