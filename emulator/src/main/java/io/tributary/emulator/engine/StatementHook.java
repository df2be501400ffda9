package io.tributary.emulator.engine;

/**
 * Called on the thread of a query at the points where a test may want to stall or kill it. Throwing
 * ends the query there: what was committed stays, the open statement is rolled back.
 */
public interface StatementHook {
  /** Does nothing. */
  StatementHook NONE = new StatementHook() {};

  /** Before the statement with this index (from 0, in order of execution) of the script starts. */
  default void beforeStatement(String sql, int index) {}

  /** After the statement did its work, before it commits. */
  default void beforeCommit(String sql, int index) {}
}
