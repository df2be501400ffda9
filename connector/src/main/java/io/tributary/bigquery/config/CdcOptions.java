package io.tributary.bigquery.config;

import java.time.Duration;

/**
 * What the configuration says of a table in mode {@code cdc}.
 *
 * @param unavailable what becomes of a row that lacks columns which the source did not send
 * @param truncates what a truncate of the source's table does
 * @param maxStaleness by how much a query may lag behind what was written; zero: not at all
 */
public record CdcOptions(Unavailable unavailable, Truncates truncates, Duration maxStaleness) {
  /** Nothing is said. */
  public static final CdcOptions NONE =
      new CdcOptions(Unavailable.FAIL, Truncates.FAIL, Duration.ZERO);

  /** What becomes of an incomplete row. */
  public enum Unavailable {
    /** The task stops. */
    FAIL,
    /** It is a bad record. */
    DEAD_LETTER,
    /** It is completed by what the table has. */
    LOOKUP
  }

  /** What a truncate does. */
  public enum Truncates {
    /** The task stops. */
    FAIL,
    /** It is counted and the rows stay. */
    IGNORE
  }

  /** Whether what the table has can be behind what was written, and is wanted nevertheless. */
  public boolean contradictory() {
    return unavailable == Unavailable.LOOKUP && !maxStaleness.isZero();
  }
}
