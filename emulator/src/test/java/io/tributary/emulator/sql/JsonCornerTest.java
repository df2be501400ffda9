package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * JSON paths, encodings and conversions that the JSON functions page, and the compliance tests of
 * GoogleSQL, give an answer for.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonCornerTest {
  private final Answers answers;

  JsonCornerTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "JSON_VALUE and JSON_QUERY escape names in double quotes, JSON_EXTRACT and its kin in "
              + "brackets and single quotes; each refuses the other form.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#json_value")
  @Behaviour(
      area = Area.TYPES,
      says = "TO_JSON keeps a FLOAT64 apart from an INT64: 1.0 stays 1.0.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#to_json")
  @Behaviour(
      area = Area.TYPES,
      says = "LAX_STRING of 10.0 is 10; wide_number_mode is case-sensitive.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#lax_string")
  @Statements(
      """
      SELECT JSON_VALUE('{"a": 1.50}', '$.a') ==> 1.50
      SELECT JSON_VALUE(JSON '{"a": 1.50}', '$.a') ==> 1.5
      SELECT JSON_VALUE('{"a": 1e3}', '$.a') ==> 1e3
      SELECT JSON_VALUE(JSON '{"a": 1e3}', '$.a') ==> 1000.0
      SELECT JSON_VALUE('{"a": true}', '$.a') ==> true
      SELECT JSON_VALUE('"x"') ==> x
      SELECT JSON_VALUE('{"a": "\\\\u00e9\\\\n"}', '$.a') = 'é\\n' ==> true
      SELECT JSON_VALUE('{"a": {"b": 1}}', '$.a') ==> null
      SELECT JSON_VALUE('{"a": [1]}', '$.a') ==> null
      SELECT JSON_VALUE('{"a": [1]}', '$.a[0]') ==> 1
      SELECT JSON_VALUE('{"a": [1]}', '$.a[5]') ==> null
      SELECT JSON_VALUE('{"a": 1}', '$.A') ==> null
      SELECT JSON_VALUE('{"a": 1}', '$.a.b') ==> null
      SELECT JSON_VALUE(NULL, '$.a') ==> null
      SELECT JSON_VALUE('{"a": 1}', NULL) ==> null
      SELECT JSON_VALUE('{"a": 1}', 'a') ==> !JSONPath must start with
      SELECT JSON_VALUE('{"a b": 1}', '$."a b"') ==> 1
      SELECT JSON_VALUE('{"a": "1"}', "$['a']") ==> !
      SELECT JSON_EXTRACT_SCALAR('{"a": "1"}', '$."a"') ==> !
      SELECT JSON_QUERY('{"a": "x"}', '$.a') ==> "x"
      SELECT JSON_QUERY('null', '$') ==> null
      SELECT JSON_QUERY('{"a": [1, 2 , {"b" : null}]}', '$.a') ==> [1,2,{"b":null}]
      SELECT JSON_QUERY_ARRAY('{"a": 1}', '$.a') ==> []
      SELECT ARRAY_LENGTH(JSON_QUERY_ARRAY('{"a": 1}', '$.a')) ==> null
      SELECT JSON_QUERY_ARRAY('[1, null, "a", {"b": 2}, [3]]') ==> [1, null, "a", {"b":2}, [3]]
      SELECT JSON_VALUE_ARRAY('[1, true, "a"]') ==> [1, true, a]
      SELECT JSON_EXTRACT_STRING_ARRAY('["a", 1]') ==> [a, 1]
      SELECT JSON '{"a": [1, 2]}'.a[5] IS NULL ==> true
      SELECT JSON '{"a": [1, 2]}'.b.c IS NULL ==> true
      SELECT STRING(JSON '{"a": "x"}'.a) ==> x
      SELECT INT64(JSON '{"a": 3}'.a) + 1 ==> 4
      SELECT BOOL(JSON 'true') ==> true
      SELECT BOOL(JSON '"true"') ==> !
      SELECT SAFE.BOOL(JSON '1') ==> null
      SELECT LAX_STRING(JSON '10.0') ==> 10
      SELECT LAX_STRING(JSON '1e100') ==> 1e+100
      SELECT LAX_STRING(JSON 'true') ==> true
      SELECT LAX_STRING(JSON '[1]') ==> null
      SELECT LAX_STRING(JSON 'null') ==> null
      SELECT LAX_INT64(JSON '3.5') ==> 4
      SELECT LAX_INT64(JSON '1e100') ==> null
      SELECT LAX_INT64(JSON '"+1.5"') ==> 2
      SELECT LAX_INT64(JSON '"foo"') ==> null
      SELECT LAX_FLOAT64(JSON 'true') ==> null
      SELECT LAX_FLOAT64(JSON '"Inf"') ==> Infinity
      SELECT LAX_FLOAT64(JSON '9007199254740993') ==> 9.007199254740992E15
      SELECT LAX_BOOL(JSON '"TRUE"') ==> true
      SELECT LAX_BOOL(JSON '"true "') ==> null
      SELECT LAX_BOOL(JSON '-1.1') ==> true
      SELECT LAX_BOOL(JSON '[]') ==> null
      SELECT JSON_TYPE(JSON '"a"') ==> string
      SELECT FLOAT64(JSON '123.4', wide_number_mode=>'EXACT') ==> !
      SELECT FLOAT64(JSON '5') ==> 5.0
      SELECT FLOAT64(JSON 'null') ==> !
      SELECT TO_JSON_STRING(b'Google') ==> "R29vZ2xl"
      SELECT TO_JSON_STRING(DATE '2017-03-06') ==> "2017-03-06"
      SELECT TO_JSON_STRING(TIMESTAMP '2017-03-06 12:34:56.789012+00') ==> "2017-03-06T12:34:56.789012Z"
      SELECT TO_JSON_STRING(TIMESTAMP '2017-03-06 12:34:56.1+00') ==> "2017-03-06T12:34:56.100Z"
      SELECT TO_JSON_STRING(DATETIME '2017-03-06 12:34:56.789012') ==> "2017-03-06T12:34:56.789012"
      SELECT TO_JSON_STRING(DATETIME '2017-03-06 12:34:56') ==> "2017-03-06T12:34:56"
      SELECT TO_JSON_STRING(TIME '12:34:56.789012') ==> "12:34:56.789012"
      SELECT TO_JSON_STRING(CAST('inf' AS FLOAT64)) ==> "Infinity"
      SELECT TO_JSON_STRING(CAST('nan' AS FLOAT64)) ==> "NaN"
      SELECT TO_JSON_STRING(0.1) ==> 0.1
      SELECT TO_JSON_STRING(1e20) ==> 1e+20
      SELECT TO_JSON_STRING(NUMERIC '5') ==> 5
      SELECT TO_JSON_STRING(NUMERIC '9007199254740993') ==> "9007199254740993"
      SELECT TO_JSON_STRING(BIGNUMERIC '-1.5') ==> "-1.5"
      SELECT TO_JSON_STRING(9007199254740992) ==> 9007199254740992
      SELECT TO_JSON_STRING(-9007199254740993) ==> "-9007199254740993"
      SELECT TO_JSON_STRING(TRUE) ==> true
      SELECT TO_JSON_STRING([1, 2]) ==> [1,2]
      SELECT TO_JSON_STRING(CAST([] AS ARRAY<INT64>)) ==> []
      SELECT TO_JSON_STRING(CAST(NULL AS ARRAY<INT64>)) ==> null
      SELECT TO_JSON_STRING([1, NULL]) ==> [1,null]
      SELECT TO_JSON_STRING(STRUCT(1, 'a')) ==> {"":1,"":"a"}
      SELECT TO_JSON_STRING(STRUCT(CAST(NULL AS STRUCT<x INT64>) AS s, [STRUCT(1 AS y)] AS a)) ==> {"s":null,"a":[{"y":1}]}
      SELECT TO_JSON_STRING('é"\\\\/\\b') ==> "é\\"\\\\/\\b"
      SELECT TO_JSON_STRING('\\x01') ==> "\\u0001"
      SELECT TO_JSON_STRING(RANGE<DATE> '[2024-07-24, UNBOUNDED)') ==> {"start":"2024-07-24","end":null}
      SELECT TO_JSON_STRING(STRUCT(1 AS id, [10,20] AS c), true) = '{\\n  "id": 1,\\n  "c": [\\n    10,\\n    20\\n  ]\\n}' ==> true
      SELECT TO_JSON_STRING(1, NULL) ==> null
      SELECT TO_JSON_STRING(INTERVAL 1 SECOND) ==> "PT1S"
      SELECT TO_JSON_STRING(INTERVAL 0 DAY) ==> "P0Y"
      SELECT TO_JSON_STRING(JSON '{"b": 1.0, "a": [1, 2.50]}') ==> {"a":[1,2.5],"b":1.0}
      SELECT TO_JSON(1.0) ==> 1.0
      SELECT TO_JSON(CAST('nan' AS FLOAT64)) ==> "NaN"
      SELECT TO_JSON(STRUCT(1 AS a, 2 AS a)) ==> {"a":1}
      SELECT TO_JSON(NUMERIC '9007199254740993') ==> 9007199254740993
      SELECT TO_JSON(DATE '2020-01-01') ==> "2020-01-01"
      SELECT TO_JSON([STRUCT('x' AS k, NULL AS v)]) ==> [{"k":"x","v":null}]
      SELECT PARSE_JSON('1e400') ==> !
      SELECT PARSE_JSON('18446744073709551615') ==> 18446744073709551615
      SELECT PARSE_JSON('18446744073709551616') ==> !
      SELECT PARSE_JSON('0.1') ==> 0.1
      SELECT PARSE_JSON('3.14159265358979323846') ==> !
      SELECT PARSE_JSON('3.14159265358979323846', wide_number_mode=>'round') ==> 3.141592653589793
      SELECT PARSE_JSON('') ==> !
      SELECT PARSE_JSON('nul') ==> !
      SELECT PARSE_JSON('[1,]') ==> !
      SELECT PARSE_JSON(NULL) IS NULL ==> true
      SELECT PARSE_JSON('-0') ==> 0
      SELECT PARSE_JSON('{"a":1,"a":2}') ==> {"a":1}
      SELECT JSON_OBJECT('a', NULL, 'b', JSON 'null') ==> {"a":null,"b":null}
      SELECT JSON_OBJECT(NULL, 1) ==> !
      SELECT JSON_ARRAY(STRUCT(1 AS a), DATE '2020-01-01', 1.5, b'a') ==> [{"a":1},"2020-01-01",1.5,"YQ=="]
      SELECT JSON_SET(JSON '{"a": 1}', '$.b', [1, 2]) ==> {"a":1,"b":[1,2]}
      SELECT JSON_SET(JSON '[1, 2]', '$[1]', 'x') ==> [1,"x"]
      SELECT JSON_REMOVE(JSON '{"a": {"b": 10, "c": 20}}'.a, '$.b') ==> {"c":20}
      SELECT FORMAT('%p', JSON '{"b":1,"a":[1,2]}') ==> {"a":[1,2],"b":1}
      SELECT FORMAT('%T', JSON '{"a":1}') ==> JSON '{"a":1}'
      SELECT JSON_EXTRACT_SCALAR('{"a.b": "1"}', "$['a.b']") ==> 1
      SELECT JSON_EXTRACT(JSON '{"": [5, "foo"]}', "$[''][1]") ==> "foo"
      SELECT JSON_QUERY('{"a": 1, "": [5, "foo"]}', '$.""[1]') ==> "foo"
      SELECT JSON_QUERY('{"x": [1, 2]}', '$.x[-1]') ==> null
      SELECT JSON_QUERY(JSON '{"x": [1, 2]}', '$.x[-1]') IS NULL ==> true
      SELECT JSON_QUERY('{"x": [1, 2]}', '$.x[ 1]') ==> 2
      SELECT JSON_QUERY('{"x": [1, 2]}', '$.x."1"') ==> 2
      SELECT JSON_QUERY(JSON '{"x": [1, 2]}', '$.x.1') ==> 2
      SELECT JSON_VALUE('{"1": 2}', '$[1]') ==> 2
      SELECT JSON_QUERY('{"x": [1, 2]}', '$.x[:2]') ==> !
      SELECT JSON_QUERY('{"x": [1, 2]}', '$.x[0,1]') ==> !
      SELECT JSON_QUERY('{"x": [1, 2]}', '$.*') ==> !
      SELECT JSON_QUERY('{"x": [1, 2]}', '$..x') ==> !
      SELECT JSON_QUERY('{"x": [1, 2]}', '') ==> !
      SELECT JSON_VALUE('{"a-b": {"c:d": {"é x": 7}}}', '$.a-b.c:d.é x') ==> 7
      SELECT JSON_VALUE('{"a": "foo\\\\tbar"}', '$.a') ==> foo\tbar
      SELECT JSON_VALUE('{"x":11111111111111111111,"y":3.14e314}', '$.y') ==> 3.14e314
      SELECT JSON_VALUE(JSON '{"z":1e29}', '$.z') ==> 1e+29
      SELECT JSON_KEYS(JSON '{"a-b": {"c.d": 1}}') ==> [a-b, a-b."c.d"]
      SELECT JSON_SET(JSON '[1]', '$[-1]', 5) ==> !
      SELECT PARSE_JSON('2.5', wide_number_mode=>'EXACT') ==> !
      SELECT PARSE_JSON('25', wide_number_mode=>CAST(NULL AS STRING)) IS NULL ==> true
      SELECT FLOAT64(JSON '123.4', wide_number_mode=>'exac') ==> !
      SELECT FLOAT64(JSON '123.4', wide_number_mode=>'exact') ==> 123.4
      SELECT LAX_STRING(JSON '-0.0') ==> 0
      SELECT TO_JSON_STRING(TO_JSON(STRUCT(300.0 AS amount))) ==> {"amount":300.0}
      """)
  void answers(String statement, String expected) {
    answers.check(statement, expected);
  }
}
