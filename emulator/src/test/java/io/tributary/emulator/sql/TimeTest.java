package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Dates and times: arithmetic within the range of the types, parts of every kind, time zones.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/datetime_functions
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/timestamp_functions
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/interval_functions
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimeTest {
  private final Answers answers;

  TimeTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.TYPES,
      says = "Dates and times outside the years 1 to 9999 are errors.",
      source = "https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#date_type")
  @Behaviour(
      area = Area.TYPES,
      says =
          "Differences of dates count the boundaries crossed, weeks from Sunday, "
              + "from a given day or by ISO 8601.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#date_diff")
  @Behaviour(
      area = Area.TYPES,
      says = "Adding months keeps to the last day of a shorter month.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#date_add")
  @Statements(
      """
          DATE_ADD(DATE '9999-12-31', INTERVAL 1 DAY) ==> !
          DATE_SUB(DATE '0001-01-01', INTERVAL 1 DAY) ==> !
          DATE_ADD(DATE '9999-12-31', INTERVAL 1 YEAR) ==> !
          DATE '9999-12-31' + 1 ==> !
          TIMESTAMP_ADD(TIMESTAMP '9999-12-31 23:59:59.999999+00', INTERVAL 1 MICROSECOND) ==> !
          TIMESTAMP_SUB(TIMESTAMP '0001-01-01 00:00:00+00', INTERVAL 1 MICROSECOND) ==> !
          DATETIME_ADD(DATETIME '9999-12-31 23:59:59', INTERVAL 1 SECOND) ==> !
          SAFE.DATE_ADD(DATE '9999-12-31', INTERVAL 1 DAY) ==> null
          TIMESTAMP_SECONDS(253402300800) ==> !
          TIMESTAMP_MICROS(-62135596800000001) ==> !
          DATE_DIFF(DATE '2010-07-07', DATE '2008-12-25', DAY) ==> 559
          DATE_DIFF(DATE '2017-10-15', DATE '2017-10-14', DAY) ==> 1
          DATE_DIFF(DATE '2017-10-15', DATE '2017-10-14', WEEK) ==> 1
          DATE_DIFF(DATE '2017-12-30', DATE '2014-12-30', YEAR) ==> 3
          DATE_DIFF(DATE '2017-12-30', DATE '2014-12-30', ISOYEAR) ==> 2
          DATE_DIFF(DATE '2017-12-18', DATE '2017-12-17', WEEK) ==> 0
          DATE_DIFF(DATE '2017-12-18', DATE '2017-12-17', WEEK(MONDAY)) ==> 1
          DATE_DIFF(DATE '2017-12-18', DATE '2017-12-17', ISOWEEK) ==> 1
          DATE_DIFF(DATE '2017-12-17', DATE '2017-12-18', ISOWEEK) ==> -1
          DATE_DIFF(DATE '2026-01-01', DATE '2025-12-31', MONTH) ==> 1
          DATE_DIFF(DATE '2026-01-01', DATE '2025-12-31', QUARTER) ==> 1
          DATE_DIFF(DATE '0001-01-02', DATE '0001-01-01', WEEK) ==> 0
          DATE_TRUNC(DATE '2008-12-25', MONTH) ==> 2008-12-01
          DATE_TRUNC(DATE '2017-11-05', WEEK(MONDAY)) ==> 2017-10-30
          DATE_TRUNC(DATE '2015-06-15', ISOYEAR) ==> 2014-12-29
          DATE_TRUNC(DATE '2015-06-15', ISOWEEK) ==> 2015-06-15
          DATE_TRUNC(DATE '2015-06-15', QUARTER) ==> 2015-04-01
          DATE_TRUNC(DATE '2015-06-15', YEAR) ==> 2015-01-01
          DATE_TRUNC(DATE '2015-06-15', WEEK) ==> 2015-06-14
          DATE_TRUNC(DATE '0001-01-03', WEEK) ==> !
          DATE_ADD(DATE '2008-12-25', INTERVAL 5 DAY) ==> 2008-12-30
          DATE_SUB(DATE '2008-12-25', INTERVAL 5 DAY) ==> 2008-12-20
          DATE_ADD(DATE '2024-02-29', INTERVAL 1 YEAR) ==> 2025-02-28
          DATE_SUB(DATE '2026-03-31', INTERVAL 1 MONTH) ==> 2026-02-28
          DATE_ADD(DATE '2026-01-31', INTERVAL 1 QUARTER) ==> 2026-04-30
          DATE_ADD(DATE '2026-01-01', INTERVAL 2 WEEK) ==> 2026-01-15
          LAST_DAY(DATE '2008-11-25') ==> 2008-11-30
          LAST_DAY(DATE '2008-11-25', YEAR) ==> 2008-12-31
          LAST_DAY(DATE '2008-11-10', WEEK(SUNDAY)) ==> 2008-11-15
          LAST_DAY(DATE '2008-11-10', WEEK) ==> 2008-11-15
          LAST_DAY(DATE '2008-11-10', WEEK(MONDAY)) ==> 2008-11-16
          LAST_DAY(DATE '2008-11-10', ISOWEEK) ==> 2008-11-16
          LAST_DAY(DATE '2008-11-10', QUARTER) ==> 2008-12-31
          LAST_DAY(DATETIME '2008-11-10 15:30:00', MONTH) ==> 2008-11-30
          DATETIME_DIFF(DATETIME '2010-07-07 10:20:00', DATETIME '2008-12-25 15:30:00', DAY) ==> 559
          DATETIME_DIFF(DATETIME '2017-10-15 00:00:00', DATETIME '2017-10-14 23:59:59', DAY) ==> 1
          DATETIME_DIFF(DATETIME '2017-10-15 00:00:00', DATETIME '2017-10-14 23:59:59', HOUR) ==> 1
          DATETIME_DIFF(DATETIME '2017-10-15 00:00:00', DATETIME '2017-10-14 00:00:00', WEEK) ==> 1
          DATETIME_DIFF(DATETIME '2017-12-18 00:00:00', DATETIME '2017-12-17 23:00:00', WEEK(MONDAY)) ==> 1
          DATETIME_DIFF(DATETIME '2017-12-30 00:00:00', DATETIME '2014-12-30 00:00:00', ISOYEAR) ==> 2
          DATETIME_DIFF(DATETIME '2017-12-30 00:00:00', DATETIME '2014-12-30 00:00:00', MICROSECOND) ==> 94694400000000
          DATETIME_TRUNC(DATETIME '2008-12-25 15:30:00', DAY) ==> 2008-12-25T00:00
          DATETIME_TRUNC(DATETIME '2017-11-05 00:00:00', WEEK(MONDAY)) ==> 2017-10-30T00:00
          DATETIME_TRUNC(DATETIME '2015-06-15 10:00:00', ISOYEAR) ==> 2014-12-29T00:00
          DATETIME_ADD(DATETIME '2008-12-25 15:30:00', INTERVAL 10 MINUTE) ==> 2008-12-25T15:40
          DATETIME_SUB(DATETIME '2008-12-25 15:30:00', INTERVAL 1 MONTH) ==> 2008-11-25T15:30
          TIMESTAMP_DIFF(TIMESTAMP '2010-07-07 10:20:00+00', TIMESTAMP '2008-12-25 15:30:00+00', HOUR) ==> 13410
          TIMESTAMP_DIFF(TIMESTAMP '2018-08-14 00:00:00+00', TIMESTAMP '2018-10-14 00:00:00+00', DAY) ==> -61
          TIMESTAMP_DIFF(TIMESTAMP '2001-02-01 01:00:00+00', TIMESTAMP '2001-02-01 00:00:01+00', HOUR) ==> 0
          TIMESTAMP_DIFF(TIMESTAMP '2001-02-02 00:00:00+00', TIMESTAMP '2001-02-01 23:59:59+00', DAY) ==> 0
          TIMESTAMP_TRUNC(TIMESTAMP '2008-12-25 15:30:00+00', DAY, 'UTC') ==> 2008-12-25T00:00:00Z
          TIMESTAMP_TRUNC(TIMESTAMP '2008-12-25 15:30:00+00', DAY, 'America/Los_Angeles') ==> 2008-12-25T08:00:00Z
          TIMESTAMP_TRUNC(TIMESTAMP '2017-11-06 00:00:00+12', WEEK(MONDAY), 'UTC') ==> 2017-10-30T00:00:00Z
          TIMESTAMP_TRUNC(TIMESTAMP '2017-11-06 00:00:00+12', WEEK(MONDAY), 'Pacific/Auckland') ==> 2017-11-05T11:00:00Z
          TIMESTAMP_TRUNC(TIMESTAMP '2015-06-15 00:00:00+00', ISOYEAR) ==> 2014-12-29T00:00:00Z
          TIMESTAMP_TRUNC(TIMESTAMP '2015-06-15 01:59:59.999999+00', HOUR) ==> 2015-06-15T01:00:00Z
          TIMESTAMP_TRUNC(TIMESTAMP '2015-06-15 01:10:00+00', HOUR, 'Asia/Kolkata') ==> 2015-06-15T00:30:00Z
          TIMESTAMP_TRUNC(TIMESTAMP '1969-12-31 23:59:59.999999+00', SECOND) ==> 1969-12-31T23:59:59Z
          TIMESTAMP_ADD(TIMESTAMP '2008-12-25 15:30:00+00', INTERVAL 10 MINUTE) ==> 2008-12-25T15:40:00Z
          TIMESTAMP_ADD(TIMESTAMP '2008-12-25 15:30:00+00', INTERVAL 1 DAY) ==> 2008-12-26T15:30:00Z
          TIME_ADD(TIME '15:30:00', INTERVAL 10 MINUTE) ==> 15:40
          TIME_ADD(TIME '23:30:00', INTERVAL 1 HOUR) ==> 00:30
          TIME_SUB(TIME '00:30:00', INTERVAL 1 HOUR) ==> 23:30
          TIME_DIFF(TIME '15:30:00', TIME '14:35:00', MINUTE) ==> 55
          TIME_DIFF(TIME '15:30:00', TIME '14:35:00', HOUR) ==> 1
          TIME_TRUNC(TIME '15:30:31', HOUR) ==> 15:00
          TIMESTAMP_MILLIS(1230219000000) ==> 2008-12-25T15:30:00Z
          INTERVAL '1:2:3' HOUR TO SECOND ==> 0-0 0 1:2:3
          INTERVAL '8 -20 17' MONTH TO HOUR ==> 0-8 -20 17:0:0
          INTERVAL 5 YEAR ==> 5-0 0 0:0:0
          INTERVAL 1 DAY + INTERVAL 2 HOUR ==> 0-0 1 2:0:0
          -INTERVAL 2 DAY ==> 0-0 -2 0:0:0
          INTERVAL 1 MONTH = INTERVAL 30 DAY ==> true
          INTERVAL 1 DAY > INTERVAL 23 HOUR ==> true
          DATE '2020-01-31' + INTERVAL 1 MONTH ==> 2020-02-29T00:00
          DATE '2020-01-10' - DATE '2020-01-01' ==> 0-0 9 0:0:0
          DATE '2020-01-01' + 5 ==> 2020-01-06
          DATE '2020-01-10' - 5 ==> 2020-01-05
          DATE '2020-01-01' < DATETIME '2020-01-01 00:00:01' ==> true
          DATE '2020-01-01' = TIMESTAMP '2020-01-01 00:00:00+00' ==> !
          """)
  void calculates(String expression, String expected) {
    answers.check("SELECT " + expression, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "EXTRACT, DATE, TIME and DATETIME look at a timestamp in a time zone "
              + "given by name or offset, UTC without one.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/timestamp_functions#timezone_definitions")
  @Statements(
      """
          DATE_FROM_UNIX_DATE(3000000) ==> !
          DATE(10000, 1, 1) ==> !
          DATE(2026, 2, 30) ==> !
          DATE(2026, 1, 31) ==> 2026-01-31
          DATE(DATETIME '2016-12-25 23:59:59') ==> 2016-12-25
          DATE(TIMESTAMP '2016-12-25 05:30:00+07', 'America/Los_Angeles') ==> 2016-12-24
          EXTRACT(DAY FROM DATE '2013-12-25') ==> 25
          EXTRACT(ISOYEAR FROM DATE '2012-01-01') ==> 2011
          EXTRACT(ISOWEEK FROM DATE '2012-01-01') ==> 52
          EXTRACT(WEEK FROM DATE '2017-11-05') ==> 45
          EXTRACT(WEEK FROM DATE '2017-01-01') ==> 1
          EXTRACT(WEEK FROM DATE '2016-01-01') ==> 0
          EXTRACT(WEEK(SUNDAY) FROM DATE '2017-11-06') ==> 45
          EXTRACT(WEEK(MONDAY) FROM DATE '2017-11-06') ==> 45
          EXTRACT(WEEK(MONDAY) FROM DATE '2017-11-05') ==> 44
          EXTRACT(DAYOFYEAR FROM DATE '2024-12-31') ==> 366
          EXTRACT(QUARTER FROM DATE '2024-12-31') ==> 4
          EXTRACT(DAYOFWEEK FROM DATE '2026-11-22') ==> 1
          EXTRACT(HOUR FROM DATETIME '2008-12-25 15:30:00') ==> 15
          EXTRACT(MILLISECOND FROM TIME '15:30:00.123456') ==> 123
          EXTRACT(MICROSECOND FROM TIMESTAMP '2020-01-01 00:00:01.123456+00') ==> 123456
          EXTRACT(DAY FROM TIMESTAMP '2008-12-25 05:30:00+00' AT TIME ZONE 'UTC') ==> 25
          EXTRACT(DAY FROM TIMESTAMP '2008-12-25 05:30:00+00' AT TIME ZONE 'America/Los_Angeles') ==> 24
          EXTRACT(HOUR FROM TIMESTAMP '2026-07-01 12:00:00+00' AT TIME ZONE 'Europe/Zurich') ==> 14
          EXTRACT(HOUR FROM TIMESTAMP '2026-01-01 12:00:00+00' AT TIME ZONE '+05:30') ==> 17
          EXTRACT(DATE FROM TIMESTAMP '2026-01-01 23:30:00+00' AT TIME ZONE 'Asia/Tokyo') ==> 2026-01-02
          EXTRACT(DATE FROM DATETIME '2026-01-01 23:30:00') ==> 2026-01-01
          EXTRACT(TIME FROM DATETIME '2026-01-01 23:30:00') ==> 23:30
          EXTRACT(TIME FROM TIMESTAMP '2026-01-01 23:30:00+00' AT TIME ZONE 'Asia/Tokyo') ==> 08:30
          EXTRACT(DATETIME FROM TIMESTAMP '2026-01-01 23:30:00+00' AT TIME ZONE 'Asia/Tokyo') ==> 2026-01-02T08:30
          EXTRACT(HOUR FROM TIMESTAMP '2026-01-01 12:00:00+00' AT TIME ZONE 'Mars/Base') ==> !Invalid time zone: Mars/Base
          DATETIME(TIMESTAMP '2026-07-01 12:00:00+00', 'America/New_York') ==> 2026-07-01T08:00
          DATETIME(DATE '2026-07-01', TIME '01:02:03') ==> 2026-07-01T01:02:03
          DATETIME(DATE '2026-07-01') ==> 2026-07-01T00:00
          DATETIME(2005, 12, 25, 5, 30, 0) ==> 2005-12-25T05:30
          DATETIME(2005, 13, 25, 5, 30, 0) ==> !
          DATETIME(TIMESTAMP '2026-07-01 12:00:00+00') ==> 2026-07-01T12:00
          TIMESTAMP('2008-12-25 15:30:00+00') ==> 2008-12-25T15:30:00Z
          TIMESTAMP('2008-12-25 15:30:00', 'America/Los_Angeles') ==> 2008-12-25T23:30:00Z
          TIMESTAMP('2008-12-25 15:30:00 UTC') ==> 2008-12-25T15:30:00Z
          TIMESTAMP(DATETIME '2008-12-25 15:30:00') ==> 2008-12-25T15:30:00Z
          TIMESTAMP(DATETIME '2026-07-01 12:00:00', 'Europe/Zurich') ==> 2026-07-01T10:00:00Z
          TIMESTAMP(DATE '2008-12-25') ==> 2008-12-25T00:00:00Z
          TIMESTAMP(DATE '2008-12-25', 'America/Los_Angeles') ==> 2008-12-25T08:00:00Z
          TIMESTAMP(DATETIME '2026-03-29 02:30:00', 'Europe/Zurich') ==> 2026-03-29T01:30:00Z
          TIMESTAMP(DATETIME '2026-10-25 02:30:00', 'Europe/Zurich') ==> 2026-10-25T00:30:00Z
          CAST('2020-06-02 17:00:53.110+00:00' AS TIMESTAMP) ==> 2020-06-02T17:00:53.110Z
          CAST('2020-06-02T17:00:53Z' AS TIMESTAMP) ==> 2020-06-02T17:00:53Z
          CAST('2020-06-02 17:00:53 America/New_York' AS TIMESTAMP) ==> 2020-06-02T21:00:53Z
          CAST('2020-06-02' AS TIMESTAMP) ==> 2020-06-02T00:00:00Z
          CAST('2020-13-02' AS TIMESTAMP) ==> !
          CAST('2020-06-02 25:00:00' AS TIMESTAMP) ==> !
          CAST('2020-6-2 7:0:3' AS DATETIME) ==> 2020-06-02T07:00:03
          CAST('7:08:09' AS TIME) ==> 07:08:09
          CAST(TIMESTAMP '2020-01-01 00:00:00.123456+00' AS STRING) ==> 2020-01-01 00:00:00.123456+00
          CAST(TIMESTAMP '2020-01-01 00:00:00.120+00' AS STRING) ==> 2020-01-01 00:00:00.120+00
          CAST(TIMESTAMP '2020-01-01 23:00:00+00' AS DATE) ==> 2020-01-01
          CAST(DATE '2020-01-01' AS TIMESTAMP) ==> 2020-01-01T00:00:00Z
          CAST(DATETIME '2020-01-01 01:02:03' AS TIME) ==> 01:02:03
          CAST(TIMESTAMP '2020-01-01 01:02:03+00' AS DATETIME) ==> 2020-01-01T01:02:03
          FORMAT_DATE('%b-%d-%Y', DATE '2008-12-25') ==> Dec-25-2008
          FORMAT_DATE('%b %Y', DATE '2008-12-25') ==> Dec 2008
          FORMAT_DATE('%F', DATE '0045-01-01') ==> 0045-01-01
          FORMAT_TIMESTAMP('%Y-%m-%dT%H:%M:%S%Z', TIMESTAMP '2050-12-25 15:30:55+00') ==> 2050-12-25T15:30:55UTC
          FORMAT_TIME('%R', TIME '15:30:00') ==> 15:30
          FORMAT_DATE('%%', DATE '2008-12-25') ==> %
          TIME(DATETIME '2008-12-25 15:30:00') ==> 15:30
          TIME(TIMESTAMP '2008-12-25 15:30:00+08', 'America/Los_Angeles') ==> 23:30
          STRING(DATE '2008-12-25') ==> 2008-12-25
          UNIX_SECONDS(TIMESTAMP '1969-12-31 23:59:59.5+00') ==> -1
          UNIX_MILLIS(TIMESTAMP '2008-12-25 15:30:00+00') ==> 1230219000000
          UNIX_DATE(DATE '2008-12-25') ==> 14238
          DATE_FROM_UNIX_DATE(14238) ==> 2008-12-25
          CURRENT_DATE('Asia/Tokyo') >= CURRENT_DATE('America/Los_Angeles') ==> true
          CURRENT_DATETIME('UTC') > DATETIME '2020-01-01' ==> true
          CURRENT_TIMESTAMP() = CURRENT_TIMESTAMP ==> true
          EXTRACT(YEAR FROM INTERVAL '1-2' YEAR TO MONTH) ==> 1
          EXTRACT(HOUR FROM INTERVAL '10:20:30' HOUR TO SECOND) ==> 10
          DATETIME '2020-01-01' - DATETIME '2019-12-31' ==> 0-0 0 24:0:0
          TIMESTAMP '2020-01-02 00:00:00+00' - TIMESTAMP '2020-01-01 00:00:00+00' ==> 0-0 0 24:0:0
          TIMESTAMP '2020-01-01 00:00:00+00' + INTERVAL 36 HOUR ==> 2020-01-02T12:00:00Z
          RANGE_START(RANGE<DATE> '[2022-01-01, UNBOUNDED)') ==> 2022-01-01
          TIMESTAMP '2020-01-01 00:00:00.000001+00' > TIMESTAMP '2020-01-01 00:00:00+00' ==> true
          """)
  void convertsAndExtracts(String expression, String expected) {
    answers.check("SELECT " + expression, expected);
  }
}
