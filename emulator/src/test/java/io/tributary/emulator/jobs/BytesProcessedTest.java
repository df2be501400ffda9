package io.tributary.emulator.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What queries read, are billed for, and are refused for; dry runs. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class BytesProcessedTest {
  private static final String PRICING = "https://cloud.google.com/bigquery/pricing";
  private static final String COSTS = "https://cloud.google.com/bigquery/docs/best-practices-costs";
  private static final String PRUNING =
      "https://cloud.google.com/bigquery/docs/querying-partitioned-tables";
  private static final long MEGABYTE = 1024 * 1024;

  private final BigQueryUnderTest bigQuery;
  private final BigQuery rest;

  BytesProcessedTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.rest = bigQuery.rest();
  }

  private QueryStatistics statistics(String sql) throws InterruptedException {
    Job job = rest.create(JobInfo.of(QueryJobConfiguration.of(sql))).waitFor();
    assertThat(job.getStatus().getError()).isNull();
    return job.getStatistics();
  }

  private long bytes(String sql) throws InterruptedException {
    return statistics(sql).getTotalBytesProcessed();
  }

  /** Three days of two rows each: 8 bytes of day, 8 of id, 12 of text. */
  private String threeDays() {
    String name = BigQueryUnderTest.sql(bigQuery.newName());
    bigQuery.query(
        ("CREATE TABLE %s (day DATE, id INT64, text STRING) PARTITION BY day; "
                + "INSERT %s SELECT DATE_ADD(DATE '2026-01-01', INTERVAL DIV(n, 2) DAY), n,"
                + " 'ten bytes.' FROM UNNEST(GENERATE_ARRAY(0, 5)) AS n")
            .formatted(name, name));
    return name;
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A query processes the columns that it names, whole, whatever rows it selects.",
      source = COSTS)
  @Behaviour(
      area = Area.JOBS,
      says = "A query without tables processes, and is billed for, nothing.",
      source = PRICING)
  void readsTheColumnsItNames() throws Exception {
    String table = threeDays();
    assertThat(bytes("SELECT * FROM " + table)).isEqualTo(6 * 28);
    assertThat(bytes("SELECT id FROM " + table)).isEqualTo(6 * 8);
    assertThat(bytes("SELECT id FROM " + table + " WHERE text = 'x' LIMIT 1")).isEqualTo(6 * 20);
    assertThat(bytes("SELECT COUNT(*) FROM " + table)).isZero();
    assertThat(bytes("SELECT a.id FROM %s a JOIN %s b ON a.id = b.id".formatted(table, table)))
        .isEqualTo(2 * 6 * 8);
    QueryStatistics nothing = statistics("SELECT 1");
    assertThat(nothing.getTotalBytesProcessed()).isZero();
    assertThat(nothing.getTotalBytesBilled()).isZero();
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "A constant condition on the partitioning column keeps other partitions from being"
              + " read.",
      source = PRUNING)
  void readsThePartitionsThatAConditionLeaves() throws Exception {
    String table = threeDays();
    assertThat(bytes("SELECT id, day FROM " + table + " WHERE day = '2026-01-02'"))
        .isEqualTo(2 * 16);
    assertThat(bytes("SELECT id, day FROM " + table + " WHERE day >= '2026-01-02' AND id = 5"))
        .isEqualTo(4 * 16);
    assertThat(bytes("SELECT id, day FROM " + table + " WHERE day = '2030-01-01'")).isZero();
    assertThat(
            bytes(
                "SELECT id, day FROM "
                    + table
                    + " WHERE day = DATE_ADD('2026-01-01', INTERVAL 1 DAY)"))
        .isEqualTo(2 * 16);
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "A condition that compares the partitioning column with another column, or with a"
              + " subquery, leaves all partitions to be read.",
      source = PRUNING)
  void otherConditionsLeaveAllPartitions() throws Exception {
    String table = threeDays();
    assertThat(
            bytes(
                "SELECT id, day FROM "
                    + table
                    + " WHERE day = DATE_ADD('2026-01-01', INTERVAL id DAY)"))
        .isEqualTo(6 * 16);
    assertThat(bytes("SELECT id FROM %s WHERE day = (SELECT DATE '2026-01-02')".formatted(table)))
        .isEqualTo(6 * 16);
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "_PARTITIONTIME and _PARTITIONDATE leave partitions of ingestion time unread.",
      source = PRUNING)
  void pseudocolumnsPrune() throws Exception {
    String table = BigQueryUnderTest.sql(bigQuery.newName());
    bigQuery.query(
        ("CREATE TABLE %s (id INT64) PARTITION BY _PARTITIONDATE; "
                + "INSERT %s (_PARTITIONTIME, id) VALUES (TIMESTAMP '2026-01-01 00:00:00+00', 1),"
                + " (TIMESTAMP '2026-01-02 00:00:00+00', 2)")
            .formatted(table, table));
    assertThat(bytes("SELECT id FROM " + table)).isEqualTo(16);
    assertThat(bytes("SELECT id FROM " + table + " WHERE _PARTITIONDATE = '2026-01-02'"))
        .isEqualTo(8);
    assertThat(bytes("SELECT id FROM " + table + " WHERE _PARTITIONTIME < '2026-01-02'"))
        .isEqualTo(8);
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says =
          "A MERGE that changes rows processes its whole target and the columns it reads; one"
              + " that only inserts just the columns.",
      source = Sources.SQL_DML)
  @Behaviour(
      area = Area.DML,
      says =
          "A constant condition on the partitioning column in ON prunes the target of a MERGE,"
              + " but not beside WHEN NOT MATCHED BY SOURCE.",
      source = "https://cloud.google.com/bigquery/docs/using-dml-with-partitioned-tables")
  void mergesReadTheirTarget() throws Exception {
    String target = threeDays();
    String using = "MERGE %s t USING (SELECT 1 AS id) s ON t.id = s.id".formatted(target);
    assertThat(bytes(using + " WHEN MATCHED THEN UPDATE SET text = 'ten bytes!'"))
        .isEqualTo(6 * 28);
    assertThat(bytes(using + " WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)")).isEqualTo(6 * 8);
    String pruned = using + " AND t.day = '2026-01-01'";
    assertThat(bytes(pruned + " WHEN MATCHED THEN UPDATE SET text = 'ten bytes?'"))
        .isEqualTo(2 * 28);
    assertThat(bytes(pruned + " WHEN NOT MATCHED BY SOURCE AND FALSE THEN DELETE"))
        .isEqualTo(6 * 28);
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says =
          "UPDATE and DELETE process the whole table, or the partitions that a constant"
              + " condition leaves; TRUNCATE TABLE processes nothing.",
      source = PRICING)
  void changesReadTheirTable() throws Exception {
    String table = threeDays();
    assertThat(bytes("UPDATE " + table + " SET id = id WHERE id = 3")).isEqualTo(6 * 28);
    assertThat(bytes("DELETE FROM " + table + " WHERE day = '2026-01-03'")).isEqualTo(2 * 28);
    assertThat(bytes("TRUNCATE TABLE " + table)).isZero();
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "At least 10 MB are billed for a query, and for each table that it reads.",
      source = PRICING)
  void atLeastTenMegabytesAreBilled() throws Exception {
    String one = threeDays();
    String other = threeDays();
    QueryStatistics single = statistics("SELECT id FROM " + one);
    assertThat(single.getTotalBytesProcessed()).isEqualTo(48);
    assertThat(single.getTotalBytesBilled()).isEqualTo(10 * MEGABYTE);
    assertThat(
            statistics("SELECT a.id FROM %s a JOIN %s b ON a.id = b.id".formatted(one, other))
                .getTotalBytesBilled())
        .isEqualTo(20 * MEGABYTE);
    assertThat(single.getCacheHit()).isFalse();
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A query that would be billed more than maximumBytesBilled fails and changes nothing.",
      source = COSTS)
  void maximumBytesBilledHolds() throws Exception {
    String table = threeDays();
    QueryJobConfiguration cheap =
        QueryJobConfiguration.newBuilder("DELETE FROM " + table + " WHERE TRUE")
            .setMaximumBytesBilled(MEGABYTE)
            .build();
    assertThat(Refusal.of(() -> rest.create(JobInfo.of(cheap)).waitFor()))
        .isEqualTo(
            new Refusal(
                400,
                "bytesBilledLimitExceeded",
                "Query exceeded limit for bytes billed: 1048576. 10485760 or higher required."));
    assertThat(bigQuery.query("SELECT COUNT(*) FROM " + table)).containsExactly("6");
    Job paid =
        rest.create(JobInfo.of(cheap.toBuilder().setMaximumBytesBilled(10 * MEGABYTE).build()))
            .waitFor();
    assertThat(paid.getStatus().getError()).isNull();
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "A dry run says the schema and the bytes that a query would process, changes nothing"
              + " and makes no job.",
      source = Sources.REST_JOB)
  @Behaviour(
      area = Area.JOBS,
      says = "A dry run of a wrong statement is refused as the statement would be.",
      source = Sources.REST_JOB)
  void dryRunsChangeNothing() {
    String table = threeDays();
    Job dry = rest.create(JobInfo.of(dry("SELECT id, text FROM " + table)));
    QueryStatistics statistics = dry.getStatistics();
    assertThat(statistics.getTotalBytesProcessed()).isEqualTo(6 * 20);
    assertThat(statistics.getSchema().getFields())
        .extracting(Field::getName)
        .containsExactly("id", "text");
    assertThat(statistics.getReferencedTables()).hasSize(1);
    rest.create(JobInfo.of(dry("DELETE FROM " + table + " WHERE TRUE")));
    assertThat(bigQuery.query("SELECT COUNT(*) FROM " + table)).containsExactly("6");
    if (dry.getJobId().getJob() != null) {
      assertThat(rest.getJob(dry.getJobId())).isNull();
    }
    Refusal refused = Refusal.of(() -> rest.create(JobInfo.of(dry("SELECT nothing"))));
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.reason()).isEqualTo("invalidQuery");
  }

  private static QueryJobConfiguration dry(String sql) {
    return QueryJobConfiguration.newBuilder(sql).setDryRun(true).build();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says =
          "A table with requirePartitionFilter is queried only with a condition on the"
              + " partitioning column.",
      source = PRUNING)
  @Behaviour(
      area = Area.DML,
      says = "requirePartitionFilter holds for UPDATE, DELETE and MERGE too, but not for INSERT.",
      source = "https://cloud.google.com/bigquery/docs/using-dml-with-partitioned-tables")
  void partitionFiltersAreRequired() {
    TableId id = bigQuery.newName();
    String table = BigQueryUnderTest.sql(id);
    bigQuery.query(
        "CREATE TABLE %s (day DATE, id INT64) PARTITION BY day OPTIONS (require_partition_filter ="
                .formatted(table)
            + " TRUE)");
    bigQuery.query("INSERT %s VALUES ('2026-01-01', 1)".formatted(table));
    assertThat(Refusal.of(() -> bigQuery.query("SELECT * FROM " + table)))
        .isEqualTo(
            new Refusal(
                400,
                "invalidQuery",
                "Cannot query over table '%s.%s.%s' without a filter over column(s) 'day' that can"
                        .formatted(BigQueryUnderTest.PROJECT, id.getDataset(), id.getTable())
                    + " be used for partition elimination"));
    for (String change :
        new String[] {
          "UPDATE %s SET id = 2 WHERE id = 1",
          "DELETE FROM %s WHERE id = 1",
          "MERGE %s t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE"
        }) {
      assertThat(Refusal.of(() -> bigQuery.query(change.formatted(table))).message())
          .contains("without a filter over column(s) 'day'");
    }
    assertThat(bigQuery.query("SELECT id FROM " + table + " WHERE day = '2026-01-01'"))
        .containsExactly("1");
    bigQuery.query("DELETE FROM " + table + " WHERE day = '2026-01-01'");
  }
}
