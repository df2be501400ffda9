package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * FORMAT, by the tables of its page and the compliance tests of GoogleSQL.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions#format_string
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormatTest {
  private final Answers answers;

  FormatTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Statements(
      """
      SELECT FORMAT('%T', NUMERIC '3.14') ==> NUMERIC "3.14"
      SELECT FORMAT('%T', 'it\\'s') ==> "it's"
      SELECT FORMAT('%T', 'a"b') ==> 'a"b'
      SELECT FORMAT('%T', b'abc') ==> b"abc"
      SELECT FORMAT('%T', DATE '2011-02-03') ==> DATE "2011-02-03"
      SELECT FORMAT('%T', TIMESTAMP '2011-02-03 04:05:06+00') ==> TIMESTAMP "2011-02-03 04:05:06+00"
      SELECT FORMAT('%T', STRUCT('foo')) ==> STRUCT("foo")
      SELECT FORMAT('%T', ('foo', 0)) ==> ("foo", 0)
      SELECT FORMAT('%t', ('foo', 0)) ==> (foo, 0)
      SELECT FORMAT('%T', [1.5, 2.0]) ==> [1.5, 2.0]
      SELECT FORMAT('%t', 15.0) ==> 15.0
      SELECT FORMAT('%t', 1e20) ==> 1e+20
      SELECT FORMAT('%T', CAST('inf' AS FLOAT64)) ==> CAST("inf" AS FLOAT64)
      SELECT FORMAT('%t', CAST('nan' AS FLOAT64)) ==> nan
      SELECT FORMAT('%T', INTERVAL '1-2 3 4:5:6.789' YEAR TO SECOND) ==> INTERVAL "1-2 3 4:5:6.789" YEAR TO SECOND
      SELECT FORMAT('%t', INTERVAL '1-2 3 4:5:6.789' YEAR TO SECOND) ==> 1-2 3 4:5:6.789
      SELECT FORMAT('%6.3t', 10000) ==>    100
      SELECT FORMAT('%6.3d', 10000) ==>  10000
      SELECT FORMAT('%T', CAST(NULL AS STRING)) ==> NULL
      SELECT FORMAT('%s', CAST(NULL AS STRING)) ==> null
      SELECT FORMAT('%10.0f', NUMERIC '1.5') ==>          2
      SELECT FORMAT('%.0f', 2.5) ==> 2
      SELECT FORMAT('%.3e', NUMERIC '0.00059995') ==> 6.000e-04
      SELECT FORMAT('%g', 1234560.0) ==> 1.23456e+06
      SELECT FORMAT('%+d|% d|%-5d|%05d', 5, 5, 5, -5) ==> +5| 5|5    |-0005
      SELECT FORMAT("%'d", 123456789) ==> 123,456,789
      SELECT FORMAT("%'.2f", 1234567.891) ==> 1,234,567.89
      SELECT FORMAT('%x %X %#x %o', 255, 255, 255, 8) ==> ff FF 0xff 10
      SELECT FORMAT('%d', 1.5) ==> !
      SELECT FORMAT('%d') ==> !
      SELECT FORMAT('%d', 1, 2) ==> !
      SELECT FORMAT('%s', 5) ==> !
      SELECT FORMAT('%d%%', 50) ==> 50%
      SELECT FORMAT('%*d', 5, 42) ==>    42
      SELECT FORMAT('%-*d|', 5, 42) ==> 42   |
      SELECT FORMAT('%.2s', 'héllo') ==> hé
      SELECT FORMAT('%') ==> !
      SELECT FORMAT('%5', 1) ==> !
      SELECT FORMAT('%lld', 1) ==> !
      SELECT FORMAT('%f', CAST('inf' AS FLOAT64)) ==> inf
      SELECT FORMAT('%e', 0.0) ==> 0.000000e+00
      SELECT FORMAT('%t', DATETIME '2016-04-26 15:23:27.123456') ==> 2016-04-26 15:23:27.123456
      SELECT FORMAT('%T', TIME '15:23:27') ==> TIME "15:23:27"
      SELECT FORMAT('%t', [DATE '2020-01-01', NULL]) ==> [2020-01-01, NULL]
      SELECT FORMAT('%t', TRUE) ==> true
      SELECT FORMAT('%i', 7) ==> 7
      SELECT FORMAT('%*.*T', 6, 3, 'abc') ==>    "ab
      """)
  void answers(String statement, String expected) {
    answers.check(statement, expected);
  }
}
