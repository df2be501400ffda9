package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * DML: nested fields, UPDATE with FROM, all branches of MERGE, CTAS and views. The statements build
 * on each other.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
class DmlTest {
  private static final String STATEMENTS =
      """
      CREATE TABLE d.inv (product STRING, qty INT64, info STRUCT<color STRING, size STRUCT<w INT64, h INT64>>, tags ARRAY<STRING>)
      INSERT INTO d.inv VALUES ('a', 1, ('red', (1, 2)), ['x']), ('b', 2, NULL, []), ('c', 3, ('blue', NULL), ['y', 'z'])
      UPDATE d.inv SET qty = qty + 10, info.color = 'green' WHERE product = 'a'
      SELECT qty, info.color, info.size.w FROM d.inv WHERE product = 'a' -> 11|green|1
      UPDATE d.inv SET info.size.w = 5 WHERE product IN ('a', 'c')
      SELECT info.size.w, info.size.h FROM d.inv WHERE product = 'a' -> 5|2
      SELECT info.color, info.size.w, info.size.h FROM d.inv WHERE product = 'c' -> blue|5|null
      UPDATE d.inv SET tags = ARRAY_CONCAT(tags, ['new']) WHERE product = 'c'
      SELECT tags FROM d.inv WHERE product = 'c' -> [y, z, new]
      CREATE TABLE d.arr (product STRING, qty INT64)
      INSERT d.arr VALUES ('a', 100), ('z', 5)
      UPDATE d.inv i SET qty = i.qty + n.qty FROM d.arr n WHERE i.product = n.product
      SELECT product, qty FROM d.inv ORDER BY 1 -> a|111;b|2;c|3
      INSERT d.arr VALUES ('a', 200)
      UPDATE d.inv i SET qty = n.qty FROM d.arr n WHERE i.product = n.product -> !UPDATE/MERGE must match at most one source row for each target row
      UPDATE d.inv SET qty = (SELECT MAX(qty) FROM d.arr) WHERE product = 'b'
      SELECT qty FROM d.inv WHERE product = 'b' -> 200
      UPDATE d.inv SET qty = DEFAULT WHERE product = 'b'
      SELECT qty FROM d.inv WHERE product = 'b' -> null
      DELETE FROM d.inv WHERE product NOT IN (SELECT product FROM d.arr)
      SELECT product FROM d.inv -> a
      DELETE d.inv WHERE NULL
      SELECT COUNT(*) FROM d.inv -> 1
      DELETE FROM d.inv -> !DELETE must have a WHERE clause
      TRUNCATE TABLE d.inv
      SELECT COUNT(*) FROM d.inv -> 0
      INSERT d.inv (product, qty) SELECT product, qty FROM d.arr WHERE qty > 50
      SELECT product, qty, tags FROM d.inv ORDER BY qty -> a|100|[];a|200|[]
      CREATE TABLE d.t (id INT64, v STRING)
      INSERT d.t VALUES (1, 'one'), (2, 'two'), (3, 'three')
      CREATE TABLE d.s (id INT64, v STRING, op STRING)
      INSERT d.s VALUES (1, 'ONE', 'u'), (2, NULL, 'd'), (4, 'four', 'i')
      MERGE d.t T USING d.s S ON T.id = S.id WHEN MATCHED AND S.op = 'd' THEN DELETE WHEN MATCHED THEN UPDATE SET v = S.v WHEN NOT MATCHED THEN INSERT (id, v) VALUES (S.id, S.v) WHEN NOT MATCHED BY SOURCE THEN UPDATE SET v = 'gone'
      SELECT id, v FROM d.t ORDER BY id -> 1|ONE;3|gone;4|four
      MERGE d.t T USING (SELECT 9 AS id, 'nine' AS v) S ON FALSE WHEN NOT MATCHED THEN INSERT ROW WHEN NOT MATCHED BY SOURCE THEN DELETE
      SELECT id, v FROM d.t ORDER BY id -> 9|nine
      MERGE d.t T USING (SELECT 9 AS id UNION ALL SELECT 9) S ON T.id = S.id WHEN MATCHED THEN UPDATE SET v = 'x' -> !UPDATE/MERGE must match at most one source row for each target row
      MERGE d.t T USING (SELECT 9 AS id) S ON T.id = S.id WHEN MATCHED AND T.v = 'nope' THEN DELETE WHEN MATCHED THEN UPDATE SET id = T.id + 1
      SELECT id FROM d.t -> 10
      MERGE d.t T USING (SELECT 1) ON FALSE WHEN NOT MATCHED BY TARGET THEN INSERT (id) VALUES (11) WHEN NOT MATCHED BY SOURCE AND T.id > 100 THEN DELETE
      SELECT id FROM d.t ORDER BY id -> 10;11
      CREATE TABLE d.ctas PARTITION BY day CLUSTER BY k AS SELECT DATE '2020-01-01' AS day, 1 AS k, [STRUCT('x' AS f)] AS a
      SELECT day, k, a[OFFSET(0)].f FROM d.ctas -> 2020-01-01|1|x
      CREATE VIEW d.vw AS SELECT k + 1 AS kk FROM d.ctas
      SELECT kk FROM d.vw -> 2
      CREATE OR REPLACE VIEW d.vw AS SELECT k AS kk FROM d.ctas
      SELECT kk FROM d.vw -> 1
      """;

  @Behaviour(
      area = Area.DML,
      says =
          "MERGE runs the first clause that fits a row: UPDATE, DELETE or "
              + "INSERT, for matched rows and for those that one side lacks.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#merge_statement")
  @Behaviour(
      area = Area.DML,
      says = "A target row that several source rows would change fails UPDATE and " + "MERGE.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#update_statement")
  @Behaviour(
      area = Area.DML,
      says =
          "UPDATE sets nested fields, takes FROM, subqueries and DEFAULT; UPDATE "
              + "and DELETE need WHERE.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#update_statement")
  @Behaviour(
      area = Area.DDL,
      says =
          "CREATE TABLE AS SELECT and CREATE OR REPLACE VIEW take their columns "
              + "from the query.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#create_table_statement")
  @Test
  void changesWhatItSays(BigQueryUnderTest service) {
    new Answers(service).checkAll(STATEMENTS);
  }
}
