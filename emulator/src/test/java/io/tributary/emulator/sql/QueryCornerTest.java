package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Groups, joins, arrays and subqueries where NULL, nothing or a tie decides.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryCornerTest {
  private final Answers answers;

  QueryCornerTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Statements(
      """
      SELECT IF(x = 0, 0, DIV(10, x)) FROM UNNEST([0, 5]) x ORDER BY 1 ==> 0;2
      SELECT CASE WHEN x = 0 THEN NULL ELSE 10 / x END FROM UNNEST([0, 5]) x ORDER BY 1 ==> null;2.0
      SELECT IF(x > 1, CAST(ERROR('no') AS INT64), x) FROM UNNEST([0, 1]) x ORDER BY 1 ==> 0;1
      SELECT x FROM UNNEST([1, 2, 2, NULL, NULL]) x GROUP BY x ORDER BY x ==> null;1;2
      SELECT COUNT(x), COUNT(*), COUNT(DISTINCT x), COUNTIF(x > 1) FROM UNNEST([1, 2, 2, NULL]) x ==> 3|4|2|2
      SELECT SUM(x), AVG(x), MIN(x), MAX(x) FROM UNNEST(CAST([] AS ARRAY<INT64>)) x ==> null|null|null|null
      SELECT SUM(x) FROM UNNEST([9223372036854775807, 1]) x ==> !overflow
      SELECT SUM(x) FROM UNNEST([NUMERIC '1.1', NULL, NUMERIC '2.2']) x ==> 3.3
      SELECT AVG(x) FROM UNNEST([NUMERIC '1', NUMERIC '2', NUMERIC '2']) x ==> 1.666666667
      SELECT AVG(x) FROM UNNEST([1, 2, 2]) x ==> 1.6666666666666667
      SELECT ANY_VALUE(x HAVING MAX y) FROM UNNEST([STRUCT('a' AS x, 1 AS y), ('b', 3), ('c', 2)]) ==> b
      SELECT LOGICAL_AND(x), LOGICAL_OR(x) FROM UNNEST([TRUE, NULL, FALSE]) x ==> false|true
      SELECT BIT_AND(x), BIT_OR(x), BIT_XOR(x) FROM UNNEST([6, 3]) x ==> 2|7|5
      SELECT STRING_AGG(x) FROM UNNEST(['a', NULL, 'b']) x ==> a,b
      SELECT STRING_AGG(x, '') FROM UNNEST(CAST([] AS ARRAY<STRING>)) x ==> null
      SELECT STRING_AGG(x, ' & ' ORDER BY LENGTH(x) DESC, x) FROM UNNEST(['apple', 'pear', 'banana', 'pear']) x ==> banana & apple & pear & pear
      SELECT STRING_AGG(DISTINCT x, ' & ' ORDER BY x DESC LIMIT 2) FROM UNNEST(['apple', 'pear', 'banana', 'pear']) x ==> pear & banana
      SELECT STRING_AGG(x, ',' LIMIT 2) FROM UNNEST(['a', NULL, 'b']) x ==> a,b
      SELECT ARRAY_AGG(x ORDER BY ABS(x)) FROM UNNEST([2, 1, -2, 3, -2, 1, 2]) x WHERE x > 0 ==> [1, 1, 2, 2, 3]
      SELECT ARRAY_AGG(x IGNORE NULLS) FROM UNNEST([CAST(NULL AS INT64)]) x ==> []
      SELECT ARRAY_AGG(STRUCT(x, x * 2 AS y) ORDER BY x) FROM UNNEST([2, 1]) x ==> [1|2, 2|4]
      SELECT APPROX_COUNT_DISTINCT(x) FROM UNNEST([0, 1, 1, 2, 3, 5, NULL]) x ==> 5
      SELECT APPROX_QUANTILES(x, 2 IGNORE NULLS) FROM UNNEST([NULL, 1, 2, 3]) x ==> [1, 2, 3]
      SELECT APPROX_QUANTILES(x, 2) FROM UNNEST(CAST([] AS ARRAY<INT64>)) x ==> []
      SELECT STDDEV(x), STDDEV_POP(x), VAR_SAMP(x), VAR_POP(x) FROM UNNEST([10, 14, 18]) x ==> 4.0|3.265986323710904|16.0|10.666666666666666
      SELECT STDDEV(x) FROM UNNEST([10]) x ==> null
      SELECT VAR_POP(x) FROM UNNEST([10]) x ==> 0.0
      SELECT CORR(y, x) FROM UNNEST([STRUCT(1.0 AS y, 5.0 AS x), (3.0, 9.0), (4.0, 7.0)]) ==> 0.6546536707079772
      SELECT MAX(x), MIN(x) FROM UNNEST([1.0, CAST('nan' AS FLOAT64)]) x ==> NaN|NaN
      SELECT COUNT(*) FROM (SELECT x FROM UNNEST([CAST('nan' AS FLOAT64), CAST('nan' AS FLOAT64)]) x GROUP BY x) ==> 1
      SELECT x FROM UNNEST([1, NULL, 2]) x ORDER BY x IS NULL, x DESC ==> 2;1;null
      SELECT x FROM UNNEST(['b', 'B', 'a', 'é', '']) x ORDER BY x ==> ;B;a;b;é
      SELECT x FROM UNNEST([TRUE, FALSE, NULL]) x ORDER BY x ==> null;false;true
      SELECT a, b, SUM(c) FROM UNNEST([STRUCT(1 AS a, 1 AS b, 10 AS c), (1, 2, 20), (NULL, 1, 5)]) GROUP BY ROLLUP (a, b) ORDER BY a, b, 3 ==> null|null|5;null|null|35;null|1|5;1|null|30;1|1|10;1|2|20
      SELECT a, b, SUM(c), GROUPING(a), GROUPING(b) FROM UNNEST([STRUCT(1 AS a, 1 AS b, 10 AS c), (NULL, 1, 5)]) GROUP BY GROUPING SETS ((a, b), ()) ORDER BY 4, 5, 1 ==> null|1|5|0|0;1|1|10|0|0;null|null|15|1|1
      SELECT SUM(x) FROM UNNEST(CAST([] AS ARRAY<INT64>)) x GROUP BY ROLLUP (x) ==> null
      SELECT COUNT(*) FROM UNNEST(CAST([] AS ARRAY<INT64>)) x GROUP BY x ==> (nothing)
      SELECT COUNT(*) FROM UNNEST(CAST([] AS ARRAY<INT64>)) x GROUP BY GROUPING SETS ((x), ()) ==> 0
      SELECT COUNT(*) FROM UNNEST([1, 2]) HAVING COUNT(*) > 5 ==> (nothing)
      SELECT * FROM (SELECT 'a' p, 'Q1' q, CAST(NULL AS INT64) s) PIVOT (COUNT(*) AS n, SUM(s) AS t FOR q IN ('Q1', 'Q2')) ==> a|1|null|0|null
      SELECT * FROM (SELECT 1 v, CAST(NULL AS STRING) q UNION ALL SELECT 2, 'x') PIVOT (SUM(v) FOR q IN ('x', NULL AS n)) ==> 2|1
      SELECT Q1, Q2 FROM (SELECT 'Kale' product, 51 sales, 'Q1' quarter UNION ALL SELECT 'Kale', 4, 'Q1' UNION ALL SELECT 'Apple', 77, 'Q2') PIVOT (SUM(sales) FOR quarter IN ('Q1', 'Q2')) ORDER BY 1 ==> null|77;55|null
      SELECT * FROM (SELECT 'k' p, 1 a, 2 b) UNPIVOT (v FOR n IN (a AS 10, b AS 20)) ORDER BY n ==> k|1|10;k|2|20
      SELECT * FROM (SELECT 'k' p, 1 a, CAST(NULL AS INT64) b) UNPIVOT EXCLUDE NULLS (v FOR n IN (a, b)) ==> k|1|a
      SELECT * FROM (SELECT 1 a, CAST(NULL AS INT64) b, 3 c, 4 d) UNPIVOT ((x, y) FOR n IN ((a, b), (c, d))) ORDER BY n ==> 1|null|a_b;3|4|c_d
      WITH t AS (SELECT 1 AS x UNION ALL SELECT 2) SELECT a.x, b.x FROM t a LEFT JOIN t b ON a.x = b.x + 1 ORDER BY 1 ==> 1|null;2|1
      SELECT * FROM (SELECT 1 AS id, 'a' AS l) FULL JOIN (SELECT NULL AS id, 'b' AS r) USING (id) ORDER BY id ==> null|null|b;1|a|null
      SELECT COUNT(*) FROM (SELECT NULL AS k) a JOIN (SELECT NULL AS k) b ON a.k = b.k ==> 0
      SELECT COUNT(*) FROM (SELECT NULL AS k) a JOIN (SELECT NULL AS k) b ON a.k IS NOT DISTINCT FROM b.k ==> 1
      SELECT x FROM UNNEST([1, NULL, NULL]) x UNION DISTINCT SELECT NULL ORDER BY 1 ==> null;1
      SELECT x FROM UNNEST([1, 1, NULL]) x EXCEPT DISTINCT SELECT NULL ==> 1
      SELECT x FROM UNNEST([1, 2]) x WHERE x NOT IN (SELECT y FROM UNNEST(CAST([] AS ARRAY<INT64>)) y) ORDER BY 1 ==> 1;2
      SELECT NOT EXISTS (SELECT 1 FROM UNNEST(CAST([] AS ARRAY<INT64>))) ==> true
      SELECT (SELECT x FROM UNNEST([1]) x WHERE FALSE) ==> null
      SELECT ARRAY(SELECT x FROM UNNEST([1]) x WHERE FALSE) ==> []
      SELECT ARRAY(SELECT AS STRUCT x, o FROM UNNEST(['a', 'b']) x WITH OFFSET o ORDER BY o DESC) ==> [b|1, a|0]
      SELECT x, y FROM UNNEST([1, 2]) x, UNNEST([x * 10, x * 100]) y ORDER BY 1, 2 ==> 1|10;1|100;2|20;2|200
      SELECT SUM(o) FROM UNNEST(['a', 'b', 'c']) WITH OFFSET o ==> 3
      SELECT (SELECT AS STRUCT 1 AS a, (SELECT AS STRUCT 2 AS b) AS c).c.b ==> 2
      SELECT SUM(i) FROM UNNEST([INTERVAL 1 DAY, INTERVAL 12 HOUR]) i ==> 0-0 1 12:0:0
      SELECT MAX(i) FROM UNNEST([INTERVAL 1 MONTH, INTERVAL 31 DAY]) i ==> 0-0 31 0:0:0
      SELECT x, RAND() = RAND() FROM UNNEST([1]) x ==> 1|false
      SELECT CORR(x, y) FROM (SELECT 1.0 x, 1.0 y) ==> null
      SELECT CORR(y, x) FROM UNNEST([STRUCT(1.0 AS y, 5.0 AS x), (3.0, 9.0), (4.0, NULL)]) ==> 1.0
      SELECT CORR(y, x) FROM UNNEST([STRUCT(1.0 AS y, 5.0 AS x), (1.0, 9.0)]) ==> NaN
      SELECT x FROM UNNEST([1]) x LIMIT -1 ==> !
      SELECT SUM(i) FROM UNNEST([INTERVAL 1 DAY, INTERVAL 12 HOUR, NULL]) i ==> 0-0 1 12:0:0
      SELECT x FROM (SELECT [1] x) ORDER BY x ==> !
      SELECT x, SUM(y) FROM UNNEST([STRUCT(1 AS x, 1 AS y), (1, 2), (2, NULL)]) GROUP BY x HAVING SUM(y) IS NOT NULL ==> 1|3
      SELECT COUNT(DISTINCT x), COUNT(DISTINCT IF(x > 1, x, NULL)) FROM UNNEST([1.0, 1.0, CAST('nan' AS FLOAT64), CAST('nan' AS FLOAT64)]) x ==> 2|0
      SELECT COUNT(DISTINCT x) FROM UNNEST([0.0, -0.0]) x ==> 1
      SELECT x FROM UNNEST([0.0, -0.0, 0.0]) x GROUP BY x ==> 0.0
      SELECT a.x, b.y FROM UNNEST([1, 2]) AS a_x, UNNEST([STRUCT(a_x AS x)]) a LEFT JOIN UNNEST([STRUCT(1 AS y)]) b ON a.x = b.y ORDER BY 1 ==> 1|1;2|null
      SELECT x, (SELECT COUNT(*) FROM UNNEST([1, 2, 3]) y WHERE y > x) FROM UNNEST([1, 2, NULL]) x ORDER BY x ==> null|0;1|2;2|1
      SELECT x, ARRAY(SELECT y FROM UNNEST([3, 1, 2]) y WHERE y >= x ORDER BY y DESC LIMIT 2) FROM UNNEST([1, 3]) x ORDER BY x ==> 1|[3, 2];3|[3]
      SELECT x, (SELECT y FROM UNNEST([1, 2, 3]) y WHERE y > x ORDER BY y LIMIT 1) FROM UNNEST([1, 3]) x ORDER BY x ==> 1|2;3|null
      SELECT x IN (SELECT y FROM UNNEST([1, NULL]) y) FROM UNNEST([1, 2, NULL]) x ORDER BY x ==> null;true;null
      SELECT x, EXISTS(SELECT 1 FROM UNNEST([1]) y WHERE y = x) FROM UNNEST([1, NULL]) x ORDER BY x ==> null|false;1|true
      WITH t AS (SELECT 1 AS id, 'a,b' AS tags UNION ALL SELECT 2, '') SELECT id, tag FROM t, UNNEST(SPLIT(tags, ',')) tag ORDER BY 1, 2 ==> 1|a;1|b;2|
      WITH t AS (SELECT 1 AS id, CAST(NULL AS ARRAY<INT64>) AS a UNION ALL SELECT 2, [7]) SELECT id, x FROM t LEFT JOIN UNNEST(a) x ORDER BY id ==> 1|null;2|7
      WITH t AS (SELECT 1 AS id, [STRUCT('k1' AS k, 'v1' AS v), ('k2', 'v2')] AS kv) SELECT (SELECT v FROM UNNEST(kv) WHERE k = 'k2') FROM t ==> v2
      WITH t AS (SELECT 1 x UNION ALL SELECT 1 UNION ALL SELECT 2) SELECT x, COUNT(*) n FROM t GROUP BY 1 ORDER BY n DESC, x ==> 1|2;2|1
      SELECT * FROM UNNEST([STRUCT(1 AS a, 'x' AS b)]) t JOIN UNNEST([STRUCT(1 AS a, 'y' AS c)]) USING (a) ==> 1|x|y
      SELECT a, b, c FROM (SELECT 1 a, 2 b) FULL JOIN (SELECT 2 a, 3 c) USING (a) ORDER BY a ==> 1|2|null;2|null|3
      SELECT t1.a, t2.a FROM (SELECT 1 a) t1 FULL JOIN (SELECT 2 a) t2 USING (a) ORDER BY 1 ==> null|2;1|null
      SELECT COUNT(*) FROM (SELECT 1 a UNION ALL SELECT NULL) t1 JOIN (SELECT 1 a UNION ALL SELECT NULL) t2 USING (a) ==> 1
      SELECT x FROM UNNEST([1, 2, 3]) x WHERE MOD(x, 2) = 1 OR NULL ORDER BY x ==> 1;3
      SELECT ANY_VALUE(x) FROM UNNEST(CAST([] AS ARRAY<STRING>)) x ==> null
      SELECT ANY_VALUE(x) FROM UNNEST([NULL, CAST(NULL AS STRING)]) x ==> null
      SELECT MAX_BY(x, y), MIN_BY(x, y) FROM UNNEST([STRUCT('a' AS x, 1 AS y), ('b', NULL), (NULL, 3)]) ==> null|a
      SELECT ARRAY_AGG(DISTINCT x IGNORE NULLS ORDER BY x DESC) FROM UNNEST([1, 2, NULL, 2]) x ==> [2, 1]
      SELECT ARRAY_AGG(x ORDER BY y DESC, x) FROM UNNEST([STRUCT('b' AS x, 1 AS y), ('a', 1), ('c', NULL), ('d', 5)]) ==> [d, a, b, c]
      SELECT ARRAY_AGG(x LIMIT 0) FROM UNNEST([1]) x ==> []
      SELECT STRING_AGG(CAST(x AS STRING), ',' ORDER BY x DESC) FROM UNNEST([10, 9, 100]) x ==> 100,10,9
      SELECT COUNTIF(x) / COUNT(*) FROM UNNEST([TRUE, FALSE, TRUE, NULL]) x ==> 0.5
      SELECT SUM(IF(x > 1, 1, 0)), AVG(IF(x > 1, x, NULL)) FROM UNNEST([1, 2, 3]) x ==> 2|2.5
      SELECT MIN(x), MAX(x) FROM UNNEST(['b', 'A', 'é']) x ==> A|é
      SELECT MIN(x), MAX(x) FROM UNNEST([b'\\xff', b'a']) x ==> 61|ff
      SELECT MAX(x) FROM UNNEST([TIMESTAMP '2020-01-01 00:00:00+00', NULL]) x ==> 2020-01-01T00:00:00Z
      SELECT APPROX_QUANTILES(x, 4) FROM UNNEST([1, 2, 3, 4, 5]) x ==> [1, 2, 3, 4, 5]
      """)
  void answers(String statement, String expected) {
    answers.check(statement, expected);
  }
}
