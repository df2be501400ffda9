package io.tributary.emulator.write;

import java.time.Instant;

/**
 * One AppendRows request and what became of it.
 *
 * @param stream the stream's full name
 * @param type {@code DEFAULT}, {@code COMMITTED}, {@code BUFFERED} or {@code PENDING}; null of a
 *     stream that does not exist
 * @param bytes the rows' size
 * @param offset the offset at which the rows were stored, or the one asked for; null for none
 * @param rows how many rows the request had
 * @param connection identifies the connection, unique within the emulator's life
 * @param traceId the connection's trace id, empty if it has none
 * @param when the time of the answer
 * @param outcome {@code OK}, or the name of the status code answered
 */
public record AppendRecord(
    String stream,
    String type,
    Long offset,
    int rows,
    long bytes,
    String connection,
    String traceId,
    Instant when,
    String outcome) {}
