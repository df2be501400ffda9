package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** INTERVAL values, whose months, days and time of day are reckoned with separately. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntervalTest {
  private final Answers answers;

  IntervalTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "JUSTIFY_HOURS, JUSTIFY_DAYS and JUSTIFY_INTERVAL carry 24 hours into "
              + "a day and 30 days into a month, with one sign.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/interval_functions#justify_days")
  @Behaviour(
      area = Area.TYPES,
      says = "EXTRACT from an INTERVAL gives each part with the sign of its own " + "field.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/interval_functions#extract")
  @Behaviour(
      area = Area.TYPES,
      says = "A TIMESTAMP takes an INTERVAL only if that has no months.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#interval_arithmetic_operators")
  @Behaviour(
      area = Area.TYPES,
      says = "INTERVAL values compare as if a month had 30 days and a day 24 hours.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#interval_type")
  @Statements(
      """
      JUSTIFY_DAYS(INTERVAL 29 DAY) ==> 0-0 29 0:0:0
      JUSTIFY_DAYS(INTERVAL -30 DAY) ==> -0-1 0 0:0:0
      JUSTIFY_DAYS(INTERVAL 31 DAY) ==> 0-1 1 0:0:0
      JUSTIFY_DAYS(INTERVAL -65 DAY) ==> -0-2 -5 0:0:0
      JUSTIFY_DAYS(INTERVAL 370 DAY) ==> 1-0 10 0:0:0
      JUSTIFY_HOURS(INTERVAL 23 HOUR) ==> 0-0 0 23:0:0
      JUSTIFY_HOURS(INTERVAL -24 HOUR) ==> 0-0 -1 0:0:0
      JUSTIFY_HOURS(INTERVAL 47 HOUR) ==> 0-0 1 23:0:0
      JUSTIFY_HOURS(INTERVAL -12345 MINUTE) ==> 0-0 -8 -13:45:0
      JUSTIFY_INTERVAL(INTERVAL '29 49:00:00' DAY TO SECOND) ==> 0-1 1 1:0:0
      MAKE_INTERVAL(1, 6, 15) ==> 1-6 15 0:0:0
      MAKE_INTERVAL(hour => 10, second => 20) ==> 0-0 0 10:0:20
      MAKE_INTERVAL(1, minute => 5, day => 2) ==> 1-0 2 0:5:0
      EXTRACT(DAY FROM INTERVAL '-1-2 3 -4:5:6.789999' YEAR TO SECOND) ==> 3
      EXTRACT(HOUR FROM INTERVAL '-1-2 3 -4:5:6.789999' YEAR TO SECOND) ==> -4
      EXTRACT(MICROSECOND FROM INTERVAL '0:0:6.789999' HOUR TO SECOND) ==> 789999
      EXTRACT(MILLISECOND FROM INTERVAL '0:0:6.789999' HOUR TO SECOND) ==> 789
      EXTRACT(HOUR FROM INTERVAL '0-13 370 48:61:61' YEAR TO SECOND) ==> 49
      EXTRACT(MONTH FROM INTERVAL '0-13 370 48:61:61' YEAR TO SECOND) ==> 1
      INTERVAL 1 YEAR * 2 ==> 2-0 0 0:0:0
      INTERVAL 10 DAY / 4 ==> 0-0 2 12:0:0
      -INTERVAL '1-2 3' YEAR TO DAY ==> -1-2 -3 0:0:0
      INTERVAL 1 DAY + INTERVAL 25 HOUR ==> 0-0 1 25:0:0
      CAST('1-2 3 4:5:6' AS INTERVAL) ==> 1-2 3 4:5:6
      CAST('P1Y2M3DT4H5M6S' AS INTERVAL) ==> 1-2 3 4:5:6
      DATE '2020-01-31' + INTERVAL 1 MONTH ==> 2020-02-29T00:00
      DATETIME '2020-01-31 01:00:00' - INTERVAL '1-1' YEAR TO MONTH ==> 2018-12-31T01:00
      TIMESTAMP '2020-01-01 00:00:00+00' + INTERVAL 1 MONTH ==> !TIMESTAMP +/- INTERVAL
      DATE_ADD(DATE '2020-01-01', INTERVAL 1 DAY) ==> 2020-01-02
      EXTRACT(MINUTE FROM INTERVAL '10 -12:30' DAY TO MINUTE) ==> -30
      EXTRACT(MONTH FROM INTERVAL '-22-6 10 -12:30' YEAR TO MINUTE) ==> -6
      INTERVAL '1:2:3' HOUR TO SECOND * 10 ==> 0-0 0 10:20:30
      INTERVAL 35 SECOND * 4 ==> 0-0 0 0:2:20
      INTERVAL 10 YEAR / 3 ==> 3-4 0 0:0:0
      INTERVAL 1 MONTH / 12 ==> 0-0 2 12:0:0
      DATE '2021-05-20' - DATE '2020-04-19' ==> 0-0 396 0:0:0
      TIMESTAMP '2021-06-01 12:34:56.789' - TIMESTAMP '2021-05-31 00:00:00' ==> 0-0 0 36:34:56.789
      DATE '2021-04-20' + INTERVAL 25 HOUR ==> 2021-04-21T01:00
      TIMESTAMP '2021-05-02 00:01:02.345+00' - INTERVAL 10 SECOND ==> 2021-05-02T00:00:52.345Z
      INTERVAL 30 DAY = INTERVAL 1 MONTH ==> true
      INTERVAL 25 HOUR > INTERVAL 1 DAY ==> true
      """)
  void reckons(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }
}
