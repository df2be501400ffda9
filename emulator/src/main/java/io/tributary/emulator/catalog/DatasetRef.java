package io.tributary.emulator.catalog;

/** The name of a dataset. */
public record DatasetRef(String project, String dataset) {
  /** The table of this name in the dataset. */
  public TableRef table(String table) {
    return new TableRef(project, dataset, table);
  }

  @Override
  public String toString() {
    return project + ":" + dataset;
  }
}
