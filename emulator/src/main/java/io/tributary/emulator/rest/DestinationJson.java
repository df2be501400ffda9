package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.Destination;
import java.util.ArrayList;
import java.util.List;

/** Reads where a query's rows are to go. */
final class DestinationJson {
  private DestinationJson() {}

  /** Null where the configuration names no table. */
  static Destination read(JsonNode query, String project) {
    JsonNode table = query.path("destinationTable");
    List<String> updates = strings(query.path("schemaUpdateOptions"));
    String write = Json.text(query, "writeDisposition");
    if (Json.text(table, "tableId") == null) {
      return null;
    }
    if (!updates.isEmpty() && (write == null || write.equals("WRITE_EMPTY"))) {
      throw BigQueryError.invalid(
          "Schema update options should only be specified with WRITE_APPEND disposition, or with"
              + " WRITE_TRUNCATE disposition on a table partition.");
    }
    String owner = Json.text(table, "projectId");
    return new Destination(
        new TableRef(
            owner == null ? project : owner,
            Json.text(table, "datasetId"),
            Json.text(table, "tableId")),
        !"CREATE_NEVER".equals(Json.text(query, "createDisposition")),
        write(write),
        updates.contains("ALLOW_FIELD_ADDITION"),
        updates.contains("ALLOW_FIELD_RELAXATION"),
        TableJson.partitioning(query),
        strings(query.path("clustering").path("fields")));
  }

  private static Destination.Write write(String name) {
    if (name == null || name.isEmpty()) {
      return Destination.Write.WRITE_EMPTY;
    }
    try {
      return Destination.Write.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw BigQueryError.invalid("Invalid value for writeDisposition: " + name);
    }
  }

  private static List<String> strings(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asText()));
    return values;
  }
}
