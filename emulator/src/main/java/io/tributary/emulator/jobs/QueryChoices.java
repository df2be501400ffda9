package io.tributary.emulator.jobs;

import io.tributary.emulator.engine.Destination;

/**
 * What a job asks for beside its statement.
 *
 * @param destination where the rows go, or null for a nameless table
 * @param maximumBytesBilled what the query may be billed at most, or null
 */
public record QueryChoices(Destination destination, Long maximumBytesBilled) {
  /** Nothing. */
  public static final QueryChoices NONE = new QueryChoices(null, null);
}
