package io.tributary.bigquery.config;

import java.util.List;

/**
 * Which table a change goes to.
 *
 * @param dataset dataset of tables whose templates name no other
 * @param datasetTemplate the dataset's name, with the same variables as {@code template}
 * @param template the table's name, with the variables {@code ${topic}}, {@code ${source.db}},
 *     {@code ${source.schema}} and {@code ${source.table}}
 * @param createTables whether absent tables are created
 * @param createDatasets whether absent datasets are created
 */
public record NamingSettings(
    String project,
    String dataset,
    String stagingDataset,
    String datasetTemplate,
    String template,
    boolean createTables,
    boolean createDatasets) {
  /** The datasets of tables, as far as they are known before any record. */
  public List<String> knownDatasets() {
    return datasetTemplate.contains("${") ? List.of() : List.of(datasetTemplate);
  }
}
