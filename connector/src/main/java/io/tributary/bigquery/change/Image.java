package io.tributary.bigquery.change;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** The columns of a key or a row, still in the form in which the converter delivered them. */
public sealed interface Image {
  /** The key of a row whose table has none. */
  Image NO_KEY = noKey();

  /** With a Connect schema. Values are read without defaults. */
  record OfStruct(Schema schema, Struct struct) implements Image {}

  /** Without a schema: JSON's own types. */
  record OfMap(Map<String, Object> values) implements Image {}

  /** A single value without a schema that is the whole key, named by configuration. */
  record OfValue(String name, Object value) implements Image {}

  private static Image noKey() {
    Schema schema = SchemaBuilder.struct().build();
    return new OfStruct(schema, new Struct(schema));
  }
}
