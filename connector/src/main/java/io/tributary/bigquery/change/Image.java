package io.tributary.bigquery.change;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** The columns of a key or a row, still in the form in which the converter delivered them. */
public sealed interface Image {
  /** With a Connect schema. Values are read without defaults. */
  record OfStruct(Schema schema, Struct struct) implements Image {}

  /** Without a schema: JSON's own types. */
  record OfMap(Map<String, Object> values) implements Image {}

  /** A single value without a schema that is the whole key, named by configuration. */
  record OfValue(String name, Object value) implements Image {}
}
