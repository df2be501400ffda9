package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.engine.DmlStats;
import io.tributary.emulator.engine.StatementResult;
import io.tributary.emulator.jobs.Job;
import io.tributary.emulator.jobs.JobRecord;
import java.time.Instant;

/** A Job resource in JSON. */
final class JobJson {
  /** The dataset of the nameless tables that hold results; no other dataset starts like this. */
  static final String RESULTS_DATASET = "_results";

  private JobJson() {}

  static ObjectNode write(Job job) {
    JobRecord record = job.record();
    ObjectNode json = Json.object().put("kind", "bigquery#job");
    json.put("id", job.fullId());
    json.put("user_email", job.user());
    json.set("jobReference", reference(job));
    ObjectNode configuration = job.spec().configuration().deepCopy();
    configuration.put("jobType", record.type());
    ObjectNode query =
        configuration.get("query") instanceof ObjectNode given
            ? given
            : configuration.putObject("query");
    query.put("query", record.sql());
    if (!query.has("destinationTable")) {
      query
          .putObject("destinationTable")
          .put("projectId", record.project())
          .put("datasetId", RESULTS_DATASET)
          .put("tableId", record.id());
    }
    json.set("configuration", configuration);
    json.set("statistics", statistics(job, record));
    json.set("status", status(job, record));
    return json;
  }

  /** The form that lists of jobs have. */
  static ObjectNode writeListed(Job job) {
    ObjectNode json = write(job);
    json.put("state", job.record().state());
    job.error().ifPresent(error -> json.set("errorResult", ErrorJson.proto(error)));
    return json;
  }

  static ObjectNode reference(Job job) {
    return Json.object()
        .put("projectId", job.spec().project())
        .put("jobId", job.spec().id())
        .put("location", job.spec().location());
  }

  static ObjectNode dmlStats(DmlStats stats) {
    return Json.object()
        .put("insertedRowCount", String.valueOf(stats.inserted()))
        .put("updatedRowCount", String.valueOf(stats.updated()))
        .put("deletedRowCount", String.valueOf(stats.deleted()));
  }

  private static ObjectNode status(Job job, JobRecord record) {
    ObjectNode status = Json.object().put("state", record.state());
    job.error()
        .ifPresent(
            error -> {
              status.set("errorResult", ErrorJson.proto(error));
              status.set("errors", Json.array().add(ErrorJson.proto(error)));
            });
    return status;
  }

  private static ObjectNode statistics(Job job, JobRecord record) {
    ObjectNode statistics = Json.object();
    time(statistics, "creationTime", record.created());
    time(statistics, "startTime", record.started());
    time(statistics, "endTime", record.ended());
    if (record.parentId() != null) {
      statistics.put("parentJobId", record.parentId());
      statistics.putObject("scriptStatistics").put("evaluationKind", "STATEMENT");
    }
    job.result()
        .ifPresent(
            result -> {
              String bytes = String.valueOf(result.bytesProcessed());
              statistics.put("totalBytesProcessed", bytes);
              if (!result.children().isEmpty()) {
                statistics.put("numChildJobs", String.valueOf(result.children().size()));
              }
              statistics.set("query", query(result, bytes));
            });
    return statistics;
  }

  private static ObjectNode query(StatementResult result, String bytes) {
    ObjectNode query = Json.object().put("statementType", result.statementType());
    query.put("totalBytesProcessed", bytes).put("cacheHit", false);
    query.put("totalBytesBilled", String.valueOf(result.bytesBilled()));
    if (result.dmlStats() != null) {
      query.put("numDmlAffectedRows", String.valueOf(result.dmlStats().affected()));
      query.set("dmlStats", dmlStats(result.dmlStats()));
    }
    if (result.ddlOperation() != null) {
      query.put("ddlOperationPerformed", result.ddlOperation());
    }
    if (result.ddlTargetTable() != null) {
      query.set("ddlTargetTable", TableJson.reference(result.ddlTargetTable()));
    }
    if (!result.schema().isEmpty()) {
      query.set("schema", SchemaJson.write(result.schema()));
    }
    if (!result.referencedTables().isEmpty()) {
      ArrayNode tables = query.putArray("referencedTables");
      result.referencedTables().forEach(table -> tables.add(TableJson.reference(table)));
    }
    return query;
  }

  private static void time(ObjectNode statistics, String name, Instant when) {
    if (when != null) {
      statistics.put(name, String.valueOf(when.toEpochMilli()));
    }
  }
}
