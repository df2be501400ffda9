package io.tributary.bigquery.config;

/**
 * Which table a change goes to.
 *
 * @param template the table's name, with the variables {@code ${topic}}, {@code ${source.db}},
 *     {@code ${source.schema}} and {@code ${source.table}}
 * @param createTables whether absent tables are created
 */
public record NamingSettings(
    String project, String dataset, String stagingDataset, String template, boolean createTables) {}
