package io.tributary.emulator.sql;

import java.util.List;
import java.util.Optional;

/**
 * A DML statement as DuckDB statements, to be run in order in one transaction. Matching happens
 * first, into temporary tables, so that every change is decided on the state at the start.
 *
 * @param prepare statements that fill temporary tables
 * @param touched a query for the ids of the rows that are changed or deleted, once prepared
 * @param duplicates a query that has a row if a target row would be changed twice
 */
public record DmlSteps(
    List<String> prepare,
    Optional<String> touched,
    Optional<String> duplicates,
    List<Change> changes,
    List<String> temporaries) {

  /** What a change does to rows. */
  public enum Kind {
    INSERT,
    UPDATE,
    DELETE
  }

  /**
   * One statement that changes rows.
   *
   * @param moves a query for the keys of the partitions that rows are moved to, once prepared
   */
  public record Change(Kind kind, String duckSql, Optional<String> moves) {
    /** A change that moves no rows from one partition to another. */
    Change(Kind kind, String duckSql) {
      this(kind, duckSql, Optional.empty());
    }
  }
}
