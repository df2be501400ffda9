package io.tributary.bigquery.table;

/**
 * How tables are made.
 *
 * @param stagingDataset dataset of the staging tables
 * @param tombstoneLifeMs how long staged rows and tombstones live, in milliseconds
 * @param createTables whether absent destinations are created
 */
public record TableSettings(String stagingDataset, long tombstoneLifeMs, boolean createTables) {}
