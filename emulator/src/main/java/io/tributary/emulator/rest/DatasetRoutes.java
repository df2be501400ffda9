package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.engine.Engine;
import java.util.List;

/** The datasets methods, and the two about projects that clients ask for. */
final class DatasetRoutes {
  private final Engine engine;
  private final String project;
  private final String defaultLocation;

  DatasetRoutes(Engine engine, String project, String defaultLocation) {
    this.engine = engine;
    this.project = project;
    this.defaultLocation = defaultLocation;
  }

  List<Route> routes() {
    String all = "projects/{project}/datasets";
    String one = all + "/{dataset}";
    return List.of(
        Route.of("GET", "projects", "projects.list", this::projects),
        Route.of(
            "GET",
            "projects/{project}/serviceAccount",
            "projects.getServiceAccount",
            this::serviceAccount),
        Route.of("POST", all, "datasets.insert", this::insert),
        Route.of("GET", all, "datasets.list", this::list),
        Route.of("GET", one, "datasets.get", this::get),
        Route.of("PATCH", one, "datasets.patch", this::patch),
        Route.of("PUT", one, "datasets.update", this::update),
        Route.of("DELETE", one, "datasets.delete", this::delete));
  }

  private Answer projects(RestCall call) {
    ObjectNode body = Json.object().put("kind", "bigquery#projectList").put("totalItems", 1);
    ObjectNode only = body.putArray("projects").addObject();
    only.put("kind", "bigquery#project").put("id", project).put("friendlyName", project);
    only.putObject("projectReference").put("projectId", project);
    return Answer.ok(body);
  }

  private Answer serviceAccount(RestCall call) {
    return Answer.ok(
        Json.object()
            .put("kind", "bigquery#getServiceAccountResponse")
            .put("email", "anonymous@localhost"));
  }

  private Answer insert(RestCall call) {
    String id = Json.text(call.body().path("datasetReference"), "datasetId");
    if (id == null) {
      throw BigQueryError.invalid("Required parameter is missing: datasetReference.datasetId");
    }
    DatasetRef ref = new DatasetRef(call.project(), id);
    DatasetDefinition created =
        engine.createDataset(DatasetJson.read(ref, call.body(), defaultLocation));
    return Answer.ok(DatasetJson.write(created));
  }

  private Answer get(RestCall call) {
    return Answer.ok(DatasetJson.write(find(call.dataset())));
  }

  private Answer list(RestCall call) {
    List<DatasetDefinition> all =
        engine.datasets(call.project()).stream()
            .filter(dataset -> LabelFilter.fits(call.query().get("filter"), dataset.labels()))
            .toList();
    Pages pages = Pages.of(call, 50);
    ObjectNode body = Json.object().put("kind", "bigquery#datasetList");
    ArrayNode array = body.putArray("datasets");
    pages.cut(all).forEach(dataset -> array.add(DatasetJson.write(dataset)));
    pages.writeNextToken(body, all.size());
    return Answer.ok(body);
  }

  private Answer patch(RestCall call) {
    DatasetDefinition present = find(call.dataset());
    ObjectNode merged = Patch.merge(DatasetJson.write(present), call.body());
    return replace(call, present, merged);
  }

  private Answer update(RestCall call) {
    return replace(call, find(call.dataset()), call.body());
  }

  private Answer replace(RestCall call, DatasetDefinition present, ObjectNode json) {
    DatasetDefinition wanted = DatasetJson.read(present.ref(), json, present.location());
    if (!wanted.location().equalsIgnoreCase(present.location())) {
      throw BigQueryError.invalid("Cannot change the location of dataset " + present.ref());
    }
    return Answer.ok(DatasetJson.write(engine.updateDataset(wanted, call.ifMatch())));
  }

  private Answer delete(RestCall call) {
    engine.deleteDataset(call.dataset(), call.flag("deleteContents"));
    return Answer.noContent();
  }

  private DatasetDefinition find(DatasetRef ref) {
    return engine.dataset(ref).orElseThrow(() -> BigQueryError.datasetNotFound(ref));
  }
}
