package io.tributary.emulator.engine;

/** How many rows a DML statement changed. */
public record DmlStats(long inserted, long updated, long deleted) {
  /** What {@code numDmlAffectedRows} reports. */
  public long affected() {
    return inserted + updated + deleted;
  }
}
