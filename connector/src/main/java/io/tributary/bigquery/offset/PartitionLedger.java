package io.tributary.bigquery.offset;

import java.util.TreeSet;

/**
 * The positions of one partition: which were read and are not settled yet. What may be committed is
 * the end of the settled prefix, so it never passes a record that is still on its way. Offsets may
 * have holes (compaction, transactions, transforms). They may go back: to what is delivered again,
 * which is settled again, or to the records of a topic that was created anew. But for its tenure
 * not thread-safe: the task's thread owns it.
 */
final class PartitionLedger implements Tenure {
  private final TreeSet<Long> unsettled = new TreeSet<>();
  private volatile boolean over;

  /** The partition goes. */
  void end() {
    over = true;
  }

  @Override
  public boolean lasts() {
    return !over;
  }

  void received(long offset) {
    unsettled.add(offset);
  }

  void settled(long offset) {
    unsettled.remove(offset);
  }

  /**
   * The offset to commit.
   *
   * @param consumed end of what the framework has delivered or dropped
   */
  long committable(long consumed) {
    return unsettled.isEmpty() ? consumed : Math.min(unsettled.first(), consumed);
  }

  int pending() {
    return unsettled.size();
  }
}
