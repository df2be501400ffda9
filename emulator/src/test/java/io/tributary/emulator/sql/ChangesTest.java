package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** MERGE, UPDATE, DELETE and DDL one after the other, and scripts with them. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangesTest {
  private static final String STATEMENTS =
      """
      CREATE OR REPLACE TABLE d.inv (product STRING, quantity INT64, supply_constrained BOOL)
      INSERT d.inv VALUES ('dishwasher', 30, NULL), ('dryer', 30, NULL), ('front load washer', 20, NULL), ('microwave', 20, NULL), ('oven', 5, NULL), ('top load washer', 10, NULL)
      CREATE OR REPLACE TABLE d.na (product STRING, quantity INT64, warehouse STRING)
      INSERT d.na VALUES ('dryer', 200, 'w2'), ('oven', 300, 'w3'), ('washer', 100, 'w1')
      MERGE d.inv T USING d.na S ON T.product = S.product WHEN NOT MATCHED AND quantity < 200 THEN INSERT(product, quantity, supply_constrained) VALUES(product, quantity, true) WHEN NOT MATCHED THEN INSERT(product, quantity, supply_constrained) VALUES(product, quantity, false) WHEN MATCHED THEN UPDATE SET quantity = T.quantity + S.quantity
      SELECT * FROM d.inv ORDER BY product -> dishwasher|30|null;dryer|230|null;front load washer|20|null;microwave|20|null;oven|305|null;top load washer|10|null;washer|100|true
      MERGE d.inv T USING d.na S ON T.product = S.product WHEN MATCHED AND S.warehouse = 'w1' THEN UPDATE SET quantity = T.quantity + 20 WHEN MATCHED THEN DELETE
      SELECT product, quantity FROM d.inv ORDER BY product -> dishwasher|30;front load washer|20;microwave|20;top load washer|10;washer|120
      MERGE INTO d.inv T USING (SELECT * FROM d.na WHERE warehouse = 'w3') S ON FALSE WHEN NOT MATCHED AND product LIKE '%ov%' THEN INSERT (product, quantity) VALUES (product, quantity) WHEN NOT MATCHED BY SOURCE AND product LIKE '%washer%' THEN DELETE
      SELECT product, quantity FROM d.inv ORDER BY product -> microwave|20;oven|300
      MERGE d.inv T USING d.na S ON T.product = S.product WHEN MATCHED THEN UPDATE SET T.quantity = S.quantity * 2, supply_constrained = NULL WHEN NOT MATCHED THEN INSERT ROW -> !
      MERGE d.inv T USING UNNEST([STRUCT('x' AS product, 1 AS q)]) S ON T.product = S.product WHEN NOT MATCHED THEN INSERT (product, quantity) VALUES (S.product, DEFAULT)
      SELECT quantity FROM d.inv WHERE product = 'x' -> null
      MERGE d.inv T USING (SELECT 'dup' AS product UNION ALL SELECT 'dup') S ON T.product = S.product WHEN NOT MATCHED THEN INSERT (product) VALUES (S.product)
      SELECT COUNT(*) FROM d.inv WHERE product = 'dup' -> 2
      UPDATE d.inv SET quantity = quantity - 10 WHERE product LIKE '%v%'
      SELECT quantity FROM d.inv WHERE product = 'oven' -> 290
      UPDATE d.inv i SET quantity = (SELECT SUM(n.quantity) FROM d.na n WHERE n.product = i.product) WHERE TRUE
      SELECT product, quantity FROM d.inv ORDER BY 1, 2 -> dup|null;dup|null;microwave|null;oven|300;x|null
      UPDATE d.inv SET quantity = n.quantity, supply_constrained = TRUE FROM d.na n JOIN (SELECT 'w3' AS w) w ON n.warehouse = w.w WHERE d.inv.product = n.product -> !
      UPDATE d.inv SET quantity = n.quantity, supply_constrained = TRUE FROM d.na n JOIN (SELECT 'w3' AS w) w ON n.warehouse = w.w WHERE inv.product = n.product
      SELECT supply_constrained FROM d.inv WHERE product = 'oven' -> true
      DELETE FROM d.inv i WHERE i.product IN (SELECT product FROM d.na)
      DELETE d.inv WHERE product = 'dup' AND EXISTS (SELECT 1 FROM d.na)
      SELECT COUNT(*) FROM d.inv -> 2
      INSERT INTO d.inv (product, quantity) WITH w AS (SELECT 'new' p, 5 q) SELECT p, q FROM w
      INSERT d.inv VALUES ('sub', (SELECT MAX(quantity) FROM d.na), TRUE)
      SELECT quantity FROM d.inv WHERE product = 'sub' -> 300
      INSERT d.inv (product, product) VALUES ('a', 'b') -> !
      INSERT d.inv (nope) VALUES (1) -> !
      INSERT d.inv VALUES ('a') -> !
      INSERT d.inv (quantity) VALUES ('x') -> !
      UPDATE d.inv SET quantity = 1 -> !must have a WHERE
      TRUNCATE TABLE d.inv
      SELECT COUNT(*) FROM d.inv -> 0
      CREATE TABLE IF NOT EXISTS d.inv (x INT64)
      CREATE OR REPLACE TABLE d.ct PARTITION BY DATE_TRUNC(m, MONTH) AS SELECT DATE '2020-05-05' m, 1 v
      CREATE OR REPLACE TABLE d.ct2 (a INT64 OPTIONS(description='x'), b STRING) CLUSTER BY b AS SELECT 1, 'x'
      SELECT * FROM d.ct2 -> 1|x
      CREATE OR REPLACE VIEW d.vv AS SELECT a AS k, COUNT(*) AS n FROM d.ct2 GROUP BY a
      SELECT k, n FROM d.vv JOIN d.ct2 ON a = k -> 1|1
      CREATE VIEW IF NOT EXISTS d.vv AS SELECT 2 AS z
      DROP VIEW d.vv
      SELECT * FROM d.vv -> !notFound:
      DROP TABLE IF EXISTS d.nonesuch
      ALTER TABLE d.ct2 ADD COLUMN c FLOAT64, ADD COLUMN IF NOT EXISTS a INT64
      SELECT * FROM d.ct2 -> 1|x|null
      ALTER TABLE d.ct2 ALTER COLUMN c SET DEFAULT 1.5
      INSERT d.ct2 (a) VALUES (2)
      SELECT c FROM d.ct2 WHERE a = 2 -> 1.5
      ALTER TABLE d.ct2 DROP COLUMN c
      ALTER TABLE d.ct2 SET OPTIONS (description='d', labels=[('k','v')])
      CREATE TABLE d.bad (a INT64, A STRING) -> !
      """;

  private final Answers answers;

  ChangesTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.DML,
      says =
          "MERGE has clauses for rows matched, not matched by target and not "
              + "matched by source; of several clauses that fit the first one acts.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#merge_statement")
  @Behaviour(
      area = Area.DML,
      says = "A MERGE that only inserts takes equal source rows each by itself.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#merge_statement")
  @Behaviour(
      area = Area.DML,
      says =
          "INSERT refuses a column named twice or unknown, too few values, and "
              + "values of another type.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#insert_statement")
  @Behaviour(
      area = Area.DDL,
      says =
          "ALTER TABLE adds and drops columns, sets defaults, which hold for "
              + "later rows only, and options.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#alter_table_add_column_statement")
  @Test
  void changesOneAfterTheOther() {
    answers.checkAll(STATEMENTS);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says = "Temporary tables take all of DML and end with the script.",
      source = "https://cloud.google.com/bigquery/docs/multi-statement-queries#temporary_tables")
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "The dynamic statement of EXECUTE IMMEDIATE is one statement.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/procedural-language#execute_immediate")
  @Statements(
      """
      DECLARE i INT64 DEFAULT 0; DECLARE out ARRAY<INT64> DEFAULT []; LOOP SET i = i + 1; IF i > 5 THEN LEAVE; END IF; IF MOD(i, 2) = 0 THEN ITERATE; END IF; SET out = ARRAY_CONCAT(out, [i]); END LOOP; SELECT out ==> [1, 3, 5]
      DECLARE x INT64 DEFAULT 3; WHILE x > 0 DO SET x = x - 1; END WHILE; SELECT x ==> 0
      DECLARE s STRING; FOR r IN (SELECT 'a' AS k, 1 AS v UNION ALL SELECT 'b', 2 ORDER BY k) DO SET s = CONCAT(IFNULL(s, ''), r.k, CAST(r.v AS STRING)); END FOR; SELECT s ==> a1b2
      DECLARE x INT64 DEFAULT 2; CASE x WHEN 1 THEN SELECT 'one'; WHEN 2 THEN SELECT 'two'; ELSE SELECT 'many'; END CASE ==> two
      DECLARE n INT64; BEGIN SET n = CAST('x' AS INT64); EXCEPTION WHEN ERROR THEN SET n = -1; END; SELECT n ==> -1
      CREATE TEMP TABLE tt (a INT64); INSERT tt VALUES (1),(2); UPDATE tt SET a = a * 10 WHERE TRUE; DELETE tt WHERE a = 10; MERGE tt USING (SELECT 5 x) ON FALSE WHEN NOT MATCHED THEN INSERT VALUES (x); SELECT ARRAY_AGG(a ORDER BY a) FROM tt ==> [5, 20]
      DECLARE d1 DATE DEFAULT CURRENT_DATE(); SELECT d1 = CURRENT_DATE() ==> true
      DECLARE a, b INT64 DEFAULT 1; SET (a, b) = (SELECT AS STRUCT 2, 3); SELECT a + b ==> 5
      EXECUTE IMMEDIATE 'SELECT ?' USING 1.5 ==> 1.5
      EXECUTE IMMEDIATE 'SELECT @x || @y' USING 'a' AS x, 'b' AS y ==> ab
      EXECUTE IMMEDIATE 'CREATE OR REPLACE TABLE d.ei AS SELECT @v AS v' USING 7 AS v; SELECT v FROM d.ei ==> 7
      DECLARE q STRING DEFAULT 'SELECT 1; SELECT 2'; EXECUTE IMMEDIATE q ==> !
      SELECT 1; SELECT 2; SELECT 3 ==> 3
      INSERT d.ei VALUES (1); SELECT @@row_count ==> 1
      SELECT @@error.stack_trace ==> !notImplemented:
      """)
  void scripts(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Statements(
      """
      CREATE MATERIALIZED VIEW d.mv AS SELECT 1 AS x ==> !notImplemented:
      CREATE PROCEDURE d.p() BEGIN SELECT 1; END ==> !notImplemented:
      EXPORT DATA OPTIONS(uri='gs://x/*') AS SELECT 1 ==> !notImplemented:
      GRANT `roles/x` ON SCHEMA d TO 'user:a' ==> !notImplemented:
      CREATE EXTERNAL TABLE d.e OPTIONS(format='CSV', uris=['x']) ==> !notImplemented:
      UNDROP SCHEMA d ==> !notImplemented:
      """)
  void refuses(String statement, String expected) {
    answers.check(statement, expected);
  }
}
