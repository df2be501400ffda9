package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.engine.TableRows;
import java.util.List;

/** All tables in one answer. Not part of BigQuery. */
final class OverviewRoutes {
  private final Engine engine;
  private final String project;

  OverviewRoutes(Engine engine, String project) {
    this.engine = engine;
    this.project = project;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "emulator/datasets", "emulator.datasets", this::datasets));
  }

  private Answer datasets(RestCall call) {
    ObjectNode body = Json.object().put("project", project);
    ArrayNode array = body.putArray("datasets");
    List<TableRows> all = engine.tableRows();
    for (DatasetDefinition dataset : engine.datasets()) {
      ObjectNode json =
          array
              .addObject()
              .put("project", dataset.ref().project())
              .put("dataset", dataset.ref().dataset());
      ArrayNode tables = json.putArray("tables");
      for (TableRows one : all) {
        TableRef ref = one.table().ref();
        if (ref.datasetRef().equals(dataset.ref())) {
          tables
              .addObject()
              .put("table", ref.table())
              .put("type", one.table().viewQuery() == null ? "TABLE" : "VIEW")
              .put("rows", String.valueOf(one.rows()));
        }
      }
    }
    return Answer.ok(body);
  }
}
