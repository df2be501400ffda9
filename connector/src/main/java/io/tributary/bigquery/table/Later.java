package io.tributary.bigquery.table;

import java.time.Duration;

/** A passing failure; BigQuery may have said how long it wants to be left alone. */
public interface Later {
  /** Zero where BigQuery did not say. */
  Duration pause();
}
