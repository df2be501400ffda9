package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** JSON values and text that holds JSON. */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonTest {
  private final Answers answers;

  JsonTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "JSON kept as STRING is read only as far as needed: what is malformed "
              + "behind the value looked for does no harm, and what is malformed "
              + "before it gives NULL.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#differences_json_and_string")
  @Behaviour(
      area = Area.TYPES,
      says =
          "JSON_QUERY of a STRING keeps the order and the duplicates of members; "
              + "a JSON value keeps the first of duplicate members.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#differences_json_and_string")
  @Behaviour(
      area = Area.TYPES,
      says = "A JSON null in a STRING is extracted as NULL, in a JSON value as a " + "JSON null.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#json_query")
  @Behaviour(
      area = Area.TYPES,
      says =
          "JSON_VALUE_ARRAY is NULL unless all elements are scalars, and an "
              + "element that is null fails the output.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#json_value_array")
  @Behaviour(
      area = Area.TYPES,
      says =
          "JSON_KEYS lists the paths of members, within arrays only if a lax "
              + "mode is asked for.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#json_keys")
  @Statements(
      """
      JSON_QUERY(JSON '{"class": {"students": [{"id": 5}, {"id": 12}]}}', '$.class') ==> {"students":[{"id":5},{"id":12}]}
      JSON_QUERY('{"a": null}', '$.a') ==> null
      JSON_QUERY(JSON '{"a": null}', '$.a') IS NULL ==> false
      JSON_QUERY('{"key": 1, "key": 2}', '$') ==> {"key":1,"key":2}
      JSON_QUERY(JSON '{"key": 1, "key": 2}', '$') ==> {"key":1}
      JSON_VALUE('{"hello": "world"', '$.hello') ==> world
      JSON_VALUE('{"hello" "world"', '$.hello') ==> null
      JSON_QUERY('{"a.b": {"c": "world"}}', '$."a.b".c') ==> "world"
      JSON_EXTRACT('{"a.b": {"c": "world"}}', "$['a.b'].c") ==> "world"
      JSON_QUERY('{"a":1.50, "b": 2}', '$') ==> {"a":1.50,"b":2}
      JSON_VALUE('[1, 2', '$[0]') ==> 1
      JSON_VALUE_ARRAY('["world", 1, null]') ==> !Array cannot have a null element
      JSON_VALUE_ARRAY('}}', '$') ==> []
      ARRAY_LENGTH(JSON_VALUE_ARRAY('}}', '$')) ==> null
      ARRAY_LENGTH(JSON_VALUE_ARRAY('{"a": [10, {"b": 20}]', '$.a')) ==> null
      JSON_VALUE_ARRAY('{"a": "foo", "b": []}', '$.b') ==> []
      JSON_QUERY_ARRAY('["apples", "oranges"]') ==> ["apples", "oranges"]
      JSON_VALUE_ARRAY('["apples", "oranges", 3]') ==> [apples, oranges, 3]
      JSON_QUERY_ARRAY('["foo"]', 'INVALID') ==> !JSONPath must start with
      JSON_QUERY(JSON '{"a":1}', 'lax $.a') ==> !notImplemented:
      JSON_TYPE(JSON 'null') ==> null
      JSON_KEYS(JSON '{"a": {"b":1}}') ==> [a, a.b]
      JSON_KEYS(JSON '{"a": {"b":1}}', 1) ==> [a]
      JSON_KEYS(JSON '{"a":[{"b":1}, {"c":2}], "d":3}') ==> [a, d]
      JSON_KEYS(JSON '{"a":[{"b":1}, {"c":2}], "d":3}', mode => "lax") ==> [a, a.b, a.c, d]
      JSON_KEYS(JSON '{"a":[[{"b":1}, {"c":2}]], "d":3}', mode => "lax") ==> [a, d]
      JSON_KEYS(JSON '{"a":[[{"b":1}, {"c":2}]], "d":3}', mode => "lax recursive") ==> [a, a.b, a.c, d]
      JSON '{"a": [1, {"b": 2}]}'.a[1].b ==> 2
      """)
  void extracts(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "JSON_SET creates what is missing on the way unless told not to, and "
              + "ignores paths through values of another kind.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#json_set")
  @Behaviour(
      area = Area.TYPES,
      says =
          "JSON_REMOVE goes through its paths one after the other, ignores those "
              + "that lead nowhere, and refuses the root.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#json_remove")
  @Behaviour(
      area = Area.TYPES,
      says =
          "JSON_STRIP_NULLS removes nulls from objects and arrays, and on "
              + "request what is empty then.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#json_strip_nulls")
  @Behaviour(
      area = Area.TYPES,
      says =
          "JSON_ARRAY_APPEND and JSON_ARRAY_INSERT take each element of an array "
              + "by itself unless told not to, and fill gaps with nulls.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#json_array_insert")
  @Statements(
      """
      JSON_REMOVE(JSON '["a", ["b", "c"], "d"]', '$[1]') ==> ["a","d"]
      JSON_REMOVE(JSON '["a", ["b", "c"], "d"]', '$[1]', '$[1]', '$[0]') ==> []
      JSON_REMOVE(JSON '{"a": {"b": {"c": "d"}}}', '$.a.b.c') ==> {"a":{"b":{}}}
      JSON_REMOVE(JSON '{"a": [1, 2, 3]}', '$.a[0]', '$.a.b', '$.b', '$.a[0]') ==> {"a":[3]}
      JSON_REMOVE(JSON '{}', '$') ==> !JSONPath can
      JSON_REMOVE(JSON '{"a":1}', NULL) ==> {"a":1}
      JSON_REMOVE(JSON 'null', '$.a.b') ==> null
      JSON_SET(JSON '{"a": 1}', '$', JSON '{"b": 2, "c": 3}') ==> {"b":2,"c":3}
      JSON_SET(JSON '{"a": 1}', '$.b', 999, create_if_missing => false) ==> {"a":1}
      JSON_SET(JSON '{"a": 1}', '$.a', 999, create_if_missing => false) ==> {"a":999}
      JSON_SET(JSON '{"a": {}}', '$.a.b', 100) ==> {"a":{"b":100}}
      JSON_SET(JSON 'null', '$.a.b', 100) ==> {"a":{"b":100}}
      JSON_SET(JSON '{"a": 1}', '$.b', 2, '$.a.c', 100, '$.d', 3) ==> {"a":1,"b":2,"d":3}
      JSON_SET(JSON '{"a": 1}', '$.a[2]', 100, '$.b', 2) ==> {"a":1,"b":2}
      JSON_SET(JSON '["a", ["b", "c"], "d"]', '$[1][0]', "foo") ==> ["a",["foo","c"],"d"]
      JSON_SET(JSON 'null', '$[0][3]', "foo") ==> [[null,null,null,"foo"]]
      JSON_SET(JSON '["a", ["b", "c"], "d"]', '$[1][4]', "foo") ==> ["a",["b","c",null,null,"foo"],"d"]
      JSON_SET(JSON '["a", ["b", "c"], "d"]', '$[1][0][0]', "foo") ==> ["a",["b","c"],"d"]
      JSON_SET(JSON '["a", ["b", "c"], "d"]', '$[1][2][1]', "foo") ==> ["a",["b","c",[null,"foo"]],"d"]
      JSON_SET(JSON '{}', '$.b[2].d', 100) ==> {"b":[null,null,{"d":100}]}
      JSON_SET(JSON '{"a": 1, "b": {"c":3}, "d": [4]}', '$.a', 'v1', '$.b.e', 'v2', '$.d[2]', 'v3') ==> {"a":"v1","b":{"c":3,"e":"v2"},"d":[4,null,"v3"]}
      JSON_SET(JSON '{"a":1}', '$.a', NULL) ==> {"a":null}
      JSON_STRIP_NULLS(JSON '{"a": null, "b": "c"}') ==> {"b":"c"}
      JSON_STRIP_NULLS(JSON '[1, null, 2, null]') ==> [1,2]
      JSON_STRIP_NULLS(JSON '[1, null, 2, null]', include_arrays=>FALSE) ==> [1,null,2,null]
      JSON_STRIP_NULLS(JSON '[1, null, 2, null, [null]]') ==> [1,2,[]]
      JSON_STRIP_NULLS(JSON '[1, null, 2, null, [null]]', remove_empty=>TRUE) ==> [1,2]
      JSON_STRIP_NULLS(JSON '{"a": null}', remove_empty=>TRUE) ==> null
      JSON_STRIP_NULLS(JSON '{"a": [null]}', remove_empty=>TRUE) ==> null
      JSON_STRIP_NULLS(JSON '{"a": {"b": {"c": null}}, "d": [null], "e": [], "f": 1}', include_arrays=>FALSE, remove_empty=>TRUE) ==> {"d":[null],"e":[],"f":1}
      JSON_STRIP_NULLS(JSON '{"a": {"b": {"c": null}}, "d": [null], "e": [], "f": 1}', remove_empty=>TRUE) ==> {"f":1}
      JSON_STRIP_NULLS(JSON 'null') ==> null
      JSON_ARRAY_INSERT(JSON '["a", ["b", "c"], "d"]', '$[1][0]', 1) ==> ["a",[1,"b","c"],"d"]
      JSON_ARRAY_INSERT(JSON '["a", "b", "c"]', '$[1]', [1, 2]) ==> ["a",1,2,"b","c"]
      JSON_ARRAY_INSERT(JSON '["a", "b", "c"]', '$[1]', [1, 2], insert_each_element=>FALSE) ==> ["a",[1,2],"b","c"]
      JSON_ARRAY_INSERT(JSON '["a", "b", "c", "d"]', '$[7]', "e") ==> ["a","b","c","d",null,null,null,"e"]
      JSON_ARRAY_INSERT(JSON '{"a": {}}', '$.a[0]', 2) ==> {"a":{}}
      JSON_ARRAY_INSERT(JSON '[1, 2]', '$', 3) ==> [1,2]
      JSON_ARRAY_INSERT(JSON '{"a": null}', '$.a[2]', 10) ==> {"a":[null,null,10]}
      JSON_ARRAY_INSERT(JSON '1', '$[0]', 'r1') ==> 1
      JSON_ARRAY_APPEND(JSON '["a", "b", "c"]', '$', 1) ==> ["a","b","c",1]
      JSON_ARRAY_APPEND(JSON '["a", "b", "c"]', '$', [1, 2]) ==> ["a","b","c",1,2]
      JSON_ARRAY_APPEND(JSON '["a", "b", "c"]', '$', [1, 2], append_each_element=>FALSE) ==> ["a","b","c",[1,2]]
      JSON_ARRAY_APPEND(JSON '["a", ["b"], "c"]', '$[1]', [1, 2], '$[1][1]', [3, 4], append_each_element=>FALSE) ==> ["a",["b",[1,2,[3,4]]],"c"]
      JSON_ARRAY_APPEND(JSON '{"a": null}', '$.a', 10) ==> {"a":[10]}
      JSON_ARRAY_APPEND(JSON '{"a": 1}', '$.b', 10) ==> {"a":1}
      """)
  void edits(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says =
          "TO_JSON writes numbers as numbers; TO_JSON_STRING quotes those beyond "
              + "2^53 and NUMERIC fractions.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#json_encodings")
  @Behaviour(
      area = Area.TYPES,
      says =
          "Members of a JSON value come in the order of their names; "
              + "TO_JSON_STRING of a STRUCT keeps the order of its fields.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#to_json")
  @Behaviour(
      area = Area.TYPES,
      says =
          "PARSE_JSON refuses numbers that it cannot keep without loss, unless "
              + "wide_number_mode is round.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#parse_json")
  @Behaviour(
      area = Area.TYPES,
      says = "JSON_OBJECT keeps the first of two equal keys.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#json_object")
  @Behaviour(
      area = Area.TYPES,
      says =
          "The LAX_ functions convert between JSON kinds; INT64, FLOAT64, BOOL "
              + "and STRING refuse other kinds.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#lax_converters")
  @Statements(
      """
      JSON_OBJECT('foo', 10, 'bar', TRUE) ==> {"bar":true,"foo":10}
      JSON_OBJECT() ==> {}
      JSON_OBJECT('a', 10, 'a', 'foo') ==> {"a":10}
      JSON_OBJECT(['a','b'], [10, 20]) ==> {"a":10,"b":20}
      JSON_OBJECT(['a','b'], [10]) ==> !must match
      JSON_OBJECT('foo', 10, 'bar', ['a', 'b']) ==> {"bar":["a","b"],"foo":10}
      JSON_ARRAY() ==> []
      JSON_ARRAY(10, 'foo', NULL, [1,2]) ==> [10,"foo",null,[1,2]]
      JSON_ARRAY(STRUCT(10 AS a, 'foo' AS b)) ==> [{"a":10,"b":"foo"}]
      FLOAT64(JSON '9.8') ==> 9.8
      FLOAT64(JSON '"strawberry"') ==> !not a number
      FLOAT64(JSON '18446744073709551615', wide_number_mode=>'round') ==> 1.8446744073709552E19
      TO_JSON(9007199254740993) ==> 9007199254740993
      TO_JSON(9007199254740993, stringify_wide_numbers=>TRUE) ==> "9007199254740993"
      TO_JSON(NUMERIC '123.56') ==> 123.56
      TO_JSON(NUMERIC '123.56', stringify_wide_numbers=>TRUE) ==> 123.56
      TO_JSON(STRUCT(1 AS b, 2 AS a)) ==> {"a":2,"b":1}
      TO_JSON_STRING(STRUCT(1 AS b, 2 AS a)) ==> {"b":1,"a":2}
      TO_JSON_STRING(NUMERIC '123.56') ==> "123.56"
      TO_JSON_STRING(1.0) ==> 1
      TO_JSON_STRING(INTERVAL '10:20:30.52' HOUR TO SECOND) ==> "PT10H20M30.52S"
      TO_JSON_STRING(INTERVAL -25 MONTH) ==> "P-2Y-1M"
      TO_JSON_STRING(INTERVAL '1 5:30' DAY TO MINUTE) ==> "P1DT5H30M"
      PARSE_JSON('{"id": 922337203685477580701}', wide_number_mode=>'round') ==> {"id":9.223372036854776e+20}
      PARSE_JSON('{"id": 922337203685477580701}') ==> !cannot round-trip through string representation
      PARSE_JSON('{"coordinates": [10, 20], "id": 1}') ==> {"coordinates":[10,20],"id":1}
      PARSE_JSON('"red"') ==> "red"
      PARSE_JSON('{a}') ==> !
      SAFE.PARSE_JSON('{a}') ==> null
      PARSE_JSON('[1e15, 123456789012345.0, 0.0001, 0.00001, 1.5e300, 100.0]') ==> [1e+15,123456789012345.0,0.0001,1e-05,1.5e+300,100.0]
      STRING(JSON '"purple"') ==> purple
      LAX_INT64(JSON '"1.1e2"') ==> 110
      LAX_STRING(JSON '1.1') ==> 1.1
      PARSE_JSON('{"id": 922337203685477580701}', wide_number_mode=>'round') ==> {"id":9.223372036854776e+20}
      FLOAT64(JSON '18446744073709551615', wide_number_mode=>'exact') ==> !without loss
      FLOAT64(JSON '9.8', wide_number_mode=>'exact') ==> 9.8
      """)
  void writesAndReads(String statement, String expected) {
    answers.check("SELECT " + statement, expected);
  }
}
