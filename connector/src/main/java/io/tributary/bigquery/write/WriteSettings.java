package io.tributary.bigquery.write;

import java.time.Duration;

/**
 * Bounds of the engine.
 *
 * @param flushInterval a cycle is flushed when its oldest change is this old
 * @param flushBytes or when it holds this many bytes
 * @param appendBytes size of one append request, in bytes
 * @param bufferBytes unapplied bytes of a task above which its partitions are paused
 * @param incompleteWait how long a row may wait for columns that another change has to bring
 * @param deadLetterIncomplete whether such a row then goes to the dead letter queue, or stops the task
 * @param retryDeadline how long a request is repeated
 * @param visibilityDeadline how long the write path may take to see a schema change
 * @param threads threads that flush, per task
 */
public record WriteSettings(
    Duration flushInterval,
    long flushBytes,
    long appendBytes,
    long bufferBytes,
    Duration incompleteWait,
    boolean deadLetterIncomplete,
    Duration retryDeadline,
    Duration visibilityDeadline,
    int threads) {}
