package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Groups and windows. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WindowTest {
  private final Answers answers;

  WindowTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "ROLLUP, CUBE and GROUPING SETS add groups whose missing columns are "
              + "NULL, which GROUPING tells apart.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#group_by_grouping_sets")
  @Statements(
      """
      SELECT a, b, SUM(v) FROM UNNEST([STRUCT('x' AS a, 'p' AS b, 1 AS v), ('x','q',2), ('y','p',3)]) GROUP BY ROLLUP(a, b) ORDER BY a, b ==> null|null|6;x|null|3;x|p|1;x|q|2;y|null|3;y|p|3
      SELECT a, b, SUM(v), GROUPING(a) FROM UNNEST([STRUCT('x' AS a, 'p' AS b, 1 AS v), ('x','q',2), ('y','p',3)]) GROUP BY CUBE(a, b) ORDER BY a, b, 4 ==> null|null|6|1;null|p|4|1;null|q|2|1;x|null|3|0;x|p|1|0;x|q|2|0;y|null|3|0;y|p|3|0
      SELECT a, b, SUM(v) FROM UNNEST([STRUCT('x' AS a, 'p' AS b, 1 AS v), ('x','q',2), ('y','p',3)]) GROUP BY GROUPING SETS((a), (b), ()) ORDER BY a, b ==> null|null|6;null|p|4;null|q|2;x|null|3;y|null|3
      SELECT a, b, SUM(v) FROM UNNEST([STRUCT('x' AS a, 'p' AS b, 1 AS v), ('x','q',2), ('y','p',3)]) GROUP BY GROUPING SETS(ROLLUP(a, b), b) ORDER BY a, b, 3 ==> null|null|6;null|p|4;null|q|2;x|null|3;x|p|1;x|q|2;y|null|3;y|p|3
      SELECT a FROM UNNEST([1,1,2]) a GROUP BY a HAVING COUNT(*) > 1 ==> 1
      SELECT DISTINCT a, b FROM UNNEST([STRUCT(1 AS a, 2 AS b), (1,2)]) ==> 1|2
      SELECT COUNT(DISTINCT IF(x > 1, x, NULL)) FROM UNNEST([1,2,2,3]) x ==> 2
      SELECT STRING_AGG(DISTINCT x ORDER BY x DESC LIMIT 2) FROM UNNEST(['a','b','c']) x ==> c,b
      SELECT ARRAY_AGG(STRUCT(x, y) ORDER BY y DESC LIMIT 1)[OFFSET(0)].x FROM UNNEST([STRUCT('a' AS x, 1 AS y), ('b', 2)]) ==> b
      SELECT ARRAY_AGG(x IGNORE NULLS ORDER BY x DESC LIMIT 2) FROM UNNEST([1,NULL,3,2]) x ==> [3, 2]
      SELECT ARRAY_AGG(DISTINCT x IGNORE NULLS ORDER BY x LIMIT 2) FROM UNNEST([3,1,NULL,3,2]) x ==> [1, 2]
      SELECT COUNTIF(x) FROM UNNEST([TRUE, FALSE, NULL]) x ==> 1
      SELECT SUM(DISTINCT x) FROM UNNEST([1,1,2]) x ==> 3
      SELECT AVG(x), COUNT(*) FROM UNNEST([1,2]) x ==> 1.5|2
      SELECT MAX(x) FROM UNNEST(['a','b']) x ==> b
      SELECT MIN(d) FROM UNNEST([DATE '2020-01-01', DATE '2019-01-01']) d ==> 2019-01-01
      SELECT COUNT(DISTINCT STRUCT(a,b)) FROM UNNEST([STRUCT(1 AS a, 2 AS b), (1,2)]) ==> 1
      SELECT TO_JSON_STRING(x), COUNT(*) FROM (SELECT STRUCT(1 AS a) x UNION ALL SELECT STRUCT(1)) GROUP BY x ==> {"a":1}|2
      """)
  void groups(String statement, String expected) {
    answers.check(statement, expected);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says = "FIRST_VALUE, LAST_VALUE and NTH_VALUE skip NULL with IGNORE NULLS.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/navigation_functions#first_value")
  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "A frame of ranges counts values of the ordering column, a frame of "
              + "rows counts rows.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/window-function-calls#def_window_frame")
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "Aggregates of groups can themselves be seen through a window.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/window-function-calls")
  @Statements(
      """
      SELECT x, SUM(x) OVER w, ROW_NUMBER() OVER (w) FROM UNNEST([1,2,3]) x WINDOW w AS (ORDER BY x) ORDER BY 1 ==> 1|1|1;2|3|2;3|6|3
      SELECT x, LAST_VALUE(x IGNORE NULLS) OVER (ORDER BY o ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM UNNEST([1,NULL,3]) x WITH OFFSET o ORDER BY o ==> 1|1;null|1;3|3
      SELECT x, FIRST_VALUE(x IGNORE NULLS) OVER (ORDER BY o ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM UNNEST([NULL,2,3]) x WITH OFFSET o ORDER BY o ==> null|2;2|2;3|3
      SELECT x, LAG(x, 1, 0) OVER (ORDER BY x), LEAD(x) OVER (ORDER BY x DESC) FROM UNNEST([1,2,3]) x ORDER BY 1 ==> 1|0|null;2|1|1;3|2|2
      SELECT x, AVG(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM UNNEST([1,2,3]) x ORDER BY 1 ==> 1|1.5;2|2.0;3|2.5
      SELECT x, COUNT(*) OVER (PARTITION BY MOD(x,2)) FROM UNNEST([1,2,3]) x ORDER BY 1 ==> 1|2;2|1;3|2
      SELECT x, SUM(x) OVER (ORDER BY x DESC RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM UNNEST([1,2,4]) x ORDER BY 1 ==> 1|3;2|2;4|4
      SELECT d, COUNT(*) OVER (ORDER BY UNIX_DATE(d) RANGE BETWEEN 6 PRECEDING AND CURRENT ROW) FROM UNNEST(GENERATE_DATE_ARRAY('2020-01-01','2020-01-10', INTERVAL 3 DAY)) d ORDER BY d ==> 2020-01-01|1;2020-01-04|2;2020-01-07|3;2020-01-10|3
      SELECT NTH_VALUE(x, 2 IGNORE NULLS) OVER (ORDER BY o ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM UNNEST([NULL,2,3]) x WITH OFFSET o ==> 3;3;3
      SELECT ARRAY_AGG(x) OVER (ORDER BY x ROWS 1 PRECEDING) FROM UNNEST([1,2,3]) x ==> [1];[1, 2];[2, 3]
      SELECT STRING_AGG(x) OVER (ORDER BY x) FROM UNNEST(['a','b']) x ==> a;a,b
      SELECT COUNT(DISTINCT x) OVER () FROM UNNEST([1,1,2]) x ==> 2;2;2
      SELECT x, LAST_VALUE(x) OVER (w ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING) FROM UNNEST([1,2]) x WINDOW w AS (ORDER BY x) ORDER BY x ==> 1|2;2|2
      SELECT x FROM UNNEST([3,1,2]) x QUALIFY RANK() OVER (ORDER BY x) <= 2 ORDER BY x ==> 1;2
      SELECT x, PERCENTILE_CONT(x, 0.5) OVER (PARTITION BY MOD(x, 2)) FROM UNNEST([1,2,3,4]) x ORDER BY 1 ==> 1|2.0;2|3.0;3|2.0;4|3.0
      SELECT SUM(SUM(x)) OVER () FROM UNNEST([1,2]) x GROUP BY x ==> 3;3
      SELECT LAST_VALUE(x) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM UNNEST([1,2]) x ==> 2;2
      """)
  void windows(String statement, String expected) {
    answers.check(statement, expected);
  }
}
