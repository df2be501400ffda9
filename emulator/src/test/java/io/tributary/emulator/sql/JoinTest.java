package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Joins, UNNEST, recursive queries, set operations, PIVOT and UNPIVOT. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JoinTest {
  private final Answers answers;

  JoinTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "IN with a subquery that has a NULL is NULL unless it finds its value, "
              + "so that NOT IN keeps no row.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#in_operators")
  @Statements(
      """
      SELECT * FROM UNNEST([1,2,3]) a CROSS JOIN UNNEST([1]) b ORDER BY 1 LIMIT 1 ==> 1|1
      SELECT a.x, b.y FROM (SELECT 1 x UNION ALL SELECT 2) a INNER JOIN (SELECT 1 y) b ON a.x > b.y ==> 2|1
      SELECT a.x, b.y FROM (SELECT 1 x UNION ALL SELECT 2) a FULL OUTER JOIN (SELECT 2 y UNION ALL SELECT 3) b ON a.x = b.y ORDER BY 1, 2 ==> null|3;1|null;2|2
      SELECT x, y FROM (SELECT 1 x) LEFT JOIN UNNEST([1,2]) y ON TRUE ORDER BY y ==> 1|1;1|2
      SELECT (SELECT MAX(z) FROM UNNEST([t.x, t.x+1]) z) FROM (SELECT 5 x) t ==> 6
      SELECT t.x FROM (SELECT 1 x UNION ALL SELECT 2) t WHERE t.x IN (SELECT y FROM UNNEST([2,3]) y) ==> 2
      SELECT t.x FROM (SELECT 1 x UNION ALL SELECT 2) t WHERE t.x NOT IN (SELECT y FROM UNNEST([2,NULL]) y) ==> (nothing)
      SELECT a.id, b.id FROM (SELECT 1 id) a JOIN (SELECT 1 id) b USING (id) ==> 1|1
      SELECT (1, 'a') IN ((1, 'a'), (2, 'b')) ==> true
      """)
  void joins(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "UNNEST numbers its elements WITH OFFSET from 0, and follows the "
              + "arrays of a table as a correlated join.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#unnest_operator")
  @Statements(
      """
      SELECT a, off FROM UNNEST(['x','y']) AS a WITH OFFSET AS off WHERE off = 1 ==> y|1
      SELECT t.k, e.v FROM (SELECT 'k' k, [STRUCT(1 AS v), STRUCT(2 AS v)] arr) t, t.arr e ORDER BY 2 ==> k|1;k|2
      SELECT t.k, e FROM (SELECT 'k' k, [1,2] arr) t CROSS JOIN UNNEST(t.arr) e ORDER BY 2 ==> k|1;k|2
      SELECT * FROM UNNEST([STRUCT(1 AS a, [10,20] AS b)]) s, s.b x WITH OFFSET o ORDER BY o ==> 1|[10, 20]|10|0;1|[10, 20]|20|1
      SELECT ARRAY(SELECT AS STRUCT x, x*2 AS y FROM UNNEST([1,2]) x) ==> [1|2, 2|4]
      SELECT ARRAY_LENGTH(ARRAY(SELECT x FROM UNNEST([1,2,3]) x WHERE x > 1)) ==> 2
      """)
  void unnests(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "A recursive query goes on until a round gives no new row; UNION "
              + "DISTINCT drops rows that came before.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#recursive_cte")
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "A recursive query fails when it goes on after 500 rounds, also with UNION DISTINCT.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#recursive_cte")
  @Statements(
      """
      WITH RECURSIVE t AS (SELECT 1 n UNION ALL SELECT n+1 FROM t WHERE n < 5) SELECT SUM(n) FROM t ==> 15
      WITH RECURSIVE t AS (SELECT 1 n, 'a' p UNION ALL SELECT n+1, CONCAT(p, 'b') FROM t WHERE n < 3) SELECT * FROM t ORDER BY n ==> 1|a;2|ab;3|abb
      WITH RECURSIVE e AS (SELECT * FROM UNNEST([STRUCT(1 AS id, NULL AS mgr), (2, 1), (3, 2)])), r AS (SELECT id, 0 lvl FROM e WHERE mgr IS NULL UNION ALL SELECT e.id, r.lvl+1 FROM e JOIN r ON e.mgr = r.id) SELECT * FROM r ORDER BY id ==> 1|0;2|1;3|2
      WITH RECURSIVE t AS (SELECT 1 n UNION DISTINCT SELECT MOD(n, 3)+1 FROM t) SELECT COUNT(*) FROM t ==> 3
      WITH RECURSIVE a AS (SELECT 1 x UNION ALL SELECT x+1 FROM a WHERE x<2), b AS (SELECT x FROM a UNION ALL SELECT x+10 FROM b WHERE x < 20) SELECT COUNT(*) FROM b ==> 6
      WITH RECURSIVE t AS (SELECT 1 n UNION ALL SELECT n+1 FROM t) SELECT COUNT(*) FROM t ==> !maximum number of iterations: 500
      WITH RECURSIVE t AS (SELECT 1 n UNION ALL SELECT n+1 FROM t WHERE n <= 500) SELECT COUNT(*) FROM t ==> 501
      WITH RECURSIVE t AS (SELECT 1 n UNION ALL SELECT n+1 FROM t WHERE n <= 501) SELECT COUNT(*) FROM t ==> !maximum number
      WITH RECURSIVE t AS (SELECT 1 n UNION DISTINCT SELECT n+1 FROM t) SELECT COUNT(*) FROM t ==> !maximum number of iterations: 500
      WITH RECURSIVE t AS (SELECT 1 n UNION DISTINCT SELECT n+1 FROM t WHERE n <= 500) SELECT COUNT(*) FROM t ==> 501
      WITH RECURSIVE t AS (SELECT 1 n, CAST(NULL AS STRING) m UNION DISTINCT SELECT n, m FROM t) SELECT * FROM t ==> 1|null
      WITH RECURSIVE t AS ((SELECT 1 n UNION ALL SELECT 1) UNION DISTINCT SELECT n FROM t) SELECT * FROM t ==> 1
      WITH RECURSIVE t AS ((SELECT 1 n UNION ALL SELECT 1) UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n FROM t ORDER BY n ==> 1;1;2;2;3;3
      WITH RECURSIVE e AS (SELECT 1 AS a, 2 AS b UNION ALL SELECT 2, 3 UNION ALL SELECT 3, 1), r AS (SELECT 1 AS a UNION DISTINCT SELECT e.b FROM r JOIN e ON r.a = e.a) SELECT a FROM r ORDER BY a ==> 1;2;3
      WITH RECURSIVE f AS (SELECT 0 a, 1 b UNION ALL SELECT b, a + b FROM f WHERE b < 50) SELECT ARRAY_AGG(a ORDER BY a) FROM f ==> [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]
      """)
  void repeats(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says = "Set operations match columns by position, or by name with BY NAME.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#set_operators")
  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "PIVOT makes a column of each value and aggregate; UNPIVOT drops NULL "
              + "unless told to include it.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#pivot_operator")
  @Statements(
      """
      SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 ORDER BY 1 DESC ==> 3;2;1
      (SELECT 1 UNION DISTINCT SELECT 1) UNION ALL SELECT 1 ==> 1;1
      SELECT * FROM UNNEST([1,2,2,3]) EXCEPT DISTINCT SELECT 2 ORDER BY 1 ==> 1;3
      SELECT * FROM UNNEST([1,2,2,3]) INTERSECT DISTINCT SELECT * FROM UNNEST([2,3]) ORDER BY 1 ==> 2;3
      SELECT 1 AS a, 'x' AS b UNION ALL BY NAME SELECT 'y' AS b, 2 AS a ORDER BY a ==> 1|x;2|y
      SELECT 1 UNION ALL SELECT 1.5 ORDER BY 1 ==> 1.0;1.5
      SELECT * FROM (SELECT 'a' p, 'Q1' q, 1 s UNION ALL SELECT 'a','Q2',2 UNION ALL SELECT 'b','Q1',3) PIVOT(SUM(s) FOR q IN ('Q1','Q2')) ORDER BY p ==> a|1|2;b|3|null
      SELECT * FROM (SELECT 'a' p, 'Q1' q, 1 s UNION ALL SELECT 'a','Q2',2) PIVOT(SUM(s) AS t, COUNT(*) AS c FOR q IN ('Q1' AS one,'Q2' AS two)) ==> a|1|1|2|1
      SELECT * FROM (SELECT 'a' p, 1 q1, 2 q2) UNPIVOT(s FOR q IN (q1, q2)) ORDER BY q ==> a|1|q1;a|2|q2
      SELECT * FROM (SELECT 'a' p, 1 q1, CAST(NULL AS INT64) q2) UNPIVOT INCLUDE NULLS (s FOR q IN (q1 AS 'one', q2 AS 'two')) ORDER BY q ==> a|1|one;a|null|two
      SELECT * FROM (SELECT 1 a, 2 b, 3 c, 4 d) UNPIVOT((x, y) FOR n IN ((a, b) AS 'ab', (c, d) AS 'cd')) ORDER BY n ==> 1|2|ab;3|4|cd
      SELECT * FROM (SELECT 'x' p, 1 v) |> AGGREGATE SUM(v) AS t GROUP BY p ==> x|1
      SELECT * EXCEPT(a) FROM (SELECT 1 a, 2 b) ==> 2
      SELECT * REPLACE(a + 1 AS a) FROM (SELECT 1 a, 2 b) ==> 2|2
      SELECT t.* FROM (SELECT 1 a, 2 b) t ==> 1|2
      SELECT AS VALUE 1 ==> 1
      SELECT AS STRUCT 1 a, 2 b ==> 1|2
      SELECT s.* FROM (SELECT STRUCT(1 AS a, 2 AS b) s) ==> 1|2
      """)
  void combines(String statement, String expected) {
    answers.check(statement, expected);
  }
}
