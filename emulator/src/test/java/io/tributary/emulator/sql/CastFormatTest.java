package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** CAST with FORMAT, and what SAFE must not hide. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CastFormatTest {
  private final Answers answers;

  CastFormatTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "CAST of dates and times with FORMAT writes names in the case of the "
              + "element, and reads text by the same elements.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/format-elements#format_date_time_as_string")
  @Behaviour(
      area = Area.TYPES,
      says = "CAST with FORMAT looks at a TIMESTAMP in the zone of AT TIME ZONE.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_functions#cast_as_string")
  @Statements(
      """
      CAST(DATE '2018-01-30' AS STRING FORMAT 'YYYY') ==> 2018
      CAST(DATE '2018-01-30' AS STRING FORMAT 'YY/MM/DD DDD') ==> 18/01/30 030
      CAST(DATE '2018-01-30' AS STRING FORMAT 'MONTH Mon mon') ==> JANUARY Jan jan
      CAST(TIME '21:30:00' AS STRING FORMAT 'HH24') ==> 21
      CAST(TIME '21:30:00' AS STRING FORMAT 'HH12:MI AM') ==> 09:30 PM
      CAST(TIME '01:02:03' AS STRING FORMAT 'SSSSS') ==> 03723
      CAST(TIME '01:02:03' AS STRING FORMAT 'a.m.') ==> a.m.
      CAST(TIME '16:02:03' AS STRING FORMAT 'A.M.') ==> P.M.
      CAST(DATETIME '2020-01-02 03:04:05' AS STRING FORMAT 'YYYY-MM-DD"T"HH24:MI:SS') ==> 2020-01-02T03:04:05
      CAST(TIMESTAMP '2008-12-25 00:00:00+00:00' AS STRING FORMAT 'TZH' AT TIME ZONE 'Asia/Kolkata') ==> +05
      CAST(TIMESTAMP '2008-12-25 00:00:00+00:00' AS STRING FORMAT 'TZM' AT TIME ZONE 'Asia/Kolkata') ==> 30
      CAST(TIMESTAMP '2008-12-25 00:00:00+00:00' AS STRING FORMAT 'YYYY-MM-DD HH24:MI' AT TIME ZONE 'Asia/Kolkata') ==> 2008-12-25 05:30
      CAST(DATE '2018-01-30' AS STRING FORMAT 'HH24') ==> !does not support
      CAST(DATE '2018-01-30' AS STRING FORMAT 'QQ') ==> !
      CAST('18-12-03' AS DATE FORMAT 'YY-MM-DD') ==> !notImplemented:
      CAST('2018-12-03' AS DATE FORMAT 'YYYY-MM-DD') ==> 2018-12-03
      CAST('JUN 30, 2018' AS DATE FORMAT 'MON DD, YYYY') ==> 2018-06-30
      CAST('15:30' AS TIME FORMAT 'HH24:MI') ==> 15:30
      CAST('03:30 P.M.' AS TIME FORMAT 'HH:MI P.M.') ==> !notImplemented:
      CAST('03:30 PM' AS TIME FORMAT 'HH:MI AM') ==> 15:30
      CAST('2020-06-02 17:00:53' AS TIMESTAMP FORMAT 'YYYY-MM-DD HH24:MI:SS' AT TIME ZONE 'Asia/Kolkata') ==> 2020-06-02T11:30:53Z
      SAFE_CAST('x' AS DATE FORMAT 'YYYY-MM-DD') ==> null
      CAST('x' AS DATE FORMAT 'YYYY-MM-DD') ==> !Failed to parse
      CAST(12 AS STRING FORMAT '999') ==> !notImplemented:
      """)
  void casts(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }

  @Statements(
      """
      SAFE.FORMAT('%d', 1) ==> 1
      SAFE.FORMAT(IF(TRUE, '%d', ''), 1) ==> !notImplemented:
      SAFE.POW(NUMERIC '2', NUMERIC '0.5') ==> !notImplemented:
      SAFE.PARSE_DATE('%G', 'x') ==> !notImplemented:
      SAFE.PARSE_DATE('%Y', 'x') ==> null
      """)
  void refusalsAreNotHiddenBySafe(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }
}
