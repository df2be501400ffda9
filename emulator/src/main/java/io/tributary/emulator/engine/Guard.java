package io.tributary.emulator.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * When which partitions of a table were last changed, and which transaction is changing the table.
 * Its monitor is held while a change commits. Thread-safe.
 */
final class Guard {
  /** The one partition of a table that has none. */
  static final String WHOLE_TABLE = "";

  private final Map<String, Long> partitions = new HashMap<>();
  private long everything;
  private Transaction owner;

  /** Whether any of these partitions has changed after this version. */
  synchronized boolean changedSince(long version, Set<String> changed) {
    return everything > version
        || changed.stream().anyMatch(key -> partitions.getOrDefault(key, 0L) > version);
  }

  synchronized boolean changedSince(long version) {
    return everything > version || partitions.values().stream().anyMatch(last -> last > version);
  }

  synchronized void changed(long version, Set<String> changed) {
    changed.forEach(key -> partitions.put(key, version));
  }

  /** Gives the table to a transaction; false if another one has it. */
  synchronized boolean own(Transaction transaction) {
    if (owner == null) {
      owner = transaction;
    }
    return owner == transaction;
  }

  synchronized boolean isOwned() {
    return owner != null;
  }

  /** Ends a transaction's hold; it changed the table at this version, or not at all if it is 0. */
  synchronized void disown(Transaction transaction, long version) {
    if (owner == transaction) {
      owner = null;
      everything = Math.max(everything, version);
      notifyAll();
    }
  }

  /** Waits, a moment at most, for the transaction that changes the table to end. */
  synchronized void awaitFree() {
    try {
      if (owner != null) {
        TimeUnit.MILLISECONDS.timedWait(this, 50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
