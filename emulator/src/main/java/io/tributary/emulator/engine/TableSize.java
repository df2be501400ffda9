package io.tributary.emulator.engine;

/**
 * How large a table is.
 *
 * @param bytes by the logical sizes of its values, as BigQuery bills them
 */
public record TableSize(long rows, long bytes) {}
