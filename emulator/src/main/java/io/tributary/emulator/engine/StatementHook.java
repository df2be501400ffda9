package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.TableRef;
import java.time.Instant;

/**
 * Called on the thread of a query at the points where a test may want to stall or kill it. Throwing
 * ends the query there: what was committed stays, the open statement is rolled back. Also told of
 * background jobs.
 */
public interface StatementHook {
  /** Does nothing. */
  StatementHook NONE = new StatementHook() {};

  /** Before the statement with this index (from 0, in order of execution) of the script starts. */
  default void beforeStatement(String sql, int index) {}

  /** Before a statement that defines a table ({@code DDL}) or changes its rows ({@code DML}). */
  default void admit(String kind, TableRef table) {}

  /** After the statement did its work, before it commits. */
  default void beforeCommit(String sql, int index) {}

  /** After a background job that began at this time applied the changes a table had taken. */
  default void changesApplied(TableRef table, Instant began) {}
}
