package io.tributary.bigquery.row;

import io.tributary.bigquery.config.Lossy;

/** Is told each time that a value is not kept as it came. */
@FunctionalInterface
public interface Losses {
  void count(Lossy choice);
}
