package io.tributary.emulator.catalog;

/** The name of a table; printed as BigQuery prints it in errors, {@code project:dataset.table}. */
public record TableRef(String project, String dataset, String table) {
  /** The dataset that holds the table. */
  public DatasetRef datasetRef() {
    return new DatasetRef(project, dataset);
  }

  @Override
  public String toString() {
    return project + ":" + dataset + "." + table;
  }
}
