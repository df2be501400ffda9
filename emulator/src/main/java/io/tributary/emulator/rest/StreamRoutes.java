package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.write.AppendedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** tabledata.insertAll. */
final class StreamRoutes {
  private static final int MAX_ROWS = 50_000;
  private static final int MAX_BYTES = 10 * 1024 * 1024;
  private static final int MAX_INSERT_ID = 128;

  private final Engine engine;
  private final AppendedRows kept;
  private final InsertIds known = new InsertIds();

  StreamRoutes(Engine engine, AppendedRows kept) {
    this.engine = engine;
    this.kept = kept;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            "POST",
            "projects/{project}/datasets/{dataset}/tables/{table}/insertAll",
            "tabledata.insertAll",
            this::insert));
  }

  private Answer insert(RestCall call) {
    JsonNode rows = call.body().path("rows");
    if (rows.isEmpty()) {
      throw BigQueryError.invalid("No rows present in the request.");
    }
    if (rows.size() > MAX_ROWS) {
      throw BigQueryError.invalid(
          "too many rows present in the request, limit: %d row count: %d."
              .formatted(MAX_ROWS, rows.size()));
    }
    TableDefinition table = target(call);
    StreamedRows streamed =
        new StreamedRows(table.columns(), call.body().path("ignoreUnknownValues").asBoolean());
    List<Integer> good = new ArrayList<>();
    Map<Integer, List<StreamedRows.Problem>> bad = new TreeMap<>();
    int bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      int size = rows.get(i).toString().length();
      bytes += size;
      checkSize(size, bytes, Json.text(rows.get(i), "insertId"));
      List<StreamedRows.Problem> problems = streamed.read(rows.get(i).path("json"));
      if (problems.isEmpty()) {
        good.add(i);
      } else {
        bad.put(i, problems);
      }
    }
    boolean stopped = !bad.isEmpty() && !call.body().path("skipInvalidRows").asBoolean();
    if (stopped) {
      good.forEach(index -> bad.put(index, List.of(StreamedRows.Problem.STOPPED)));
    } else {
      write(table.ref(), streamed, good, rows);
    }
    return Answer.ok(answer(bad));
  }

  private static void checkSize(int row, int all, String insertId) {
    if (all > MAX_BYTES) {
      throw BigQueryError.invalid(
          row > MAX_BYTES
              ? "Row size is too large: " + row + ". Max allowed is " + MAX_BYTES + "."
              : "Request payload size exceeds the limit: " + MAX_BYTES + " bytes.");
    }
    if (insertId != null && insertId.length() > MAX_INSERT_ID) {
      throw BigQueryError.invalid("insertId is longer than 128 characters.");
    }
  }

  /** The table, or the one that its name with the suffix means, which is made like it. */
  private TableDefinition target(RestCall call) {
    TableRef base = call.table();
    TableDefinition template =
        engine.table(base).orElseThrow(() -> BigQueryError.tableNotFound(base));
    if (template.viewQuery() != null) {
      throw BigQueryError.invalid("Cannot add rows to a table of type VIEW.");
    }
    String suffix = Json.text(call.body(), "templateSuffix");
    if (suffix == null || suffix.isEmpty()) {
      return template;
    }
    TableRef ref = base.datasetRef().table(base.table() + suffix);
    return engine
        .table(ref)
        .orElseGet(
            () ->
                engine.createTable(
                    new TableDefinition(
                        ref,
                        template.columns(),
                        template.primaryKey(),
                        template.clustering(),
                        template.partitioning(),
                        null,
                        template.description(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)));
  }

  private void write(TableRef table, StreamedRows streamed, List<Integer> good, JsonNode rows) {
    List<Integer> fresh =
        good.stream()
            .filter(
                index -> known.take(table, Json.text(rows.get(index), "insertId"), engine.now()))
            .toList();
    List<Integer> positions = fresh.stream().map(good::indexOf).toList();
    if (positions.isEmpty()) {
      return;
    }
    switch (kept) {
      case KEPT -> engine.stream(table, streamed.batches(positions));
      case COUNTED -> engine.count(table, positions.size());
    }
  }

  private static ObjectNode answer(Map<Integer, List<StreamedRows.Problem>> bad) {
    ObjectNode body = Json.object().put("kind", "bigquery#tableDataInsertAllResponse");
    if (!bad.isEmpty()) {
      ArrayNode errors = body.putArray("insertErrors");
      bad.forEach(
          (index, problems) -> {
            ArrayNode list = errors.addObject().put("index", index).putArray("errors");
            for (StreamedRows.Problem problem : problems) {
              list.addObject()
                  .put("reason", problem.reason())
                  .put("location", problem.location())
                  .put("debugInfo", "")
                  .put("message", problem.message());
            }
          });
    }
    return body;
  }
}
