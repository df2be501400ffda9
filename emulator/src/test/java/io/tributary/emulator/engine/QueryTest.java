package io.tributary.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single queries; the expected text is what BigQuery's documentation gives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryTest {
  private Engine engine;

  @BeforeAll
  void open() {
    engine = Engine.open(null, Clock.systemUTC());
    engine.createDataset(DatasetDefinition.of(new DatasetRef("p", "d")));
    run("CREATE TABLE d.o (id INT64, who STRING, amount NUMERIC, tags ARRAY<STRING>)");
    run(
        "INSERT INTO d.o VALUES (1, 'ann', 1.5, ['x', 'y']), (2, 'bob', 2, []),"
            + " (3, 'ann', NULL, NULL)");
  }

  @AfterAll
  void close() {
    engine.close();
  }

  private StatementResult run(String sql) {
    return engine.run(QueryRequest.of("p", sql));
  }

  private String text(String sql) {
    StringBuilder out = new StringBuilder();
    for (Object[] row : run(sql).rows().rows()) {
      out.append(out.isEmpty() ? "" : ";").append(text(row));
    }
    return out.toString();
  }

  private static String text(Object cell) {
    if (cell instanceof Object[] row) {
      return String.join("|", Arrays.stream(row).map(QueryTest::text).toList());
    }
    return cell instanceof java.math.BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : String.valueOf(cell);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "7 / 2 ~ 3.5",
        "DIV(-7, 2) ~ -3",
        "MOD(-7, 2) ~ -1",
        "CAST(2.5 AS INT64) ~ 3",
        "CAST(-2.5 AS INT64) ~ -3",
        "NUMERIC '1.5' * NUMERIC '0.333333333' ~ 0.5",
        "NUMERIC '1' / NUMERIC '3' ~ 0.333333333",
        "BIGNUMERIC '1' / BIGNUMERIC '3' ~ 0.33333333333333333333333333333333333333",
        "BIGNUMERIC '-2' < BIGNUMERIC '-1' ~ true",
        "CAST(1.0 AS STRING) ~ 1",
        "CAST(0.1 AS STRING) ~ 0.1",
        "CAST(1e100 AS STRING) ~ 1e+100",
        "CAST(TIMESTAMP '2026-01-02 03:04:05.5+01' AS STRING) ~ 2026-01-02 02:04:05.500+00",
        "CAST(DATETIME '2026-01-02 03:04:05' AS STRING) ~ 2026-01-02 03:04:05",
        "SAFE_CAST('x' AS INT64) ~ null",
        "CAST(' 12 ' AS INT64) ~ 12",
        "SAFE_CAST('2026-02-30' AS DATE) ~ null",
        "SAFE_DIVIDE(1, 0) ~ null",
        "LENGTH('héllo') ~ 5",
        "BYTE_LENGTH('héllo') ~ 6",
        "SUBSTR('héllo', 2, 3) ~ éll",
        "SUBSTR('apple', -3) ~ ple",
        "CONCAT('a', 'b', 'c') ~ abc",
        "'a' || CAST(NULL AS STRING) ~ null",
        "FORMAT('%05d-%s-%t', 42, 'x', TRUE) ~ 00042-x-true",
        "TO_HEX(b'\\x00\\xff') ~ 00ff",
        "FROM_HEX('ff') > b'\\x00' ~ true",
        "b'' < b'\\x00' ~ true",
        "GREATEST(1, NULL, 3) ~ null",
        "LEAST('b', 'a') ~ a",
        "IFNULL(NULL, 5) ~ 5",
        "1 IN (2, NULL) ~ null",
        "1 IN UNNEST([1, 2]) ~ true",
        "1 IN UNNEST(CAST(NULL AS ARRAY<INT64>)) ~ false",
        "ARRAY_LENGTH(ARRAY_CONCAT([1], [2, 3])) ~ 3",
        "[10, 20][OFFSET(1)] ~ 20",
        "[10, 20][SAFE_OFFSET(5)] ~ null",
        "ARRAY(SELECT x FROM UNNEST([3, 1, 2]) x ORDER BY x DESC) ~ [3, 2, 1]",
        "(SELECT STRING_AGG(x, '-' ORDER BY x) FROM UNNEST(['b', 'a']) x) ~ a-b",
        "(SELECT SUM(x) FROM UNNEST([1, 2, NULL]) x) ~ 3",
        "STRUCT(1 AS a, 'x' AS b).b ~ x",
        "TO_JSON_STRING(STRUCT(1 AS a, [TRUE] AS b, NULL AS c)) ~ {\"a\":1,\"b\":[true],\"c\":null}",
        "TO_JSON_STRING(9007199254740993) ~ \"9007199254740993\"",
        "JSON_VALUE(JSON '{\"a\": {\"b\": \"x\"}}', '$.a.b') ~ x",
        "JSON_QUERY(JSON '{\"b\": 1, \"a\": [1,2]}', '$.a') ~ [1,2]",
        "DATE_ADD(DATE '2026-01-31', INTERVAL 1 MONTH) ~ 2026-02-28",
        "DATE_DIFF(DATE '2026-03-01', DATE '2026-02-01', DAY) ~ 28",
        "DATE_TRUNC(DATE '2026-11-21', WEEK) ~ 2026-11-15",
        "TIMESTAMP_DIFF(TIMESTAMP '2026-01-01 01:00:00+00', TIMESTAMP '2026-01-01 00:00:01+00', MINUTE) ~ 59",
        "EXTRACT(DAYOFWEEK FROM DATE '2026-11-21') ~ 7",
        "UNIX_MICROS(TIMESTAMP '1970-01-01 00:00:01+00') ~ 1000000",
        "FORMAT_TIMESTAMP('%Y-%m-%d', TIMESTAMP '2026-11-21 00:00:00+00') ~ 2026-11-21",
        "DATE(TIMESTAMP '2026-11-21 23:59:59+00') ~ 2026-11-21",
        "INTERVAL 90 MINUTE ~ 0-0 0 1:30:0",
        "CAST(NULL AS INT64) IS NULL ~ true",
        "COALESCE(NULL, b'') = b'' ~ true",
        "CASE 2 WHEN 1 THEN 'a' ELSE 'b' END ~ b",
        "REGEXP_EXTRACT('a-12', '[0-9]+') ~ 12",
        "REGEXP_CONTAINS('abc', 'b') ~ true",
        "SPLIT('a,b')[OFFSET(1)] ~ b",
        "'a_c' LIKE 'a\\\\_c' ~ true"
      })
  void computes(String expression, String expected) {
    assertThat(text("SELECT " + expression)).isEqualTo(expected);
  }

  @Test
  void groupsOrdersAndLimits() {
    assertThat(
            text(
                "SELECT who, COUNT(*), SUM(amount) FROM d.o GROUP BY who"
                    + " HAVING COUNT(*) > 0 ORDER BY who DESC LIMIT 5"))
        .isEqualTo("bob|1|2;ann|2|1.5");
    assertThat(text("SELECT id FROM d.o ORDER BY amount")).isEqualTo("3;1;2");
    assertThat(text("SELECT id FROM d.o ORDER BY amount DESC")).isEqualTo("2;1;3");
    assertThat(text("SELECT id FROM d.o ORDER BY amount LIMIT 1 OFFSET 1")).isEqualTo("1");
  }

  @Test
  void joinsUnnestsAndCorrelates() {
    assertThat(text("SELECT o.id, t, i FROM d.o o, o.tags t WITH OFFSET i ORDER BY i"))
        .isEqualTo("1|x|0;1|y|1");
    assertThat(text("SELECT o.id, t FROM d.o o LEFT JOIN UNNEST(o.tags) t ORDER BY 1, 2"))
        .isEqualTo("1|x;1|y;2|null;3|null");
    assertThat(
            text(
                "SELECT id FROM d.o a WHERE EXISTS (SELECT 1 FROM d.o b WHERE b.who = a.who"
                    + " AND b.id > a.id)"))
        .isEqualTo("1");
    assertThat(text("SELECT id, (SELECT COUNT(*) FROM UNNEST(tags)) FROM d.o ORDER BY id"))
        .isEqualTo("1|2;2|0;3|0");
    assertThat(text("WITH a AS (SELECT 1 x UNION ALL SELECT 2) SELECT SUM(b.x) FROM a, a AS b"))
        .isEqualTo("6");
  }

  @Test
  void windows() {
    assertThat(
            text(
                "SELECT id, SUM(id) OVER (PARTITION BY who ORDER BY id) FROM d.o"
                    + " QUALIFY ROW_NUMBER() OVER (PARTITION BY who ORDER BY id DESC) = 1"
                    + " ORDER BY id"))
        .isEqualTo("2|2;3|4");
  }

  @Test
  void recursiveQueries() {
    assertThat(
            text(
                "WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n WHERE x < 4)"
                    + " SELECT SUM(x) FROM n"))
        .isEqualTo("10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "SELECT x FROM d.o ~ invalidQuery ~ Unrecognized name: x at [1:8]",
        "SELECT x FROM `p.d.o` ~ invalidQuery ~ Unrecognized name: x at [1:8]",
        "SELECT * FROM `p.d.o` WHERE x ~ invalidQuery ~ Unrecognized name: x at [1:29]",
        "SELECT 1 FROM d.absent ~ notFound ~ Not found: Table p:d.absent was not found in location US",
        "SELECT 1 / 0 ~ invalidQuery ~ division by zero: 1 / 0",
        "SELECT ERROR('boom') ~ invalidQuery ~ boom",
        "SELECT (SELECT x FROM UNNEST([1, 2]) x) ~ invalidQuery ~ Scalar subquery produced more than one element",
        "SELECT CAST('x' AS INT64) ~ invalidQuery ~ Bad int64 value: x",
        "SELECT [1][OFFSET(3)] ~ invalidQuery ~ Array index 3 is out of bounds",
        "INSERT INTO d.o (id) VALUES ('x') ~ invalidQuery ~ Value has type STRING which cannot be inserted into column id, which has type INT64 at [1:30]",
        "UPDATE d.o SET id = 1 ~ invalidQuery ~ UPDATE must have a WHERE clause at [1:1]",
        "SELECT ST_AREA(ST_GEOGPOINT(1, 2)) ~ notImplemented ~ Function ST_AREA is not supported"
      })
  void refuses(String sql, String reason, String message) {
    assertThatThrownBy(() -> run(sql))
        .hasMessage(message)
        .isInstanceOfSatisfying(BigQueryError.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
