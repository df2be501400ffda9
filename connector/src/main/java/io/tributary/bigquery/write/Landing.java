package io.tributary.bigquery.write;

import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import java.util.List;
import java.util.Map;

/**
 * How the flight of a cycle ended; handed to the task's thread.
 *
 * @param settled records that are durable and applied
 * @param unresolved rows that the fold left for a later cycle; their records are not settled
 * @param rejected rows that BigQuery refused, and why; their records are not settled
 * @param failure why the task has to stop, or null
 */
record Landing(
    Lane lane,
    List<RecordPosition> settled,
    List<StagedRow> unresolved,
    Map<StagedRow, String> rejected,
    SinkException failure) {}
