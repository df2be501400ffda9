package io.tributary.emulator.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parameters of queries, and the dataset that they look tables up in. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class QueryParameterTest {
  private static final String PARAMETERS =
      "https://cloud.google.com/bigquery/docs/parameterized-queries";

  private final BigQueryUnderTest bigQuery;

  QueryParameterTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  private String first(QueryJobConfiguration query) throws InterruptedException {
    return bigQuery.rest().query(query).getValues().iterator().next().get(0).getValue().toString();
  }

  private static QueryJobConfiguration.Builder query(String sql) {
    return QueryJobConfiguration.newBuilder(sql);
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "Named parameters stand where @name is written, of any scalar type.",
      source = PARAMETERS)
  void namedParameters() throws Exception {
    QueryJobConfiguration sum =
        query("SELECT FORMAT('%d %s %t %t %t', @n, @s, @b, @d, @x)")
            .addNamedParameter("n", QueryParameterValue.int64(42))
            .addNamedParameter("s", QueryParameterValue.string("it's"))
            .addNamedParameter("b", QueryParameterValue.bool(true))
            .addNamedParameter("d", QueryParameterValue.date("2026-01-01"))
            .addNamedParameter("x", QueryParameterValue.numeric(new BigDecimal("1.5")))
            .build();
    assertThat(first(sum)).isEqualTo("42 it's true 2026-01-01 1.5");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "Positional parameters stand where ? is written, in order.",
      source = PARAMETERS)
  void positionalParameters() throws Exception {
    assertThat(
            first(
                query("SELECT ? - ?")
                    .addPositionalParameter(QueryParameterValue.int64(50))
                    .addPositionalParameter(QueryParameterValue.int64(8))
                    .build()))
        .isEqualTo("42");
  }

  @Test
  @Behaviour(area = Area.JOBS, says = "Parameters may be arrays and STRUCTs.", source = PARAMETERS)
  void nestedParameters() throws Exception {
    assertThat(
            first(
                query("SELECT SUM(n) FROM UNNEST(@list) AS n")
                    .addNamedParameter(
                        "list",
                        QueryParameterValue.array(new Long[] {20L, 22L}, StandardSQLTypeName.INT64))
                    .build()))
        .isEqualTo("42");
    assertThat(
            first(
                query("SELECT @s.a + @s.b")
                    .addNamedParameter(
                        "s",
                        QueryParameterValue.struct(
                            Map.of(
                                "a", QueryParameterValue.int64(40),
                                "b", QueryParameterValue.int64(2))))
                    .build()))
        .isEqualTo("42");
  }

  @Test
  @Behaviour(area = Area.JOBS, says = "A parameter without a value is NULL.", source = PARAMETERS)
  void absentValuesAreNull() throws Exception {
    assertThat(
            first(
                query("SELECT @n IS NULL")
                    .addNamedParameter("n", QueryParameterValue.int64((Long) null))
                    .build()))
        .isEqualTo("true");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A parameter that the query names and the call does not is refused.",
      source = PARAMETERS)
  void missingParametersAreRefused() {
    Refusal refused = Refusal.of(() -> first(query("SELECT @missing").build()));
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.reason()).isEqualTo("invalidQuery");
    assertThat(refused.message()).contains("missing");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "Parameters may be used in statements that change rows.",
      source = PARAMETERS)
  void parametersOfChanges() throws Exception {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    bigQuery
        .rest()
        .query(
            query("INSERT %s VALUES (@n)".formatted(BigQueryUnderTest.sql(table)))
                .addNamedParameter("n", QueryParameterValue.int64(7))
                .build());
    assertThat(bigQuery.firstColumn(table)).containsExactly("7");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says =
          "A table without a dataset is looked up in the default dataset; without one it is"
              + " refused.",
      source = Sources.REST_JOBS_QUERY)
  void tablesAreLookedUpInTheDefaultDataset() throws Exception {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    String sql = "SELECT COUNT(*) FROM " + table.getTable();
    assertThat(first(query(sql).setDefaultDataset(BigQueryUnderTest.DATASET).build()))
        .isEqualTo("0");
    Refusal refused = Refusal.of(() -> first(query(sql).build()));
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.message())
        .isEqualTo(
            "Table \"%s\" must be qualified with a dataset (e.g. dataset.table)."
                .formatted(table.getTable()));
  }
}
