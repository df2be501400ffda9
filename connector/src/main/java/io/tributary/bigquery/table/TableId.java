package io.tributary.bigquery.table;

import java.util.Objects;

/** A BigQuery table: project, dataset, table. */
public record TableId(String project, String dataset, String table) {
  public TableId {
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(table, "table");
  }

  /** The same dataset, another table. */
  public TableId sibling(String name) {
    return new TableId(project, dataset, name);
  }

  /** Resource name as the Storage Write API spells it. */
  public String path() {
    return "projects/" + project + "/datasets/" + dataset + "/tables/" + table;
  }

  @Override
  public String toString() {
    return project + "." + dataset + "." + table;
  }
}
