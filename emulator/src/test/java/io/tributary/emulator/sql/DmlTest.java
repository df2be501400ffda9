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

  /** Rows that match twice or never, NULL keys, defaults, and the state that a statement sees. */
  private static final String CORNERS =
      """
      CREATE TABLE d.mt (id INT64, v STRING, n INT64 DEFAULT 7)
      INSERT d.mt (id, v) VALUES (1, 'a'), (2, 'b'), (3, NULL)
      SELECT id, v, n FROM d.mt ORDER BY id -> 1|a|7;2|b|7;3|null|7
      CREATE TABLE d.ms (id INT64, v STRING)
      INSERT d.ms VALUES (1, 'x'), (1, 'y'), (4, 'z')
      MERGE d.mt t USING d.ms s ON t.id = s.id WHEN MATCHED AND t.id = 1 THEN UPDATE SET v = s.v WHEN MATCHED THEN DELETE -> !must match at most one
      MERGE d.mt t USING d.ms s ON t.id = s.id WHEN MATCHED AND FALSE THEN UPDATE SET v = s.v WHEN MATCHED THEN DELETE -> !must match at most one
      SELECT COUNT(*) FROM d.mt -> 3
      MERGE d.mt t USING d.ms s ON t.id = s.id WHEN MATCHED THEN DELETE
      SELECT id FROM d.mt ORDER BY id -> 2;3
      INSERT d.mt (id, v) VALUES (1, 'a')
      MERGE d.mt t USING d.ms s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, v) VALUES (id, v)
      SELECT id, v, n FROM d.mt ORDER BY id -> 1|a|7;2|b|7;3|null|7;4|z|7
      MERGE d.mt t USING d.ms s ON t.id = s.id AND s.v = 'x' WHEN MATCHED THEN UPDATE SET v = s.v, n = t.n + 1
      SELECT id, v, n FROM d.mt WHERE id = 1 -> 1|x|8
      MERGE d.mt t USING d.ms s ON t.id = s.id WHEN MATCHED AND s.v = 'y' THEN UPDATE SET v = 'only y'
      SELECT v FROM d.mt WHERE id = 1 -> only y
      MERGE d.mt t USING (SELECT 5 AS id UNION ALL SELECT 5) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)
      SELECT COUNT(*) FROM d.mt WHERE id = 5 -> 2
      MERGE d.mt t USING (SELECT 5 AS id) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = 'five', n = DEFAULT WHEN NOT MATCHED BY SOURCE AND t.id < 3 THEN UPDATE SET n = 0 WHEN NOT MATCHED BY SOURCE THEN DELETE
      SELECT id, v, n FROM d.mt ORDER BY id -> 1|only y|0;2|b|0;5|five|7;5|five|7
      MERGE d.mt t USING (SELECT CAST(NULL AS INT64) AS id, 'n' AS v) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, v) ROW
      SELECT id, v, n FROM d.mt WHERE id IS NULL -> null|n|7
      MERGE d.mt t USING (SELECT CAST(NULL AS INT64) AS id) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) ROW
      SELECT COUNT(*) FROM d.mt WHERE id IS NULL -> 2
      DELETE d.mt WHERE id IS NULL AND v IS NULL
      MERGE d.mt t USING d.ms s ON FALSE WHEN NOT MATCHED BY SOURCE THEN UPDATE SET v = s.v -> !
      MERGE d.mt t USING d.ms s ON TRUE WHEN NOT MATCHED THEN INSERT VALUES (1, 'a') -> !
      UPDATE d.mt t SET v = s.v FROM d.ms s WHERE t.id = s.id -> !must match at most one
      UPDATE d.mt t SET v = s.v FROM (SELECT id, MAX(v) AS v FROM d.ms GROUP BY id) s WHERE t.id = s.id
      SELECT v FROM d.mt WHERE id = 1 -> y
      UPDATE d.mt SET id = id + 10, n = id WHERE id = 2
      SELECT id, n FROM d.mt WHERE id = 12 -> 12|2
      UPDATE d.mt SET v = (SELECT v FROM d.ms s WHERE s.id = 1) WHERE id = 12 -> !
      UPDATE d.mt t SET v = (SELECT MAX(s.v) FROM d.ms s WHERE s.id = t.id) WHERE TRUE
      SELECT id, v FROM d.mt ORDER BY id -> null|null;1|y;5|null;5|null;12|null
      UPDATE d.mt SET v = 'a', v = 'b' WHERE TRUE -> !
      DELETE d.mt WHERE id IN (SELECT id FROM d.ms)
      SELECT COUNT(*) FROM d.mt -> 4
      DELETE FROM d.mt t WHERE EXISTS (SELECT 1 FROM d.mt u WHERE u.id = t.id + 7)
      SELECT id FROM d.mt ORDER BY id -> null;12
      DELETE d.mt WHERE id != 12
      SELECT id FROM d.mt ORDER BY id -> null;12
      DELETE d.mt WHERE id NOT IN (SELECT CAST(NULL AS INT64))
      SELECT COUNT(*) FROM d.mt -> 2
      INSERT d.mt (id, v) SELECT 1, 'a' UNION ALL SELECT 2, 'b'
      INSERT d.mt VALUES (1, 'a') -> !
      INSERT d.mt (id, id) VALUES (1, 2) -> !
      INSERT d.mt (id) VALUES (1.5) -> !
      INSERT d.mt (id, v) VALUES (9, DEFAULT)
      SELECT v, n FROM d.mt WHERE id = 9 -> null|7
      INSERT d.mt (id, v) VALUES ((SELECT MAX(id) + 1 FROM d.mt), 'next')
      SELECT id FROM d.mt WHERE v = 'next' -> 13
      INSERT d.mt (id, n) VALUES (50, NULL)
      SELECT n FROM d.mt WHERE id = 50 -> null
      CREATE TABLE d.req (a INT64 NOT NULL, b STRUCT<x INT64, y STRING>, c ARRAY<INT64>)
      INSERT d.req (b) VALUES ((1, 'y')) -> !
      INSERT d.req (a, c) VALUES (1, [1, NULL]) -> !
      INSERT d.req (a, b, c) VALUES (1, NULL, NULL)
      SELECT a, b IS NULL, c, c IS NULL, ARRAY_LENGTH(c) FROM d.req -> 1|true|[]|false|0
      UPDATE d.req SET a = NULL WHERE TRUE -> !
      UPDATE d.req SET b.y = 'z' WHERE TRUE
      SELECT b.x, b.y FROM d.req -> null|z
      CREATE TABLE d.basket (id INT64, items ARRAY<STRUCT<k STRING, q INT64>>)
      INSERT d.basket VALUES (1, [('a', 1), ('b', 2)]), (2, [])
      UPDATE d.basket SET items = ARRAY(SELECT AS STRUCT i.k, i.q * 10 AS q FROM UNNEST(items) i WHERE i.k != 'a') WHERE id = 1
      SELECT id, items FROM d.basket ORDER BY id -> 1|[b|20];2|[]
      UPDATE d.basket SET items = ARRAY_CONCAT(items, [STRUCT('c' AS k, 3 AS q)]) WHERE TRUE
      SELECT id, (SELECT SUM(q) FROM UNNEST(items)) FROM d.basket ORDER BY id -> 1|23;2|3
      SELECT id, i.k FROM d.basket, UNNEST(items) i WHERE i.q > 5 -> 1|b
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

  @Behaviour(
      area = Area.DML,
      says =
          "MERGE that only deletes what matches takes several source rows for one target row; with "
              + "an UPDATE among its MATCHED clauses it fails.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#merge_statement")
  @Behaviour(
      area = Area.DML,
      says = "UPDATE of a field of a STRUCT that is NULL makes the STRUCT, its other fields NULL.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#update_nested_fields")
  @Test
  void keepsToTheRulesAtTheCorners(BigQueryUnderTest service) {
    new Answers(service).checkAll(CORNERS);
  }
}
