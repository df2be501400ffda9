package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Percentiles, approximate aggregates, searches in values, and functions that are not there. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AggregateTest {
  private final Answers answers;

  AggregateTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says = "PERCENTILE_CONT interpolates and PERCENTILE_DISC does not; both " + "ignore NULL.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/navigation_functions#percentile_cont")
  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "APPROX_TOP_COUNT lists the most frequent values with their numbers, "
              + "and counts NULL as a value.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/approximate_aggregate_functions#approx_top_count")
  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "MAX_BY and MIN_BY give the value that goes with the greatest or least " + "other value.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/aggregate_functions#max_by")
  @Behaviour(
      area = Area.GOOGLESQL,
      says = "CONTAINS_SUBSTR searches the values of JSON, its keys or both, as json_scope says.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/search_functions#contains_substr")
  @Behaviour(
      area = Area.GOOGLESQL,
      says =
          "CONTAINS_SUBSTR searches the parts of any value without regard to "
              + "case; NULL parts make a negative answer NULL.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions#contains_substr")
  @Statements(
      """
      PERCENTILE_CONT(x, 0) OVER() AS min, PERCENTILE_CONT(x, 0.01) OVER(), PERCENTILE_CONT(x, 0.5) OVER() AS median, PERCENTILE_CONT(x, 0.9) OVER(), PERCENTILE_CONT(x, 1) OVER() FROM UNNEST([0, 3, NULL, 1, 2]) AS x LIMIT 1 ==> 0.0|0.03|1.5|2.7|3.0
      PERCENTILE_DISC(x, 0) OVER() AS min, PERCENTILE_DISC(x, 0.5) OVER() AS median, PERCENTILE_DISC(x, 1) OVER() AS max FROM UNNEST(['c', NULL, 'b', 'a']) AS x LIMIT 1 ==> a|b|c
      APPROX_QUANTILES(x, 2) FROM UNNEST([1, 1, 1, 4, 5, 6, 7, 8, 9, 10]) AS x ==> [1, 5, 10]
      APPROX_QUANTILES(DISTINCT x, 2) FROM UNNEST([1, 1, 1, 4, 5, 6, 7, 8, 9, 10]) AS x ==> [1, 6, 10]
      APPROX_QUANTILES(x, 100)[OFFSET(90)] FROM UNNEST([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) AS x ==> 9
      APPROX_TOP_COUNT(x, 2) FROM UNNEST(['apple', 'apple', 'pear', 'pear', 'pear', 'banana']) as x ==> [pear|3, apple|2]
      APPROX_TOP_COUNT(x, 2) FROM UNNEST([NULL, 'pear', 'pear', 'pear', 'apple', NULL]) as x ==> [pear|3, null|2]
      MAX_BY(fruit, price) FROM UNNEST([STRUCT('apple' AS fruit, 3 AS price), ('pear', 5)]) ==> pear
      MIN_BY(fruit, price) FROM UNNEST([STRUCT('apple' AS fruit, 3 AS price), ('pear', 5)]) ==> apple
      CONTAINS_SUBSTR('the blue house', 'Blue house') ==> true
      CONTAINS_SUBSTR('the red house', 'blue') ==> false
      CONTAINS_SUBSTR('Ⅸ', 'IX') ==> true
      CONTAINS_SUBSTR((23, 35, 41), '35') ==> true
      CONTAINS_SUBSTR(('abc', ['def', 'ghi', 'jkl'], 'mno'), 'jk') ==> true
      CONTAINS_SUBSTR((23, NULL, 41), '41') ==> true
      CONTAINS_SUBSTR((23, NULL, 41), '35') ==> null
      CONTAINS_SUBSTR(JSON '{"lunch":"soup"}', 'lunch') ==> false
      CONTAINS_SUBSTR(JSON '{"lunch":["Soup", 12]}', 'soup') ==> true
      CONTAINS_SUBSTR(JSON '{"lunch":"soup"}', 'lunch', json_scope => 'JSON_VALUES') ==> false
      CONTAINS_SUBSTR(JSON '{"lunch":"soup"}', 'soup', json_scope => 'JSON_VALUES') ==> true
      CONTAINS_SUBSTR(JSON '{"lunch":"soup"}', 'lunch', json_scope => 'JSON_KEYS') ==> true
      CONTAINS_SUBSTR(JSON '{"lunch":"soup"}', 'soup', json_scope => 'JSON_KEYS') ==> false
      CONTAINS_SUBSTR(JSON '[{"lunch":{"first":"soup"}}]', 'FIRST', json_scope => 'JSON_KEYS') ==> true
      CONTAINS_SUBSTR(JSON '{"lunch":"soup"}', 'lunch', json_scope => 'JSON_KEYS_AND_VALUES') ==> true
      CONTAINS_SUBSTR(JSON '{"lunch":"soup"}', 'soup', json_scope => 'JSON_KEYS_AND_VALUES') ==> true
      CONTAINS_SUBSTR(('x', [JSON '{"lunch":1}']), 'lunch', json_scope => 'JSON_KEYS') ==> true
      CONTAINS_SUBSTR(JSON '{"lunch":"soup"}', 'lunch', json_scope => 'KEYS') ==> !json_scope: KEYS
      CONTAINS_SUBSTR('soup', 'soup', json_scope => 'JSON_KEYS') ==> true
      CONTAINS_SUBSTR('the blue house', CONCAT('Blue ', 'house')) ==> true
      """)
  void aggregates(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }

  @Behaviour(
      area = Area.GOOGLESQL,
      says = "A function that does not exist is an invalidQuery error.",
      source = "https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-reference")
  @Statements(
      """
      ST_GEOGPOINT(1, 2) ==> !notImplemented:
      BAG_OF_WORDS(['a']) ==> !notImplemented:
      NOSUCHFUNCTION(1) ==> !Function not found: NOSUCHFUNCTION
      ML.PREDICT(1) ==> !notImplemented:
      COLLATE('a', 'und:ci') ==> !notImplemented:
      SAFE.ST_AREA(NULL) ==> !notImplemented:
      HLL_COUNT.INIT(x) FROM UNNEST([1]) x ==> !notImplemented:
      """)
  void refuses(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }
}
