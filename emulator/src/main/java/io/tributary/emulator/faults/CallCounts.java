package io.tributary.emulator.faults;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each method was called. Thread-safe. */
public final class CallCounts {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /** Counts one call of the method. */
  public void add(String method) {
    counts.computeIfAbsent(method, name -> new LongAdder()).increment();
  }

  /** Begins at zero again. */
  public void clear() {
    counts.clear();
  }

  /** A copy of the counts by method. */
  public Map<String, Long> byMethod() {
    Map<String, Long> copy = new TreeMap<>();
    counts.forEach((method, count) -> copy.put(method, count.sum()));
    return copy;
  }
}
