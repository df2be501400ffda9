package io.tributary.tools.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueKindTest {
  @ParameterizedTest(name = "{0} {1} = {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "INTEGER  | -7                              | -7",
        "DECIMAL  | 12.50                           | 12.5",
        "DECIMAL  | 1200                            | 1.2E3",
        "DECIMAL  | 0.00                            | 0",
        "FLOAT64  | 0.1                             | 0.1",
        "FLOAT64  | 1e+20                           | 1.0E20",
        "FLOAT64  | -0                              | 0.0",
        "FLOAT64  | NaN                             | NaN",
        "FLOAT64  | -Infinity                       | -inf",
        "FLOAT32  | 0.1                             | 0.10000000149011612",
        "BOOLEAN  | true                            | true",
        "TEXT     | a b                             | a b",
        "JSON     | {\"b\": 1.0, \"a\": [1, null]}  | {\"a\":[1,null],\"b\":1}",
        "BYTES    | \\x00ff10                       | AP8Q",
        "DATE     | 2026-02-28                      | 2026-02-28",
        "TIME     | 12:00:00.5                      | 12:00:00.500000",
        "DATETIME | 2026-02-28 23:59:59.999999      | 2026-02-28T23:59:59.999999",
        "DATETIME | 2026-02-28 12:00:00             | 2026-02-28T12:00:00",
        "INSTANT  | 2026-03-01 00:00:00.123+00      | 1772323200123000",
        "INSTANT  | 2026-03-01 02:00:00+02          | 1772323200000000",
        "INSTANT  | 1969-12-31 23:59:59.999999+00   | -1",
      })
  void bothSidesHaveOneText(ValueKind kind, String postgres, String bigQuery) {
    assertThat(kind.fromBigQuery(bigQuery)).isEqualTo(kind.fromPostgres(postgres));
  }

  @ParameterizedTest(name = "{0} {1} is not {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "DECIMAL  | 12.5                       | 12.51",
        "FLOAT32  | 0.1                        | 0.1",
        "TEXT     | a                          | A",
        "JSON     | {\"a\": 1}                 | {\"a\":\"1\"}",
        "BYTES    | \\x00ff10                  | AP8R",
        "DATETIME | 2026-02-28 12:00:00.000001 | 2026-02-28T12:00:00",
        "INSTANT  | 2026-03-01 00:00:00+01     | 1772323200000000",
      })
  void differentValuesHaveDifferentTexts(ValueKind kind, String postgres, String bigQuery) {
    assertThat(kind.fromBigQuery(bigQuery)).isNotEqualTo(kind.fromPostgres(postgres));
  }

  @ParameterizedTest(name = "{0}: {1} before {2}")
  @CsvSource({
    "INTEGER, -10, -9",
    "INTEGER, 9, 10",
    "DECIMAL, 9.5, 10",
    "TEXT, PROMO-9, PROMO-91",
    "TEXT, Z, a",
    "TEXT, \uFFFD, \uD83D\uDE00",
    "DATE, 2026-01-31, 2026-02-01",
  })
  void keysAreOrderedAsBothDatabasesOrderThem(ValueKind kind, String lower, String higher) {
    assertThat(kind.compare(lower, higher)).isNegative();
    assertThat(kind.compare(higher, lower)).isPositive();
    assertThat(kind.compare(lower, lower)).isZero();
  }
}
