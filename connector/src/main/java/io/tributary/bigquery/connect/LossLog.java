package io.tributary.bigquery.connect;

import io.tributary.bigquery.config.Lossy;
import io.tributary.bigquery.row.Hazard;
import io.tributary.bigquery.row.Losses;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.write.Counters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is lost on the way into a table, and warns of what the source loses before. */
record LossLog(TableId table, Counters counters) implements Losses {
  private static final Logger LOG = LoggerFactory.getLogger(LossLog.class);

  @Override
  public void count(Lossy choice) {
    counters.lossy(choice);
  }

  @Override
  public void hazard(String column, Hazard hazard) {
    counters.add(Counters.What.HAZARDS, 1);
    LOG.warn(
        "Column {} of {}: {} The source avoids it by: {}.",
        column,
        table,
        hazard.loss(),
        hazard.remedy());
  }
}
