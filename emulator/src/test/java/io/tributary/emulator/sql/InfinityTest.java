package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mathematical functions of infinite numbers and at the ends of their domains. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InfinityTest {
  private final Answers answers;

  InfinityTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "Mathematical functions answer infinite arguments with a limit or NaN, and fail where a "
              + "finite argument has no finite result.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions")
  @Statements(
      """
      ABS(CAST('-inf' AS FLOAT64)) ==> Infinity
      ACOS(CAST('inf' AS FLOAT64)) ==> NaN
      ACOS(-1.5) ==> !
      ACOSH(CAST('inf' AS FLOAT64)) ==> Infinity
      ACOSH(CAST('-inf' AS FLOAT64)) ==> NaN
      ACOSH(1) ==> 0.0
      ACOSH(0.5) ==> !
      ROUND(ACOSH(2), 9) ==> 1.316957897
      ASIN(CAST('-inf' AS FLOAT64)) ==> NaN
      ASIN(2) ==> !
      ASINH(CAST('-inf' AS FLOAT64)) ==> -Infinity
      ROUND(ATAN(CAST('inf' AS FLOAT64)), 4) ==> 1.5708
      ROUND(ATAN2(CAST('inf' AS FLOAT64), CAST('-inf' AS FLOAT64)), 4) ==> 2.3562
      ATANH(CAST('inf' AS FLOAT64)) ==> NaN
      ROUND(ATANH(-0.5), 9) ==> -0.549306144
      ATANH(2) ==> !
      ATANH(1) ==> !
      CBRT(CAST('-inf' AS FLOAT64)) ==> -Infinity
      CEIL(CAST('inf' AS FLOAT64)) ==> Infinity
      COS(CAST('inf' AS FLOAT64)) ==> NaN
      COSH(CAST('-inf' AS FLOAT64)) ==> Infinity
      COSH(1000) ==> !
      COT(CAST('inf' AS FLOAT64)) ==> NaN
      COT(0) ==> !
      SAFE.COT(0) ==> null
      COTH(CAST('-inf' AS FLOAT64)) ==> -1.0
      ROUND(COTH(1), 9) ==> 1.313035285
      ROUND(CSC(-1), 9) ==> -1.188395106
      CSCH(CAST('inf' AS FLOAT64)) ==> 0.0
      CSCH(0) ==> !
      ROUND(CSCH(0.5), 9) ==> 1.919034751
      ROUND(SECH(0.5), 9) ==> 0.886818884
      EXP(CAST('-inf' AS FLOAT64)) ==> 0.0
      EXP(-1000) ==> 0.0
      LN(CAST('inf' AS FLOAT64)) ==> Infinity
      LN(-1) ==> !
      LOG(CAST('-inf' AS FLOAT64), 2) ==> NaN
      LOG(2, CAST('inf' AS FLOAT64)) ==> NaN
      LOG(CAST('inf' AS FLOAT64), 0.5) ==> -Infinity
      LOG(CAST('inf' AS FLOAT64), 2) ==> Infinity
      LOG(2, 1) ==> !
      LOG(0, 2) ==> !
      LOG(2, 0) ==> !
      LOG10(CAST('-inf' AS FLOAT64)) ==> NaN
      LOG10(0) ==> !
      POW(1.0, CAST('nan' AS FLOAT64)) ==> 1.0
      POW(CAST('nan' AS FLOAT64), 0) ==> 1.0
      POW(-1.0, CAST('-inf' AS FLOAT64)) ==> 1.0
      POW(0.5, CAST('-inf' AS FLOAT64)) ==> Infinity
      POW(2, CAST('-inf' AS FLOAT64)) ==> 0.0
      POW(CAST('-inf' AS FLOAT64), 3) ==> -Infinity
      POW(-8, 0.5) ==> !
      POW(10, 400) ==> !
      SQRT(CAST('inf' AS FLOAT64)) ==> Infinity
      TAN(CAST('inf' AS FLOAT64)) ==> NaN
      TANH(CAST('-inf' AS FLOAT64)) ==> -1.0
      SIN(CAST('inf' AS FLOAT64)) ==> NaN
      SINH(CAST('-inf' AS FLOAT64)) ==> -Infinity
      SINH(1000) ==> !
      SIGN(CAST('nan' AS FLOAT64)) ==> NaN
      SIGN(0) ==> 0
      ROUND(CAST('inf' AS FLOAT64)) ==> Infinity
      RANGE_BUCKET(20, [0, 10, 10, 20, 30]) ==> 4
      RANGE_BUCKET(20, [1, 2, 20, 20, 20, 30]) ==> 5
      RANGE_BUCKET(20, []) ==> 0
      """)
  void computes(String expression, String expected) {
    answers.check("SELECT " + expression, expected);
  }
}
