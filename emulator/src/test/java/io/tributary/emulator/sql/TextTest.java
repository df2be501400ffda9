package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Text: functions, patterns, FORMAT, hashes, and what SAFE hides.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/format-elements
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/hash_functions
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-reference#safe_prefix
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextTest {
  private final Answers answers;

  TextTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Behaviour(
      area = Area.TYPES,
      says = "STRING functions count characters, BYTES functions bytes.",
      source = "https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions")
  @Behaviour(
      area = Area.TYPES,
      says = "SUBSTR and INSTR count from the end where a position is negative.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions#substr")
  @Statements(
      """
          INSTR('banana', 'an') ==> 2
          INSTR('banana', 'an', 3) ==> 4
          INSTR('banana', 'an', 1, 2) ==> 4
          INSTR('banana', 'an', -1) ==> 4
          INSTR('banana', 'an', -3) ==> 4
          INSTR('banana', 'ann') ==> 0
          INSTR('helloooo', 'oo', 1, 2) ==> 6
          INSTR('banana', 'an', 1, 3) ==> 0
          INSTR('a', 'a', 0) ==> !
          INSTR(b'banana', b'an') ==> 2
          INSTR('', 'a') ==> 0
          STRPOS('foo@example.com', '@') ==> 4
          STRPOS('añb', 'b') ==> 3
          SPLIT('a-b-c', '-') ==> [a, b, c]
          SPLIT('') ==> []
          SPLIT('abc', '') ==> [a, b, c]
          SPLIT('a,b,') ==> [a, b, ]
          ARRAY_LENGTH(SPLIT('')) ==> 1
          SPLIT(b'a b', b' ')[OFFSET(1)] ==> 62
          SUBSTR('apple', 2) ==> pple
          SUBSTR('apple', 2, 2) ==> pp
          SUBSTR('apple', -2) ==> le
          SUBSTR('apple', 1, 123) ==> apple
          SUBSTR('apple', 123) ==> (nothing)
          SUBSTR('apple', 123, 5) ==> (nothing)
          SUBSTR('apple', 0, 2) ==> ap
          SUBSTR('apple', -10, 2) ==> ap
          SUBSTR('apple', 2, -1) ==> !Third argument in SUBSTR() cannot be negative
          SUBSTRING('щцф', 2, 1) ==> ц
          SUBSTR('a😀b', 2, 1) ==> 😀
          LENGTH('a😀b') ==> 3
          CHAR_LENGTH('абвгд') ==> 5
          CHARACTER_LENGTH('абвгд') ==> 5
          BYTE_LENGTH('абвгд') ==> 10
          OCTET_LENGTH('абвгд') ==> 10
          LENGTH(b'абв') ==> 6
          LENGTH('e\\u0301') ==> 2
          LEFT('apple', 3) ==> app
          LEFT('apple', 10) ==> apple
          LEFT('apple', -1) ==> !
          RIGHT('apple', 3) ==> ple
          RIGHT('apple', -1) ==> !
          LEFT(b'apple', 3) ==> 617070
          UPPER('foo') ==> FOO
          LOWER('FOO BAR') ==> foo bar
          UPPER('straße') ==> STRASSE
          LOWER(b'FoO') ==> 666f6f
          REVERSE('foo') ==> oof
          REVERSE('a😀b') ==> b😀a
          REVERSE(b'\\x01\\x02') ==> 0201
          REPEAT('abc', 3) ==> abcabcabc
          REPEAT('abc', 0) ==> (nothing)
          REPEAT('abc', -1) ==> !
          LPAD('abc', 5) = '  abc' ==> true
          LPAD('abc', 8, 'def') ==> defdeabc
          LPAD('abc', 2, 'd') ==> ab
          LPAD('例子', 5, '中文') ==> 中文中例子
          LPAD('abc', -1) ==> !
          LPAD('abc', 5, '') ==> !
          RPAD('abc', 8, 'def') ==> abcdefde
          RPAD(b'abc', 4, b'x') ==> 61626378
          TRIM('   apple   ') ==> apple
          TRIM('***apple***', '*') ==> apple
          LTRIM('***apple***', '*') ==> apple***
          RTRIM('***apple***', '*') ==> ***apple
          TRIM('xzxapplexxy', 'xyz') ==> apple
          TRIM(b'  a', b' ') ==> 61
          TRIM('a', '') ==> a
          REPLACE('apple pie', 'pie', 'cobbler') ==> apple cobbler
          REPLACE('abc', '', 'x') ==> abc
          REPLACE(b'abc', b'b', b'x') ==> 617863
          STARTS_WITH('bar', 'b') ==> true
          ENDS_WITH('apple', 'le') ==> true
          STARTS_WITH(b'abc', b'ab') ==> true
          ENDS_WITH(b'abc', b'bc') ==> true
          INITCAP('Hello World-everyone!') ==> Hello World-Everyone!
          INITCAP('Apples1oranges2pears', '12') ==> Apples1Oranges2Pears
          ASCII('abcd') ==> 97
          ASCII('') ==> 0
          UNICODE('âbcd') ==> 226
          UNICODE('') ==> 0
          CHR(65) ==> A
          CHR(255) ==> ÿ
          CHR(1024) ==> Ѐ
          CHR(-1) ==> !
          CODE_POINTS_TO_STRING([65, 255, 513, 1024]) ==> AÿȁЀ
          CODE_POINTS_TO_STRING([65, 255, NULL, 1024]) ==> null
          CODE_POINTS_TO_STRING([-1]) ==> !
          CODE_POINTS_TO_BYTES([65, 98, 67, 100]) ==> 41624364
          TO_CODE_POINTS('foo') ==> [102, 111, 111]
          TO_CODE_POINTS('Ā') ==> [256]
          TO_CODE_POINTS(b'Ā') ==> [196, 128]
          TO_CODE_POINTS('') ==> []
          NORMALIZE('\\u00ea') = NORMALIZE('\\u0065\\u0302') ==> true
          NORMALIZE('Raha\\u2004Mahan', NFKC) ==> Raha Mahan
          NORMALIZE('é', NFD) = 'e\\u0301' ==> true
          NORMALIZE_AND_CASEFOLD('The red barn') = NORMALIZE_AND_CASEFOLD('The Red Barn') ==> true
          SOUNDEX('Ashcraft') ==> A261
          SOUNDEX('Raven') ==> R150
          SOUNDEX('Ribbon') ==> R150
          SOUNDEX('apple') ==> a140
          SOUNDEX('Hello world!') ==> H464
          SOUNDEX('') ==> (nothing)
          TRANSLATE('This is a cookie', 'sco', 'zku') ==> Thiz iz a kuukie
          TRANSLATE('abc', 'ab', 'x') ==> xc
          EDIT_DISTANCE('abc', 'adb') ==> 2
          EDIT_DISTANCE('aaa', 'aab', max_distance => 2) ==> 1
          EDIT_DISTANCE('😀', '') ==> 1
          CONCAT('Summer', ' ', 1923) ==> Summer 1923
          CONCAT('a', NULL) ==> null
          CONCAT(b'a', b'b') ==> 6162
          'a' || 'b' || 'c' ==> abc
          'B' < 'a' ==> true
          'a' < 'é' ==> true
          'x' BETWEEN 'a' AND 'z' ==> true
          (SELECT STRING_AGG(x) FROM UNNEST(['a', NULL, 'b']) x) ==> a,b
          (SELECT STRING_AGG(DISTINCT x, '|' ORDER BY x) FROM UNNEST(['b', 'a', 'b']) x) ==> a|b
          (SELECT STRING_AGG(x, '&' ORDER BY x LIMIT 2) FROM UNNEST(['c', 'b', 'a']) x) ==> a&b
          (SELECT STRING_AGG(x, b'-') FROM UNNEST([b'a', b'b']) x) ==> 612d62
          ARRAY_TO_STRING(['a', NULL, 'b'], ',') ==> a,b
          ARRAY_TO_STRING(['a', NULL, 'b'], ',', 'N') ==> a,N,b
          'a\\tb\\u0041' ==> a	bA
          r'a\\tb' ==> a\\tb
          CHR(0) ==> (nothing)
          CODE_POINTS_TO_STRING([97, 0, 0xF9B5]) = 'a\\uF9B5' ==> true
          LENGTH('a\\x00b') ==> 3
          CONCAT('a\\x00b', 'c') = 'a\\x00bc' ==> true
          """)
  void computes(String expression, String expected) {
    answers.check("SELECT " + expression, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says = "Regular expressions are those of RE2; REGEXP_EXTRACT takes one group " + "at most.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions#regexp_extract")
  @Behaviour(
      area = Area.TYPES,
      says = "FORMAT has printf specifiers, %t for any value and %T for its literal.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions#format_string")
  @Statements(
      """
          FORMAT('%d', 10) ==> 10
          FORMAT('|%10d|', 11) ==> |        11|
          FORMAT('+%010d+', 12) ==> +0000000012+
          FORMAT('%\\'d', 123456789) ==> 123,456,789
          FORMAT('-%s-', 'abcd efg') ==> -abcd efg-
          FORMAT('%f %E', 1.1, 2.2) ==> 1.100000 2.200000E+00
          FORMAT('%t', DATE '2015-09-01') ==> 2015-09-01
          FORMAT('%t', TIMESTAMP '2015-09-01 12:34:56 America/Los_Angeles') ==> 2015-09-01 19:34:56+00
          FORMAT('%T', TIMESTAMP '2015-09-01 12:34:56+00') ==> TIMESTAMP "2015-09-01 12:34:56+00"
          FORMAT('%T', 'a"b') ==> 'a"b'
          FORMAT('%T', 'ab') ==> "ab"
          FORMAT('%T', b'ab') ==> b"ab"
          FORMAT('%T', NUMERIC '1.5') ==> NUMERIC "1.5"
          FORMAT('%T', DATE '2020-01-02') ==> DATE "2020-01-02"
          FORMAT('%T', 1.0) ==> 1.0
          FORMAT('%t', 1.0) ==> 1.0
          FORMAT('%T', TRUE) ==> true
          FORMAT('%T', [1, 2]) ==> [1, 2]
          FORMAT('%t', [1, 2]) ==> [1, 2]
          FORMAT('%t', ['a', 'b']) ==> [a, b]
          FORMAT('%T', ['a', 'b']) ==> ["a", "b"]
          FORMAT('%t', STRUCT(1, 'a')) ==> (1, a)
          FORMAT('%T', STRUCT(1, 'a')) ==> (1, "a")
          FORMAT('|%5s|%-5s|', 'ab', 'cd') ==> |   ab|cd   |
          FORMAT('%.2s', 'abc') ==> ab
          FORMAT('%x', 255) ==> ff
          FORMAT('%X', 255) ==> FF
          FORMAT('%o', 8) ==> 10
          FORMAT('%x', -255) ==> !
          FORMAT('%o', -1) ==> !
          FORMAT('%\\'x', 12345678) ==> bc:614e
          FORMAT('%\\'o', 55555) ==> 15,4403
          FORMAT('%#x %#o', 255, 8) ==> 0xff 010
          FORMAT('%.3d', 7) ==> 007
          FORMAT('%#g', 2.0) ==> !notImplemented:
          FORMAT('%G', 39265000.0) ==> 3.9265E+07
          FORMAT('%T', STRUCT(1)) ==> STRUCT(1)
          FORMAT('%T', b'abc\\x01') ==> b"abc\\x01"
          FORMAT('%T', CAST('inf' AS FLOAT64)) ==> CAST("inf" AS FLOAT64)
          FORMAT('%T', INTERVAL '1-2 3 4:5:6.789' YEAR TO SECOND) ==> INTERVAL "1-2 3 4:5:6.789" YEAR TO SECOND
          FORMAT('00-%t-00', CAST(NULL AS STRING)) ==> 00-NULL-00
          FORMAT('|%*d', 5, 42) ==> |   42
          FORMAT('%.*f', 2, 3.14159) ==> 3.14
          FORMAT('%e', 123.456) ==> 1.234560e+02
          FORMAT('%g', 0.0001) ==> 0.0001
          FORMAT('%g', 1e10) ==> 1e+10
          FORMAT('%.3f', NUMERIC '2.0005') ==> 2.001
          FORMAT('%f', CAST('inf' AS FLOAT64)) ==> inf
          FORMAT('%%') ==> %
          FORMAT('%i', 7) ==> 7
          FORMAT('%p', JSON '{"a": 1}') ==> {"a":1}
          FORMAT('%s') ==> !
          FORMAT('%d', NULL) ==> null
          FORMAT('%t', NULL) ==> NULL
          FORMAT('|% d', 5) ==> | 5
          FORMAT('%+d', 5) ==> +5
          'a%c' LIKE 'a\\\\%c' ==> true
          'abc' LIKE 'a\\\\%c' ==> false
          'abc' LIKE 'a_c' ==> true
          'a\\nc' LIKE 'a%' ==> true
          'abc' LIKE 'abc\\\\' ==> !LIKE pattern ends with a backslash
          'a\\\\b' LIKE 'a\\\\\\\\b' ==> true
          'ABC' LIKE 'abc' ==> false
          b'abc' LIKE b'a%' ==> true
          'foo' LIKE ANY ('a%', 'f%') ==> true
          'foo' LIKE ALL ('f%', '%o') ==> true
          'foo' NOT LIKE 'f%' ==> false
          REGEXP_CONTAINS('foo@example.com', r'@[a-zA-Z0-9-]+\\.[a-zA-Z0-9-.]+') ==> true
          REGEXP_CONTAINS('www.example.net', r'@') ==> false
          REGEXP_CONTAINS('abc', r'(') ==> !Cannot parse regular expression
          REGEXP_CONTAINS('ABC', r'(?i)abc') ==> true
          REGEXP_EXTRACT('foo@example.com', r'^[a-zA-Z0-9_.+-]+') ==> foo
          REGEXP_EXTRACT('foo@example.com', r'^[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\\.([a-zA-Z0-9-.]+$)') ==> com
          REGEXP_EXTRACT('Hello Helloo and Hellooo', 'H?ello+', 2) ==> ello
          REGEXP_EXTRACT('Hello Helloo and Hellooo', 'H?ello+', 1, 2) ==> Helloo
          REGEXP_EXTRACT('Hello Helloo and Hellooo', 'H?ello+', 1, 4) ==> null
          REGEXP_EXTRACT('Hello', 'x') ==> null
          REGEXP_EXTRACT('ab', '(a)(b)') ==> !
          REGEXP_EXTRACT('cat on a mat', '(x)?cat') ==> null
          REGEXP_SUBSTR('Hello World', 'W[a-z]+') ==> World
          REGEXP_EXTRACT_ALL('Try `func(x)` or `func(y)`', '`(.+?)`') ==> [func(x), func(y)]
          REGEXP_EXTRACT_ALL('abc', 'x') ==> []
          REGEXP_EXTRACT_ALL('a1b22', '[0-9]+') ==> [1, 22]
          REGEXP_INSTR('ab@cd-ef', '@[^-]*') ==> 3
          REGEXP_INSTR('a@cd-ef b@cd', '@', 1, 2) ==> 10
          REGEXP_INSTR('ab@cd-ef', '@[^-]*', 1, 1, 1) ==> 6
          REGEXP_INSTR('abc', 'x') ==> 0
          REGEXP_REPLACE('# Heading', r'^# ([a-zA-Z0-9\\s]+$)', '<h1>\\\\1</h1>') ==> <h1>Heading</h1>
          REGEXP_REPLACE('abcabc', 'b', 'X') ==> aXcaXc
          REGEXP_REPLACE('abc', '(b)', r'\\0\\1') ==> abbc
          REGEXP_REPLACE('abc', 'b', r'$0') ==> a$0c
          REGEXP_REPLACE('abc', 'b', r'\\2') ==> !
          REGEXP_REPLACE('abc', 'b*', '-') ==> -a-c-
          """)
  void matchesAndFormats(String expression, String expected) {
    answers.check("SELECT " + expression, expected);
  }

  @Behaviour(
      area = Area.TYPES,
      says = "SAFE hides the error of its own function only, not of its arguments.",
      source =
          "https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-reference#safe_prefix")
  @Behaviour(
      area = Area.TYPES,
      says = "FARM_FINGERPRINT, MD5, SHA1, SHA256 and SHA512 give the published " + "values.",
      source = "https://cloud.google.com/bigquery/docs/reference/standard-sql/hash_functions")
  @Statements(
      """
          SAFE.SUBSTR('apple', 2, -1) ==> null
          TO_HEX(MD5('Hello World')) ==> b10a8db164e0754105b7a99be72e3fe5
          TO_HEX(SHA1('Hello World')) ==> 0a4d55a8d778e5022fab701977c5d840bbc486d0
          TO_HEX(SHA256('abc')) ==> ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
          TO_HEX(SHA512('abc')) ==> ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
          TO_HEX(MD5(b'\\xff')) ==> 00594fd4f42ba43fc1ca0427a0576295
          TO_HEX(SHA256(b'\\x00\\xff')) ==> 06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8
          TO_BASE64(b'\\377\\340') ==> /+A=
          FROM_BASE64('/+A=') = b'\\377\\340' ==> true
          FROM_BASE64('###') ==> !
          TO_BASE32(b'abcde\\xFF') ==> MFRGGZDF74======
          FROM_BASE32('MFRGGZDF74======') = b'abcde\\xFF' ==> true
          FROM_HEX('0AF') ==> 00af
          FROM_HEX('xyz') ==> !
          SAFE_CONVERT_BYTES_TO_STRING(b'\\x61\\xc3') ==> a�
          CAST(b'abc' AS STRING) ==> abc
          CAST(b'\\xc3' AS STRING) ==> !
          SAFE_CAST(b'\\xc3' AS STRING) ==> null
          CAST('é' AS BYTES) ==> c3a9
          CAST(b'\\xde\\xad' AS STRING FORMAT 'HEX') ==> dead
          CAST('dead' AS BYTES FORMAT 'HEX') ==> dead
          CAST(b'\\x00\\xff' AS STRING FORMAT 'BASE64') ==> AP8=
          SAFE.CHR(-1) ==> null
          SAFE.REPEAT('a', -1) ==> null
          SAFE.FROM_HEX('xyz') ==> null
          SAFE_CAST(IF(1/0 > 1, 'a', 'b') AS INT64) ==> !division by zero
          SAFE.LEFT('abc', CAST(1/0 AS INT64)) ==> !division by zero
          ERROR('x') ==> !x
          IF(TRUE, 1, ERROR('x')) ==> 1
          COALESCE(1, ERROR('x')) ==> 1
          CASE WHEN FALSE THEN 1/0 ELSE 2 END ==> 2.0
          FARM_FINGERPRINT(CONCAT(CAST(1 AS STRING), 'foo', 'true')) ==> -1541654101129638711
          FARM_FINGERPRINT(CONCAT('2', 'apple', 'false')) ==> 2794438866806483259
          FARM_FINGERPRINT(b'3true') = FARM_FINGERPRINT('3true') ==> true
          """)
  void convertsAndHides(String expression, String expected) {
    answers.check("SELECT " + expression, expected);
  }
}
