package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;

/** A Dataset resource in JSON. */
final class DatasetJson {
  private DatasetJson() {}

  static DatasetDefinition read(DatasetRef ref, JsonNode json, String defaultLocation) {
    String location = Json.text(json, "location");
    return new DatasetDefinition(
        ref,
        location == null ? defaultLocation : location,
        Json.strings(json.path("labels")),
        Json.text(json, "description"),
        Json.number(json, "defaultTableExpirationMs"),
        null,
        null,
        null);
  }

  static ObjectNode write(DatasetDefinition dataset) {
    ObjectNode json = Json.object().put("kind", "bigquery#dataset");
    json.put("etag", dataset.etag());
    json.put("id", dataset.ref().toString());
    json.putObject("datasetReference")
        .put("projectId", dataset.ref().project())
        .put("datasetId", dataset.ref().dataset());
    json.put("location", dataset.location());
    json.put("type", "DEFAULT");
    if (dataset.created() != null) {
      json.put("creationTime", String.valueOf(dataset.created().toEpochMilli()));
      json.put("lastModifiedTime", String.valueOf(dataset.modified().toEpochMilli()));
    }
    if (dataset.description() != null) {
      json.put("description", dataset.description());
    }
    if (dataset.defaultTableExpirationMs() != null) {
      json.put("defaultTableExpirationMs", dataset.defaultTableExpirationMs().toString());
    }
    if (!dataset.labels().isEmpty()) {
      json.set("labels", Json.object(dataset.labels()));
    }
    return json;
  }
}
