package io.tributary.bigquery.table;

import io.tributary.bigquery.config.TableChoices;

/**
 * How tables are made.
 *
 * @param stagingDataset dataset of the staging tables
 * @param tombstoneLifeMs how long staged rows and tombstones live, in milliseconds
 * @param createTables whether absent destinations are created
 * @param createDatasets whether absent datasets are created
 * @param choices what is said of each table
 */
public record TableSettings(
    String stagingDataset,
    long tombstoneLifeMs,
    boolean createTables,
    boolean createDatasets,
    TableChoices choices) {}
