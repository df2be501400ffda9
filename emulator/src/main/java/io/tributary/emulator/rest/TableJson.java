package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Partitioning;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.BufferedRows;
import io.tributary.emulator.engine.TableSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A Table resource in JSON. */
final class TableJson {
  private TableJson() {}

  /**
   * Reads a whole resource. Its maximum staleness is dropped, as the service does: only DDL sets
   * it, so the present one is kept.
   */
  static TableDefinition read(TableRef ref, JsonNode table, String maxStaleness) {
    Long expiration = Json.number(table, "expirationTime");
    JsonNode clustering = table.path("clustering").path("fields");
    JsonNode key = table.path("tableConstraints").path("primaryKey").path("columns");
    refuseUnsupported(table);
    return new TableDefinition(
        ref,
        SchemaJson.read(table.path("schema")),
        strings(key),
        strings(clustering),
        partitioning(table),
        Json.strings(table.path("labels")),
        Json.text(table, "description"),
        Json.text(table, "friendlyName"),
        expiration == null ? null : Instant.ofEpochMilli(expiration),
        Json.text(table.path("encryptionConfiguration"), "kmsKeyName"),
        maxStaleness,
        null,
        null,
        null,
        Json.text(table.path("view"), "query"));
  }

  private static void refuseUnsupported(JsonNode table) {
    for (String name :
        List.of(
            "externalDataConfiguration",
            "materializedView",
            "snapshotDefinition",
            "biglakeConfiguration",
            "defaultCollation",
            "defaultRoundingMode",
            "resourceTags")) {
      refuse(table.path(name), name);
    }
    refuse(table.path("tableConstraints").path("foreignKeys"), "tableConstraints.foreignKeys");
    boolean legacyView = table.path("view").path("useLegacySql").asBoolean();
    if (legacyView) {
      throw BigQueryError.notImplemented("Views of legacy SQL are not supported by this emulator");
    }
  }

  private static void refuse(JsonNode value, String name) {
    boolean empty =
        value.isMissingNode()
            || value.isNull()
            || (value.isContainerNode() ? value.isEmpty() : value.asText().isEmpty());
    if (!empty) {
      throw BigQueryError.notImplemented(name + " is not supported by this emulator");
    }
  }

  /** What the caller may set, of a table as it is: the ground that a patch is laid on. */
  static ObjectNode settable(TableDefinition table) {
    ObjectNode json = Json.object();
    json.set("schema", SchemaJson.write(table.columns()));
    if (!table.primaryKey().isEmpty()) {
      addAll(
          json.putObject("tableConstraints").putObject("primaryKey").putArray("columns"),
          table.primaryKey());
    }
    if (!table.clustering().isEmpty()) {
      addAll(json.putObject("clustering").putArray("fields"), table.clustering());
    }
    writePartitioning(table.partitioning(), json);
    if (!table.labels().isEmpty()) {
      json.set("labels", Json.object(table.labels()));
    }
    put(json, "description", table.description());
    put(json, "friendlyName", table.friendlyName());
    if (table.expiration() != null) {
      json.put("expirationTime", String.valueOf(table.expiration().toEpochMilli()));
    }
    if (table.kmsKeyName() != null) {
      json.putObject("encryptionConfiguration").put("kmsKeyName", table.kmsKeyName());
    }
    if (table.viewQuery() != null) {
      json.putObject("view").put("query", table.viewQuery()).put("useLegacySql", false);
    }
    return json;
  }

  static ObjectNode write(TableDefinition table, String location) {
    ObjectNode json = settable(table);
    header(table, json);
    json.put("etag", table.etag());
    json.put("location", location);
    json.put(
        "selfLink",
        "https://bigquery.googleapis.com/bigquery/v2/projects/%s/datasets/%s/tables/%s"
            .formatted(table.ref().project(), table.ref().dataset(), table.ref().table()));
    json.put("creationTime", millis(table.created()));
    json.put("lastModifiedTime", millis(table.modified()));
    return json;
  }

  static void writeSize(ObjectNode json, TableSize size) {
    json.put("numRows", String.valueOf(size.rows()));
    for (String name : List.of("numBytes", "numTotalLogicalBytes", "numActiveLogicalBytes")) {
      json.put(name, String.valueOf(size.bytes()));
    }
    json.put("numLongTermBytes", "0");
  }

  /** The buffer's bytes are estimated by the size of the table's other rows. */
  static void writeBuffer(ObjectNode json, TableSize size, BufferedRows streamed) {
    long bytes = size.rows() == 0 ? 0 : size.bytes() * streamed.rows() / size.rows();
    json.putObject("streamingBuffer")
        .put("estimatedRows", String.valueOf(streamed.rows()))
        .put("estimatedBytes", String.valueOf(bytes))
        .put("oldestEntryTime", millis(streamed.oldest()));
  }

  /** The short form that lists of tables have. */
  static ObjectNode writeListed(TableDefinition table) {
    ObjectNode json = Json.object();
    header(table, json);
    json.put("creationTime", millis(table.created()));
    if (!table.labels().isEmpty()) {
      json.set("labels", Json.object(table.labels()));
    }
    return json;
  }

  static ObjectNode reference(TableRef ref) {
    return Json.object()
        .put("projectId", ref.project())
        .put("datasetId", ref.dataset())
        .put("tableId", ref.table());
  }

  private static void header(TableDefinition table, ObjectNode json) {
    TableRef ref = table.ref();
    json.put("kind", "bigquery#table");
    json.put("id", ref.toString());
    json.put("type", table.viewQuery() == null ? "TABLE" : "VIEW");
    json.set("tableReference", reference(ref));
  }

  static Partitioning partitioning(JsonNode table) {
    JsonNode time = table.path("timePartitioning");
    JsonNode range = table.path("rangePartitioning");
    boolean requireFilter =
        table.path("requirePartitionFilter").asBoolean()
            || time.path("requirePartitionFilter").asBoolean();
    if (time.isObject()) {
      String type = String.valueOf(Json.text(time, "type")).toUpperCase(Locale.ROOT);
      if (!List.of("HOUR", "DAY", "MONTH", "YEAR").contains(type)) {
        throw BigQueryError.invalid("Invalid value for timePartitioning.type: " + type);
      }
      return new Partitioning(
          Partitioning.Kind.valueOf(type),
          Json.text(time, "field"),
          Json.number(time, "expirationMs"),
          null,
          null,
          null,
          requireFilter);
    }
    if (range.isObject()) {
      JsonNode bounds = range.path("range");
      return new Partitioning(
          Partitioning.Kind.RANGE,
          Json.text(range, "field"),
          null,
          Json.number(bounds, "start"),
          Json.number(bounds, "end"),
          Json.number(bounds, "interval"),
          requireFilter);
    }
    return null;
  }

  private static void writePartitioning(Partitioning partitioning, ObjectNode json) {
    if (partitioning == null) {
      return;
    }
    if (partitioning.requireFilter()) {
      json.put("requirePartitionFilter", true);
    }
    if (partitioning.kind() == Partitioning.Kind.RANGE) {
      ObjectNode range = json.putObject("rangePartitioning").put("field", partitioning.field());
      range
          .putObject("range")
          .put("start", partitioning.rangeStart().toString())
          .put("end", partitioning.rangeEnd().toString())
          .put("interval", partitioning.rangeInterval().toString());
      return;
    }
    ObjectNode time = json.putObject("timePartitioning").put("type", partitioning.kind().name());
    put(time, "field", partitioning.field());
    if (partitioning.expirationMs() != null) {
      time.put("expirationMs", partitioning.expirationMs().toString());
    }
  }

  private static List<String> strings(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asText()));
    return values;
  }

  private static void addAll(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }

  private static void put(ObjectNode json, String name, String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static String millis(Instant when) {
    return when == null ? "0" : String.valueOf(when.toEpochMilli());
  }
}
