package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Frames with NULL, ties and fractions, and the functions that look through them.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/window-function-calls
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WindowCornerTest {
  private final Answers answers;

  WindowCornerTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Statements(
      """
      SELECT x, SUM(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM UNNEST([1.0, 2.0, 4.5]) x ORDER BY 1 ==> 1.0|3.0;2.0|3.0;4.5|4.5
      SELECT x, COUNT(*) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM UNNEST([1, NULL, 2, NULL]) x ORDER BY x ==> null|2;null|2;1|1;2|2
      SELECT x, COUNT(*) OVER (ORDER BY x RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) FROM UNNEST([1, NULL, 2]) x ORDER BY x ==> null|1;1|1;2|2
      SELECT x, COUNT(*) OVER (ORDER BY x DESC RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM UNNEST([1, NULL, 2, 4]) x ORDER BY x ==> null|1;1|2;2|2;4|1
      SELECT x, SUM(x) OVER (ORDER BY x ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM UNNEST([1, 2, 3]) x ORDER BY 1 ==> 1|null;2|1;3|3
      SELECT x, SUM(x) OVER (ORDER BY x ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) FROM UNNEST([1, 2, 3]) x ORDER BY 1 ==> 1|5;2|3;3|null
      SELECT x, COUNT(x) OVER (ORDER BY x) FROM UNNEST([1, NULL, 1, 2]) x ORDER BY x ==> null|0;1|2;1|2;2|3
      SELECT x, RANK() OVER (ORDER BY x), DENSE_RANK() OVER (ORDER BY x) FROM UNNEST([1, NULL, 1, NULL, 2]) x ORDER BY x ==> null|1|1;null|1|1;1|3|2;1|3|2;2|5|3
      SELECT x, NTILE(3) OVER (ORDER BY x) FROM UNNEST([1, 2, 3, 4, 5, 6, 7]) x ORDER BY x ==> 1|1;2|1;3|1;4|2;5|2;6|3;7|3
      SELECT x, NTILE(5) OVER (ORDER BY x) FROM UNNEST([1, 2]) x ORDER BY x ==> 1|1;2|2
      SELECT x, PERCENT_RANK() OVER (ORDER BY x) FROM UNNEST([5]) x ==> 5|0.0
      SELECT x, FIRST_VALUE(x) OVER (ORDER BY x) FROM UNNEST([2, NULL, 1]) x ORDER BY x ==> null|null;1|null;2|null
      SELECT x, LAST_VALUE(y) OVER (ORDER BY x) FROM UNNEST([STRUCT(1 AS x, 'b' AS y), (1, 'b'), (2, 'c')]) ORDER BY x ==> 1|b;1|b;2|c
      SELECT x, LAG(x, 2) OVER (ORDER BY x), LEAD(x, 0) OVER (ORDER BY x) FROM UNNEST([1, 2, 3]) x ORDER BY x ==> 1|null|1;2|null|2;3|1|3
      SELECT LAG(x, -1) OVER (ORDER BY x) FROM UNNEST([1]) x ==> !
      SELECT PERCENTILE_DISC(x, 0.5) OVER () FROM UNNEST([1, 2, 3, 4]) x LIMIT 1 ==> 2
      SELECT x, SUM(x) OVER (PARTITION BY MOD(x, 2) ORDER BY x) FROM UNNEST([1, 2, 3, 4]) x QUALIFY SUM(x) OVER (PARTITION BY MOD(x, 2) ORDER BY x) > 3 ORDER BY x ==> 3|4;4|6
      SELECT MOD(x, 2) p, SUM(x) s, RANK() OVER (ORDER BY SUM(x) DESC) r FROM UNNEST([1, 2, 3]) x GROUP BY p ORDER BY r ==> 1|4|1;0|2|2
      SELECT x, SUM(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM UNNEST([1.0, 2.0, 4.5, NULL]) x ORDER BY 1 ==> null|null;1.0|3.0;2.0|3.0;4.5|4.5
      SELECT x, SUM(x) OVER (ORDER BY x DESC RANGE BETWEEN 0.5 PRECEDING AND CURRENT ROW) FROM UNNEST([1.0, 1.5, 4.5]) x ORDER BY 1 ==> 1.0|2.5;1.5|1.5;4.5|4.5
      SELECT x, SUM(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM UNNEST([NUMERIC '1', 2, 4]) x ORDER BY 1 ==> 1|1;2|3;4|4
      SELECT x, ROW_NUMBER() OVER (PARTITION BY x ORDER BY o) FROM UNNEST(['a', NULL, 'a', NULL]) x WITH OFFSET o ORDER BY x, 2 ==> null|1;null|2;a|1;a|2
      SELECT AVG(x) OVER (ORDER BY o ROWS 2 PRECEDING) FROM UNNEST([1, 2, 3, 4]) x WITH OFFSET o ORDER BY o ==> 1.0;1.5;2.0;3.0
      SELECT x, SUM(x) OVER (ORDER BY x ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) s FROM UNNEST([1, 2, 3]) x ORDER BY s DESC ==> 2|5;1|3;3|3
      SELECT x, MAX(x) OVER (), x / SUM(x) OVER () FROM UNNEST([1, 3]) x ORDER BY x ==> 1|3|0.25;3|3|0.75
      SELECT x, LAST_VALUE(x) OVER (ORDER BY MOD(x, 2)) FROM UNNEST([2, 1]) x ORDER BY x ==> 1|1;2|2
      SELECT x, NTH_VALUE(x, 5) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM UNNEST([1, 2]) x ORDER BY x ==> 1|null;2|null
      SELECT x, CUME_DIST() OVER (ORDER BY x) FROM UNNEST([1, 1, 2, 3]) x ORDER BY x ==> 1|0.5;1|0.5;2|0.75;3|1.0
      SELECT COUNT(*) OVER (PARTITION BY x) FROM UNNEST([NULL, NULL, 1]) x ORDER BY 1 ==> 1;2;2
      SELECT PERCENTILE_CONT(x, 0.25) OVER (), PERCENTILE_DISC(x, 0.25) OVER () FROM UNNEST([10, 20, 30, 40]) x LIMIT 1 ==> 17.5|10
      SELECT PERCENTILE_CONT(x, 1.5) OVER () FROM UNNEST([10]) x ==> !
      SELECT PERCENTILE_DISC(x, 0.75) OVER (PARTITION BY p) FROM UNNEST([STRUCT(1 AS p, 'a' AS x), (1, 'b'), (1, NULL)]) LIMIT 1 ==> b
      """)
  void answers(String statement, String expected) {
    answers.check(statement, expected);
  }
}
