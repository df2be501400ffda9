package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableRef;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A transaction of a script, from its BEGIN to its end. For one thread. */
final class Transaction {
  private final String id = UUID.randomUUID().toString();
  private final long snapshot;
  private final Map<String, StoredTable> temporary;
  private final Map<StoredTable, Guard> owned = new LinkedHashMap<>();
  private boolean failed;

  /** Starts on this version of all tables, with these temporary tables. */
  Transaction(long snapshot, Map<String, StoredTable> temporary) {
    this.snapshot = snapshot;
    this.temporary = new HashMap<>(temporary);
  }

  Map<String, StoredTable> temporaryBefore() {
    return temporary;
  }

  /** Takes a table that a statement is about to change. */
  void change(StoredTable table, Guard guard) {
    if (!guard.own(this) || guard.changedSince(snapshot)) {
      throw aborted(table.definition().ref());
    }
    owned.put(table, guard);
  }

  BigQueryError aborted(TableRef table) {
    return BigQueryError.invalidQuery(
        "Transaction is aborted due to concurrent update against table %s. Transaction ID: %s"
            .formatted(table, id));
  }

  /** Gives back what it took; the changes count as made at this version, or as undone if 0. */
  void release(long version) {
    owned.values().forEach(guard -> guard.disown(this, version));
    owned.clear();
  }

  void fail() {
    failed = true;
    release(0);
  }

  boolean isFailed() {
    return failed;
  }
}
