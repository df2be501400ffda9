package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dates and times in and out of text by format strings, and series of them. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimePatternTest {
  private final Answers answers;

  TimePatternTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "PARSE_DATE, PARSE_TIME, PARSE_DATETIME and PARSE_TIMESTAMP read text "
              + "by a format string; parts that it does not name are those of "
              + "1970-01-01 00:00:00.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/format-elements#format_elements_date_time")
  @Behaviour(
      area = Area.TYPES,
      says =
          "Text that does not fit its format string is an error, and NULL with "
              + "the SAFE prefix.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#parse_date")
  @Behaviour(
      area = Area.TYPES,
      says =
          "PARSE_TIMESTAMP reads text in the time zone of its third argument "
              + "unless the text names one.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/timestamp_functions#parse_timestamp")
  @Statements(
      """
      PARSE_DATE('%F', '2000-12-30') ==> 2000-12-30
      PARSE_DATE('%A %b %e %Y', 'Thursday Dec 25 2008') ==> 2008-12-25
      PARSE_DATE('%Y%m%d', '20081225') ==> 2008-12-25
      PARSE_DATE('%x', '12/25/08') ==> 2008-12-25
      PARSE_DATE('%A %b %e', 'Thursday Dec 25 2008') ==> !
      PARSE_DATE('%m/%d/%Y', '12-25-2008') ==> !Mismatch
      PARSE_DATE('%F', '2008-02-30') ==> !Failed to parse input string
      SAFE.PARSE_DATE('%F', 'x') ==> null
      PARSE_DATE('%Y', '2020') ==> 2020-01-01
      PARSE_TIMESTAMP('%c', 'Thu Dec 25 07:30:00 2008') ==> 2008-12-25T07:30:00Z
      PARSE_DATETIME('%m/%d/%Y %I:%M:%S %p', '8/30/2018 2:23:38 pm') ==> 2018-08-30T14:23:38
      PARSE_DATETIME('%A, %B %e, %Y', 'Wednesday, December 19, 2018') ==> 2018-12-19T00:00
      PARSE_TIME('%H', '15') ==> 15:00
      PARSE_TIME('%I:%M:%S %p', '2:23:38 pm') ==> 14:23:38
      PARSE_TIME('%E*S', '38.123456') ==> 00:00:38.123456
      PARSE_TIMESTAMP('%a %b %e %I:%M:%S %Y', 'Thu Dec 25 07:30:00 2008') ==> 2008-12-25T07:30:00Z
      PARSE_TIMESTAMP('%a %b %e %Y %I:%M:%S', 'Thu Dec 25 07:30:00 2008') ==> !
      PARSE_TIMESTAMP('%Y-%m-%d %H:%M:%E6S%Ez', '2020-01-01 00:00:00.123456+02:00') ==> 2019-12-31T22:00:00.123456Z
      PARSE_TIMESTAMP('%F %T', '2020-01-01 00:00:00', 'America/New_York') ==> 2020-01-01T05:00:00Z
      PARSE_TIMESTAMP('%F %T %Z', '2020-01-01 00:00:00 America/New_York') ==> 2020-01-01T05:00:00Z
      PARSE_TIMESTAMP('%s', '1577836800') ==> 2020-01-01T00:00:00Z
      """)
  void parses(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "FORMAT_DATE, FORMAT_TIME, FORMAT_DATETIME and FORMAT_TIMESTAMP know "
              + "the documented format elements, weeks and ISO years among them.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/format-elements#format_elements_date_time")
  @Behaviour(
      area = Area.TYPES,
      says =
          "FORMAT_TIMESTAMP and STRING show a timestamp on the clock of the time "
              + "zone they are given.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/timestamp_functions#format_timestamp")
  @Behaviour(
      area = Area.TYPES,
      says = "%Z shows an offset of whole hours as UTC+1, and another one as UTC+0530.",
      source =
          "https://github.com/google/zetasql/blob/master/zetasql/public/functions/date_time_util.cc")
  @Statements(
      """
      FORMAT_TIMESTAMP('%c', TIMESTAMP '2050-12-25 15:30:55+00', 'UTC') ==> Sun Dec 25 15:30:55 2050
      FORMAT_TIMESTAMP('%F %T %Z %z %Ez', TIMESTAMP '2020-07-01 00:00:00+00', 'America/Los_Angeles') ==> 2020-06-30 17:00:00 UTC-7 -0700 -07:00
      FORMAT_TIMESTAMP('%Z', TIMESTAMP '2024-07-01 00:00:00+00', 'Asia/Kolkata') ==> UTC+0530
      FORMAT_TIMESTAMP('%b %Y %Ez', TIMESTAMP '2008-12-25 15:30:00+00') ==> Dec 2008 +00:00
      FORMAT_DATE('%x', DATE '2008-12-25') ==> 12/25/08
      FORMAT_DATE('%U %V %W %u %w %Q %G %g %J %j %C %e', DATE '2008-12-07') ==> 49 49 48 7 0 4 2008 08 343 342 20  7
      FORMAT_DATETIME('%E3S|%E*S|%E0S', DATETIME '2008-12-25 15:30:07.12') ==> 07.120|07.12|07
      FORMAT_TIME('%H|%k|%l|%I|%p|%P', TIME '05:30:00') ==> 05| 5| 5|05|AM|am
      FORMAT_DATE('%H', DATE '2008-12-25') ==> !notImplemented:
      STRING(TIMESTAMP '2008-12-25 15:30:00+00', 'America/Los_Angeles') ==> 2008-12-25 07:30:00-08
      STRING(TIMESTAMP '2008-12-25 15:30:00+00', 'Asia/Kolkata') ==> 2008-12-25 21:00:00+05:30
      """)
  void formats(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "GENERATE_DATE_ARRAY and GENERATE_ARRAY include both ends, go down "
              + "with a negative step, and refuse a step of zero.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/array_functions#generate_date_array")
  @Statements(
      """
      GENERATE_DATE_ARRAY('2016-10-05', '2016-10-08') ==> [2016-10-05, 2016-10-06, 2016-10-07, 2016-10-08]
      GENERATE_DATE_ARRAY('2016-10-05', '2016-10-09', INTERVAL 2 DAY) ==> [2016-10-05, 2016-10-07, 2016-10-09]
      GENERATE_DATE_ARRAY('2016-10-05', '2016-10-01', INTERVAL -3 DAY) ==> [2016-10-05, 2016-10-02]
      GENERATE_DATE_ARRAY('2016-10-05', '2016-10-05', INTERVAL 8 DAY) ==> [2016-10-05]
      GENERATE_DATE_ARRAY('2016-10-10', '2016-10-01', INTERVAL 1 DAY) ==> []
      GENERATE_DATE_ARRAY('2016-01-01', '2016-12-31', INTERVAL 2 MONTH) ==> [2016-01-01, 2016-03-01, 2016-05-01, 2016-07-01, 2016-09-01, 2016-11-01]
      ARRAY_LENGTH(GENERATE_DATE_ARRAY(NULL, '2016-10-05')) ==> null
      GENERATE_ARRAY(0, 1, 0.25) ==> [0.0, 0.25, 0.5, 0.75, 1.0]
      GENERATE_ARRAY(NUMERIC '1', 2, NUMERIC '0.5') ==> [1, 1.5, 2]
      GENERATE_ARRAY(4, 4, 10) ==> [4]
      GENERATE_ARRAY(0, 10, 3) ==> [0, 3, 6, 9]
      GENERATE_ARRAY(10, 0, 3) ==> []
      GENERATE_ARRAY(1, 2, 0) ==> !Sequence step cannot be 0
      GENERATE_TIMESTAMP_ARRAY('2016-10-05 00:00:00', '2016-10-07 00:00:00', INTERVAL 1 DAY) ==> [2016-10-05T00:00:00Z, 2016-10-06T00:00:00Z, 2016-10-07T00:00:00Z]
      GENERATE_TIMESTAMP_ARRAY('2016-10-05 00:00:00', '2016-10-05 00:00:02', INTERVAL 1 SECOND) ==> [2016-10-05T00:00:00Z, 2016-10-05T00:00:01Z, 2016-10-05T00:00:02Z]
      GENERATE_TIMESTAMP_ARRAY('2016-10-06 00:00:00', '2016-10-01 00:00:00', INTERVAL -2 DAY) ==> [2016-10-06T00:00:00Z, 2016-10-04T00:00:00Z, 2016-10-02T00:00:00Z]
      """)
  void generatesSeries(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }
}
