package io.tributary.emulator.rest;

import io.tributary.emulator.catalog.TableRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The insertIds of the last minute: a row that comes again is dropped. Thread-safe. */
final class InsertIds {
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Map<Key, Instant> seen = new LinkedHashMap<>();

  private record Key(TableRef table, String insertId) {}

  /** Whether a row with this id, which may be null, is new. */
  synchronized boolean take(TableRef table, String insertId, Instant now) {
    if (insertId == null || insertId.isEmpty()) {
      return true;
    }
    Iterator<Instant> oldest = seen.values().iterator();
    while (oldest.hasNext() && !oldest.next().plus(REMEMBERED).isAfter(now)) {
      oldest.remove();
    }
    return seen.putIfAbsent(new Key(table, insertId), now) == null;
  }
}
