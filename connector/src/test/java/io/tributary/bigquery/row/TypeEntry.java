package io.tributary.bigquery.row;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * A row of the page of types: how a type arrives, a value that fits, and values that do not.
 *
 * @param source the type as the database spells it
 * @param setting the source's settings under which it arrives so
 * @param sample a value that fits
 * @param unfit values that do not
 * @param note what else is to be said
 */
record TypeEntry(
    String source, String setting, Schema schema, Object sample, List<Object> unfit, String note) {
  /** No setting of the source matters, or its default. */
  static final String DEFAULT = "";

  static final String PROPAGATED = "`datatype.propagate.source.type`";

  static TypeEntry row(String source, String setting, Schema schema, Object sample) {
    return new TypeEntry(source, setting, schema, sample, List.of(), "");
  }

  static TypeEntry structured(String source, String name, Map<String, Object> members) {
    Struct value = Debezium.structured(name, members);
    return row(source, "`time.precision.mode=structured`", value.schema(), value);
  }

  TypeEntry refuses(Object... values) {
    return new TypeEntry(source, setting, schema, sample, Arrays.asList(values), note);
  }

  TypeEntry note(String text) {
    return new TypeEntry(source, setting, schema, sample, unfit, text);
  }
}
