package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.engine.Descriptions;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.engine.QueryRequest;
import io.tributary.emulator.jobs.JobSpec;
import io.tributary.emulator.jobs.Jobs;
import io.tributary.emulator.jobs.QueryChoices;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what job a call asks for. */
final class JobSpecs {
  private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9_-]{1,1024}");
  private static final int MAX_SQL_CHARS = 1_024_000;

  private final Engine engine;
  private final String defaultLocation;

  JobSpecs(Engine engine, String defaultLocation) {
    this.engine = engine;
    this.defaultLocation = defaultLocation;
  }

  /** The job of a jobs.insert call. */
  JobSpec ofInsert(RestCall call) {
    JsonNode configuration = call.body().path("configuration");
    JsonNode query = configuration.path("query");
    if (!query.isObject()) {
      throw BigQueryError.notImplemented(
          "Only query jobs are supported by this emulator: configuration.query is required");
    }
    JsonNode reference = call.body().path("jobReference");
    String id = Json.text(reference, "jobId");
    if (id != null && !JOB_ID.matcher(id).matches()) {
      throw BigQueryError.invalid(
          "Invalid job ID \"%s\". Job IDs must be alphanumeric (plus underscores and dashes) and"
                  .formatted(id)
              + " must be at most 1024 characters long.");
    }
    return spec(
        call,
        query,
        id == null ? Jobs.newId() : id,
        Json.text(reference, "location"),
        configuration.path("dryRun").asBoolean(),
        configuration.path("labels"),
        (ObjectNode) configuration);
  }

  /** The job of a jobs.query call. */
  JobSpec ofQuery(RestCall call) {
    ObjectNode configuration = Json.object();
    ObjectNode query = configuration.putObject("query").put("useLegacySql", false);
    JsonNode body = call.body();
    for (String name : new String[] {"defaultDataset", "queryParameters", "parameterMode"}) {
      if (body.hasNonNull(name)) {
        query.set(name, body.get(name));
      }
    }
    if (body.hasNonNull("labels")) {
      configuration.set("labels", body.get("labels"));
    }
    return spec(
        call,
        body,
        Jobs.newId(),
        Json.text(body, "location"),
        body.path("dryRun").asBoolean(),
        body.path("labels"),
        configuration);
  }

  private JobSpec spec(
      RestCall call,
      JsonNode query,
      String id,
      String location,
      boolean dryRun,
      JsonNode labels,
      ObjectNode configuration) {
    String sql = Json.text(query, "query");
    if (sql == null || sql.isBlank()) {
      throw BigQueryError.invalid("Required parameter is missing: query");
    }
    if (sql.length() > MAX_SQL_CHARS) {
      throw BigQueryError.invalid(
          "The query is too large. The maximum standard SQL query length is 1024.00K characters.");
    }
    if (query.path("useLegacySql").asBoolean()) {
      throw BigQueryError.notImplemented(
          "Legacy SQL is not supported by this emulator; set useLegacySql to false");
    }
    boolean session = query.path("createSession").asBoolean();
    for (JsonNode property : query.path("connectionProperties")) {
      session |= "session_id".equals(Json.text(property, "key"));
    }
    if (session) {
      throw BigQueryError.notImplemented("Sessions are not supported by this emulator");
    }
    DatasetRef dataset = defaultDataset(call, query.path("defaultDataset"));
    Map<String, String> labelled = Json.strings(labels);
    Descriptions.checkLabels(labelled);
    return new JobSpec(
        call.project(),
        location == null ? locationOf(call.project(), sql, dataset) : location,
        id,
        null,
        sql,
        dataset,
        ParameterJson.read(query.path("queryParameters")),
        dryRun,
        labelled,
        new QueryChoices(
            DestinationJson.read(query, call.project()), Json.number(query, "maximumBytesBilled")),
        configuration);
  }

  private static DatasetRef defaultDataset(RestCall call, JsonNode json) {
    if (!json.isObject()) {
      return null;
    }
    String project = Json.text(json, "projectId");
    return new DatasetRef(project == null ? call.project() : project, Json.text(json, "datasetId"));
  }

  /** A job runs where the data is that it names. */
  private String locationOf(String project, String sql, DatasetRef dataset) {
    QueryRequest request = new QueryRequest(sql, project, dataset, List.of(), true, null, null);
    return engine
        .locationOf(request)
        .or(
            () ->
                dataset == null
                    ? Optional.empty()
                    : engine.dataset(dataset).map(DatasetDefinition::location))
        .orElse(defaultLocation);
  }
}
