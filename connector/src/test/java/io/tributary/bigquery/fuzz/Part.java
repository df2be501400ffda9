package io.tributary.bigquery.fuzz;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** A struct that is still being made; its fields can be set, replaced and dropped. */
final class Part {
  private final String name;
  private final Map<String, Schema> schemas = new LinkedHashMap<>();
  private final Map<String, Object> values = new HashMap<>();

  Part(String name) {
    this.name = name;
  }

  /** Sets a field, in the place of one of this name if there is one. */
  Part set(String field, Schema schema, Object value) {
    schemas.put(field, schema);
    return value(field, value);
  }

  /** Gives a field that is there another value. */
  Part value(String field, Object value) {
    values.put(field, value);
    return this;
  }

  Part drop(String field) {
    schemas.remove(field);
    values.remove(field);
    return this;
  }

  boolean has(String field) {
    return schemas.containsKey(field);
  }

  Struct struct() {
    SchemaBuilder builder = SchemaBuilder.struct().name(name).optional();
    schemas.forEach(builder::field);
    Struct struct = new Struct(builder.build());
    schemas.keySet().forEach(field -> struct.put(field, values.get(field)));
    return struct;
  }

  /** The fields without their schemas. */
  Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    schemas.keySet().forEach(field -> map.put(field, values.get(field)));
    return map;
  }
}
