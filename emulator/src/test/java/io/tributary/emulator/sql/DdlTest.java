package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tables made after others, renamed tables and columns, types with parameters, functions of
 * scripts.
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
class DdlTest {
  private static final String COPIES =
      """
      CREATE OR REPLACE TABLE d.base (a INT64 NOT NULL, b STRING(10) DEFAULT 'x', c STRUCT<x INT64, y ARRAY<STRUCT<z STRING>>>) PARTITION BY RANGE_BUCKET(a, GENERATE_ARRAY(0,100,10)) OPTIONS(description='base')
      INSERT d.base VALUES (1, 'p', NULL), (2, 'q', NULL)
      CREATE OR REPLACE TABLE d.lk LIKE d.base OPTIONS(description='like')
      INSERT d.lk (a) VALUES (5)
      SELECT a, b FROM d.lk -> 5|x
      INSERT d.lk (a) VALUES (NULL) -> !
      CREATE OR REPLACE TABLE d.cp COPY d.base
      CREATE OR REPLACE TABLE d.cl CLONE d.base
      SELECT a, b FROM d.cp ORDER BY a -> 1|p;2|q
      SELECT option_name, option_value FROM d.INFORMATION_SCHEMA.TABLE_OPTIONS WHERE table_name = 'cl' -> description|"base"
      ALTER TABLE d.cp RENAME TO cp2
      SELECT COUNT(*) FROM d.cp2 -> 2
      SELECT COUNT(*) FROM d.cp -> !notFound:
      ALTER TABLE d.cp2 RENAME COLUMN b TO bb
      SELECT bb FROM d.cp2 ORDER BY 1 -> p;q
      ALTER TABLE d.cp2 RENAME COLUMN a TO aa -> !
      ALTER TABLE d.cp2 RENAME COLUMN IF EXISTS nope TO aa
      CREATE OR REPLACE VIEW d.v1 (x, y OPTIONS(description='d')) AS SELECT 1, 2
      SELECT y, x FROM d.v1 -> 2|1
      CREATE OR REPLACE TABLE d.ing (a INT64) PARTITION BY _PARTITIONDATE
      INSERT d.ing (_PARTITIONTIME, a) VALUES (TIMESTAMP '2020-01-01', 7)
      CREATE OR REPLACE TABLE d.ing2 COPY d.ing
      SELECT a, _PARTITIONDATE FROM d.ing2 -> 7|2020-01-01
      """;

  private static final String PARAMETERS =
      """
      CREATE OR REPLACE TABLE d.prm (a BIGNUMERIC(5,2), b STRING(2), c NUMERIC(4,1), e BYTES(2), f ARRAY<STRING(2)>, g STRUCT<x NUMERIC(3,1)>)
      INSERT d.prm (a) VALUES (12345) -> !BIGNUMERIC(5, 2) has precision 5 and scale 2 but got a value that is not in range
      INSERT d.prm (a) VALUES (1.235)
      SELECT a FROM d.prm -> 1.24
      INSERT d.prm (b) VALUES ('abc') -> !has maximum length 2 but got a value with length 3
      INSERT d.prm (c) VALUES (1234.5) -> !not in range
      INSERT d.prm (e) VALUES (b'abc') -> !maximum length
      INSERT d.prm (f) VALUES (['abc']) -> !maximum length
      INSERT d.prm (g) VALUES (STRUCT(123)) -> !not in range
      UPDATE d.prm SET b = 'xyz' WHERE TRUE -> !maximum length
      MERGE d.prm T USING (SELECT 'xyz' b) S ON FALSE WHEN NOT MATCHED THEN INSERT (b) VALUES (S.b) -> !maximum length
      """;

  private static final String FUNCTIONS =
      """
      CREATE TEMP FUNCTION f(x INT64) AS (x + 1); SELECT f(2) -> 3
      CREATE TEMP FUNCTION f(x INT64, y INT64) RETURNS FLOAT64 AS (x / y); SELECT f(1, 2) -> 0.5
      CREATE TEMP FUNCTION f(x INT64, y INT64) RETURNS FLOAT64 AS (x / y); SELECT SAFE.f(1, 0) -> !SAFE prefix is not supported
      CREATE TEMP FUNCTION f(x INT64) AS ((SELECT SUM(v) FROM UNNEST([x, x * 2]) v)); SELECT f(y) FROM UNNEST([1, 2]) y ORDER BY 1 -> 3;6
      CREATE TEMP FUNCTION f(x INT64) AS (x + 1); CREATE TEMP FUNCTION g(x INT64) AS (f(x) * 2); SELECT g(f(1)) -> 6
      CREATE TEMP FUNCTION g(x ANY TYPE) AS (x * 2); SELECT g(2), g(1.5) -> !notImplemented:
      DECLARE v INT64 DEFAULT 3; CREATE TEMP FUNCTION f(x INT64) AS (x + 1); BEGIN DECLARE w INT64 DEFAULT 1; SELECT f(v) + w; END -> 5
      SELECT f(2) -> !Function not found
      CREATE FUNCTION d.h(x INT64) AS (x + 1) -> !notImplemented:
      """;

  @Behaviour(
      area = Area.DDL,
      says =
          "CREATE TABLE LIKE takes the columns, partitions and options of a "
              + "table but not its rows; COPY and CLONE take the rows too.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#create_table_like")
  @Behaviour(
      area = Area.DDL,
      says =
          "ALTER TABLE RENAME TO gives a table a new name in its dataset; the "
              + "old name is free then.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#alter_table_rename_to_statement")
  @Behaviour(
      area = Area.DDL,
      says = "ALTER TABLE RENAME COLUMN refuses columns that partition or cluster " + "the table.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#alter_table_rename_column_statement")
  @Behaviour(
      area = Area.DDL,
      says = "CREATE VIEW names its columns by a list.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#create_view_statement")
  @Test
  void copiesAndRenames(BigQueryUnderTest service) {
    new Answers(service).checkAll(COPIES);
  }

  @Behaviour(
      area = Area.DML,
      says =
          "Values that do not fit STRING(n), BYTES(n), NUMERIC(p, s) or "
              + "BIGNUMERIC(p, s) fail INSERT, UPDATE and MERGE, in arrays and structs "
              + "too; digits behind the scale are rounded.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#parameterized_data_types")
  @Test
  void checksParameters(BigQueryUnderTest service) {
    new Answers(service).checkAll(PARAMETERS);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says = "CREATE TEMP FUNCTION with a body in SQL lasts until the script ends.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#create_function_statement")
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "The SAFE prefix is refused before user-defined functions.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-reference#safe_prefix")
  @Test
  void makesFunctions(BigQueryUnderTest service) {
    new Answers(service).checkAll(FUNCTIONS);
  }
}
