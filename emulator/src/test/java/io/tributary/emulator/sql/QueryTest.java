package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Single expressions and queries of every kind, and the errors of wrong ones. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryTest {
  private final Answers answers;

  QueryTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @BeforeAll
  void fill() {
    answers.to("CREATE TABLE d.o (id INT64, who STRING, amount NUMERIC, tags ARRAY<STRING>)");
    answers.to(
        "INSERT INTO d.o VALUES (1, 'ann', 1.5, ['x', 'y']), (2, 'bob', 2, []),"
            + " (3, 'ann', NULL, NULL)");
  }

  @Statements(
      """
      7 / 2 ==> 3.5
      DIV(-7, 2) ==> -3
      MOD(-7, 2) ==> -1
      CAST(2.5 AS INT64) ==> 3
      CAST(-2.5 AS INT64) ==> -3
      NUMERIC '1.5' * NUMERIC '0.333333333' ==> 0.5
      NUMERIC '1' / NUMERIC '3' ==> 0.333333333
      BIGNUMERIC '1' / BIGNUMERIC '3' ==> 0.33333333333333333333333333333333333333
      BIGNUMERIC '-2' < BIGNUMERIC '-1' ==> true
      CAST(1.0 AS STRING) ==> 1
      CAST(0.1 AS STRING) ==> 0.1
      CAST(1e100 AS STRING) ==> 1e+100
      CAST(TIMESTAMP '2026-01-02 03:04:05.5+01' AS STRING) ==> 2026-01-02 02:04:05.500+00
      CAST(DATETIME '2026-01-02 03:04:05' AS STRING) ==> 2026-01-02 03:04:05
      SAFE_CAST('x' AS INT64) ==> null
      CAST(' 12 ' AS INT64) ==> 12
      SAFE_CAST('2026-02-30' AS DATE) ==> null
      SAFE_DIVIDE(1, 0) ==> null
      LENGTH('héllo') ==> 5
      BYTE_LENGTH('héllo') ==> 6
      SUBSTR('héllo', 2, 3) ==> éll
      SUBSTR('apple', -3) ==> ple
      CONCAT('a', 'b', 'c') ==> abc
      'a' || CAST(NULL AS STRING) ==> null
      FORMAT('%05d-%s-%t', 42, 'x', TRUE) ==> 00042-x-true
      TO_HEX(b'\\x00\\xff') ==> 00ff
      FROM_HEX('ff') > b'\\x00' ==> true
      b'' < b'\\x00' ==> true
      GREATEST(1, NULL, 3) ==> null
      LEAST('b', 'a') ==> a
      IFNULL(NULL, 5) ==> 5
      1 IN (2, NULL) ==> null
      1 IN UNNEST([1, 2]) ==> true
      1 IN UNNEST(CAST(NULL AS ARRAY<INT64>)) ==> false
      ARRAY_LENGTH(ARRAY_CONCAT([1], [2, 3])) ==> 3
      [10, 20][OFFSET(1)] ==> 20
      [10, 20][SAFE_OFFSET(5)] ==> null
      ARRAY(SELECT x FROM UNNEST([3, 1, 2]) x ORDER BY x DESC) ==> [3, 2, 1]
      (SELECT STRING_AGG(x, '-' ORDER BY x) FROM UNNEST(['b', 'a']) x) ==> a-b
      (SELECT SUM(x) FROM UNNEST([1, 2, NULL]) x) ==> 3
      STRUCT(1 AS a, 'x' AS b).b ==> x
      TO_JSON_STRING(STRUCT(1 AS a, [TRUE] AS b, NULL AS c)) ==> {"a":1,"b":[true],"c":null}
      TO_JSON_STRING(9007199254740993) ==> "9007199254740993"
      JSON_VALUE(JSON '{"a": {"b": "x"}}', '$.a.b') ==> x
      JSON_QUERY(JSON '{"b": 1, "a": [1,2]}', '$.a') ==> [1,2]
      DATE_ADD(DATE '2026-01-31', INTERVAL 1 MONTH) ==> 2026-02-28
      DATE_DIFF(DATE '2026-03-01', DATE '2026-02-01', DAY) ==> 28
      DATE_TRUNC(DATE '2026-11-21', WEEK) ==> 2026-11-15
      TIMESTAMP_DIFF(TIMESTAMP '2026-01-01 01:00:00+00', TIMESTAMP '2026-01-01 00:00:01+00', MINUTE) ==> 59
      EXTRACT(DAYOFWEEK FROM DATE '2026-11-21') ==> 7
      UNIX_MICROS(TIMESTAMP '1970-01-01 00:00:01+00') ==> 1000000
      FORMAT_TIMESTAMP('%Y-%m-%d', TIMESTAMP '2026-11-21 00:00:00+00') ==> 2026-11-21
      DATE(TIMESTAMP '2026-11-21 23:59:59+00') ==> 2026-11-21
      INTERVAL 90 MINUTE ==> 0-0 0 1:30:0
      CAST(NULL AS INT64) IS NULL ==> true
      COALESCE(NULL, b'') = b'' ==> true
      CASE 2 WHEN 1 THEN 'a' ELSE 'b' END ==> b
      REGEXP_EXTRACT('a-12', '[0-9]+') ==> 12
      REGEXP_CONTAINS('abc', 'b') ==> true
      SPLIT('a,b')[OFFSET(1)] ==> b
      'a_c' LIKE 'a\\\\_c' ==> true
      """)
  void computes(String expression, String expected) {
    answers.check("SELECT " + expression, expected);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says = "NULL comes first in ascending order and last in descending order.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#order_by_clause")
  @Statements(
      """
      SELECT who, COUNT(*), SUM(amount) FROM d.o GROUP BY who HAVING COUNT(*) > 0 ORDER BY who DESC LIMIT 5 ==> bob|1|2;ann|2|1.5
      SELECT id FROM d.o ORDER BY amount ==> 3;1;2
      SELECT id FROM d.o ORDER BY amount DESC ==> 2;1;3
      SELECT id FROM d.o ORDER BY amount LIMIT 1 OFFSET 1 ==> 1
      SELECT o.id, t, i FROM d.o o, o.tags t WITH OFFSET i ORDER BY i ==> 1|x|0;1|y|1
      SELECT o.id, t FROM d.o o LEFT JOIN UNNEST(o.tags) t ORDER BY 1, 2 ==> 1|x;1|y;2|null;3|null
      SELECT id FROM d.o a WHERE EXISTS (SELECT 1 FROM d.o b WHERE b.who = a.who AND b.id > a.id) ==> 1
      SELECT id, (SELECT COUNT(*) FROM UNNEST(tags)) FROM d.o ORDER BY id ==> 1|2;2|0;3|0
      WITH a AS (SELECT 1 x UNION ALL SELECT 2) SELECT SUM(b.x) FROM a, a AS b ==> 6
      SELECT id, SUM(id) OVER (PARTITION BY who ORDER BY id) FROM d.o QUALIFY ROW_NUMBER() OVER (PARTITION BY who ORDER BY id DESC) = 1 ORDER BY id ==> 2|2;3|4
      WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n WHERE x < 4) SELECT SUM(x) FROM n ==> 10
      """)
  void queries(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says = "A wrong name is an invalidQuery error that tells its line and column.",
      source = "https://cloud.google.com/bigquery/docs/error-messages")
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "A scalar subquery that gives more than one row fails.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/subqueries#scalar_subquery_concepts")
  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "An array element outside the array is an error, and NULL with "
              + "SAFE_OFFSET or SAFE_ORDINAL.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#array_subscript_operator")
  @Statements(
      """
      SELECT x FROM d.o ==> !Unrecognized name: x
      SELECT * FROM d.o WHERE x ==> !Unrecognized name: x
      SELECT 1 FROM d.absent ==> !notFound: Not found: Table test-project:d.absent was not found
      SELECT 1 / 0 ==> !division by zero: 1 / 0
      SELECT ERROR('boom') ==> !boom
      SELECT (SELECT x FROM UNNEST([1, 2]) x) ==> !Scalar subquery produced more than one element
      SELECT CAST('x' AS INT64) ==> !Bad int64 value: x
      SELECT [1][OFFSET(3)] ==> !Array index 3 is out of bounds
      INSERT INTO d.o (id) VALUES ('x') ==> !Value has type STRING which cannot be inserted into column id, which has type INT64
      UPDATE d.o SET id = 1 ==> !UPDATE must have a WHERE clause
      SELECT ST_AREA(ST_GEOGPOINT(1, 2)) ==> !notImplemented: Function ST_AREA is not supported
      """)
  void refuses(String statement, String expected) {
    answers.check(statement, expected);
  }
}
