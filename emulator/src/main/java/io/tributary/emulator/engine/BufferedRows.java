package io.tributary.emulator.engine;

import java.time.Instant;

/**
 * What a table's streaming buffer holds.
 *
 * @param oldest when the oldest of the rows was written
 */
public record BufferedRows(long rows, Instant oldest) {}
