package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Operators and conversions at the ends of their ranges, and NULL in logic.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_functions
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScalarCornerTest {
  private final Answers answers;

  ScalarCornerTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Statements(
      """
      SELECT IF(FALSE, 1/0, 2) ==> 2.0
      SELECT COALESCE(1, CAST('x' AS INT64)) ==> 1
      SELECT IFNULL(1, CAST(ERROR('x') AS INT64)) ==> 1
      SELECT GREATEST(1.0, CAST('nan' AS FLOAT64)), LEAST(1.0, CAST('nan' AS FLOAT64)) ==> NaN|NaN
      SELECT CAST('nan' AS FLOAT64) = CAST('nan' AS FLOAT64), CAST('nan' AS FLOAT64) > 1, CAST('nan' AS FLOAT64) != 1.0 ==> false|false|true
      SELECT 1 IS DISTINCT FROM NULL, NULL IS DISTINCT FROM NULL ==> true|false
      SELECT 3 NOT IN (1, 2), 3 NOT IN (1, NULL), NULL IN (1), 1 IN (1, NULL) ==> true|null|null|true
      SELECT NULL IN UNNEST(CAST([] AS ARRAY<INT64>)), NULL IN UNNEST([1]) ==> false|null
      SELECT [STRUCT(1 AS a, [2, 3] AS b)][OFFSET(0)].b[SAFE_OFFSET(1)] ==> 3
      SELECT [1, 2][SAFE_OFFSET(-1)], [1, 2][SAFE_ORDINAL(0)] ==> null|null
      SELECT [1, 2][ORDINAL(3)] ==> !out of bounds
      SELECT ARRAY_CONCAT([1], CAST([] AS ARRAY<INT64>)) ==> [1]
      SELECT ARRAY_TO_STRING(['a', NULL, 'b'], '-'), ARRAY_TO_STRING(['a', NULL, 'b'], '-', 'N') ==> a-b|a-N-b
      SELECT ARRAY_INCLUDES([1, 2], 2) ==> !
      SELECT ARRAY_SUM([1, 2]) ==> !
      SELECT GENERATE_ARRAY(NULL, 1) IS NULL ==> true
      SELECT STRUCT(1 AS a, 'x' AS b) = STRUCT(1 AS c, 'x' AS d) ==> true
      SELECT STRUCT(1, NULL) = STRUCT(2, NULL) ==> false
      SELECT (1, 2) IN ((1, NULL), (3, 4)) ==> null
      SELECT CASE WHEN NULL THEN 'a' WHEN TRUE THEN 'b' END, CASE NULL WHEN NULL THEN 'x' ELSE 'y' END, CASE 1 WHEN 2 THEN 'x' END ==> b|y|null
      SELECT NULLIF(1, 2), NULLIF('a', 'a'), IFNULL(NULL, 'x'), COALESCE(NULL, 2, 3) ==> 1|null|x|2
      SELECT TRUE IS NOT FALSE, NULL IS TRUE, NULL IS NOT TRUE, NULL IS UNKNOWN ==> true|false|true|true
      SELECT 5 BETWEEN 1 AND NULL, 5 BETWEEN 6 AND NULL, 5 NOT BETWEEN 1 AND 4 ==> null|false|true
      SELECT 1 << 64, 1 >> 64, 1 << 63 ==> 0|0|-9223372036854775808
      SELECT 1 << -1 ==> !
      SELECT 9223372036854775807 + 1 ==> !overflow
      SELECT -9223372036854775808 - 1 ==> !overflow
      SELECT 9223372036854775807 * 2 ==> !overflow
      SELECT SAFE_ADD(9223372036854775807, 1), SAFE_MULTIPLY(9223372036854775807, 2), SAFE_SUBTRACT(-9223372036854775808, 1), SAFE_NEGATE(-9223372036854775808) ==> null|null|null|null
      SELECT SAFE_DIVIDE(10, 0), SAFE_DIVIDE(10, 4), IEEE_DIVIDE(1, 0), IEEE_DIVIDE(0, 0), IEEE_DIVIDE(-1, 0) ==> null|2.5|Infinity|NaN|-Infinity
      SELECT DIV(7, 0) ==> !division by zero
      SELECT MOD(7, 0) ==> !division by zero
      SELECT DIV(-9223372036854775808, -1) ==> !
      SELECT MOD(-7, 2), MOD(7, -2), DIV(-7, 2), MOD(NUMERIC '25.3', NUMERIC '-12') ==> -1|1|-3|1.3
      SELECT 1.0 / 0 ==> !division by zero
      SELECT NUMERIC '1' / 0 ==> !division by zero
      SELECT 1e308 * 10 ==> !overflow
      SELECT ROUND(2.5), ROUND(-2.5), ROUND(2.345, 2), ROUND(1235, -1), ROUND(NUMERIC '2.5'), ROUND(NUMERIC '-2.345', 2) ==> 3.0|-3.0|2.35|1240.0|3|-2.35
      SELECT ROUND(NUMERIC '2.5', 0, 'ROUND_HALF_EVEN'), ROUND(NUMERIC '2.5', 0, 'ROUND_HALF_AWAY_FROM_ZERO') ==> 2|3
      SELECT TRUNC(2.8), TRUNC(-2.8), TRUNC(1.2345, 2), TRUNC(NUMERIC '-1.2345', 2), CEIL(2.1), FLOOR(-2.1), CEIL(-0.5) ==> 2.0|-2.0|1.23|-1.23|3.0|-3.0|-0.0
      SELECT SIGN(-5), SIGN(0.0), ABS(-5), ABS(NUMERIC '-1.5') ==> -1|0.0|5|1.5
      SELECT ABS(-9223372036854775808) ==> !overflow
      SELECT POW(2, 10), POW(2.0, -1), SQRT(16), EXP(0), LN(1), LOG(8, 2), LOG10(1000) ==> 1024.0|0.5|4.0|1.0|0.0|3.0|3.0
      SELECT SQRT(-1) ==> !
      SELECT LN(0) ==> !
      SELECT LOG(100), SAFE.LN(0), SAFE.SQRT(-1) ==> 4.605170185988092|null|null
      SELECT CAST(1.5 AS INT64), CAST(-1.5 AS INT64), CAST(0.5 AS INT64), CAST(NUMERIC '2.5' AS INT64) ==> 2|-2|1|3
      SELECT CAST(1e19 AS INT64) ==> !
      SELECT CAST(CAST('nan' AS FLOAT64) AS INT64) ==> !
      SELECT CAST('0x1F' AS INT64), CAST('-0x1F' AS INT64), CAST('+5' AS INT64) ==> 31|-31|5
      SELECT CAST('1.5' AS INT64) ==> !Bad int64 value: 1.5
      SELECT CAST('' AS INT64) ==> !Bad int64 value
      SELECT CAST('9223372036854775808' AS INT64) ==> !
      SELECT CAST('1e5' AS FLOAT64), CAST(' 1.5 ' AS FLOAT64), CAST('-INF' AS FLOAT64), CAST('1.' AS FLOAT64), CAST('.5' AS FLOAT64) ==> 100000.0|1.5|-Infinity|1.0|0.5
      SELECT CAST(TRUE AS STRING), CAST('TRUE' AS BOOL), CAST('false' AS BOOL), CAST(0 AS BOOL), CAST(5 AS BOOL), CAST(TRUE AS INT64) ==> true|true|false|false|true|1
      SELECT CAST('yes' AS BOOL) ==> !
      SELECT CAST(NUMERIC '1.500' AS STRING), CAST(NUMERIC '100' AS STRING), CAST(BIGNUMERIC '0.10' AS STRING), CAST(NUMERIC '-0.5' AS STRING) ==> 1.5|100|0.1|-0.5
      SELECT CAST(1.123456789123 AS NUMERIC), CAST('1.1234567895' AS NUMERIC), CAST(1e28 AS NUMERIC) ==> 1.123456789|1.12345679|10000000000000000000000000000
      SELECT CAST('1e30' AS NUMERIC) ==> !
      SELECT CAST(NUMERIC '99999999999999999999999999999.999999999' AS NUMERIC) + 1 ==> !overflow
      SELECT NUMERIC '99999999999999999999999999999' * 10 ==> !
      SELECT BIGNUMERIC '1e38' * 10 ==> !
      SELECT NUMERIC '1' / 3, BIGNUMERIC '2' / 3, NUMERIC '10' * NUMERIC '0.1', NUMERIC '0.000000001' / 2 ==> 0.333333333|0.66666666666666666666666666666666666667|1|0.000000001
      SELECT CAST(b'abc' AS STRING), CAST('abc' AS BYTES), CAST(b'\\xff' AS STRING) ==> !
      SELECT SAFE_CAST(b'\\xff' AS STRING), SAFE_CONVERT_BYTES_TO_STRING(b'a\\xffb') ==> null|a�b
      SELECT CAST(NUMERIC(5, 2) '1.005' AS STRING) ==> !
      SELECT CAST(1.005 AS NUMERIC(5, 2)), CAST('abcdef' AS STRING(10)), CAST(123.456 AS BIGNUMERIC(5, 1)) ==> 1.01|abcdef|123.5
      SELECT CAST('abcdef' AS STRING(3)) ==> !
      SELECT CAST(1234.5 AS NUMERIC(5, 2)) ==> !
      SELECT [1] = [1] ==> !
      SELECT GREATEST([1], [2]) ==> !
      SELECT MAX(STRUCT(1)) ==> !
      SELECT SUM('a') ==> !
      SELECT CAST(NUMERIC '123.456' AS INT64), CAST(NUMERIC '1.5' AS FLOAT64), CAST('1e2' AS NUMERIC), CAST(BIGNUMERIC '1.0000000005' AS NUMERIC) ==> 123|1.5|100|1.000000001
      SELECT PARSE_NUMERIC('1,234.5'), PARSE_NUMERIC(' - 12.34 '), PARSE_NUMERIC('1.2e-1'), PARSE_BIGNUMERIC('$1') ==> !
      SELECT PARSE_NUMERIC('1,234.5'), PARSE_NUMERIC(' - 12.34 '), PARSE_NUMERIC('1.2e-1'), PARSE_NUMERIC('12.34-') ==> 1234.5|-12.34|0.12|-12.34
      SELECT IS_NAN(CAST('nan' AS FLOAT64)), IS_INF(CAST('-inf' AS FLOAT64)), IS_NAN(NULL) ==> true|true|null
      SELECT ERROR('custom message') ==> !custom message
      SELECT IF(TRUE, 'ok', ERROR('no')) ==> ok
      """)
  void answers(String statement, String expected) {
    answers.check(statement, expected);
  }
}
