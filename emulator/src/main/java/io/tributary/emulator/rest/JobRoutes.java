package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.engine.StatementResult;
import io.tributary.emulator.jobs.Job;
import io.tributary.emulator.jobs.JobSpec;
import io.tributary.emulator.jobs.Jobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The jobs methods. */
final class JobRoutes {
  private static final int DEFAULT_WAIT_MS = 10_000;
  private static final int MAX_WAIT_MS = 200_000;
  private static final int DEFAULT_PAGE = 20_000;

  private final Jobs jobs;
  private final JobSpecs specs;

  JobRoutes(Jobs jobs, JobSpecs specs) {
    this.jobs = jobs;
    this.specs = specs;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "projects/{project}/jobs", "jobs.insert", this::insert),
        Route.of("GET", "projects/{project}/jobs", "jobs.list", this::list),
        Route.of("GET", "projects/{project}/jobs/{job}", "jobs.get", this::get),
        Route.of("POST", "projects/{project}/jobs/{job}/cancel", "jobs.cancel", this::cancel),
        Route.of("DELETE", "projects/{project}/jobs/{job}/delete", "jobs.delete", this::delete),
        Route.of("POST", "projects/{project}/queries", "jobs.query", this::query),
        Route.of("GET", "projects/{project}/queries/{job}", "jobs.getQueryResults", this::results));
  }

  private Answer insert(RestCall call) {
    JobSpec spec = specs.ofInsert(call);
    Job job = spec.dryRun() ? jobs.dryRun(spec) : jobs.submit(spec);
    return Answer.ok(JobJson.write(job));
  }

  private Answer get(RestCall call) {
    return Answer.ok(JobJson.write(find(call)));
  }

  private Answer cancel(RestCall call) {
    Job job = find(call);
    job.cancel();
    ObjectNode body = Json.object().put("kind", "bigquery#jobCancelResponse");
    body.set("job", JobJson.write(job));
    return Answer.ok(body);
  }

  private Answer delete(RestCall call) {
    Job job = find(call);
    if (job.spec().parentId() != null) {
      throw BigQueryError.invalid("Cannot delete a child job: " + job.fullId());
    }
    jobs.delete(job);
    return Answer.noContent();
  }

  private Answer list(RestCall call) {
    String parent = call.query().get("parentJobId");
    String state = call.query().get("stateFilter");
    long earliest = call.moment("minCreationTime", Long.MIN_VALUE);
    long latest = call.moment("maxCreationTime", Long.MAX_VALUE);
    List<Job> found = new ArrayList<>();
    for (Job job : jobs.all()) {
      boolean wanted =
          job.spec().project().equals(call.project())
              && (parent == null
                  ? job.spec().parentId() == null
                  : parent.equals(job.spec().parentId()))
              && (state == null || state.equalsIgnoreCase(job.record().state()))
              && created(job) >= earliest
              && created(job) <= latest;
      if (wanted) {
        found.add(job);
      }
    }
    // the service lists the newest first
    Collections.reverse(found);
    Pages pages = Pages.of(call, 50);
    ObjectNode body = Json.object().put("kind", "bigquery#jobList");
    ArrayNode array = body.putArray("jobs");
    pages.cut(found).forEach(job -> array.add(JobJson.writeListed(job)));
    pages.writeNextToken(body, found.size());
    return Answer.ok(body);
  }

  private static long created(Job job) {
    return job.record().created().toEpochMilli();
  }

  private Answer query(RestCall call) {
    ObjectNode body = call.body();
    String requestId = Json.text(body, "requestId");
    JobSpec spec = specs.ofQuery(call);
    Job job = spec.dryRun() ? jobs.dryRun(spec) : jobs.submitOnce(requestId, () -> spec);
    Long timeout = Json.number(body, "timeoutMs");
    Long maxResults = Json.number(body, "maxResults");
    Pages pages = new Pages(0, maxResults == null ? DEFAULT_PAGE : maxResults.intValue());
    Answer answer =
        answer(
            "bigquery#queryResponse",
            job,
            timeout == null ? DEFAULT_WAIT_MS : timeout.intValue(),
            pages,
            body.path("formatOptions").path("useInt64Timestamp").asBoolean());
    if (answer.body() instanceof ObjectNode json
        && "JOB_CREATION_OPTIONAL".equals(Json.text(body, "jobCreationMode"))) {
      withoutJob(json, job);
    }
    return answer;
  }

  /** A short query whose answer is complete needs no job to come back to. */
  private static void withoutJob(ObjectNode json, Job job) {
    boolean complete = json.path("jobComplete").asBoolean() && !json.has("pageToken");
    if (complete && job.record().statementType().equals("SELECT")) {
      json.remove("jobReference");
      json.put("queryId", job.spec().id());
    }
  }

  private Answer results(RestCall call) {
    return answer(
        "bigquery#getQueryResultsResponse",
        find(call),
        call.number("timeoutMs", DEFAULT_WAIT_MS),
        Pages.of(call, DEFAULT_PAGE),
        call.flag("formatOptions.useInt64Timestamp"));
  }

  private static Answer answer(
      String kind, Job job, int waitMs, Pages pages, boolean int64Timestamps) {
    job.await(Duration.ofMillis(Math.min(Math.max(waitMs, 0), MAX_WAIT_MS)));
    ObjectNode body = Json.object().put("kind", kind);
    if (!job.spec().dryRun()) {
      body.set("jobReference", JobJson.reference(job));
    }
    if (!job.isDone()) {
      return Answer.ok(body.put("jobComplete", false));
    }
    if (job.error().isPresent()) {
      return ErrorJson.answer(job.error().get());
    }
    StatementResult result = job.result().orElseThrow();
    body.put("jobComplete", true).put("cacheHit", false);
    body.put("totalBytesProcessed", String.valueOf(result.bytesProcessed()));
    if (!result.schema().isEmpty()) {
      body.set("schema", SchemaJson.write(result.schema()));
    }
    if (result.dmlStats() != null) {
      body.put("numDmlAffectedRows", String.valueOf(result.dmlStats().affected()));
      body.set("dmlStats", JobJson.dmlStats(result.dmlStats()));
    } else {
      body.put("totalRows", String.valueOf(result.rows().size()));
    }
    if (result.rows().size() > 0) {
      CellJson cells = int64Timestamps ? CellJson.int64Timestamps() : CellJson.floatTimestamps();
      if (pages.size() > 0) {
        body.set("rows", cells.rows(result.schema(), pages.cut(result.rows().rows())));
      }
      pages.writeToken(body, result.rows().size());
    }
    return Answer.ok(body);
  }

  private Job find(RestCall call) {
    String id = call.path().get("job");
    Optional<Job> job = jobs.find(call.project(), call.query().get("location"), id);
    return job.orElseThrow(
        () -> {
          String location = call.query().get("location");
          return BigQueryError.notFound(
              "Not found: Job %s:%s"
                  .formatted(call.project(), location == null ? id : location + "." + id));
        });
  }
}
