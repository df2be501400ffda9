package io.tributary.bigquery.config;

import java.time.Duration;

/**
 * How much is staged, how often it is applied, and how long to wait for what.
 *
 * @param flushInterval longest time between two applies of a table
 * @param flushBytes staged bytes of a table that bring an apply forward
 * @param appendBytes largest append request
 * @param bufferBytes heap of what a task has not applied yet beyond which its partitions are paused
 * @param threads tables of a task that are applied at the same time
 * @param tombstoneRetention how long a delete is remembered
 * @param incompleteWait how long an incomplete row waits for the state it builds on
 * @param incomplete what becomes of it then
 * @param retryDeadline how long passing failures of BigQuery are retried
 * @param schemaTimeout how long the write path may take to see a new column
 * @param streams how many write streams a task may create in {@link #STREAMS_PERIOD}
 * @param connections how many connections carry the rows of mode {@code cdc}, at most
 */
public record WriteSettings(
    Duration flushInterval,
    long flushBytes,
    int appendBytes,
    long bufferBytes,
    int threads,
    Duration tombstoneRetention,
    Duration incompleteWait,
    Incomplete incomplete,
    Duration retryDeadline,
    Duration schemaTimeout,
    int streams,
    int connections) {
  /** Short enough to spread flushes, long enough for a burst of some. */
  public static final Duration STREAMS_PERIOD = Duration.ofSeconds(10);

  /** The same, with passing failures of BigQuery retried no longer than this. */
  public WriteSettings within(Duration longest) {
    return new WriteSettings(
        flushInterval,
        flushBytes,
        appendBytes,
        bufferBytes,
        threads,
        tombstoneRetention,
        incompleteWait,
        incomplete,
        retryDeadline.compareTo(longest) < 0 ? retryDeadline : longest,
        schemaTimeout,
        streams,
        connections);
  }

  /** What becomes of a row whose unavailable columns are known nowhere. */
  public enum Incomplete {
    FAIL,
    DEAD_LETTER
  }
}
