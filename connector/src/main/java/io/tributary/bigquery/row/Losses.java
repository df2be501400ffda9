package io.tributary.bigquery.row;

import io.tributary.bigquery.config.Lossy;

/** Is told each time that a value is not kept as it came. */
@FunctionalInterface
public interface Losses {
  void count(Lossy choice);

  /** Is told once of a column that arrives in a form in which the source may lose something. */
  default void hazard(String column, Hazard hazard) {}
}
