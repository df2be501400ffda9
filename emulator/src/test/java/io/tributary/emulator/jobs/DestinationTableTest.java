package io.tributary.emulator.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.CreateDisposition;
import com.google.cloud.bigquery.JobInfo.SchemaUpdateOption;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TimePartitioning;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Query jobs that write their rows into a table. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class DestinationTableTest {
  private static final String WRITING = "https://cloud.google.com/bigquery/docs/writing-results";

  private final BigQueryUnderTest bigQuery;

  DestinationTableTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  private void write(
      String sql, TableId table, UnaryOperator<QueryJobConfiguration.Builder> choices)
      throws InterruptedException {
    QueryJobConfiguration.Builder job =
        QueryJobConfiguration.newBuilder(sql).setDestinationTable(table);
    bigQuery.rest().create(JobInfo.of(choices.apply(job).build())).waitFor();
  }

  private Refusal refused(
      String sql, TableId table, UnaryOperator<QueryJobConfiguration.Builder> choices) {
    return Refusal.of(() -> write(sql, table, choices));
  }

  private String mismatch(TableId table, String why) {
    return "Provided Schema does not match Table %s. %s"
        .formatted(BigQueryUnderTest.ref(table), why);
  }

  private List<Field> fields(TableId table) {
    return bigQuery.rest().getTable(table).getDefinition().getSchema().getFields();
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A query with a destination table makes it, with the columns of its result.",
      source = WRITING)
  @Behaviour(
      area = Area.JOBS,
      says = "A destination table is made partitioned and clustered as the job says.",
      source = Sources.REST_JOB)
  void makesItsTable() throws Exception {
    TableId table = bigQuery.newName();
    write(
        "SELECT DATE '2026-01-01' AS day, 'x' AS name",
        table,
        job ->
            job.setTimePartitioning(
                    TimePartitioning.newBuilder(TimePartitioning.Type.DAY).setField("day").build())
                .setClustering(Clustering.newBuilder().setFields(List.of("name")).build()));
    assertThat(fields(table)).extracting(Field::getName).containsExactly("day", "name");
    assertThat(bigQuery.firstColumn(table)).containsExactly("2026-01-01");
    StandardTableDefinition definition = bigQuery.rest().getTable(table).getDefinition();
    assertThat(definition.getTimePartitioning().getField()).isEqualTo("day");
    assertThat(definition.getClustering().getFields()).containsExactly("name");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "With CREATE_NEVER a destination table that does not exist is notFound.",
      source = Sources.REST_JOB)
  void mayBeForbiddenToMakeIt() {
    TableId table = bigQuery.newName();
    assertThat(
            refused(
                    "SELECT 1 AS id",
                    table,
                    job -> job.setCreateDisposition(CreateDisposition.CREATE_NEVER))
                .reason())
        .isEqualTo("notFound");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "A destination table that has rows is refused with duplicate unless the job says what"
              + " to do with them.",
      source = Sources.REST_JOB)
  void writesToEmptyTablesByDefault() throws Exception {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    write("SELECT 1 AS id", table, job -> job);
    Refusal refused = refused("SELECT 2 AS id", table, job -> job);
    assertThat(refused.reason()).isEqualTo("duplicate");
    assertThat(refused.message())
        .isEqualTo("Already Exists: Table " + BigQueryUnderTest.ref(table));
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "WRITE_TRUNCATE replaces the rows and the columns of its destination.",
      source = Sources.REST_JOB)
  void truncates() throws Exception {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    bigQuery.query("INSERT %s VALUES (1)".formatted(BigQueryUnderTest.sql(table)));
    write(
        "SELECT 'x' AS name",
        table,
        job -> job.setWriteDisposition(WriteDisposition.WRITE_TRUNCATE));
    assertThat(fields(table)).extracting(Field::getName).containsExactly("name");
    assertThat(bigQuery.firstColumn(table)).containsExactly("x");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "WRITE_APPEND adds rows, by the names of their columns; columns that they lack are"
              + " NULL.",
      source = Sources.REST_JOB)
  void appends() throws Exception {
    TableId table =
        bigQuery.newTable(
            Field.of("id", StandardSQLTypeName.INT64),
            Field.of("name", StandardSQLTypeName.STRING));
    append("SELECT 'x' AS name, 1 AS id", table);
    append("SELECT 2 AS ID", table);
    assertThat(
            bigQuery.query(
                "SELECT id, name FROM %s ORDER BY id".formatted(BigQueryUnderTest.sql(table))))
        .containsExactly("1 x", "2 NULL");
  }

  private void append(String sql, TableId table, SchemaUpdateOption... updates)
      throws InterruptedException {
    write(sql, table, job -> appending(job, updates));
  }

  private static QueryJobConfiguration.Builder appending(
      QueryJobConfiguration.Builder job, SchemaUpdateOption... updates) {
    return job.setWriteDisposition(WriteDisposition.WRITE_APPEND)
        .setSchemaUpdateOptions(List.of(updates));
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A query that appends brings new columns only with ALLOW_FIELD_ADDITION.",
      source = Sources.MANAGING_SCHEMAS)
  void addsColumnsOnDemand() throws Exception {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    String sql = "SELECT 1 AS id, 'x' AS more";
    assertThat(refused(sql, table, DestinationTableTest::appending))
        .isEqualTo(new Refusal(400, "invalid", mismatch(table, "Cannot add fields (field: more)")));
    append(sql, table, SchemaUpdateOption.ALLOW_FIELD_ADDITION);
    assertThat(fields(table)).extracting(Field::getName).containsExactly("id", "more");
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "A query that appends to a REQUIRED column makes it NULLABLE only with"
              + " ALLOW_FIELD_RELAXATION.",
      source = Sources.MANAGING_SCHEMAS)
  void relaxesColumnsOnDemand() throws Exception {
    TableId table =
        bigQuery.newTable(
            Field.newBuilder("id", StandardSQLTypeName.INT64).setMode(Field.Mode.REQUIRED).build());
    assertThat(refused("SELECT 1 AS id", table, DestinationTableTest::appending).message())
        .isEqualTo(mismatch(table, "Field id has changed mode from REQUIRED to NULLABLE"));
    append("SELECT 1 AS id", table, SchemaUpdateOption.ALLOW_FIELD_RELAXATION);
    assertThat(fields(table).get(0).getMode()).isEqualTo(Field.Mode.NULLABLE);
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A query that appends cannot change the type of a column.",
      source = Sources.MANAGING_SCHEMAS)
  void keepsTypes() {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    assertThat(refused("SELECT 'x' AS id", table, DestinationTableTest::appending).message())
        .isEqualTo(mismatch(table, "Field id has changed type from INTEGER to STRING"));
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "Only queries have a destination table; statements that change rows or tables do not.",
      source = Sources.REST_JOB)
  void changesHaveNoDestination() {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    Refusal refused =
        refused(
            "INSERT %s VALUES (1)".formatted(BigQueryUnderTest.sql(table)),
            bigQuery.newName(),
            job -> job);
    assertThat(refused.message())
        .isEqualTo("Cannot set destination table in jobs with DML statements");
    assertThat(bigQuery.firstColumn(table)).isEmpty();
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A query that fails leaves its destination as it was.",
      source = WRITING)
  void failuresLeaveTheTable() {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    bigQuery.query("INSERT %s VALUES (1)".formatted(BigQueryUnderTest.sql(table)));
    Refusal refused =
        refused(
            "SELECT ERROR('no') AS id",
            table,
            job -> job.setWriteDisposition(WriteDisposition.WRITE_TRUNCATE));
    assertThat(refused.message()).contains("no");
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }
}
