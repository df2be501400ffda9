package io.tributary.emulator.engine;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What is not documented of change data capture, or left open by the documents.
 *
 * @param seed decides which of a request's changes to one key wins where no sequence number tells;
 *     Google says not to rely on it
 * @param applyJobs when background jobs bring the baseline of a table with max_staleness up to date
 * @param deleteRows whether rows that delete may leave REQUIRED columns out
 */
public record ChangeOptions(long seed, ApplyJobs applyJobs, DeleteRows deleteRows) {

  /** When apply jobs run. */
  public enum ApplyJobs {
    /** As soon as the emulator's clock says that the oldest change waits for max_staleness. */
    BY_CLOCK,
    /** When a test asks for them; until then reads of too old a baseline merge for themselves. */
    ON_REQUEST
  }

  /** Which columns a row that deletes must have. */
  public enum DeleteRows {
    /** Those of the primary key, as the documents say without exception. */
    NEED_KEYS,
    /** The REQUIRED columns as well. */
    NEED_REQUIRED_COLUMNS
  }

  /** A seed that differs every time; jobs by the clock; deletes by key. */
  public static ChangeOptions defaults() {
    return new ChangeOptions(
        ThreadLocalRandom.current().nextLong(), ApplyJobs.BY_CLOCK, DeleteRows.NEED_KEYS);
  }

  /** The same options with this seed. */
  public ChangeOptions withSeed(long newSeed) {
    return new ChangeOptions(newSeed, applyJobs, deleteRows);
  }

  /** The same options with other apply jobs. */
  public ChangeOptions withApplyJobs(ApplyJobs newApplyJobs) {
    return new ChangeOptions(seed, newApplyJobs, deleteRows);
  }

  /** The same options with other deletes. */
  public ChangeOptions withDeleteRows(DeleteRows newDeleteRows) {
    return new ChangeOptions(seed, applyJobs, newDeleteRows);
  }
}
