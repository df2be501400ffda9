package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FieldValueList;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The types that are no plain columns, through a task into the table and read back by a query. */
final class TypesTaskTest {
  private static final Schema GEOGRAPHY =
      SchemaBuilder.struct()
          .name("io.debezium.data.geometry.Geography")
          .field("wkb", Schema.BYTES_SCHEMA)
          .field("srid", Schema.OPTIONAL_INT32_SCHEMA)
          .optional()
          .build();
  private static final Schema INNER =
      SchemaBuilder.struct()
          .field("x", Schema.OPTIONAL_INT32_SCHEMA)
          .field("names", SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
          .optional()
          .build();
  private static final Schema NESTED =
      SchemaBuilder.struct()
          .field("inner", INNER)
          .field("inners", SchemaBuilder.array(INNER).optional().build())
          .optional()
          .build();
  private static final Schema SPARSE =
      SchemaBuilder.struct()
          .name("io.debezium.data.SparseDoubleVector")
          .field("dimensions", Schema.INT16_SCHEMA)
          .field("vector", SchemaBuilder.map(Schema.INT16_SCHEMA, Schema.FLOAT64_SCHEMA).build())
          .optional()
          .build();

  private final TaskHarness harness = new TaskHarness();
  private final Changes changes =
      Changes.postgres("public", "items")
          .topic(Events.TOPIC)
          .key("id", Schema.INT64_SCHEMA)
          .column("days", text("DATERANGE"))
          .column("times", text("TSRANGE"))
          .column("moments", text("TSTZRANGE"))
          .column("numbers", text("NUMRANGE"))
          .column(
              "pause", SchemaBuilder.string().name("io.debezium.time.Interval").optional().build())
          .column("place", GEOGRAPHY)
          .column(
              "vec",
              SchemaBuilder.array(Schema.FLOAT64_SCHEMA)
                  .name("io.debezium.data.DoubleVector")
                  .optional()
                  .build())
          .column("sparse", SPARSE)
          .column("nested", NESTED)
          .column(
              "tags",
              SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                  .optional()
                  .build());

  private static Schema text(String type) {
    return SchemaBuilder.string()
        .parameter("__debezium.source.column.type", type)
        .optional()
        .build();
  }

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void arriveInTheTableAsTheyAre() {
    Map<String, Object> row = new HashMap<>();
    row.put("id", 1L);
    row.put("days", "[2020-01-01,)");
    row.put("times", "[\"2020-01-01 12:00:00\",\"2020-01-01 12:00:00.5\")");
    row.put("moments", "(,\"2020-01-01 12:00:00+02\")");
    row.put("numbers", "[1.5,5)");
    row.put("pause", "P1Y-2M3DT4H5M6.78S");
    row.put(
        "place",
        new Struct(GEOGRAPHY)
            .put("wkb", HexFormat.of().parseHex("0101000000000000000000e03f000000000000f03f"))
            .put("srid", 4326));
    row.put("vec", List.of(0.5, -1.0));
    row.put(
        "sparse",
        new Struct(SPARSE).put("dimensions", (short) 5).put("vector", Map.of((short) 4, 1.5)));
    Struct inner = new Struct(INNER).put("x", 7).put("names", List.of("a", "b"));
    row.put("nested", new Struct(NESTED).put("inner", inner).put("inners", List.of(inner, inner)));
    row.put("tags", Map.of("a", "1"));
    RunningTask task = harness.task();

    task.put(List.of(changes.insert(row), changes.insert(Map.of("id", 2L))));
    task.awaitApplied();

    assertThat(task.context.reasons).isEmpty();
    assertThat(cells("RANGE_START(days)", "RANGE_END(days)", "RANGE_END(times)"))
        .isEqualTo("2020-01-01|null|2020-01-01T12:00:00.500000");
    assertThat(cells("RANGE_START(moments)", "UNIX_SECONDS(RANGE_END(moments))"))
        .isEqualTo("null|1577872800");
    assertThat(cells("numbers.lower", "numbers.upper_inclusive", "numbers.empty"))
        .isEqualTo("1.5|false|false");
    assertThat(cells("CAST(pause AS STRING)")).isEqualTo("0-10 3 4:5:6.780");
    assertThat(cells("place")).isEqualTo("POINT(0.5 1)");
    assertThat(cells("vec[0]", "vec[1]", "sparse.dimensions", "sparse.vector[0].index"))
        .isEqualTo("0.5|-1.0|5|4");
    assertThat(cells("nested.inner.x", "nested.inners[1].names[1]", "JSON_VALUE(tags, '$.a')"))
        .isEqualTo("7|b|1");
    assertThat(
            harness.count(
                "SELECT COUNT(*) FROM `local.ds.items` WHERE id = 2 AND days IS NULL"
                    + " AND pause IS NULL AND place IS NULL AND nested IS NULL AND tags IS NULL"
                    + " AND sparse IS NULL AND ARRAY_LENGTH(vec) = 0"))
        .isEqualTo(1);
  }

  private String cells(String... expressions) {
    FieldValueList row =
        harness
            .query(
                "SELECT " + String.join(", ", expressions) + " FROM `local.ds.items` WHERE id = 1")
            .iterator()
            .next();
    return String.join(
        "|",
        row.stream().map(cell -> cell.isNull() ? "null" : cell.getValue().toString()).toList());
  }
}
