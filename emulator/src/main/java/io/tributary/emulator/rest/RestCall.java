package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.Call;
import java.util.Map;

/**
 * One call of the REST API.
 *
 * @param method Google's name, such as {@code tables.get}
 * @param path the variables of the path
 * @param query the query parameters
 * @param body the JSON body, empty if there is none
 * @param ifMatch the etag the caller expects, or null
 */
record RestCall(
    String method,
    Map<String, String> path,
    Map<String, String> query,
    ObjectNode body,
    String ifMatch) {

  String project() {
    return path.get("project");
  }

  DatasetRef dataset() {
    return new DatasetRef(project(), path.get("dataset"));
  }

  TableRef table() {
    return new TableRef(project(), path.get("dataset"), path.get("table"));
  }

  /** The call as the fault script sees it. */
  Call describe() {
    String tableId =
        path.getOrDefault("table", body.path("tableReference").path("tableId").asText(null));
    String dataset = path.get("dataset");
    String jobId = path.getOrDefault("job", body.path("jobReference").path("jobId").asText(null));
    TableRef table =
        dataset == null || tableId == null ? null : new TableRef(project(), dataset, tableId);
    return new Call(method, table, null, jobId);
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(query.get(name));
  }

  /** A time in milliseconds. */
  long moment(String name, long otherwise) {
    String text = query.get(name);
    try {
      return text == null || text.isEmpty() ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw BigQueryError.invalid("Invalid value for " + name + ": " + text);
    }
  }

  int number(String name, int otherwise) {
    String text = query.get(name);
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw BigQueryError.invalid("Invalid value for " + name + ": " + text);
    }
  }
}
