package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.engine.QueryRequest;
import io.tributary.emulator.engine.ResultPage;
import io.tributary.emulator.engine.TableSize;
import io.tributary.emulator.faults.Faults;
import io.tributary.emulator.jobs.Job;
import io.tributary.emulator.jobs.Jobs;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The tables methods, and the reading of rows. */
final class TableRoutes {
  private static final int DEFAULT_PAGE = 20_000;

  private final Engine engine;
  private final Jobs jobs;
  private final Faults faults;

  TableRoutes(Engine engine, Jobs jobs, Faults faults) {
    this.engine = engine;
    this.jobs = jobs;
    this.faults = faults;
  }

  List<Route> routes() {
    String all = "projects/{project}/datasets/{dataset}/tables";
    String one = all + "/{table}";
    return List.of(
        Route.of("POST", all, "tables.insert", this::insert),
        Route.of("GET", all, "tables.list", this::list),
        Route.of("GET", one, "tables.get", this::get),
        Route.of("PATCH", one, "tables.patch", this::patch),
        Route.of("PUT", one, "tables.update", this::update),
        Route.of("DELETE", one, "tables.delete", this::delete),
        Route.of("GET", one + "/data", "tabledata.list", this::rows),
        Route.of(
            "POST",
            one + "/:testIamPermissions",
            "tables.testIamPermissions",
            this::testPermissions));
  }

  private Answer insert(RestCall call) {
    String id = Json.text(call.body().path("tableReference"), "tableId");
    if (id == null) {
      throw BigQueryError.invalid("Required parameter is missing: tableReference.tableId");
    }
    TableRef ref = new TableRef(call.project(), call.path().get("dataset"), id);
    checkAccess(ref, "create");
    return Answer.ok(full(engine.createTable(viewed(TableJson.read(ref, call.body(), null)))));
  }

  private Answer get(RestCall call) {
    TableDefinition table = find(call.table(), "get");
    ObjectNode json = full(table);
    boolean withStatistics = !"BASIC".equals(call.query().get("view"));
    if (withStatistics && table.viewQuery() == null) {
      TableSize size = engine.size(table.ref());
      TableJson.writeSize(json, size);
      engine
          .bufferedRows(table.ref())
          .ifPresent(streamed -> TableJson.writeBuffer(json, size, streamed));
    }
    return Answer.ok(json);
  }

  private Answer list(RestCall call) {
    List<TableDefinition> all = engine.tables(call.dataset());
    Pages pages = Pages.of(call, 50);
    ObjectNode body = Json.object().put("kind", "bigquery#tableList");
    ArrayNode array = body.putArray("tables");
    pages.cut(all).forEach(table -> array.add(TableJson.writeListed(table)));
    body.put("totalItems", all.size());
    pages.writeNextToken(body, all.size());
    return Answer.ok(body);
  }

  private Answer patch(RestCall call) {
    TableDefinition present = find(call.table(), "update");
    return replace(call, present, Patch.merge(TableJson.settable(present), call.body()));
  }

  private Answer update(RestCall call) {
    return replace(call, find(call.table(), "update"), call.body());
  }

  private Answer replace(RestCall call, TableDefinition present, ObjectNode json) {
    TableDefinition wanted = viewed(TableJson.read(present.ref(), json, present.maxStaleness()));
    return Answer.ok(full(engine.updateTable(present.ref(), wanted, call.ifMatch())));
  }

  /** A view has the columns of its query. */
  private TableDefinition viewed(TableDefinition table) {
    if (table.viewQuery() == null) {
      return table;
    }
    QueryRequest query =
        new QueryRequest(
            table.viewQuery(), table.ref().project(), null, List.of(), true, null, null);
    return table.withColumns(engine.run(query).schema());
  }

  private Answer delete(RestCall call) {
    checkAccess(call.table(), "delete");
    engine.deleteTable(call.table());
    return Answer.noContent();
  }

  private Answer rows(RestCall call) {
    Pages pages = Pages.of(call, DEFAULT_PAGE);
    ResultPage page = page(call, pages);
    boolean micros = call.flag("formatOptions.useInt64Timestamp");
    CellJson cells = micros ? CellJson.int64Timestamps() : CellJson.floatTimestamps();
    ObjectNode body = Json.object().put("kind", "bigquery#tableDataList");
    body.put("totalRows", String.valueOf(page.totalRows()));
    body.set("rows", cells.rows(page.schema(), page.rows()));
    pages.writeToken(body, page.totalRows());
    return Answer.ok(body);
  }

  /** A page of a table, or of a job's result where its nameless table is asked for. */
  private ResultPage page(RestCall call, Pages pages) {
    TableRef table = call.table();
    if (table.dataset().equals(JobJson.RESULTS_DATASET)) {
      return jobs.all().stream()
          .filter(job -> job.spec().id().equals(table.table()))
          .map(Job::result)
          .flatMap(Optional::stream)
          .findFirst()
          .map(
              result ->
                  new ResultPage(
                      result.schema(), pages.cut(result.rows().rows()), result.rows().size()))
          .orElseThrow(() -> BigQueryError.tableNotFound(table));
    }
    if (find(table, "getData").viewQuery() != null) {
      throw BigQueryError.invalid("Cannot list a table of type VIEW.");
    }
    String selected = call.query().get("selectedFields");
    List<String> fields =
        selected == null || selected.isEmpty() ? null : Arrays.asList(selected.split(",", -1));
    return engine.readTable(table, fields, pages.start(), pages.size());
  }

  private Answer testPermissions(RestCall call) {
    find(call.table(), "get");
    ObjectNode body = Json.object();
    ArrayNode granted = body.putArray("permissions");
    for (JsonNode permission : call.body().path("permissions")) {
      granted.add(permission.asText());
    }
    return Answer.ok(body);
  }

  private TableDefinition find(TableRef ref, String right) {
    checkAccess(ref, right);
    return engine.table(ref).orElseThrow(() -> BigQueryError.tableNotFound(ref));
  }

  private void checkAccess(TableRef ref, String right) {
    if (faults.denies(ref)) {
      throw BigQueryError.accessDenied(
          "Access Denied: Table %s: Permission bigquery.tables.%s denied on table %s (or it may not"
                  .formatted(ref, right, ref)
              + " exist).");
    }
  }

  private ObjectNode full(TableDefinition table) {
    String location =
        engine.dataset(table.ref().datasetRef()).map(DatasetDefinition::location).orElse("US");
    return TableJson.write(table, location);
  }
}
