package io.tributary.emulator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What CREATE, ALTER and DROP refuse, and scripts around them. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DdlRefusalTest {
  private final Answers answers;

  DdlRefusalTest(BigQueryUnderTest service) {
    answers = new Answers(service);
    answers.checkAll(
        """
        CREATE TABLE d.t (id INT64 NOT NULL, name STRING, day DATE, PRIMARY KEY (id) NOT ENFORCED) PARTITION BY day CLUSTER BY name
        CREATE TABLE d.plain (id INT64)
        CREATE VIEW d.v AS SELECT 1 AS a
        """);
  }

  @Behaviour(
      area = Area.DDL,
      says =
          "Every form of ALTER TABLE answers notFound for a table that does not exist, unless IF"
              + " EXISTS is said.",
      source = Sources.SQL_DDL)
  @Behaviour(
      area = Area.DDL,
      says = "A table that has a primary key does not take another one.",
      source = Sources.PRIMARY_KEYS)
  @Behaviour(
      area = Area.DDL,
      says = "ADD COLUMN refuses a name that is taken, NOT NULL, and a default value.",
      source = Sources.DEFAULT_VALUES)
  @Behaviour(
      area = Area.DDL,
      says =
          "Columns of the primary key, the partitioning and the clustering can be neither dropped nor"
              + " given another type.",
      source = Sources.MANAGING_SCHEMAS)
  @Behaviour(
      area = Area.DDL,
      says = "DROP NOT NULL needs a column that is NOT NULL.",
      source = Sources.SQL_DDL)
  @Behaviour(
      area = Area.DDL,
      says = "SET DATA TYPE only makes a type wider.",
      source = Sources.MANAGING_SCHEMAS)
  @Statements(
      """
      ALTER TABLE d.none SET OPTIONS (description = 'x') ==> !notFound: Not found: Table test-project:d.none was not found
      ALTER TABLE d.none ADD COLUMN x STRING ==> !notFound: Not found: Table test-project:d.none was not found
      ALTER TABLE d.none ADD COLUMN IF NOT EXISTS x STRING, ADD COLUMN y INT64 ==> !notFound: Not found: Table test-project:d.none was not found
      ALTER TABLE d.none DROP COLUMN x ==> !notFound: Not found: Table test-project:d.none was not found
      ALTER TABLE d.none RENAME TO other ==> !notFound: Not found: Table test-project:d.none was not found
      ALTER TABLE d.none RENAME COLUMN x TO y ==> !notFound: Not found: Table test-project:d.none was not found
      ALTER TABLE d.none ALTER COLUMN x SET DATA TYPE NUMERIC ==> !notFound: Not found: Table test-project:d.none was not found
      ALTER TABLE d.none ALTER COLUMN x SET DEFAULT 1 ==> !notFound: Not found: Table test-project:d.none was not found
      ALTER TABLE d.none ALTER COLUMN x DROP NOT NULL ==> !notFound: Not found: Table test-project:d.none was not found
      ALTER TABLE d.none ADD PRIMARY KEY (x) NOT ENFORCED ==> !notFound: Not found: Table test-project:d.none was not found
      ALTER TABLE d.none DROP PRIMARY KEY ==> !notFound: Not found: Table test-project:d.none was not found
      ALTER TABLE nowhere.none ADD COLUMN x STRING ==> !notFound: Not found: Dataset test-project:nowhere was not found
      EXECUTE IMMEDIATE 'ALTER TABLE d.none ADD COLUMN x STRING' ==> !notFound: Not found: Table test-project:d.none was not found
      ALTER TABLE IF EXISTS d.none ADD COLUMN x STRING ==> (nothing)
      ALTER TABLE IF EXISTS d.none DROP COLUMN x ==> (nothing)
      ALTER TABLE IF EXISTS d.none SET OPTIONS (description = 'x') ==> (nothing)
      ALTER TABLE d.t ADD PRIMARY KEY (name) NOT ENFORCED ==> !Already Exists: primary key
      ALTER TABLE d.t ADD COLUMN name STRING ==> !Column already exists: name
      ALTER TABLE d.t ADD COLUMN x STRING NOT NULL ==> !Cannot add required fields to an existing schema. (field: x)
      ALTER TABLE d.t ADD COLUMN x STRING DEFAULT 'a' ==> !Cannot add a column with a default value
      ALTER TABLE d.plain RENAME TO d.other ==> !The new name of a table must not name a dataset
      ALTER TABLE d.plain RENAME COLUMN x TO y ==> !x
      ALTER TABLE d.t RENAME COLUMN name TO day ==> !day
      ALTER TABLE d.t DROP COLUMN x ==> !Column not found: x
      ALTER TABLE d.t DROP COLUMN id ==> !Cannot drop column id
      ALTER TABLE d.t DROP COLUMN name ==> !Cannot drop column name
      ALTER TABLE d.t DROP COLUMN day ==> !Cannot drop column day
      ALTER TABLE d.t ALTER COLUMN id SET DATA TYPE NUMERIC ==> !Cannot change the type of column id
      ALTER TABLE d.t ALTER COLUMN x SET DEFAULT 1 ==> !Column not found: x
      ALTER TABLE d.t ALTER COLUMN name DROP NOT NULL ==> !requires a column with NOT NULL constraint: name
      ALTER TABLE d.plain ALTER COLUMN id SET DATA TYPE STRING ==> !requires that the existing column type (INT64) is assignable to the new type (STRING)
      ALTER TABLE d.plain SET OPTIONS (partition_expiration_days = 1) ==> !Partition options can only be set on partitioned tables
      """)
  void alterTable(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Behaviour(
      area = Area.DDL,
      says = "PARTITION BY takes one expression, of the few forms that the manual lists.",
      source = Sources.SQL_DDL)
  @Behaviour(
      area = Area.DDL,
      says = "CLUSTER BY takes columns, no expressions.",
      source = Sources.CLUSTERED_TABLES)
  @Behaviour(
      area = Area.DDL,
      says = "A primary key has to be NOT ENFORCED.",
      source = Sources.PRIMARY_KEYS)
  @Behaviour(
      area = Area.DDL,
      says = "DROP VIEW does not drop a table, nor DROP TABLE a view.",
      source = Sources.SQL_DDL)
  @Statements(
      """
      CREATE TABLE d.x (a DATE, b DATE) PARTITION BY a, b ==> !Only a single PARTITION BY expression is supported
      CREATE TABLE d.x (a STRUCT<b DATE>) PARTITION BY a.b ==> !PARTITION BY expression must be
      CREATE TABLE d.x (a STRING) PARTITION BY DATE(PARSE_TIMESTAMP('%Y', a)) ==> !PARTITION BY expression must be
      CREATE TABLE d.x (a INT64) PARTITION BY ABS(a) ==> !PARTITION BY expression must be
      CREATE TABLE d.x (a TIMESTAMP) PARTITION BY TIMESTAMP_TRUNC(a, MINUTE) ==> !PARTITION BY expression must be
      CREATE TABLE d.x (a INT64) PARTITION BY RANGE_BUCKET(a, GENERATE_ARRAY(0, a, 1)) ==> !PARTITION BY expression must be
      CREATE TABLE d.x (a INT64) PARTITION BY RANGE_BUCKET(a, [1, 2]) ==> !PARTITION BY expression must be
      CREATE TABLE d.x (a STRING) CLUSTER BY UPPER(a) ==> !CLUSTER BY takes columns only
      CREATE TABLE d.x (a INT64, PRIMARY KEY (a)) ==> !NOT ENFORCED
      CREATE TABLE d.x COPY d.v ==> !cannot be copied
      DROP VIEW d.plain ==> !is not allowed for this operation because it is currently a TABLE.
      DROP TABLE d.v ==> !is not allowed for this operation because it is currently a VIEW.
      CREATE TABLE a.b.c.e (a INT64) ==> !Invalid table name: `a.b.c.e`
      """)
  void createAndDrop(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Behaviour(area = Area.DML, says = "A view cannot be changed by DML.", source = Sources.SQL_DML)
  @Behaviour(
      area = Area.INFORMATION_SCHEMA,
      says = "The views of tables have to be qualified with a dataset.",
      source = "https://cloud.google.com/bigquery/docs/information-schema-tables")
  @Statements(
      """
      DELETE FROM d.v WHERE true ==> !is not a table and cannot be changed
      SELECT * FROM INFORMATION_SCHEMA.TABLES ==> !INFORMATION_SCHEMA must be qualified with a dataset
      -- nothing ==> !Unexpected end of statement
      """)
  void statements(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "A script cannot create a temporary table twice, or declare a variable anew in a loop.",
      source = Sources.SQL_SCRIPTS)
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "EXECUTE IMMEDIATE takes exactly one statement, which is not NULL.",
      source = Sources.SQL_SCRIPTS + "#execute_immediate")
  @Statements(
      """
      DECLARE r INT64; FOR r IN (SELECT 1 AS a) DO SELECT r.a; END FOR ==> !Variable 'r' redeclaration
      EXECUTE IMMEDIATE CAST(NULL AS STRING) ==> !SQL created by EXECUTE IMMEDIATE is NULL
      EXECUTE IMMEDIATE 'SELECT 1; SELECT 2' ==> !SQL created by EXECUTE IMMEDIATE must contain exactly one statement
      """)
  void scripts(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Test
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "A script cannot create a temporary table twice.",
      source = "https://cloud.google.com/bigquery/docs/multi-statement-queries")
  void temporaryTables() {
    assertThat(answers.to("CREATE TEMP TABLE x (a INT64); CREATE TEMP TABLE x (a INT64)"))
        .startsWith("!duplicate: Already Exists: Table x");
  }

  @Test
  @Behaviour(
      area = Area.DDL,
      says = "A table cannot be given the name of another one.",
      source = Sources.SQL_DDL)
  void renaming() {
    assertThat(answers.to("ALTER TABLE d.plain RENAME TO t"))
        .startsWith("!duplicate: Already Exists: Table");
  }
}
