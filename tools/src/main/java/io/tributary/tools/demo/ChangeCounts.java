package io.tributary.tools.demo;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many changes of each kind were committed. Thread-safe. */
final class ChangeCounts {
  private final ConcurrentMap<ChangeKind, Long> counts = new ConcurrentHashMap<>();

  void add(ChangeKind kind, long number) {
    counts.merge(kind, number, Long::sum);
  }

  long of(ChangeKind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** All changes, without the transactions that they were made in. */
  long all() {
    return Arrays.stream(ChangeKind.values())
        .filter(ChangeKind::isChange)
        .mapToLong(this::of)
        .sum();
  }

  /** The kinds of which there was none. */
  List<ChangeKind> missing() {
    return Arrays.stream(ChangeKind.values()).filter(kind -> of(kind) == 0).toList();
  }
}
