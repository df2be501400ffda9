package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** RANGE values and their functions. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RangeTest {
  private final Answers answers;

  RangeTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "RANGE_CONTAINS, RANGE_OVERLAPS and RANGE_INTERSECT treat a range as "
              + "open at its end, and NULL as no bound.",
      source = "https://cloud.google.com/bigquery/docs/reference/standard-sql/range-functions")
  @Behaviour(
      area = Area.TYPES,
      says =
          "A RANGE whose start is not before its end, and the intersection of "
              + "ranges that do not overlap, are errors.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/range-functions#range_intersect")
  @Behaviour(
      area = Area.TYPES,
      says =
          "GENERATE_RANGE_ARRAY splits a range into steps and keeps a shorter "
              + "last one unless told not to.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/range-functions#generate_range_array")
  @Statements(
      """
      RANGE(DATE '2022-12-01', DATE '2022-12-31') ==> [2022-12-01, 2022-12-31)
      RANGE_CONTAINS(RANGE<DATE> '[2022-01-01, 2023-01-01)', DATE '2022-05-01') ==> true
      RANGE_CONTAINS(RANGE<DATE> '[2022-01-01, 2023-01-01)', DATE '2023-01-01') ==> false
      RANGE_CONTAINS(RANGE<DATE> '[2022-01-01, 2023-01-01)', RANGE<DATE> '[2022-04-01, 2022-07-01)') ==> true
      RANGE_CONTAINS(RANGE<DATE> '[2022-01-01, 2023-01-01)', RANGE<DATE> '[2023-01-01, 2023-04-01)') ==> false
      RANGE_CONTAINS(RANGE<DATE> '[2022-01-01, UNBOUNDED)', RANGE<DATE> '[2022-04-01, UNBOUNDED)') ==> true
      RANGE_OVERLAPS(RANGE<DATE> '[2020-01-01, 2020-06-30)', RANGE<DATE> '[2020-01-01, 2020-04-03)') ==> true
      RANGE_OVERLAPS(RANGE<DATE> '[2020-01-01, 2020-01-15)', RANGE<DATE> '[2020-01-15, 2020-01-25)') ==> false
      RANGE_INTERSECT(RANGE<DATE> '[2022-02-01, 2022-09-01)', RANGE<DATE> '[2021-06-15, 2022-04-15)') ==> [2022-02-01, 2022-04-15)
      RANGE_INTERSECT(RANGE<DATE> '[2022-02-01, UNBOUNDED)', RANGE<DATE> '[2021-06-15, 2022-04-15)') ==> [2022-02-01, 2022-04-15)
      RANGE_INTERSECT(RANGE<DATE> '[2022-02-01, 2022-03-01)', RANGE<DATE> '[2023-06-15, 2023-07-15)') ==> !do not overlap
      GENERATE_RANGE_ARRAY(RANGE(DATE '2020-01-01', DATE '2020-01-06'), INTERVAL 1 DAY) ==> [[2020-01-01, 2020-01-02), [2020-01-02, 2020-01-03), [2020-01-03, 2020-01-04), [2020-01-04, 2020-01-05), [2020-01-05, 2020-01-06)]
      GENERATE_RANGE_ARRAY(RANGE(DATE '2020-01-01', DATE '2020-01-06'), INTERVAL 2 DAY) ==> [[2020-01-01, 2020-01-03), [2020-01-03, 2020-01-05), [2020-01-05, 2020-01-06)]
      GENERATE_RANGE_ARRAY(RANGE(DATE '2020-01-01', DATE '2020-01-06'), INTERVAL 2 DAY, FALSE) ==> [[2020-01-01, 2020-01-03), [2020-01-03, 2020-01-05)]
      RANGE(DATE '2022-12-01', DATE '2021-12-31') ==> !Range start element must be less
      RANGE(DATE '2022-12-01', DATE '2022-12-01') ==> !Range start element must be less
      SAFE.RANGE(DATE '2022-12-01', DATE '2021-12-31') ==> null
      RANGE(NULL, DATE '2022-12-31') ==> [null, 2022-12-31)
      RANGE_END(RANGE<DATE> '[2022-12-01, UNBOUNDED)') ==> null
      SAFE.RANGE_INTERSECT(RANGE<DATE> '[2022-02-01, 2022-03-01)', RANGE<DATE> '[2023-06-15, 2023-07-15)') ==> null
      RANGE_INTERSECT(RANGE<DATE> '[2022-02-01, UNBOUNDED)', RANGE<DATE> '[2021-06-15, UNBOUNDED)') ==> [2022-02-01, null)
      RANGE_OVERLAPS(RANGE<DATE> '[2022-02-01, UNBOUNDED)', RANGE<DATE> '[2021-06-15, UNBOUNDED)') ==> true
      FORMAT('%t', RANGE<DATE> '[2022-12-01, UNBOUNDED)') ==> !notImplemented:
      CAST(RANGE<DATE> '[2022-12-01, UNBOUNDED)' AS STRING) ==> [2022-12-01, UNBOUNDED)
      CAST('[2022-12-01, 2023-01-01)' AS RANGE<DATE>) ==> [2022-12-01, 2023-01-01)
      RANGE_START(RANGE<TIMESTAMP> '[2022-12-01 00:00:00+00, UNBOUNDED)') ==> 2022-12-01T00:00:00Z
      """)
  void reckons(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }
}
