package io.tributary.bigquery.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"id", "größe", "名前", "a b", "it's", "1st", "a&b%c=d+e:f<g>h#i|j", "a–b", "a‿b"})
  void leavesWhatBigQueryAllows(String name) {
    assertThat(ColumnNames.legal(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n", "\r", "\t", "\f", "\u000b", "\u0000", "\u2028", "`", "\\", ".", "\"", ";", "\u202e"
      })
  void turnsIntoAnUnderscore(String sign) {
    assertThat(ColumnNames.legal("a" + sign + "b")).isEqualTo("a_b");
  }

  @ParameterizedTest
  @CsvSource({"_TABLE_x,x_TABLE_x", "_PARTITIONTIME,x_PARTITIONTIME", "_CHANGE_TYPE,x_CHANGE_TYPE"})
  void marksReservedNames(String name, String legal) {
    assertThat(ColumnNames.legal(name)).isEqualTo(legal);
  }

  @Test
  void cutsWhatIsTooLong() {
    assertThat(ColumnNames.legal("x".repeat(301))).hasSize(300);
  }
}
