package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Values that functions refuse. They come from tables of constants, so that it is the function and
 * not the analyzer that sees them.
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorTextTest {
  private static final String FUNCTIONS =
      "https://cloud.google.com/bigquery/docs/reference/standard-sql/";

  private final Answers answers;

  ErrorTextTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "Division by zero, the root of a negative NUMERIC and a shift by a negative number fail.",
      source = FUNCTIONS + "mathematical_functions")
  @Behaviour(
      area = Area.TYPES,
      says = "A text that is no number fails to become one, with the text in the error.",
      source = FUNCTIONS + "conversion_functions")
  @Statements(
      """
      x * x FROM UNNEST([BIGNUMERIC '1e38']) x ==> !overflow
      MOD(x, NUMERIC '0') FROM UNNEST([NUMERIC '1']) x ==> !division by zero: 1 / 0
      SQRT(x) FROM UNNEST([NUMERIC '-1']) x ==> !Argument to SQRT cannot be negative
      POW(x, -1) FROM UNNEST([NUMERIC '0']) x ==> !division by zero: POW(0, -1)
      x << -1 FROM UNNEST([1]) x ==> !Bitwise shift by a negative number: -1
      CAST(x AS FLOAT64) FROM UNNEST(['abc']) x ==> !Bad double value: abc
      PARSE_NUMERIC(x) FROM UNNEST(['+1-']) x ==> !Invalid input to PARSE_NUMERIC: +1-
      """)
  void numbers(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "FORMAT fails on too few or too many arguments, and on one that its specifier cannot take.",
      source = FUNCTIONS + "format-elements")
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "REGEXP_EXTRACT and INSTR fail on a position or occurrence of zero.",
      source = FUNCTIONS + "string_functions")
  @Statements(
      """
      REGEXP_EXTRACT(x, 'a', 0) FROM UNNEST(['a']) x ==> !Position and occurrence must be positive
      INSTR(x, 'a', 0) FROM UNNEST(['a']) x ==> !Position and occurrence of INSTR must not be zero
      FORMAT(f, 1, 2) FROM UNNEST(['%d']) f ==> !Too many arguments to FORMAT for pattern "%d"
      FORMAT(f, 1) FROM UNNEST(['%d %d']) f ==> !Too few arguments to FORMAT for pattern "%d %d"
      FORMAT(f, 'x') FROM UNNEST(['%d']) f ==> !Invalid type for argument 2 to FORMAT for %d
      FORMAT(f, 'x') FROM UNNEST(['%f']) f ==> !Invalid type for argument 2 to FORMAT for %f
      CONTAINS_SUBSTR('a', NULL) ==> !The search value of CONTAINS_SUBSTR cannot be NULL
      """)
  void texts(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says = "STRING and BOOL of a JSON value of another type fail; nothing is converted.",
      source = FUNCTIONS + "json_functions#string_for_json")
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "PARSE_JSON refuses an empty text and anything behind the first value.",
      source = FUNCTIONS + "json_functions#parse_json")
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "JSON_OBJECT refuses a NULL key.",
      source = FUNCTIONS + "json_functions#json_object")
  @Statements(
      """
      STRING(x) FROM UNNEST([JSON '1']) x ==> !The provided JSON input is not a string
      BOOL(x) FROM UNNEST([JSON '1']) x ==> !The provided JSON input is not a boolean
      JSON_SET(x, '$[99999999]', 1) FROM UNNEST([JSON '[]']) x ==> !Exceeded maximum array size
      JSON_KEYS(x, 0) FROM UNNEST([JSON '{}']) x ==> !max_depth must be positive
      JSON_KEYS(x, mode => 'x') FROM UNNEST([JSON '{}']) x ==> !Invalid JSON mode specified: x
      JSON_OBJECT([CAST(NULL AS STRING)], [1]) ==> !A key cannot be NULL
      JSON_VALUE(x, '$.a[') FROM UNNEST([JSON '{}']) x ==> !JSONPath
      PARSE_JSON(x) FROM UNNEST(['']) x ==> !syntax error while parsing empty JSON
      PARSE_JSON(x) FROM UNNEST(['{} {}']) x ==> !trailing characters
      PARSE_JSON(x, wide_number_mode => 'round') FROM UNNEST(['1e999']) x ==> !cannot round-trip through string representation
      """)
  void json(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "A text that is no date, time, datetime, timestamp, interval or range fails to become one.",
      source = FUNCTIONS + "conversion_functions")
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "GENERATE_ARRAY and GENERATE_DATE_ARRAY refuse a step of zero.",
      source = FUNCTIONS + "array_functions#generate_array")
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "The PARSE functions refuse a text that ends before its format, or does not fit it.",
      source = FUNCTIONS + "format-elements#format_elements_date_time")
  @Statements(
      """
      DATE_ADD(x, INTERVAL 9223372036854775807 YEAR) FROM UNNEST([DATE '2020-01-01']) x ==> !overflows
      MAKE_INTERVAL(x) FROM UNNEST([100000]) x ==> !Interval value is out of the supported range
      CAST(x AS INTERVAL) FROM UNNEST(['P']) x ==> !Invalid INTERVAL value 'P'
      CAST(x AS INTERVAL) FROM UNNEST(['1 2']) x ==> !Invalid INTERVAL value '1 2'
      INTERVAL 1 DAY / x FROM UNNEST([0]) x ==> !Interval division by zero
      CAST(x AS RANGE<DATE>) FROM UNNEST(['x']) x ==> !Invalid RANGE value
      GENERATE_RANGE_ARRAY(RANGE(DATE '2020-01-01', DATE '2020-02-01'), INTERVAL -1 DAY) ==> !must be positive
      GENERATE_DATE_ARRAY(DATE '2020-01-01', x, INTERVAL 0 DAY) FROM UNNEST([DATE '2020-01-02']) x ==> !Sequence step cannot be 0.
      GENERATE_ARRAY(1.5, 2.0, x) FROM UNNEST([0.0]) x ==> !Sequence step cannot be 0.
      GENERATE_ARRAY(NUMERIC '1', NUMERIC '2', x) FROM UNNEST([NUMERIC '0']) x ==> !Sequence step cannot be 0.
      PARSE_TIMESTAMP('%I', x) FROM UNNEST(['13']) x ==> !Failed to parse input string "13"
      PARSE_DATE('%Y-', x) FROM UNNEST(['2020']) x ==> !Failed to parse input string "2020"
      PARSE_DATE('%b', x) FROM UNNEST(['Foo']) x ==> !Failed to parse input string "Foo"
      CAST(x AS DATETIME) FROM UNNEST(['x']) x ==> !Invalid datetime
      CAST(x AS TIMESTAMP) FROM UNNEST(['x']) x ==> !Invalid timestamp
      CAST(x AS TIMESTAMP) FROM UNNEST(['2020-01-01 25:00:00 UTC']) x ==> !Invalid timestamp
      CAST(x AS DATE) FROM UNNEST(['x']) x ==> !Invalid date
      CAST(x AS TIME) FROM UNNEST(['x']) x ==> !Invalid time
      CAST(x AS TIME) FROM UNNEST(['01:02:03.1234567']) x ==> !Invalid time
      """)
  void times(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }
}
