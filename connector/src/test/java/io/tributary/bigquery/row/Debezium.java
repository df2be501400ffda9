package io.tributary.bigquery.row;

import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
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

  /** A decimal number of so many digits, so many of them behind the point. */
  static Schema decimal(int precision, int scale) {
    return Decimal.builder(scale)
        .parameter("connect.decimal.precision", Integer.toString(precision))
        .build();
  }

  /** Text of a column of decimal numbers, ten digits and two of them behind the point. */
  static Schema numericText(String type) {
    return text(type)
        .parameter("__debezium.source.column.length", "10")
        .parameter("__debezium.source.column.scale", "2")
        .build();
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

  /** A geometry of a column whose type the source tells. */
  static Schema shapeOf(String type) {
    Schema geometry = geometry("Geometry");
    SchemaBuilder schema = SchemaBuilder.struct().name(geometry.name()).parameter(TYPE, type);
    geometry.fields().forEach(field -> schema.field(field.name(), field.schema()));
    return schema.build();
  }

  /** A point of a reference system. */
  static Struct shape(Schema schema, Integer srid) {
    return new Struct(schema)
        .put("wkb", HexFormat.of().parseHex("0101000000000000000000e03f000000000000f03f"))
        .put("srid", srid);
  }

  /** A line without points, of a column whose type the source tells. */
  static Struct planar(String type) {
    Schema schema = shapeOf(type);
    return new Struct(schema).put("wkb", HexFormat.of().parseHex("010200000000000000"));
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
