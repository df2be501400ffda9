package io.tributary.emulator.faults;

import io.tributary.emulator.catalog.TableRef;

/**
 * A call as fault rules see it.
 *
 * @param method the method's name as Google's API names it, such as {@code AppendRows} or {@code
 *     jobs.insert}
 * @param table the table the call is about, or null
 * @param stream the write stream's name (of a batch commit: the names joined by commas), or null
 * @param jobId the job's id, or null
 */
public record Call(String method, TableRef table, String stream, String jobId) {
  /** A call about nothing in particular. */
  public static Call of(String method) {
    return new Call(method, null, null, null);
  }
}
