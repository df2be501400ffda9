package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Queries: joins, groups, windows, arrays and structs, set operations, PIVOT, JSON.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/window-function-calls
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/arrays
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectTest {
  private final Answers answers;

  SelectTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @BeforeAll
  void fill() {
    answers.to("CREATE TABLE d.r (team STRING, name STRING, score INT64)");
    answers.to(
        "INSERT d.r VALUES ('a', 'ann', 3), ('a', 'bob', 5), ('b', 'cy', 5), ('b', 'dan', NULL), (NULL, 'eve', 1)");
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "JOIN, LEFT, RIGHT, FULL and CROSS JOIN with ON or USING; set "
              + "operations with ALL and DISTINCT; PIVOT and UNPIVOT.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#join_types")
  @Statements(
      """
          SELECT a.name, b.name FROM d.r a JOIN d.r b ON a.team = b.team AND a.name < b.name ORDER BY 1 ==> ann|bob;cy|dan
          SELECT a.name, b.name FROM d.r a LEFT JOIN d.r b ON b.team = a.team AND b.score > a.score ORDER BY 1 ==> ann|bob;bob|null;cy|null;dan|null;eve|null
          SELECT x, y FROM UNNEST([1, 2]) x FULL JOIN UNNEST([2, 3]) y ON x = y ORDER BY x, y ==> null|3;1|null;2|2
          SELECT * FROM (SELECT 1 AS id, 'a' AS l) FULL JOIN (SELECT 2 AS id, 'b' AS r) USING (id) ORDER BY id ==> 1|a|null;2|null|b
          SELECT id FROM (SELECT 1 AS id) RIGHT JOIN (SELECT 2 AS id) USING (id) ==> 2
          SELECT COUNT(*) FROM UNNEST([1, 2]) CROSS JOIN UNNEST([1, 2, 3]) ==> 6
          SELECT COUNT(*) FROM d.r WHERE FALSE ==> 0
          SELECT SUM(score) FROM d.r WHERE FALSE ==> null
          SELECT x FROM UNNEST([3, 1, NULL, 2]) x ORDER BY x ==> null;1;2;3
          SELECT x FROM UNNEST([3, 1, NULL, 2]) x ORDER BY x DESC ==> 3;2;1;null
          SELECT x FROM UNNEST([3, 1, NULL, 2]) x ORDER BY x NULLS LAST ==> 1;2;3;null
          SELECT x FROM UNNEST([3, 1, NULL, 2]) x ORDER BY x DESC NULLS FIRST ==> null;3;2;1
          SELECT x FROM UNNEST([1.0, CAST('nan' AS FLOAT64), NULL, CAST('-inf' AS FLOAT64)]) x ORDER BY x ==> null;NaN;-Infinity;1.0
          SELECT x, o FROM UNNEST(['a', 'b']) x WITH OFFSET o ORDER BY o DESC ==> b|1;a|0
          SELECT s.a, s.b FROM UNNEST([STRUCT(1 AS a, 'x' AS b), (2, 'y')]) s ORDER BY 1 ==> 1|x;2|y
          SELECT a, b FROM UNNEST([STRUCT(1 AS a, 'x' AS b), (2, 'y')]) ORDER BY 1 ==> 1|x;2|y
          SELECT COUNT(*) FROM UNNEST(CAST(NULL AS ARRAY<INT64>)) ==> 0
          SELECT x FROM UNNEST([1, 2, 3]) x UNION ALL SELECT 1 ORDER BY 1 ==> 1;1;2;3
          SELECT x FROM UNNEST([1, 2, 2]) x UNION DISTINCT SELECT 1 ORDER BY 1 ==> 1;2
          SELECT x FROM UNNEST([1, 2, 3]) x EXCEPT DISTINCT SELECT 2 ORDER BY 1 ==> 1;3
          SELECT x FROM UNNEST([1, 2, NULL]) x INTERSECT DISTINCT SELECT y FROM UNNEST([NULL, 2]) y ORDER BY 1 ==> null;2
          SELECT 1 AS x UNION ALL SELECT 1.5 ORDER BY 1 ==> 1.0;1.5
          SELECT 1 AS a, 2 AS b UNION ALL BY NAME SELECT 4 AS b, 3 AS a ORDER BY 1 ==> 1|2;3|4
          WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS x FROM a) SELECT * FROM b ==> 2
          WITH RECURSIVE t AS (SELECT 1 AS n, 1 AS f UNION ALL SELECT n + 1, f * (n + 1) FROM t WHERE n < 5) SELECT MAX(f) FROM t ==> 120
          WITH RECURSIVE t AS (SELECT 1 AS n UNION DISTINCT SELECT MOD(n + 1, 3) FROM t) SELECT COUNT(*) FROM t ==> 3
          SELECT * FROM (SELECT team, score FROM d.r WHERE team IS NOT NULL) PIVOT (SUM(score) FOR team IN ('a', 'b')) ==> 8|5
          SELECT * FROM (SELECT team, name, score FROM d.r WHERE team = 'a') PIVOT (SUM(score) AS s, COUNT(*) AS n FOR name IN ('ann' AS x, 'bob' AS y)) ==> a|3|1|5|1
          SELECT * FROM (SELECT 'k' AS id, 1 AS q1, 2 AS q2) UNPIVOT (v FOR q IN (q1, q2)) ORDER BY q ==> k|1|q1;k|2|q2
          SELECT * FROM (SELECT 'k' AS id, 1 AS q1, CAST(NULL AS INT64) AS q2) UNPIVOT (v FOR q IN (q1, q2)) ==> k|1|q1
          SELECT * EXCEPT (score) FROM d.r WHERE name = 'ann' ==> a|ann
          SELECT * REPLACE (score * 10 AS score) FROM d.r WHERE name = 'ann' ==> a|ann|30
          SELECT AS STRUCT 1 AS a, 2 AS b ==> 1|2
          SELECT AS VALUE STRUCT(1 AS a) ==> 1
          SELECT r FROM d.r WHERE name = 'ann' ==> a|ann|3
          SELECT name FROM d.r WHERE score NOT IN (1, NULL) ==> (nothing)
          SELECT name FROM d.r WHERE score IN (SELECT 5) ORDER BY 1 ==> bob;cy
          SELECT name FROM d.r a WHERE score = (SELECT MAX(score) FROM d.r b WHERE b.team = a.team) ORDER BY 1 ==> bob;cy
          SELECT name FROM d.r WHERE (team, score) IN (('a', 3), ('b', 5)) ORDER BY 1 ==> ann;cy
          SELECT (SELECT AS STRUCT 1 AS x, 'y' AS y).y ==> y
          SELECT name FROM d.r ORDER BY score DESC, name LIMIT 2 OFFSET 1 ==> cy;ann
          SELECT DISTINCT team FROM d.r ORDER BY team ==> null;a;b
          """)
  void joinsAndCombines(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "ROLLUP and GROUPING SETS; window functions with frames of rows and "
              + "ranges, named windows and IGNORE NULLS; QUALIFY.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/window-function-calls")
  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "ARRAY_AGG takes DISTINCT, IGNORE NULLS, ORDER BY and LIMIT; a NULL "
              + "element in the output fails.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/aggregate_functions#array_agg")
  @Statements(
      """
          SELECT team, SUM(score) FROM d.r GROUP BY ROLLUP (team) ORDER BY 1, 2 ==> null|1;null|14;a|8;b|5
          SELECT team, GROUPING(team) g, COUNT(*) FROM d.r GROUP BY ROLLUP (team) ORDER BY g, team ==> null|0|1;a|0|2;b|0|2;null|1|5
          SELECT team, COUNT(*) FROM d.r GROUP BY CUBE (team) ORDER BY 2 DESC, 1 ==> null|5;a|2;b|2;null|1
          SELECT team, name, COUNT(*) FROM d.r WHERE team = 'a' GROUP BY GROUPING SETS (team, name) ORDER BY 1, 2 ==> null|ann|1;null|bob|1;a|null|2
          SELECT team FROM d.r GROUP BY team HAVING SUM(score) > 5 ==> a
          SELECT team, COUNT(*) FROM d.r GROUP BY ALL ORDER BY 1 ==> null|1;a|2;b|2
          SELECT team, MAX(score) FROM d.r WHERE FALSE GROUP BY team ==> (nothing)
          SELECT name, RANK() OVER (ORDER BY score DESC) r FROM d.r ORDER BY r, name ==> bob|1;cy|1;ann|3;eve|4;dan|5
          SELECT name, DENSE_RANK() OVER (ORDER BY score) r FROM d.r ORDER BY r, name ==> dan|1;eve|2;ann|3;bob|4;cy|4
          SELECT name, ROW_NUMBER() OVER (ORDER BY name DESC) FROM d.r ORDER BY 1 ==> ann|5;bob|4;cy|3;dan|2;eve|1
          SELECT name, LAG(name) OVER (ORDER BY name), LEAD(name, 2, 'none') OVER (ORDER BY name) FROM d.r ORDER BY 1 ==> ann|null|cy;bob|ann|dan;cy|bob|eve;dan|cy|none;eve|dan|none
          SELECT name, SUM(score) OVER (ORDER BY name ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM d.r ORDER BY 1 ==> ann|3;bob|8;cy|10;dan|5;eve|1
          SELECT x, SUM(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM UNNEST([1, 2, 4]) x ORDER BY 1 ==> 1|3;2|3;4|4
          SELECT x, SUM(x) OVER (ORDER BY x) FROM UNNEST([1, 2, 2]) x ORDER BY 1 ==> 1|1;2|5;2|5
          SELECT x, COUNT(*) OVER () FROM UNNEST([1, 2]) x ORDER BY 1 ==> 1|2;2|2
          SELECT name, FIRST_VALUE(score IGNORE NULLS) OVER (PARTITION BY team ORDER BY name DESC) FROM d.r WHERE team = 'b' ORDER BY 1 ==> cy|5;dan|null
          SELECT name, LAST_VALUE(name) OVER (ORDER BY name) FROM d.r WHERE team = 'a' ORDER BY 1 ==> ann|ann;bob|bob
          SELECT name, NTH_VALUE(name, 2) OVER (ORDER BY name ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM d.r WHERE team = 'a' ORDER BY 1 ==> ann|bob;bob|bob
          SELECT x, NTILE(2) OVER (ORDER BY x), PERCENT_RANK() OVER (ORDER BY x), CUME_DIST() OVER (ORDER BY x) FROM UNNEST([1, 2, 3, 4, 5]) x ORDER BY 1 ==> 1|1|0.0|0.2;2|1|0.25|0.4;3|1|0.5|0.6;4|2|0.75|0.8;5|2|1.0|1.0
          SELECT name FROM d.r QUALIFY ROW_NUMBER() OVER (PARTITION BY team ORDER BY score DESC) = 1 ORDER BY name ==> bob;cy;eve
          SELECT name, AVG(score) OVER w FROM d.r WINDOW w AS (PARTITION BY team ORDER BY name) ORDER BY name ==> ann|3.0;bob|4.0;cy|5.0;dan|5.0;eve|1.0
          SELECT team, ARRAY_AGG(score IGNORE NULLS ORDER BY score DESC LIMIT 1) FROM d.r GROUP BY team ORDER BY 1 ==> null|[1];a|[5];b|[5]
          SELECT ARRAY_AGG(x IGNORE NULLS) FROM UNNEST([NULL, 1]) x ==> [1]
          SELECT ARRAY_AGG(x ORDER BY x) FROM UNNEST([1, NULL]) x ==> !Array cannot have a null element
          SELECT ARRAY_AGG(DISTINCT x ORDER BY x) FROM UNNEST([2, 1, 2]) x ==> [1, 2]
          SELECT ARRAY_AGG(x) FROM UNNEST(CAST([] AS ARRAY<INT64>)) x ==> []
          SELECT ARRAY_CONCAT_AGG(x ORDER BY ARRAY_LENGTH(x) DESC) FROM (SELECT [1, 2] AS x UNION ALL SELECT NULL UNION ALL SELECT [3]) ==> [1, 2, 3]
          FROM d.r |> WHERE team = 'a' |> AGGREGATE SUM(score) AS s ==> 8
          SELECT IF(score > 3, 'hi', 'lo') c, COUNT(*) FROM d.r GROUP BY c ORDER BY c ==> hi|2;lo|3
          """)
  void groupsAndWindows(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "Structs compare field by field, so that NULL in a field makes the " + "comparison NULL.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#struct_type")
  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "A function of GoogleSQL that BigQuery does not offer, such as "
              + "ARRAY_FILTER, is not found.",
      source = "https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-all")
  @Statements(
      """
          SELECT ARRAY(SELECT AS STRUCT name, score FROM d.r WHERE team = 'a' ORDER BY name) ==> [ann|3, bob|5]
          SELECT STRUCT(1, NULL) = STRUCT(1, NULL) ==> null
          SELECT STRUCT(1, 2) = STRUCT(1, 2) ==> true
          SELECT STRUCT(1, 2) != STRUCT(1, 3) ==> true
          SELECT [1, 2, 3][ORDINAL(1)], [1, 2, 3][2], [1, 2, 3][SAFE_ORDINAL(9)] ==> 1|3|null
          SELECT [1, 2, 3][ORDINAL(0)] ==> !out of bounds
          SELECT ARRAY_LENGTH(CAST(NULL AS ARRAY<INT64>)) ==> null
          SELECT GENERATE_ARRAY(1, 10, 3) ==> [1, 4, 7, 10]
          SELECT GENERATE_ARRAY(10, 1, -4) ==> [10, 6, 2]
          SELECT GENERATE_ARRAY(1, 5, -1) ==> []
          SELECT ARRAY_REVERSE([1, 2, 3]), ARRAY_CONCAT([1], [2]) ==> [3, 2, 1]|[1, 2]
          SELECT ARRAY_FIRST([7, 8]), ARRAY_LAST([7, 8]) ==> 7|8
          SELECT ARRAY_FIRST(CAST([] AS ARRAY<INT64>)) ==> !
          SELECT ARRAY_SLICE(['a', 'b', 'c', 'd'], 1, 2), ARRAY_SLICE(['a', 'b', 'c', 'd'], -2, -1) ==> [b, c]|[c, d]
          SELECT ARRAY_TO_STRING([1, 2], '-') ==> !
          SELECT ARRAY_FILTER([1, 2, 3], e -> e > 1) ==> !Function not found: ARRAY_FILTER
          SELECT 1 IN UNNEST([2, NULL]) ==> null
          SELECT EXISTS (SELECT 1 FROM UNNEST([1]) x WHERE x > 1) ==> false
          SELECT NOT (NULL AND FALSE), NULL OR TRUE, NULL AND TRUE ==> true|true|null
          SELECT GREATEST(DATE '2020-01-01', DATE '2021-01-01') ==> 2021-01-01
          SELECT CASE WHEN NULL THEN 1 ELSE 2 END, IF(NULL, 1, 2), NULLIF(1, 1), COALESCE(NULL, NULL) ==> 2|2|null|null
          SELECT GENERATE_ARRAY(1, 5, 0) ==> !
          """)
  void arraysAndStructs(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "Members and elements of JSON values are reached by dot and brackets; "
              + "JSON values cannot be compared.",
      source = "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#json_type")
  @Statements(
      """
          SELECT JSON_VALUE('{"a": {"b": [1, "x"]}}', '$.a.b[1]') ==> x
          SELECT JSON_QUERY('{"a": {"b": [1, "x"]}}', '$.a') ==> {"b":[1,"x"]}
          SELECT JSON_VALUE('{"a": null}', '$.a'), JSON_VALUE('{"a": {}}', '$.a') ==> null|null
          SELECT JSON_VALUE('{"a.b": 1}', '$."a.b"') ==> 1
          SELECT JSON_EXTRACT_SCALAR('{"a": "x"}', "$['a']") ==> x
          SELECT JSON_EXTRACT('{"a": "x"}', '$.a') ==> "x"
          SELECT JSON_VALUE_ARRAY('["a", "b"]') ==> [a, b]
          SELECT JSON_QUERY_ARRAY('[{"a": 1}, 2]') ==> [{"a":1}, 2]
          SELECT JSON_EXTRACT_ARRAY('{"f": [1, 2]}', '$.f') ==> [1, 2]
          SELECT JSON '{"a": 1}'.a ==> 1
          SELECT JSON '{"a": [1, {"b": 2}]}'.a[1].b ==> 2
          SELECT JSON '{"a": 1}'['a'] ==> 1
          SELECT INT64(JSON '5.5') ==> !
          SELECT JSON_TYPE(JSON '{}'), JSON_TYPE(JSON '[]'), JSON_TYPE(JSON '1'), JSON_TYPE(JSON 'null'), JSON_TYPE(JSON 'true') ==> object|array|number|null|boolean
          SELECT PARSE_JSON('{"b": 1, "a": 2}') ==> {"a":2,"b":1}
          SELECT PARSE_JSON('{bad') ==> !
          SELECT TO_JSON_STRING(STRUCT(1 AS b, 'x"y' AS a)) ==> {"b":1,"a":"x\\"y"}
          SELECT TO_JSON_STRING(JSON '{"b":1, "a":2}') ==> {"a":2,"b":1}
          SELECT TO_JSON_STRING(CAST(NULL AS STRING)) ==> null
          SELECT TO_JSON(CAST(NULL AS INT64)) IS NULL ==> false
          SELECT JSON '{"a": 1}' = JSON '{"a": 1}' ==> !
          SELECT JSON_VALUE(JSON '{"a": 1.0}', '$.a') ==> 1.0
          SELECT JSON_QUERY(JSON '{"a": null}', '$.a') IS NULL, JSON_QUERY(JSON '{"a": null}', '$.b') IS NULL ==> false|true
          SELECT SAFE.PARSE_JSON('{bad') ==> null
          SELECT INT64(JSON '"5"') ==> !
          SELECT INT64(JSON '5.0') ==> 5
          SELECT INT64(JSON 'null') ==> !
          SELECT LAX_INT64(JSON 'true'), LAX_BOOL(JSON '0') ==> 1|false
          """)
  void json(String statement, String expected) {
    answers.check(statement, expected);
  }
}
