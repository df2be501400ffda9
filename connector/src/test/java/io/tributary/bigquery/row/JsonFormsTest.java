package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON: what BigQuery stores as it is, and what is refused before. */
class JsonFormsTest {
  private static final Schema JSON = Debezium.string("data.Json").build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        " \"x\" ",
        "{}",
        "[]",
        "0.1",
        "-1.50",
        "123456789012345",
        "1234567890123456",
        "0.1000000000000000055511151231257827021181583404541015625",
        "-9223372036854775808",
        "18446744073709551615",
        "100000000000000000000",
        "1e300",
        "1E-5",
        "{\"a\":{\"a\":[1,{\"a\":2}]}}",
        "\"\\ud83d\\ude00\"",
        "\"\\\\ud800\""
      })
  void passes(String text) {
    assertThat(Wire.proposed(JSON, text)).isEqualTo(text.trim());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1}}",
        "1 2",
        "{} []",
        "{'a':1}",
        "{\"a\":1,\"a\":1}",
        "[{\"b\":{\"a\":1,\"c\":2,\"a\":3}}]",
        "NaN",
        "1e400",
        "0.12345678901234567891",
        "18446744073709551617",
        "12345678901234567890123",
        "1e-400",
        "\"\\ud800\"",
        "{\"\\udc00\":1}"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> Wire.proposed(JSON, text)).isInstanceOf(Unfit.class);
  }

  @Test
  void nestsAsDeepAsBigQuery() {
    String deep = "[".repeat(500) + "]".repeat(500);
    assertThat(Wire.proposed(JSON, deep)).isEqualTo(deep);
    assertThatThrownBy(() -> Wire.proposed(JSON, "[" + deep + "]")).isInstanceOf(Unfit.class);
    Object list = List.of();
    for (int i = 0; i < 100_000; i++) {
      list = List.of(list);
    }
    Object endless = list;
    Schema map = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build();
    assertThatThrownBy(() -> Wire.proposed(map, Map.of("a", endless))).isInstanceOf(Unfit.class);
  }

  @Test
  void isNotMadeOfNumbersThatItHasNot() {
    Schema map = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.FLOAT64_SCHEMA).build();
    Schema decimals = SchemaBuilder.map(Schema.STRING_SCHEMA, Decimal.schema(20)).build();
    BigDecimal fine = new BigDecimal("0.12345678901234567891");
    assertThat(Wire.proposed(map, Map.of("a", 0.1))).isEqualTo("{\"a\":0.1}");
    assertThatThrownBy(() -> Wire.proposed(map, Map.of("a", Double.NaN))).isInstanceOf(Unfit.class);
    assertThatThrownBy(() -> Wire.proposed(decimals, Map.of("a", fine))).isInstanceOf(Unfit.class);
    assertThat(Wire.chosen(decimals, Map.of("a", fine), "STRING"))
        .isEqualTo("{\"a\":0.12345678901234567891}");
    assertThat(Wire.chosen(map, Map.of("a", Double.NaN), "STRING")).isEqualTo("{\"a\":\"NaN\"}");
  }

  @Test
  void isWhatStructsBecomeThatBigQueryCannotNest() {
    Schema schema = Schema.INT32_SCHEMA;
    Object value = 7;
    for (int i = 0; i < 17; i++) {
      Schema outer = SchemaBuilder.struct().field("f", schema).build();
      value = new Struct(outer).put("f", value);
      schema = outer;
    }
    assertThat(Forms.of(schema).column("c").typeText()).isEqualTo("STRUCT");
    assertThat(Wire.proposed(schema, value)).contains("\"{\\\"f\\\"");
    Schema twins =
        SchemaBuilder.struct()
            .field("a", Schema.INT32_SCHEMA)
            .field("A", Schema.INT32_SCHEMA)
            .build();
    assertThat(Wire.proposed(twins, new Struct(twins).put("a", 1).put("A", 2)))
        .isEqualTo("{\"a\":1,\"A\":2}");
  }
}
