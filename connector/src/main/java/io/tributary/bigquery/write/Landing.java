package io.tributary.bigquery.write;

import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import java.util.List;
import java.util.Map;

/**
 * How the flight of a cycle ended well; handed to the task's thread.
 *
 * @param settled records that are durable and applied
 * @param again rows that have to go with a later cycle; their records are not settled
 * @param rejected rows to set aside, and why; their records are not settled
 */
record Landing(
    List<RecordPosition> settled, List<StagedRow> again, Map<StagedRow, SinkException> rejected) {}
