package io.tributary.bigquery.write;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TableSchema;
import io.tributary.bigquery.table.Tables;
import java.time.Clock;

/**
 * Writes a table anew as a job of its chain, so that no MERGE runs meanwhile. For the task's
 * thread, which waits for the job.
 */
final class Rewriter {
  private final Chain chain;
  private final Tables tables;
  private final TableId table;
  private final Clock clock;

  /**
   * @param chain one for this rewriter alone
   */
  Rewriter(Chain chain, Tables tables, TableId table, Clock clock) {
    this.chain = chain;
    this.tables = tables;
    this.table = table;
    this.clock = clock;
  }

  /** Returns when the table is as wanted; a value that cannot be converted leaves the old one. */
  void rewrite(Step.Recreate wanted) {
    try {
      chain.apply(() -> script(wanted), Chain.Work.CARE, clock::instant);
    } catch (SinkException failure) {
      if (failure.code() != ErrorCode.WRITE_REFUSED) {
        throw failure;
      }
      throw new SinkException(
          ErrorCode.SCHEMA_CONFLICT,
          "Table " + table + " was left as it was: it cannot be written anew with its values.",
          failure);
    }
  }

  private String script(Step.Recreate wanted) {
    TableSchema present = tables.current(table).schema();
    return new RewriteScript(present, wanted).text();
  }
}
