package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Statements of somebody who looks at data: series, sessions, shares, JSON and types side by side.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataCornerTest {
  private final Answers answers;

  DataCornerTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Statements(
      """
      SELECT CONCAT('a', NULL), CONCAT('a', 1, TRUE), 'a' || NULL ==> !
      SELECT CONCAT('a', CAST(NULL AS STRING)), CONCAT('T.', 'S.') ==> null|T.S.
      SELECT CAST(TIME '10:00:00' AS DATETIME) ==> !
      SELECT CAST(1 AS DATE) ==> !
      SELECT CAST(1.5 AS BOOL) ==> !
      SELECT CAST([1, 2] AS ARRAY<STRING>), CAST((1, 'a') AS STRUCT<x STRING, y STRING>).x, CAST([1.5] AS ARRAY<INT64>) ==> [1, 2]|1|[2]
      SELECT CAST(STRUCT(1 AS a) AS STRING) ==> !
      SELECT SAFE_CAST([ 'x', '1' ] AS ARRAY<INT64>) ==> []
      SELECT IF(SAFE_CAST('x' AS INT64) IS NULL, 'bad', 'good') ==> bad
      SELECT x.a FROM (SELECT CAST(NULL AS STRUCT<a INT64>) x) ==> null
      SELECT STRUCT(1 AS a, 2 AS b) IN (STRUCT(1, 2)), (1, 'x') = (1, 'x'), (1, 2) < (1, 3) ==> !
      SELECT COUNT(*) FROM UNNEST(GENERATE_DATE_ARRAY('2024-01-01', '2024-12-31')) d WHERE EXTRACT(DAYOFWEEK FROM d) IN (1, 7) ==> 104
      SELECT FORMAT_DATE('%Y-%m', d) m, COUNT(*) FROM UNNEST(GENERATE_DATE_ARRAY('2024-01-30', '2024-03-01')) d GROUP BY m ORDER BY m ==> 2024-01|2;2024-02|29;2024-03|1
      SELECT DATE_TRUNC(d, ISOWEEK) w, MIN(d), MAX(d) FROM UNNEST(GENERATE_DATE_ARRAY('2024-12-29', '2025-01-06', INTERVAL 4 DAY)) d GROUP BY w ORDER BY w ==> 2024-12-23|2024-12-29|2024-12-29;2024-12-30|2025-01-02|2025-01-02;2025-01-06|2025-01-06|2025-01-06
      WITH e AS (SELECT 'u1' u, TIMESTAMP '2024-01-01 00:00:00+00' t UNION ALL SELECT 'u1', TIMESTAMP '2024-01-01 00:10:00+00' UNION ALL SELECT 'u1', TIMESTAMP '2024-01-01 01:00:00+00') SELECT t, SUM(n) OVER (PARTITION BY u ORDER BY t) s FROM (SELECT *, IF(TIMESTAMP_DIFF(t, LAG(t) OVER (PARTITION BY u ORDER BY t), MINUTE) < 30, 0, 1) n FROM e) ORDER BY t ==> 2024-01-01T00:00:00Z|1;2024-01-01T00:10:00Z|1;2024-01-01T01:00:00Z|2
      WITH p AS (SELECT 'a' k, 1 v UNION ALL SELECT 'a', 2 UNION ALL SELECT 'b', 5) SELECT k, v, v / SUM(v) OVER (PARTITION BY k) r FROM p ORDER BY k, v ==> a|1|0.3333333333333333;a|2|0.6666666666666666;b|5|1.0
      WITH t AS (SELECT 1 id, 'x' v, 1 ts UNION ALL SELECT 1, 'y', 2 UNION ALL SELECT 2, 'z', 1) SELECT * EXCEPT (ts) FROM t WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts DESC) = 1 ORDER BY id ==> 1|y;2|z
      WITH t AS (SELECT 1 id, [1, 2] a UNION ALL SELECT 2, [3]) SELECT id, SUM(x) FROM t, t.a x GROUP BY id ORDER BY id ==> 1|3;2|3
      WITH t AS (SELECT 'a' k, 1 v UNION ALL SELECT 'b', 2) SELECT TO_JSON_STRING(ARRAY_AGG(t ORDER BY k)) FROM t ==> [{"k":"a","v":1},{"k":"b","v":2}]
      WITH t AS (SELECT 'a' k, 1 v) SELECT TO_JSON_STRING(t) FROM t ==> {"k":"a","v":1}
      WITH t AS (SELECT JSON '{"items": [{"sku": "a", "qty": 2}, {"sku": "b"}]}' j) SELECT JSON_VALUE(i, '$.sku'), IFNULL(CAST(JSON_VALUE(i, '$.qty') AS INT64), 0) FROM t, UNNEST(JSON_QUERY_ARRAY(j, '$.items')) i WITH OFFSET o ORDER BY o ==> a|2;b|0
      WITH t AS (SELECT JSON '{"a": {"b": "x"}, "n": 5}' j) SELECT STRING(j.a.b), INT64(j.n), j.missing IS NULL, JSON_TYPE(j.a) FROM t ==> x|5|true|object
      SELECT JSON '{"a": 1}'.a + 1 ==> !
      SELECT JSON '5' IS NULL, JSON 'null' IS NULL, CAST(NULL AS JSON) IS NULL ==> false|false|true
      SELECT PARSE_JSON('{"a": [1, 2.0, "x", null, true]}') ==> {"a":[1,2.0,"x",null,true]}
      SELECT JSON_QUERY(JSON '{"a": [1, 2]}', '$.a[0]'), JSON_VALUE(JSON '{"a": ["x"]}', '$.a[0]') ==> 1|x
      SELECT JSON_VALUE_ARRAY(JSON '{"a": ["x", 1.0, true]}', '$.a') ==> [x, 1.0, true]
      SELECT JSON_ARRAY_APPEND(JSON '{"a": [1]}', '$.a', 2, '$.a', 3), JSON_SET(JSON '{"a": 1}', '$.a', JSON '{"x": 1}') ==> {"a":[1,2,3]}|{"a":{"x":1}}
      SELECT s, LENGTH(s) FROM UNNEST(['', ' ', 'a b']) s ORDER BY s ==> |0; |1;a b|3
      SELECT s FROM UNNEST(['a10', 'a9', 'A1', '_']) s ORDER BY s ==> A1;_;a10;a9
      SELECT s FROM UNNEST(['10', '9', '-1']) s ORDER BY CAST(s AS INT64) ==> -1;9;10
      SELECT b FROM UNNEST([b'\\xff', b'\\x00', b'a']) b ORDER BY b ==> 00;61;ff
      SELECT n FROM UNNEST([NUMERIC '1.10', NUMERIC '1.1', NUMERIC '-5']) n GROUP BY n ORDER BY n ==> -5;1.1
      SELECT x, x IS NULL FROM UNNEST([BIGNUMERIC '10', BIGNUMERIC '9', NULL, BIGNUMERIC '-1.5']) x ORDER BY x ==> null|true;-1.5|false;9|false;10|false
      SELECT MAX(x), SUM(x), AVG(x) FROM UNNEST([BIGNUMERIC '10', BIGNUMERIC '9', NULL]) x ==> 10|19|9.5
      SELECT COUNT(DISTINCT x), MIN(x), MAX(x) FROM UNNEST([BIGNUMERIC '10', BIGNUMERIC '10.0', BIGNUMERIC '9']) x ==> 2|9|10
      SELECT x, ROW_NUMBER() OVER (ORDER BY x DESC) FROM UNNEST([BIGNUMERIC '10', BIGNUMERIC '9', BIGNUMERIC '100']) x ORDER BY 2 ==> 100|1;10|2;9|3
      SELECT BIGNUMERIC '10' > BIGNUMERIC '9', BIGNUMERIC '2' IN (2, 3), BIGNUMERIC '1' = NUMERIC '1.0', GREATEST(BIGNUMERIC '10', 9), BIGNUMERIC '10' BETWEEN 9 AND 11 ==> true|true|true|10|true
      SELECT ABS(BIGNUMERIC '-1.5'), SIGN(BIGNUMERIC '-1.5'), ROUND(BIGNUMERIC '2.345', 2), FLOOR(BIGNUMERIC '-1.5'), MOD(BIGNUMERIC '7', 2), -BIGNUMERIC '3' ==> 1.5|-1|2.35|-2|1|-3
      SELECT x FROM UNNEST([BIGNUMERIC '1', BIGNUMERIC '1.0']) x GROUP BY x ==> 1
      SELECT a.x FROM UNNEST([BIGNUMERIC '1.0']) a_x, UNNEST([STRUCT(a_x AS x)]) a JOIN UNNEST([STRUCT(BIGNUMERIC '1' AS x)]) b ON a.x = b.x ==> 1
      SELECT DISTINCT x FROM UNNEST([INTERVAL 30 DAY, INTERVAL 1 MONTH]) x ==> 0-0 30 0:0:0
      SELECT COUNT(*) FROM (SELECT i FROM UNNEST([INTERVAL 24 HOUR, INTERVAL 1 DAY]) i GROUP BY i) ==> 1
      SELECT i FROM UNNEST([INTERVAL 1 MONTH, INTERVAL 29 DAY, INTERVAL 31 DAY]) i ORDER BY i ==> 0-0 29 0:0:0;0-1 0 0:0:0;0-0 31 0:0:0
      SELECT t FROM UNNEST([TIME '10:00:00', TIME '09:59:59.999999']) t ORDER BY t ==> 09:59:59.999999;10:00
      SELECT d, LAG(d) OVER (ORDER BY d), DATE_DIFF(d, LAG(d) OVER (ORDER BY d), DAY) FROM UNNEST([DATE '2024-03-01', DATE '2024-02-28']) d ORDER BY d ==> 2024-02-28|null|null;2024-03-01|2024-02-28|2
      SELECT 7 AS x, 'a' AS X ==> 7|a
      SELECT `a b` FROM (SELECT 1 AS `a b`) ==> 1
      SELECT 0x1F, 1e3, .5, 1., -0x10 ==> 31|1000.0|0.5|1.0|-16
      SELECT 1 -- c ==> 1
      SELECT /* c */ 2 ==> 2
      SELECT x FROM UNNEST([1, 2, 3]) AS x WHERE x BETWEEN 2 AND 3 AND x NOT IN (3) ==> 2
      SELECT COUNT(*) c, SUM(x) s FROM UNNEST([1, 2]) x HAVING c > 5 ==> (nothing)
      SELECT x, COUNT(*) c FROM UNNEST([1, 1, 2]) x GROUP BY x ORDER BY c DESC LIMIT 1 ==> 1|2
      SELECT MOD(x, 2) = 0 AS even, ARRAY_AGG(x ORDER BY x) FROM UNNEST([1, 2, 3]) x GROUP BY even ORDER BY even ==> false|[1, 3];true|[2]
      SELECT x FROM UNNEST([1]) x WHERE x = '1' ==> !
      SELECT DATE '2024-01-01' = '2024-01-01', DATE '2024-01-01' IN ('2024-01-01'), DATE '2024-01-01' BETWEEN '2023-12-31' AND '2024-01-02' ==> true|true|true
      SELECT TIMESTAMP '2024-01-01 00:00:00+00' = '2024-01-01', TIMESTAMP '2024-01-01 00:00:00+00' < CURRENT_TIMESTAMP() ==> true|true
      SELECT ARRAY(SELECT DISTINCT x FROM UNNEST([3, 1, 3]) x ORDER BY x) ==> [1, 3]
      SELECT ARRAY(SELECT AS STRUCT x AS a, COUNT(*) AS n FROM UNNEST(['p', 'q', 'p']) x GROUP BY x ORDER BY n DESC) ==> [p|2, q|1]
      SELECT (SELECT ARRAY_AGG(x) FROM UNNEST([1]) x WHERE FALSE) IS NULL ==> true
      SELECT ARRAY_LENGTH(ARRAY_AGG(x)) FROM UNNEST([1, NULL]) x ==> 2
      SELECT TO_JSON_STRING(ARRAY_AGG(x)) FROM UNNEST([1, NULL]) x ==> [1,null]
      SELECT x FROM (SELECT ARRAY_AGG(y) AS x FROM UNNEST([1, NULL]) y) WHERE ARRAY_LENGTH(x) = 2 ==> !null element
      SELECT SUM(x), SUM(DISTINCT x) FROM UNNEST([0.1, 0.1, 0.2]) x ==> 0.4|0.30000000000000004
      SELECT FORMAT('%.2f', SUM(x)) FROM UNNEST([0.1, 0.1, 0.2]) x ==> 0.40
      SELECT CAST(DATE '2020-01-01' AS TIMESTAMP) ==> 2020-01-01T00:00:00Z
      SELECT CAST(DATETIME '2020-01-01 10:00:00' AS TIMESTAMP) ==> 2020-01-01T10:00:00Z
      SELECT CAST(TIMESTAMP '2020-01-01 10:00:00+00' AS DATETIME) ==> 2020-01-01T10:00
      SELECT CAST('2020-01-01' AS DATETIME) ==> 2020-01-01T00:00
      """)
  void looksAtData(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says = "A DATE in the place of a DATETIME is its midnight.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules#coercion")
  @Behaviour(
      area = Area.TYPES,
      says =
          "Ranges are ordered by their starts, then their ends; no start is the least, no end the "
              + "greatest.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#range_type")
  @Statements(
      """
      SELECT CAST(DATE '2020-01-01' AS DATETIME), CAST(DATETIME '2020-01-01 10:00:00' AS DATE), CAST(TIMESTAMP '2020-01-01 10:00:00.5+00' AS TIME) ==> 2020-01-01T00:00|2020-01-01|10:00:00.500
      SELECT r FROM UNNEST([RANGE<DATE> '[2020-02-01, UNBOUNDED)', RANGE<DATE> '[UNBOUNDED, 2020-01-01)', RANGE<DATE> '[2020-02-01, 2020-03-01)']) r ORDER BY r ==> [null, 2020-01-01);[2020-02-01, 2020-03-01);[2020-02-01, null)
      SELECT CAST(DATE '2020-01-01' AS DATETIME) ==> 2020-01-01T00:00
      SELECT CAST(d AS DATETIME) FROM UNNEST([DATE '2020-01-01']) d ==> 2020-01-01T00:00
      SELECT DATETIME '2020-01-01' > DATE '2019-12-31' ==> true
      SELECT x FROM UNNEST([DATETIME '2020-01-01 00:00:00', DATE '2021-05-05']) x ORDER BY x ==> 2020-01-01T00:00;2021-05-05T00:00
      SELECT CAST(DATE '0001-01-01' AS DATETIME), CAST(DATE '9999-12-31' AS DATETIME) ==> 0001-01-01T00:00|9999-12-31T00:00
      SELECT COALESCE(DATETIME '2020-01-01 00:00:00', DATE '2021-05-05'), IF(FALSE, DATETIME '2020-01-01', DATE '2021-05-05') ==> 2020-01-01T00:00|2021-05-05T00:00
      SELECT RANGE<DATE> '[UNBOUNDED, 2020-01-01)' < RANGE<DATE> '[2019-01-01, 2020-01-01)', RANGE<DATE> '[2019-01-01, UNBOUNDED)' > RANGE<DATE> '[2019-01-01, 2020-01-01)' ==> true|true
      SELECT MIN(r), MAX(r) FROM UNNEST([RANGE<DATE> '[2020-02-01, UNBOUNDED)', RANGE<DATE> '[UNBOUNDED, 2020-01-01)']) r ==> [null, 2020-01-01)|[2020-02-01, null)
      SELECT RANGE<DATE> '[UNBOUNDED, 2020-01-01)' = RANGE<DATE> '[UNBOUNDED, 2020-01-01)', RANGE<DATE> '[UNBOUNDED, 2020-01-01)' != RANGE<DATE> '[2019-01-01, 2020-01-01)' ==> true|true
      SELECT COUNT(*) FROM (SELECT r FROM UNNEST([RANGE<DATE> '[UNBOUNDED, 2020-01-01)', RANGE<DATE> '[UNBOUNDED, 2020-01-01)']) r GROUP BY r) ==> 1
      SELECT COUNT(*) FROM UNNEST([DATETIME '2024-01-05 10:00:00', DATETIME '2023-01-05 10:00:00']) dt WHERE dt >= DATE '2024-01-01' ==> 1
      SELECT COUNT(*) FROM UNNEST([DATETIME '2024-01-05 10:00:00', DATETIME '2023-01-05 10:00:00']) dt WHERE dt BETWEEN DATE '2024-01-01' AND date"2024-12-31" ==> 1
      SELECT DATETIME '1970-01-01 00:00:00', "DATE '2020-01-01'", DATE '2020-01-01' -- DATE 'x' ==> 1970-01-01T00:00|DATE '2020-01-01'|2020-01-01
      SELECT IFNULL(CAST(NULL AS DATETIME), DATE '2020-02-03') ==> 2020-02-03T00:00
      SELECT r FROM UNNEST([RANGE<DATE> '[2020-02-01, UNBOUNDED)', RANGE<DATE> '[UNBOUNDED, 2020-01-01)', RANGE<DATE> '[2020-02-01, 2020-03-01)', NULL]) r ORDER BY r ==> null;[null, 2020-01-01);[2020-02-01, 2020-03-01);[2020-02-01, null)
      """)
  void placesDatesAndRanges(String statement, String expected) {
    answers.check(statement, expected);
  }
}
