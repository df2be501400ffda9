package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.table.ColumnType;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes: which of them lie on the Earth, and their text. */
class SpatialTest {
  private static final Schema GEOMETRY = Debezium.geometry("Geometry");
  private static final String HALF = "000000000000e03f";
  private static final String ONE = "000000000000f03f";

  private static Struct shape(Schema schema, String wkb, Integer srid) {
    byte[] bytes = HexFormat.of().parseHex(wkb.replace("H", HALF).replace("I", ONE));
    return new Struct(schema).put("wkb", bytes).put("srid", srid);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0101000000HI|POINT(0.5 1)",
        "01010000000000000000005ec00000000000000ac0|POINT(-120 -3.25)",
        "00000000013fe00000000000003ff0000000000000|POINT(0.5 1)",
        "0101000020e6100000HI|POINT(0.5 1)",
        "0101000000000000000000f87f000000000000f87f|POINT EMPTY",
        "010200000002000000HIIH|LINESTRING(0.5 1, 1 0.5)",
        "010200000000000000|LINESTRING EMPTY",
        "01030000000100000004000000HIIHIIHI|POLYGON((0.5 1, 1 0.5, 1 1, 0.5 1))",
        "0104000000010000000101000000HI|MULTIPOINT((0.5 1))",
        "010500000001000000010200000002000000HIIH|MULTILINESTRING((0.5 1, 1 0.5))",
        "01060000000100000001030000000100000004000000HIIHIIHI|"
            + "MULTIPOLYGON(((0.5 1, 1 0.5, 1 1, 0.5 1)))",
        "0107000000020000000101000000HI010200000002000000HIIH|"
            + "GEOMETRYCOLLECTION(POINT(0.5 1), LINESTRING(0.5 1, 1 0.5))"
      })
  void onTheEarthAreText(String wkb, String expected) {
    assertThat(Forms.of(GEOMETRY).column("c").type()).isEqualTo(ColumnType.GEOGRAPHY);
    assertThat(Wire.proposed(GEOMETRY, shape(GEOMETRY, wkb, 4326))).isEqualTo(expected);
    Schema geography = Debezium.geometry("Geography");
    assertThat(Wire.proposed(geography, shape(geography, wkb, null))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "02",
        "0101000000HI00",
        "0101000000H000000",
        "01020000000200ffff",
        "0108000000",
        "01e9030000HII",
        "0101000080HII",
        "0101000020e9030000HI",
        "010400000001000000010200000000000000",
        "010100000000000000000069400000000000000000",
        "010100000000000000000000000000000000c05740",
        "0101000000000000000000f07f000000000000f03f"
      })
  void thatBigQueryHasNotAreRefused(String wkb) {
    Struct shape = shape(GEOMETRY, wkb, 4326);
    assertThatThrownBy(() -> Wire.proposed(GEOMETRY, shape)).isInstanceOf(Unfit.class);
  }

  @Test
  void ofAnotherReferenceSystemAreRefused() {
    Struct shape = shape(GEOMETRY, "0101000000HI", 3857);
    assertThatThrownBy(() -> Wire.proposed(GEOMETRY, shape))
        .isInstanceOf(Unfit.class)
        .hasMessageContaining("4326");
  }

  @Test
  void nestedTooDeeplyAreRefused() {
    String nested = "010700000001000000".repeat(100) + "0101000000HI";
    assertThatThrownBy(() -> Wire.proposed(GEOMETRY, shape(GEOMETRY, nested, 4326)))
        .isInstanceOf(Unfit.class);
  }

  @Test
  void ofAPlaneStayStructsUnlessChosen() {
    Schema box =
        SchemaBuilder.struct()
            .name(GEOMETRY.name())
            .parameter("__debezium.source.column.type", "BOX")
            .field("wkb", Schema.BYTES_SCHEMA)
            .field("extensions", GEOMETRY.field("extensions").schema())
            .build();
    Struct value =
        new Struct(box)
            .put("wkb", HexFormat.of().parseHex("010200000000000000"))
            .put("extensions", Map.of("type", "box"));
    assertThat(Forms.of(box).column("c").type()).isEqualTo(ColumnType.STRUCT);
    assertThat(Wire.proposed(box, value)).contains("{\\\"type\\\":\\\"box\\\"}");
    assertThat(Wire.chosen(box, value, "GEOGRAPHY")).isEqualTo("LINESTRING EMPTY");
    Struct point = new Struct(Debezium.POINT).put("x", 1.5).put("y", -2.0);
    assertThat(Wire.proposed(Debezium.POINT, point)).isEqualTo("x: 1.5 y: -2.0");
    assertThat(Wire.chosen(Debezium.POINT, point, "GEOGRAPHY")).isEqualTo("POINT(1.5 -2)");
  }

  @Test
  void ofAPlaneThatAreNotKnownBeforehandAreRefused() {
    Struct value =
        shape(GEOMETRY, "010200000000000000", null).put("extensions", Map.of("type", "path"));
    assertThatThrownBy(() -> Wire.proposed(GEOMETRY, value)).isInstanceOf(Unfit.class);
  }
}
