package io.tributary.emulator.write;

import io.tributary.emulator.catalog.TableRef;
import java.time.Instant;
import java.util.List;

/**
 * One BatchCommitWriteStreams request and what became of it.
 *
 * @param rows rows that became visible; 0 if nothing was committed
 * @param outcome {@code OK}, or the names of the storage errors answered, joined by commas
 */
public record CommitRecord(
    TableRef table, List<String> streams, long rows, Instant when, String outcome) {}
