package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.testkit.Changes;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The table of these tests: its records, and what BigQuery holds of it. */
record Items(TaskHarness harness) {
  static final String TABLE = "`local.ds.items`";

  /** Records of one partition, with a key and no other column. */
  static Changes changes(int partition) {
    return Changes.postgres("public", "items")
        .topic(Events.TOPIC)
        .at(partition, 0)
        .key("id", Schema.INT64_SCHEMA);
  }

  static Schema struct(Object... namesAndSchemas) {
    SchemaBuilder struct = SchemaBuilder.struct().optional();
    for (int i = 0; i < namesAndSchemas.length; i += 2) {
      struct.field((String) namesAndSchemas[i], (Schema) namesAndSchemas[i + 1]);
    }
    return struct.build();
  }

  static Schema list(Schema item) {
    return SchemaBuilder.array(item).optional().build();
  }

  static Map<String, Object> row(long id, Object... namesAndValues) {
    Map<String, Object> row = new HashMap<>();
    row.put("id", id);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }

  /** A column's values as text, by key. */
  Map<Long, String> column(String name) {
    return values("CAST(" + name + " AS STRING)");
  }

  /** An expression's texts, by key. */
  Map<Long, String> values(String expression) {
    Map<Long, String> values = new TreeMap<>();
    for (var cells : harness.query("SELECT id, " + expression + " FROM " + TABLE)) {
      var value = cells.get(1);
      String twice =
          values.put(cells.get(0).getLongValue(), value.isNull() ? "NULL" : value.getStringValue());
      assertThat(twice).as("key %s stands twice", cells.get(0).getValue()).isNull();
    }
    return values;
  }

  /** The type of a column as BigQuery spells it. */
  String type(String column) {
    return harness
        .query(
            "SELECT data_type FROM ds.INFORMATION_SCHEMA.COLUMNS WHERE table_name = 'items'"
                + " AND column_name = '"
                + column
                + "'")
        .iterator()
        .next()
        .get(0)
        .getStringValue();
  }

  static Map<Long, String> texts(Object... idsAndTexts) {
    Map<Long, String> texts = new TreeMap<>();
    for (int i = 0; i < idsAndTexts.length; i += 2) {
      String text = idsAndTexts[i + 1] == null ? "NULL" : (String) idsAndTexts[i + 1];
      texts.put(((Integer) idsAndTexts[i]).longValue(), text);
    }
    return texts;
  }
}
