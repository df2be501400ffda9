package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.config.Encoding;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.TypeText;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text that is bytes, or numbers, because the configuration says so. */
final class EncodedBytesTest {
  @ParameterizedTest
  @CsvSource({
    "BYTEA, BASE64, QUI=, AB",
    "BYTEA, BASE64, QUI, AB",
    "VARBINARY, BASE64_URL_SAFE, Pz8_Pg==, ???>",
    "LONGBLOB, HEX, 4142, AB",
    "BINARY, HEX, 3f, ?",
    "bytea, HEX, '', ''",
  })
  void isDecodedByItsSourceType(String source, Encoding encoding, String text, String bytes) {
    Form form = Forms.of(Debezium.text(source).build(), encoding);
    Column column = form.column("c");
    assertThat(column.type()).isEqualTo(ColumnType.BYTES);
    assertThat(Wire.shown(Wire.written(form, text, Target.exact(column)))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "BASE64, QUJ=",
    "BASE64, QU I=",
    "BASE64, '_-__'",
    "BASE64, Q",
    "BASE64_URL_SAFE, Pz8/Pg==",
    "HEX, 414",
    "HEX, 4G",
    "HEX, '\\x41'",
  })
  void whatIsNoEncodingIsRefused(Encoding encoding, String text) {
    Form form = Forms.of(Debezium.text("BYTEA").build(), encoding);
    assertThatThrownBy(() -> Wire.written(form, text, Target.exact(form.column("c"))))
        .isInstanceOf(Unfit.class)
        .hasMessageNotContaining(text);
  }

  @Test
  void itemsOfArraysAreDecodedAndOtherTextsAreNot() {
    Schema array =
        SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
            .parameter("__debezium.source.column.type", "_BYTEA")
            .build();
    assertThat(Forms.of(array, Encoding.HEX).column("c").typeText()).isEqualTo("ARRAY<BYTES>");
    assertThat(Forms.of(Debezium.text("TEXT").build(), Encoding.HEX).column("c").type())
        .isEqualTo(ColumnType.STRING);
    assertThat(Forms.of(Debezium.text("BYTEA").build(), Encoding.BYTES).column("c").type())
        .isEqualTo(ColumnType.STRING);
  }

  @ParameterizedTest
  @CsvSource({
    "NUMERIC, 1.50, 1.5",
    "INT64, -7, -7",
    "FLOAT64, 2.5, 2.5",
    "BOOL, TRUE, true",
    "DATE, 1970-01-02, 1",
    "TIMESTAMP, 1970-01-01T00:00:00.000001Z, 1",
    "INT64, 1.5, refused",
    "NUMERIC, one, refused",
    "NUMERIC, 0.0000000001, refused",
    "BOOL, yes, refused",
    "DATE, 1970-02-30, refused",
    "TIMESTAMP, 1970-01-01, refused",
  })
  void textWithoutASchemaIsReadAsTheChosenType(String type, String text, String outcome) {
    Column column = TypeText.column(type).withName("c");
    Form form = new ChosenForm(Text.declared(new LooseForms().of(text)), column);
    String stored;
    try {
      stored = Wire.shown(Wire.written(form, text, Target.exact(column)));
    } catch (Unfit unfit) {
      stored = "refused";
    }
    String expected = outcome.equals("1.5") ? Wire.shown(FormsTest.numeric("1.5", 9)) : outcome;
    assertThat(stored).isEqualTo(expected);
  }
}
