package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A TableSchema in JSON. */
final class SchemaJson {
  private SchemaJson() {}

  static ObjectNode write(List<Column> columns) {
    ObjectNode schema = Json.object();
    schema.set("fields", fields(columns));
    return schema;
  }

  static List<Column> read(JsonNode schema) {
    List<Column> columns = new ArrayList<>();
    schema.path("fields").forEach(field -> columns.add(column(field)));
    return columns;
  }

  static ColumnType type(String name) {
    return ColumnType.parse(String.valueOf(name))
        .orElseThrow(() -> BigQueryError.invalid("Invalid value for type: " + name));
  }

  private static Column column(JsonNode field) {
    String mode = Json.text(field, "mode");
    JsonNode element = field.path("rangeElementType");
    List<String> policyTags = new ArrayList<>();
    field.path("policyTags").path("names").forEach(tag -> policyTags.add(tag.asText()));
    for (String unsupported : List.of("collation", "roundingMode")) {
      String value = Json.text(field, unsupported);
      if (value != null && !value.isEmpty()) {
        throw BigQueryError.notImplemented(
            unsupported + " of columns is not supported by this emulator");
      }
    }
    return new Column(
        Json.text(field, "name"),
        type(Json.text(field, "type")),
        mode == null ? Mode.NULLABLE : mode(mode),
        read(field),
        Json.text(field, "description"),
        Json.number(field, "maxLength"),
        Json.number(field, "precision"),
        Json.number(field, "scale"),
        element.isObject() ? type(Json.text(element, "type")) : null,
        Json.text(field, "defaultValueExpression"),
        policyTags);
  }

  private static Mode mode(String name) {
    try {
      return Mode.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw BigQueryError.invalid("Invalid value for mode: " + name);
    }
  }

  private static ArrayNode fields(List<Column> columns) {
    ArrayNode fields = Json.array();
    for (Column column : columns) {
      ObjectNode field =
          fields
              .addObject()
              .put("name", column.name())
              .put("type", column.type().legacyName())
              .put("mode", column.mode().name());
      if (!column.fields().isEmpty()) {
        field.set("fields", fields(column.fields()));
      }
      put(field, "description", column.description());
      put(field, "maxLength", column.maxLength());
      put(field, "precision", column.precision());
      put(field, "scale", column.scale());
      put(field, "defaultValueExpression", column.defaultValueExpression());
      if (column.rangeElementType() != null) {
        field.putObject("rangeElementType").put("type", column.rangeElementType().legacyName());
      }
      if (!column.policyTags().isEmpty()) {
        ArrayNode names = field.putObject("policyTags").putArray("names");
        column.policyTags().forEach(names::add);
      }
    }
    return fields;
  }

  private static void put(ObjectNode field, String name, Object value) {
    if (value != null) {
      field.put(name, value.toString());
    }
  }
}
