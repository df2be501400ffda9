package io.tributary.emulator.sql;

import io.tributary.emulator.BigQueryUnderTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Text functions on other alphabets, empty text and positions outside of it.
 *
 * <p>https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextCornerTest {
  private final Answers answers;

  TextCornerTest(BigQueryUnderTest service) {
    answers = new Answers(service);
  }

  @Statements(
      """
      SELECT ARRAY_REVERSE(['a', 'b']), ARRAY_LENGTH([]) ==> [b, a]|0
      SELECT 'abc' LIKE 'a%', 'abc' LIKE 'A%', 'a%c' LIKE 'a\\\\%c', 'abc' LIKE 'a_', 'a\\nb' LIKE 'a%b', '' LIKE '%' ==> true|false|true|false|true|true
      SELECT 'abc' LIKE 'abc\\\\' ==> !
      SELECT 'foo' LIKE ANY ('b%', 'f%'), 'foo' LIKE ALL ('f%', '%x') ==> true|false
      SELECT UPPER('straße'), LOWER('ÀÉ'), INITCAP('hello WORLD-foo bar'), INITCAP('a_b', '_') ==> STRASSE|àé|Hello World-Foo Bar|A_B
      SELECT LENGTH('日本語'), BYTE_LENGTH('日本語'), CHAR_LENGTH('👍a'), OCTET_LENGTH(b'abc'), LENGTH(b'日') ==> 3|9|2|3|3
      SELECT SUBSTR('日本語', 2), SUBSTR('abc', 0), SUBSTR('abc', -2, 1), SUBSTR('abc', 5), SUBSTR('abc', -10), SUBSTR('abc', 2, 0) ==> 本語|abc|b||abc|
      SELECT SUBSTR('abc', 1, -1) ==> !
      SELECT SUBSTRING('apple', 2, 2), LEFT('apple', 2), RIGHT('apple', 3), LEFT('ab', 5), RIGHT('👍ab', 3) ==> pp|ap|ple|ab|👍ab
      SELECT LEFT('abc', -1) ==> !
      SELECT REVERSE('añb'), REPEAT('ab', 3), REPEAT('a', 0), REPEAT(NULL, 2) ==> bña|ababab||null
      SELECT REPEAT('a', -1) ==> !
      SELECT LPAD('abc', 5), LPAD('abc', 2), LPAD('abc', 8, 'def'), RPAD('abc', 5, '-'), RPAD('例子', 5, '中文') ==>   abc|ab|defdeabc|abc--|例子中文中
      SELECT LPAD('abc', -1) ==> !
      SELECT LPAD('abc', 5, '') ==> !
      SELECT TRIM('  a  '), LTRIM('xxay', 'x'), RTRIM('ayy', 'y'), TRIM('***apple***', '*'), TRIM('abcba', 'ab') ==> a|ay|a|apple|c
      SELECT STRPOS('foo@bar', '@'), STRPOS('foo', 'x'), STRPOS('日本', '本'), STRPOS('abc', '') ==> 4|0|2|1
      SELECT INSTR('banana', 'an', 1, 2), INSTR('banana', 'an', 3), INSTR('banana', 'an', -1, 1), INSTR('banana', 'an', -3, 1), INSTR('helloooo', 'oo', 1, 1), INSTR('a', 'x') ==> 4|4|4|4|5|0
      SELECT INSTR('banana', 'a', 0) ==> !
      SELECT SPLIT('a,b,,c'), SPLIT('', ','), SPLIT('abc', ''), SPLIT('a b', ' ') ==> [a, b, , c]|[]|[a, b, c]|[a, b]
      SELECT ARRAY_LENGTH(SPLIT('')), ARRAY_LENGTH(SPLIT('', '')), ARRAY_LENGTH(SPLIT(NULL)) ==> 1|1|null
      SELECT REPLACE('abcabc', 'b', 'X'), REPLACE('abc', '', 'x'), TRANSLATE('This is a cookie', 'sco', 'zku'), TRANSLATE('abc', 'ab', 'x') ==> aXcaXc|abc|Thiz iz a kuukie|xc
      SELECT STARTS_WITH('bar', 'b'), ENDS_WITH('bar', 'r'), STARTS_WITH('bar', ''), CONTAINS_SUBSTR('BAR', 'a') ==> true|true|true|true
      SELECT TO_CODE_POINTS('fooè'), CODE_POINTS_TO_STRING([65, 255, 513, 1024]), CODE_POINTS_TO_BYTES([65, 98, 67, 100]) ==> [102, 111, 111, 232]|AÿȁЀ|41624364
      SELECT TO_BASE64(b'\\377\\340'), FROM_BASE64('/+A='), TO_BASE32(b'abcde\\xFF'), FROM_BASE32('MFRGGZDF74======'), TO_HEX(b'foobar') ==> /+A=|ffe0|MFRGGZDF74======|6162636465ff|666f6f626172
      SELECT FROM_HEX('0AF'), FROM_HEX('') ==> 00af|
      SELECT FROM_HEX('xy') ==> !
      SELECT FROM_BASE64('!!') ==> !
      SELECT TO_HEX(MD5('Hello World')), TO_HEX(SHA1('Hello World')) ==> b10a8db164e0754105b7a99be72e3fe5|0a4d55a8d778e5022fab701977c5d840bbc486d0
      SELECT TO_HEX(SHA256('abc')), LENGTH(SHA512('')) ==> ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad|64
      SELECT SOUNDEX('Ashcraft'), SOUNDEX(''), EDIT_DISTANCE('kitten', 'sitting'), EDIT_DISTANCE('ab', 'ba') ==> A261||3|2
      SELECT NORMALIZE('\\u00ea') = NORMALIZE('\\u0065\\u0302'), NORMALIZE('Ⅸ', NFKC), NORMALIZE_AND_CASEFOLD('The Red Barn') ==> true|IX|the red barn
      SELECT REGEXP_CONTAINS('foo@example.com', r'@[a-z]+'), REGEXP_CONTAINS('abc', 'B'), REGEXP_CONTAINS('abc', '(?i)B'), REGEXP_CONTAINS('', '') ==> true|false|true|true
      SELECT REGEXP_EXTRACT('Hello Helloo and Hellooo', 'H?ello+', 1, 1), REGEXP_EXTRACT('Hello Helloo and Hellooo', 'H?ello+', 1, 3), REGEXP_EXTRACT('Hello Helloo and Hellooo', 'H?ello+', 1, 4), REGEXP_EXTRACT('Hello Helloo and Hellooo', 'H?ello+', 2), REGEXP_EXTRACT('Hello Helloo and Hellooo', 'H?ello+', 20, 1) ==> Hello|Hellooo|null|ello|null
      SELECT REGEXP_EXTRACT('ab', '(a)(b)') ==> !
      SELECT REGEXP_EXTRACT_ALL('Try `func(x)` or `func(y)`', '`(.+?)`'), REGEXP_EXTRACT_ALL('abc', 'x'), REGEXP_EXTRACT_ALL('aaa', 'a') ==> [func(x), func(y)]|[]|[a, a, a]
      SELECT REGEXP_REPLACE('# Heading', r'^# ([a-zA-Z0-9\\s]+$)', '<h1>\\\\1</h1>'), REGEXP_REPLACE('abc', 'b*', 'X'), REGEXP_REPLACE('abc', '', '-') ==> <h1>Heading</h1>|XaXcX|-a-b-c-
      SELECT REGEXP_REPLACE('abc', '(', 'x') ==> !
      SELECT REGEXP_REPLACE('abc', 'b', '\\\\1') ==> !
      SELECT REGEXP_INSTR('ab@cd-ef', '@[^-]*'), REGEXP_INSTR('ab@d-ef', '@[^-]*'), REGEXP_INSTR('a@cd-ef b@cd-ef', '@[^-]*', 1, 2), REGEXP_INSTR('a@cd-ef', '@[^-]*', 1, 1, 1), REGEXP_INSTR('abc', 'x') ==> 3|3|10|5|0
      SELECT ARRAY_LENGTH(GENERATE_RANGE_ARRAY(RANGE<TIMESTAMP> '[2020-01-01 00:00:00+00, 2020-01-01 02:30:00+00)', INTERVAL 1 HOUR)) ==> 3
      SELECT SAFE.SUBSTR('abc', 1, -1), SAFE.PARSE_TIMESTAMP('%F', 'x'), SAFE.FROM_HEX('zz'), SAFE.DATE(2020, 13, 1), SAFE.TIMESTAMP_SECONDS(999999999999999) ==> null|null|null|null|null
      SELECT SESSION_USER() IS NOT NULL, LENGTH(GENERATE_UUID()), RAND() < 1 ==> true|36|true
      SELECT FARM_FINGERPRINT('1footrue'), FARM_FINGERPRINT('2applefalse'), FARM_FINGERPRINT('3true') ==> -1541654101129638711|2794438866806483259|-4880158226897771312
      SELECT REGEXP_EXTRACT_ALL('aabca', 'a*'), REGEXP_EXTRACT_ALL('abcd', 'a(bc)*'), REGEXP_EXTRACT_ALL('', '(abc)?'), REGEXP_EXTRACT_ALL('this_is__a___Test', '(.*?)(?:_|$)') ==> [aa, , , a]|[bc]|[]|[this, is, , a, , , Test]
      SELECT REGEXP_REPLACE('one two  many', r'\\b', '-'), REGEXP_REPLACE('T€T', '', 'K'), REGEXP_REPLACE('banana', '(.)a(.)', r'\\1\\2'), REGEXP_REPLACE('bb', '^b', 'x') ==> -one- -two-  -many-|KTK€KTK|bnana|xb
      SELECT REGEXP_EXTRACT_ALL('aaba', 'a?'), REGEXP_EXTRACT_ALL('щццф', 'ц*'), ARRAY_LENGTH(REGEXP_EXTRACT_ALL('', '(abc)?')) ==> [a, a, , a]|[, цц, ]|1
      SELECT REGEXP_EXTRACT_ALL('aaba', 'a?'), REGEXP_EXTRACT_ALL('щццф', 'ц*'), ARRAY_LENGTH(REGEXP_EXTRACT_ALL('', '(abc)?')), REGEXP_EXTRACT_ALL('baac', 'a*') ==> [a, a, , a]|[, цц, ]|1|[, aa, ]
      """)
  void answers(String statement, String expected) {
    answers.check(statement, expected);
  }
}
