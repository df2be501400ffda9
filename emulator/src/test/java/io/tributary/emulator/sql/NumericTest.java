package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Numbers: arithmetic, its failures, NaN, conversions and aggregates.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/operators
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NumericTest {
  private final Answers answers;

  NumericTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.TYPES,
      says = "INT64 arithmetic fails on overflow; SAFE_ADD and its kin give NULL " + "instead.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions#safe_add")
  @Behaviour(
      area = Area.TYPES,
      says = "DIV cuts towards zero, and MOD has the sign of its first argument.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions#div")
  @Behaviour(
      area = Area.TYPES,
      says =
          "Division by zero is an error, NULL with SAFE_DIVIDE, and infinite or "
              + "NaN with IEEE_DIVIDE.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions#safe_divide")
  @Behaviour(
      area = Area.TYPES,
      says = "ROUND goes away from zero at halves.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions#round")
  @Statements(
      """
          9223372036854775807 + 1 ==> !int64 overflow
          -9223372036854775808 - 1 ==> !int64 overflow
          9223372036854775807 * 2 ==> !int64 overflow
          -(-9223372036854775808) ==> !int64 overflow
          SAFE_ADD(9223372036854775807, 1) ==> null
          SAFE_SUBTRACT(-9223372036854775808, 1) ==> null
          SAFE_MULTIPLY(9223372036854775807, 2) ==> null
          SAFE_NEGATE(-9223372036854775808) ==> null
          ABS(-9223372036854775808) ==> !int64 overflow
          DIV(-9223372036854775808, -1) ==> !int64 overflow
          MOD(-9223372036854775808, -1) ==> 0
          DIV(20, 4) ==> 5
          DIV(12, -7) ==> -1
          DIV(0, 20) ==> 0
          DIV(20, 0) ==> !division by zero
          MOD(25, 12) ==> 1
          MOD(25, 0) ==> !division by zero
          MOD(7, -2) ==> 1
          MOD(NUMERIC '-7.5', 2) ==> -1.5
          MOD(BIGNUMERIC '-7.5', 2) ==> -1.5
          SAFE.DIV(1, 0) ==> null
          SAFE.MOD(1, 0) ==> null
          SAFE_DIVIDE(10, 4) ==> 2.5
          SAFE_DIVIDE(NUMERIC '1', NUMERIC '3') ==> 0.333333333
          SAFE_DIVIDE(NUMERIC '1', 0) ==> null
          IEEE_DIVIDE(20.0, 4.0) ==> 5.0
          IEEE_DIVIDE(1, 0) ==> Infinity
          IEEE_DIVIDE(0, 0) ==> NaN
          IEEE_DIVIDE(-1, 0) ==> -Infinity
          1.0 / 0 ==> !division by zero
          0 / 0 ==> !division by zero
          1e308 * 10 ==> !overflow
          1e308 + 1e308 ==> !overflow
          ROUND(2.5) ==> 3.0
          ROUND(-2.5) ==> -3.0
          ROUND(2.3) ==> 2.0
          ROUND(123.7, -1) ==> 120.0
          ROUND(1.235, 2) ==> 1.24
          ROUND(0.5) ==> 1.0
          ROUND(NUMERIC '2.5') ==> 3
          ROUND(NUMERIC '-2.5') ==> -3
          ROUND(NUMERIC '2.25', 1) ==> 2.3
          ROUND(NUMERIC '2.25', 1, 'ROUND_HALF_EVEN') ==> 2.2
          ROUND(NUMERIC '-2.5', 0, 'ROUND_HALF_EVEN') ==> -2
          ROUND(NUMERIC '2.25', 1, 'ROUND_HALF_AWAY_FROM_ZERO') ==> 2.3
          ROUND(NUMERIC '99999999999999999999999999999.999999999') ==> !numeric overflow
          ROUND(BIGNUMERIC '2.5') ==> 3
          ROUND(123, -1) ==> 120.0
          TRUNC(2.8) ==> 2.0
          TRUNC(-2.8) ==> -2.0
          TRUNC(2.877, 2) ==> 2.87
          TRUNC(NUMERIC '-2.877', 1) ==> -2.8
          CEIL(2.3) ==> 3.0
          CEILING(-2.3) ==> -2.0
          FLOOR(-2.3) ==> -3.0
          FLOOR(NUMERIC '-2.3') ==> -3
          CEIL(NUMERIC '2.3') ==> 3
          SIGN(25) ==> 1
          SIGN(-25) ==> -1
          SIGN(NUMERIC '-0.5') ==> -1
          SIGN(-0.5) ==> -1.0
          ABS(-25) ==> 25
          ABS(NUMERIC '-1.5') ==> 1.5
          ABS(BIGNUMERIC '-1.5') ==> 1.5
          -NUMERIC '1.5' ==> -1.5
          POW(2.0, 3.0) ==> 8.0
          POWER(2, 3) ==> 8.0
          POW(0, -1) ==> !Floating point error
          POW(NUMERIC '2', NUMERIC '3') ==> 8
          SQRT(25.0) ==> 5.0
          SQRT(-1) ==> !Argument to SQRT cannot be negative: -1
          SQRT(NUMERIC '25') ==> 5
          EXP(0.0) ==> 1.0
          EXP(1000) ==> !Floating point error
          LN(1.0) ==> 0.0
          LN(0) ==> !Floating point error
          LOG(100.0, 10.0) ==> 2.0
          LOG10(100.0) ==> 2.0
          LOG(8, 2) ==> 3.0
          GREATEST(3, 5, 1) ==> 5
          GREATEST(1.5, 2.5) ==> 2.5
          GREATEST(1.0, CAST('nan' AS FLOAT64)) ==> NaN
          LEAST(1.5, NULL) ==> null
          LEAST(2.5, 1.5) ==> 1.5
          CAST('nan' AS FLOAT64) = CAST('nan' AS FLOAT64) ==> false
          CAST('nan' AS FLOAT64) <> 1 ==> true
          CAST('nan' AS FLOAT64) > 1 ==> false
          CAST('nan' AS FLOAT64) < 1 ==> false
          CAST('nan' AS FLOAT64) BETWEEN 0 AND 1 ==> false
          CAST('nan' AS FLOAT64) IN (CAST('nan' AS FLOAT64)) ==> false
          CAST('nan' AS FLOAT64) IN UNNEST([CAST('nan' AS FLOAT64)]) ==> false
          NULLIF(CAST('nan' AS FLOAT64), CAST('nan' AS FLOAT64)) ==> NaN
          CASE CAST('nan' AS FLOAT64) WHEN CAST('nan' AS FLOAT64) THEN 1 ELSE 2 END ==> 2
          IS_NAN(CAST('nan' AS FLOAT64)) ==> true
          IS_INF(CAST('-inf' AS FLOAT64)) ==> true
          CAST(CAST('nan' AS FLOAT64) AS INT64) ==> !
          SAFE_CAST('abc' AS STRING(2)) ==> null
          SAFE_CAST(125 AS NUMERIC(2)) ==> null
          1 + 1.5 ==> 2.5
          1 + NUMERIC '1.5' ==> 2.5
          NUMERIC '1' + BIGNUMERIC '0.00000000000000000000000000000000000001' ==> 1.00000000000000000000000000000000000001
          NUMERIC '1.5' + 1e0 ==> 2.5
          1 = 1.0 ==> true
          NUMERIC '1' = 1.0 ==> true
          NUMERIC '0.1' < 0.2 ==> true
          1 IN (1.0, 2) ==> true
          3 / 2 ==> 1.5
          7 / 7 ==> 1.0
          NUMERIC '99999999999999999999999999999' + 1 ==> !numeric overflow
          NUMERIC '99999999999999999999999999999' * 2 ==> !numeric overflow
          SAFE_ADD(NUMERIC '99999999999999999999999999999', 1) ==> null
          1 << 3 ==> 8
          -1 >> 60 ==> 15
          1 << 64 ==> 0
          1 << 63 ==> -9223372036854775808
          5 & 3 ==> 1
          5 | 3 ==> 7
          5 ^ 3 ==> 6
          ~5 ==> -6
          BIT_COUNT(5) ==> 2
          BIT_COUNT(-1) ==> 64
          RANGE_BUCKET(20, [0, 10, 20, 30, 40]) ==> 3
          RANGE_BUCKET(25, [0, 10, 20, 30, 40]) ==> 3
          RANGE_BUCKET(-10, [5, 10, 20]) ==> 0
          RANGE_BUCKET(80, [0, 10, 20, 30, 40]) ==> 5
          COT(1.0) > 0.64 ==> true
          SEC(0.0) ==> 1.0
          CSC(1.5707963267948966) ==> 1.0
          ACOS(2) ==> !
          ATAN2(0.0, 1.0) ==> 0.0
          ROUND(CBRT(27), 9) ==> 3.0
          PARSE_NUMERIC('1,000.5') ==> 1000.5
          PARSE_NUMERIC(' - 12.34 ') ==> -12.34
          PARSE_BIGNUMERIC('1e2') ==> 100
          COSINE_DISTANCE([1.0, 2.0], [3.0, 4.0]) ==> 0.01613008990009257
          EUCLIDEAN_DISTANCE([1.0, 2.0], [4.0, 6.0]) ==> 5.0
          NUMERIC '1' / NUMERIC '0' ==> !division by zero
          9007199254740993 = 9007199254740992.0 ==> true
          SAFE_DIVIDE(1e308, 1e-10) ==> null
          """)
  void computes(String expression, String expected) {
    answers.check("SELECT " + expression, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says = "CAST of a fraction to INT64 rounds halves away from zero.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_functions#cast_as_integer")
  @Behaviour(
      area = Area.TYPES,
      says = "NUMERIC keeps nine digits behind the point and rounds halves away " + "from zero.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types")
  @Statements(
      """
          CAST('-inf' AS FLOAT64) < 0 ==> true
          CAST(1.5 AS INT64) ==> 2
          CAST(-1.5 AS INT64) ==> -2
          CAST(0.5 AS INT64) ==> 1
          CAST(NUMERIC '2.5' AS INT64) ==> 3
          CAST(1e20 AS INT64) ==> !
          CAST('0x1F' AS INT64) ==> 31
          CAST('-0x1F' AS INT64) ==> -31
          CAST(TRUE AS INT64) ==> 1
          CAST(2 AS BOOL) ==> true
          CAST(0 AS BOOL) ==> false
          CAST('TRUE' AS BOOL) ==> true
          CAST('yes' AS BOOL) ==> !Bad bool value: yes
          CAST('1.1' AS NUMERIC) ==> 1.1
          CAST('1.1234567895' AS NUMERIC) ==> 1.12345679
          CAST('x' AS NUMERIC) ==> !Invalid NUMERIC value: x
          CAST(1.5 AS NUMERIC) ==> 1.5
          CAST(NUMERIC '1.5' AS FLOAT64) ==> 1.5
          CAST(NUMERIC '1.50' AS STRING) ==> 1.5
          CAST(123.456 AS STRING) ==> 123.456
          CAST(1e15 AS STRING) ==> 1e+15
          CAST(100000.0 AS STRING) ==> 100000
          CAST(0.00001 AS STRING) ==> 1e-05
          CAST(CAST('inf' AS FLOAT64) AS STRING) ==> inf
          CAST(3.14 AS NUMERIC) + 1 ==> 4.14
          CAST(1.26 AS NUMERIC(3, 1)) ==> 1.3
          CAST(125 AS NUMERIC(2)) ==> !
          CAST('abc' AS STRING(2)) ==> !
          CAST('ab' AS STRING(2)) ==> ab
          CAST(NUMERIC '9999999999999999999' AS INT64) ==> !int64 out of range
          CAST(DATE '2020-01-01' AS INT64) ==> !
          CAST(3.0 AS BIGNUMERIC) ==> 3
          """)
  void converts(String expression, String expected) {
    answers.check("SELECT " + expression, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says = "Aggregates ignore NULL; SUM and AVG of no rows are NULL, COUNT is 0.",
      source = "https://cloud.google.com/bigquery/docs/reference/standard-sql/aggregate_functions")
  @Behaviour(
      area = Area.TYPES,
      says =
          "NaN is less than all other numbers when sorted, and equals nothing " + "when compared.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#floating_point_types")
  @Statements(
      """
          (SELECT SUM(x) FROM UNNEST([9223372036854775807, 1]) x) ==> !int64 overflow
          (SELECT AVG(x) FROM UNNEST([1, 2, NULL]) x) ==> 1.5
          (SELECT AVG(x) FROM UNNEST([NUMERIC '1', NUMERIC '2']) x) ==> 1.5
          (SELECT SUM(x) FROM UNNEST([BIGNUMERIC '1.5', BIGNUMERIC '2']) x) ==> 3.5
          (SELECT SUM(x) FROM UNNEST(CAST([] AS ARRAY<INT64>)) x) ==> null
          (SELECT COUNT(x) FROM UNNEST([1, NULL, 1]) x) ==> 2
          (SELECT COUNT(DISTINCT x) FROM UNNEST([1, NULL, 1]) x) ==> 1
          (SELECT MAX(x) FROM UNNEST([1.0, CAST('nan' AS FLOAT64)]) x) ==> NaN
          (SELECT MIN(x) FROM UNNEST([1.0, CAST('nan' AS FLOAT64)]) x) ==> NaN
          (SELECT COUNTIF(x > 1) FROM UNNEST([1, 2, 3, NULL]) x) ==> 2
          (SELECT MAX(x) FROM UNNEST([BIGNUMERIC '-1.5', BIGNUMERIC '2']) x) ==> 2
          (SELECT AVG(x) FROM UNNEST([BIGNUMERIC '1.5', BIGNUMERIC '2.5']) x) ==> 2
          (SELECT VAR_SAMP(x) FROM UNNEST([10, 14, 18]) x) ==> 16.0
          (SELECT STDDEV(x) FROM UNNEST([10, 14, 18]) x) ==> 4.0
          (SELECT STDDEV_POP(x) FROM UNNEST([10, 14, 18]) x) ==> 3.265986323710904
          (SELECT BIT_XOR(x) FROM UNNEST([5678, 1234]) x) ==> 4860
          (SELECT BIT_AND(x) FROM UNNEST([0xF001, 0x00A1]) x) ==> 1
          (SELECT LOGICAL_AND(x) FROM UNNEST([TRUE, NULL, FALSE]) x) ==> false
          (SELECT LOGICAL_OR(x) FROM UNNEST([TRUE, NULL, FALSE]) x) ==> true
          (SELECT ANY_VALUE(x) FROM UNNEST([7, 7]) x) ==> 7
          (SELECT ANY_VALUE(x HAVING MAX x) FROM UNNEST([1, 3, 2]) x) ==> 3
          (SELECT APPROX_QUANTILES(x, 2) FROM UNNEST([1, 1, 1, 4, 5, 6, 7, 8, 9, 10]) x) ==> [1, 5, 10]
          (SELECT CORR(x, x) FROM UNNEST([1.0, 2.0, 3.0]) x) ==> 1.0
          """)
  void aggregates(String expression, String expected) {
    answers.check("SELECT " + expression, expected);
  }
}
