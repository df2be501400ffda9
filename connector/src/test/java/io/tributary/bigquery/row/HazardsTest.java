package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.config.Lossy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which forms are dangerous, and that a column is told of once. */
class HazardsTest {
  static Stream<Arguments> hazards() {
    String type = "__debezium.source.column.type";
    return Stream.of(
        Arguments.of(Debezium.int64("time.MicroDuration").build(), List.of(Hazard.MONTHS)),
        Arguments.of(Timestamp.SCHEMA, List.of(Hazard.MILLISECONDS)),
        Arguments.of(Debezium.int64("time.NanoTimestamp").build(), List.of(Hazard.YEARS)),
        Arguments.of(Debezium.string("time.IsoTime").build(), List.of(Hazard.MIDNIGHT)),
        Arguments.of(Debezium.string("time.ZonedTime").build(), List.of(Hazard.TIME_ZONE)),
        Arguments.of(
            SchemaBuilder.array(Schema.OPTIONAL_FLOAT64_SCHEMA).optional().build(),
            List.of(Hazard.UNMARKED_NULL)),
        Arguments.of(
            SchemaBuilder.struct().name("io.debezium.data.VariableScaleDecimal").optional().build(),
            List.of(Hazard.UNMARKED_NULL)),
        Arguments.of(Debezium.text("BYTEA").build(), List.of(Hazard.BYTES_AS_TEXT)),
        Arguments.of(Debezium.text("NAME").build(), List.of(Hazard.STREAMED_NULL)),
        Arguments.of(
            SchemaBuilder.int64().parameter(type, "BIGINT UNSIGNED").build(),
            List.of(Hazard.UNSIGNED)),
        Arguments.of(
            SchemaBuilder.float64().parameter(type, "NUMERIC").build(), List.of(Hazard.ROUNDED)),
        Arguments.of(
            SchemaBuilder.string().optional().defaultValue("x").build(), List.of(Hazard.DEFAULT)),
        Arguments.of(SchemaBuilder.string().defaultValue("x").build(), List.of()),
        Arguments.of(
            SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build(), List.of()),
        Arguments.of(SchemaBuilder.array(Schema.FLOAT64_SCHEMA).build(), List.of()),
        Arguments.of(Decimal.builder(2).optional().build(), List.of()),
        Arguments.of(Debezium.int64("time.MicroTimestamp").optional().build(), List.of()));
  }

  @ParameterizedTest
  @MethodSource("hazards")
  void areSeenInTheSchema(Schema schema, List<Hazard> expected) {
    assertThat(Hazards.of(schema)).containsExactlyElementsOf(expected);
  }

  @Test
  void areToldOnceForEachColumnOfASource() {
    List<String> told = new ArrayList<>();
    Losses losses =
        new Losses() {
          @Override
          public void count(Lossy choice) {}

          @Override
          public void hazard(String column, Hazard hazard) {
            told.add(column + " " + hazard);
          }
        };
    Hazards hazards = new Hazards(losses);
    for (String name :
        new String[] {"shop.public.items.Value", "shop.public.items.Value", "mine"}) {
      Schema row =
          SchemaBuilder.struct()
              .name(name)
              .field("a", Timestamp.SCHEMA)
              .field("b", Timestamp.SCHEMA)
              .field(name, Timestamp.SCHEMA)
              .build();
      row.fields().forEach(field -> hazards.look(row, field));
    }
    hazards.lookAtLoose("a");
    hazards.lookAtLoose("b");
    hazards.lookAtLeftOut("b");
    hazards.lookAtLeftOut("b");
    assertThat(told)
        .containsExactly(
            "a MILLISECONDS",
            "b MILLISECONDS",
            "shop.public.items.Value MILLISECONDS",
            "a NO_SCHEMA",
            "b LEFT_OUT");
  }
}
