package io.tributary.bigquery.change;

import io.tributary.bigquery.offset.RecordPosition;

/**
 * Every row of the table below {@code position} is gone.
 *
 * @param transaction the source's name for the transaction, or null
 * @param sourceTimeMicros commit time at the source in microseconds since the epoch, or null
 * @param kafkaTimeMillis the record's timestamp in milliseconds since the epoch, or null
 */
public record Truncate(
    RecordPosition at,
    SourcePosition position,
    Origin origin,
    String transaction,
    Long sourceTimeMicros,
    Long kafkaTimeMillis)
    implements Change {}
