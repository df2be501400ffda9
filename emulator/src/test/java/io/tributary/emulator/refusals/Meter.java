package io.tributary.emulator.refusals;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What changed code calls, which can only reach what is static. */
public final class Meter {
  /** A loop that no longer ends must not keep a processor busy for the rest of the run. */
  private static final int RUNAWAY = 100_000;

  private static final Set<String> MET = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger PASSED = new AtomicInteger();

  private Meter() {}

  /** A refusal is about to happen. */
  public static void meet(String refusal) {
    MET.add(refusal);
  }

  /** A refusal that was left out would have happened. */
  public static void pass() {
    if (PASSED.incrementAndGet() > RUNAWAY) {
      throw new IllegalStateException("without the refusal this does not end");
    }
  }

  static void reset() {
    PASSED.set(0);
  }

  static int passed() {
    return PASSED.get();
  }

  /** The refusals met since the last call. */
  static Set<String> takeMet() {
    Set<String> met = Set.copyOf(MET);
    MET.removeAll(met);
    return met;
  }
}
