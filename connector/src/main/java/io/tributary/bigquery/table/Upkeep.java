package io.tributary.bigquery.table;

import java.util.Map;

/** What the writer of a table has to do with changes of it. Called by one thread. */
public interface Upkeep {
  /** What is put on the table if it is made now, and nothing was staged for it before. */
  Map<String, String> labelsOfNew();

  /** A step is about to be made to a table that is there. */
  void before(Step step);

  /** Writes the table anew as a job of its chain. */
  void rewrite(Step.Recreate step);
}
