package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.table.ColumnType;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** PostgreSQL's ranges: their text, and what they become. */
class RangesTest {
  private static long day(String date) {
    return LocalDate.parse(date).toEpochDay();
  }

  private static String ends(Object start, Object end) {
    return (start == null ? "" : "start: " + start)
        + (start == null || end == null ? "" : " ")
        + (end == null ? "" : "end: " + end);
  }

  static Stream<Arguments> ranges() {
    long first = day("2020-01-01");
    long second = day("2020-02-01");
    long noon = first * 86_400_000_000L + 43_200_000_000L;
    return Stream.of(
        Arguments.of("DATERANGE", "[2020-01-01,2020-02-01)", ends(first, second)),
        Arguments.of("DATERANGE", "(2020-01-01,2020-02-01]", ends(first + 1, second + 1)),
        Arguments.of("DATERANGE", "[2020-01-01,)", ends(first, null)),
        Arguments.of("DATERANGE", "(,2020-02-01)", ends(null, second)),
        Arguments.of("DATERANGE", "(,)", ends(null, null)),
        Arguments.of("DATERANGE", "[2020-01-01,infinity)", ends(first, null)),
        Arguments.of("DATERANGE", "[-infinity,2020-02-01)", ends(null, second)),
        Arguments.of("DATERANGE", "[0001-01-01,9999-12-31)", ends(-719_162, 2_932_896)),
        Arguments.of(
            "TSTZRANGE",
            "[\"2020-01-01 14:00:00+02\",\"2020-01-01 12:00:00.000001+00\"]",
            ends(noon, noon + 2)),
        Arguments.of("TSTZRANGE", "(\"2020-01-01 06:30:00-05:30\",infinity]", ends(noon + 1, null)),
        Arguments.of(
            "TSRANGE",
            "[\"2020-01-01 12:00:00\",\"2020-01-01 12:00:00.5\")",
            ends(
                (2020L << 26 | 1 << 22 | 1 << 17 | 12 << 12) << 20,
                (2020L << 26 | 1 << 22 | 1 << 17 | 12 << 12) << 20 | 500_000)));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void ofTimesAreRanges(String type, String text, String expected) {
    assertThat(Wire.proposed(Debezium.text(type).build(), text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATERANGE|empty",
        "DATERANGE|[2020-02-01,2020-02-01)",
        "DATERANGE|[2020-01-01,10000-01-01)",
        "DATERANGE|[0044-03-15 BC,2020-01-01)",
        "DATERANGE|[2020-01-01,9999-12-31]",
        "DATERANGE|[infinity,)",
        "DATERANGE|[2020-02-30,)",
        "DATERANGE|[\"2020-02-01 00:00:00\",)",
        "DATERANGE|[2020-01-01",
        "DATERANGE|2020-01-01,2020-02-01",
        "DATERANGE|[)",
        "DATERANGE|x",
        "TSRANGE|[\"2020-01-01 12:00:00+00\",)",
        "TSRANGE|[2020-01-01,)",
        "TSTZRANGE|[\"2020-01-01 12:00:00\",)",
        "TSTZRANGE|[\"2020-01-01 25:00:00+00\",)",
        "TSTZRANGE|[\"2020-01-01 12:00:00+99\",)",
        "INT4RANGE|[a,5)",
        "INT4RANGE|[1.5,5)",
        "NUMRANGE|[1e-40,5)",
        "NUMRANGE|[1,infinity)"
      })
  void thatNoColumnHasAreRefused(String type, String text) {
    assertThatThrownBy(() -> Wire.proposed(Debezium.text(type).build(), text))
        .isInstanceOf(Unfit.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1,5)|lower: 1 upper: 5 lower_inclusive: true upper_inclusive: false empty: false",
        "(,-5]|upper: -5 lower_inclusive: false upper_inclusive: true empty: false",
        "empty|lower_inclusive: false upper_inclusive: false empty: true"
      })
  void ofNumbersAreStructs(String text, String expected) {
    Schema schema = Debezium.text("INT8RANGE").build();
    assertThat(Wire.proposed(schema, text)).isEqualTo(expected);
    assertThat(Wire.chosen(schema, text, "STRING")).isEqualTo(text);
  }

  @Test
  void ofDecimalsHaveDecimalEnds() {
    Schema schema = Debezium.text("NUMRANGE").build();
    assertThat(Forms.of(schema).column("c").fields().get(0).type())
        .isEqualTo(ColumnType.BIGNUMERIC);
    assertThat(Wire.proposed(schema, "[0,0]"))
        .isEqualTo(
            "lower: \"\\000\" upper: \"\\000\" lower_inclusive: true upper_inclusive: true"
                + " empty: false");
  }

  @Test
  void inArraysRepeat() {
    Schema schema =
        SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
            .parameter("__debezium.source.column.type", "_DATERANGE")
            .build();
    assertThat(Forms.of(schema).column("c").typeText()).isEqualTo("ARRAY<RANGE<DATE>>");
    assertThat(Wire.proposed(schema, List.of("[,)", "[1970-01-02,)"))).isEqualTo("[, start: 1 ]");
  }

  @Test
  void withoutTheirSourcesTypeAreTextUnlessChosen() {
    assertThat(Wire.proposed(Schema.STRING_SCHEMA, "[1970-01-02,)")).isEqualTo("[1970-01-02,)");
    assertThat(Wire.chosen(Schema.STRING_SCHEMA, "[1970-01-02,)", "RANGE<DATE>"))
        .isEqualTo("start: 1");
  }
}
