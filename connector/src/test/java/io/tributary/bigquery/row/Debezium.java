package io.tributary.bigquery.row;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Schemas as Debezium makes them, for tests. */
final class Debezium {
  static final Schema POINT =
      SchemaBuilder.struct()
          .name("io.debezium.data.geometry.Point")
          .version(1)
          .field("x", Schema.FLOAT64_SCHEMA)
          .field("y", Schema.FLOAT64_SCHEMA)
          .field("wkb", Schema.OPTIONAL_BYTES_SCHEMA)
          .field("srid", Schema.OPTIONAL_INT32_SCHEMA)
          .build();

  static final Schema SPARSE =
      SchemaBuilder.struct()
          .name("io.debezium.data.SparseDoubleVector")
          .version(1)
          .field("dimensions", Schema.INT16_SCHEMA)
          .field("vector", SchemaBuilder.map(Schema.INT16_SCHEMA, Schema.FLOAT64_SCHEMA).build())
          .build();

  private static final String TYPE = "__debezium.source.column.type";

  private Debezium() {}

  static SchemaBuilder int32(String name) {
    return SchemaBuilder.int32().name("io.debezium." + name).version(1);
  }

  static SchemaBuilder int64(String name) {
    return SchemaBuilder.int64().name("io.debezium." + name).version(1);
  }

  static SchemaBuilder string(String name) {
    return SchemaBuilder.string().name("io.debezium." + name).version(1);
  }

  /** Text of a column whose type the source tells. */
  static SchemaBuilder text(String sourceType) {
    return SchemaBuilder.string().parameter(TYPE, sourceType);
  }

  /** A column's schema whose source tells its type. */
  static Schema typed(SchemaBuilder schema, String sourceType) {
    return schema.parameter(TYPE, sourceType).build();
  }

  /** Bits of a column of so many. */
  static Schema bits(int length) {
    return SchemaBuilder.bytes()
        .name("io.debezium.data.Bits")
        .parameter("length", Integer.toString(length))
        .build();
  }

  /** A geometry or geography. */
  static Schema geometry(String name) {
    return SchemaBuilder.struct()
        .name("io.debezium.data.geometry." + name)
        .field("wkb", Schema.BYTES_SCHEMA)
        .field("srid", Schema.OPTIONAL_INT32_SCHEMA)
        .field(
            "extensions",
            SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).optional().build())
        .build();
  }

  /** A structured time with the members that the values have, and an infinity's name. */
  static Struct structured(String name, Map<String, Object> members) {
    SchemaBuilder schema = SchemaBuilder.struct().name("io.debezium.time.Structured" + name);
    for (String member :
        new String[] {"year", "month", "day", "hour", "minute", "second", "nanos"}) {
      schema.field(member, Schema.OPTIONAL_INT32_SCHEMA);
    }
    for (String member : new String[] {"years", "months", "days", "hours", "minutes"}) {
      schema.field(member, Schema.OPTIONAL_INT32_SCHEMA);
    }
    schema.field("seconds", Schema.OPTIONAL_INT64_SCHEMA);
    schema.field("offsetSeconds", Schema.OPTIONAL_INT32_SCHEMA);
    schema.field("zoneId", Schema.OPTIONAL_STRING_SCHEMA);
    schema.field("specialValue", Schema.OPTIONAL_STRING_SCHEMA);
    Struct struct = new Struct(schema.build());
    members.forEach(struct::put);
    return struct;
  }
}
