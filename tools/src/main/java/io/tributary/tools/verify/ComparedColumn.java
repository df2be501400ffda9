package io.tributary.tools.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.cloud.bigquery.FieldValue;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/**
 * A column of a source table.
 *
 * @param name its name on both sides
 * @param kind the kind of its values, or of its items if it is an array
 * @param array whether it is an array
 */
record ComparedColumn(String name, ValueKind kind, boolean array) {
  /** How a NULL is written; no canonical text looks like this. */
  static final String NULL = "<NULL>";

  /** The expression that PostgreSQL selects, always giving text or an array of text. */
  String postgresExpression() {
    return SourceTable.quote(name) + (array ? "::text[]" : "::text");
  }

  /** The expression by which PostgreSQL must sort to agree with BigQuery. */
  String postgresOrder() {
    // qualified, or the name would mean the selected text instead of the column
    String column = "source." + SourceTable.quote(name);
    return kind == ValueKind.TEXT ? "(" + column + "::text) COLLATE \"C\"" : column;
  }

  String bigQueryName() {
    return '`' + name + '`';
  }

  String fromPostgres(ResultSet row, int position) throws SQLException {
    if (!array) {
      String text = row.getString(position);
      return text == null ? NULL : kind.fromPostgres(text);
    }
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    Array value = row.getArray(position);
    // BigQuery has no NULL arrays: they are empty ones there
    if (value != null) {
      for (Object item : (Object[]) value.getArray()) {
        items.add(item == null ? NULL : kind.fromPostgres(item.toString()));
      }
    }
    return items.toString();
  }

  String fromBigQuery(FieldValue value) {
    if (!array) {
      return value.isNull() ? NULL : kind.fromBigQuery(text(value));
    }
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    if (!value.isNull()) {
      value
          .getRepeatedValue()
          .forEach(item -> items.add(item.isNull() ? NULL : kind.fromBigQuery(text(item))));
    }
    return items.toString();
  }

  private String text(FieldValue value) {
    // the client knows in which of the wire forms it asked for timestamps
    return kind == ValueKind.INSTANT
        ? Long.toString(value.getTimestampValue())
        : value.getStringValue();
  }

  boolean isNamed(String other) {
    return name.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }
}
